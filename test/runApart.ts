/**
 * Runs the tests that need a whole VS Code, two at a time, each in a process of its own: `node test/runApart.ts
 * integration|e2e`; `dist/` must have been built.
 *
 * A workbench does not start the same way each time: what fails runs once more, by itself, and is named where it passes then.
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { VERSIONS } from './support/vscode/versions.ts';

const atOnce = 2;
const endToEnd = globSync('test/e2e/*.test.ts').sort();
/** They make `dist/` anew. */
const packaging = endToEnd.filter((file) => /package/i.test(file));

const suites: Record<string, { alone: string[]; together: string[] }> = {
  integration: {
    alone: [],
    together: Object.keys(VERSIONS).map((version) => `node test/integration/runTests.ts --version ${version}`),
  },
  e2e: {
    alone: packaging.map((file) => `mocha ${file}`),
    together: endToEnd.filter((file) => !packaging.includes(file)).map((file) => `mocha ${file}`),
  },
};

const suite = suites[process.argv[2]];
if (!suite) throw new Error(`One of ${Object.keys(suites).join(', ')} is wanted.`);
const failed = [...(await failing(suite.alone, 1)), ...(await failing(suite.together, atOnce))];
const failedTwice = await failing(failed, 1);
for (const command of failed) {
  console.log(failedTwice.includes(command) ? `\nFailed twice: ${command}` : `\nFailed once, then passed: ${command}`);
}
if (failedTwice.length > 0) process.exitCode = 1;

/** What each command prints stands together, once it has ended. */
async function failing(commands: readonly string[], atOnce: number): Promise<string[]> {
  const queue = [...commands];
  const failed: string[] = [];
  const work = async () => {
    for (let command = queue.shift(); command !== undefined; command = queue.shift()) {
      if (!(await passes(command))) failed.push(command);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return failed;
}

function passes(command: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const [program, ...args] = command.split(' ');
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    const output: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => output.push(data));
    child.on('error', reject);
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(output));
      resolve(code === 0);
    });
  });
}
