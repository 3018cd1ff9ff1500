/** What runs the tests of a test runner: an image that has it, and how it tells its version. */
import type { Trajectory } from '../../trajectory/record.ts';

interface Runtime {
  /** As records name it. */
  tool: string;
  /** A version takes the place of `%`. */
  image: string;
  /** Where the record tells none. */
  version: string;
  /** Parts of a version that images are named by. */
  parts: number;
  tells: string;
}

const runtimes: Record<string, Runtime> = {
  node: { tool: 'node', image: 'node:%', version: '24', parts: 1, tells: 'node --version' },
  bun: { tool: 'bun', image: 'oven/bun:%', version: '1', parts: 1, tells: 'bun --version' },
  deno: { tool: 'deno', image: 'denoland/deno:%', version: '2.5.0', parts: 3, tells: 'deno --version' },
  python: { tool: 'python', image: 'python:%', version: '3.13', parts: 2, tells: 'python3 --version' },
  go: { tool: 'go', image: 'golang:%', version: '1.25', parts: 2, tells: 'go version' },
  rust: { tool: 'rustc', image: 'rust:%', version: '1', parts: 2, tells: 'rustc --version' },
  ruby: { tool: 'ruby', image: 'ruby:%', version: '3.4', parts: 2, tells: 'ruby --version' },
  php: { tool: 'php', image: 'php:%-cli', version: '8.4', parts: 2, tells: 'php --version' },
  maven: { tool: 'java', image: 'maven:3-eclipse-temurin-%', version: '21', parts: 1, tells: 'java -version' },
  gradle: { tool: 'java', image: 'gradle:8-jdk%', version: '21', parts: 1, tells: 'java -version' },
  dotnet: {
    tool: 'dotnet',
    image: 'mcr.microsoft.com/dotnet/sdk:%',
    version: '9.0',
    parts: 2,
    tells: 'dotnet --version',
  },
  c: { tool: 'gcc', image: 'gcc:%', version: '14', parts: 1, tells: 'gcc --version' },
};

/** By the name that `testCommand` gives a runner; what is not named runs on Node. */
const byRunner: Record<string, keyof typeof runtimes> = {
  bun: 'bun',
  deno: 'deno',
  pytest: 'python',
  unittest: 'python',
  tox: 'python',
  go: 'go',
  gotestsum: 'go',
  cargo: 'rust',
  nextest: 'rust',
  rspec: 'ruby',
  phpunit: 'php',
  mvn: 'maven',
  gradle: 'gradle',
  dotnet: 'dotnet',
  ctest: 'c',
};

export function runtimeOf(runner: string): Runtime {
  return runtimes[Object.hasOwn(byRunner, runner) ? byRunner[runner] : 'node'];
}

/** The image in which a record's tests run, by what it tells of versions. */
export function defaultImage(runner: string, { environment }: Trajectory): string {
  const { tool, image, version, parts } = runtimeOf(runner);
  const told = environment.tools.find((one) => one.name === tool && one.version !== null)?.version;
  const known = told?.match(/\d+(\.\d+)*/)?.[0].split('.');
  return image.replace('%', known && known.length >= parts ? known.slice(0, parts).join('.') : version);
}
