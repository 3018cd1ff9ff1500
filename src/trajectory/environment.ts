/** What a task's commands and files tell of the tools that it was done with. */
import { deriveText } from '../redaction/derive.ts';
import { holdsPlaceholder } from '../redaction/placeholders.ts';
import type { Redacted } from '../redaction/redacted.ts';
import { programsOf } from '../session/capture/programs/commandKind.ts';
import { parseCommandLine } from '../session/commandLine.ts';
import type { Step, Trajectory } from './record.ts';
import { answeredVersion, releaseLine, versionsIn } from './toolVersions.ts';

type Environment = Omit<Trajectory['environment'], 'repo' | 'base_commit'>;
type Command = Pick<Step, 'command' | 'output'>;

/** One name for what is called by several; null for what is no tool of its own. */
const aliases: Record<string, string | null> = {
  python2: 'python',
  python3: 'python',
  py: 'python',
  pip3: 'pip',
  'py.test': 'pytest',
  npx: 'npm',
  pnpx: 'pnpm',
  bunx: 'bun',
  bundle: 'bundler',
  mvn: 'maven',
  mvnw: 'maven',
  gradlew: 'gradle',
  gmake: 'make',
  ...Object.fromEntries(
    ['bash', 'sh', 'zsh', 'fish', 'time', 'env', 'nice', 'nohup', 'exec', 'command', 'cross-env'].map((name) => [
      name,
      null,
    ]),
  ),
};

/** The package manager that stands behind a tool. */
const managers: Record<string, string> = {
  ...Object.fromEntries(
    `npm pnpm yarn bun pip poetry uv pipenv pdm conda mamba cargo go maven gradle sbt lein composer bundler gem mix
    nuget vcpkg conan cabal stack swift dart flutter`
      .split(/\s+/)
      .map((name) => [name, name]),
  ),
  dotnet: 'nuget',
};

/** `--version` and its kin, alone. */
const asksVersion = /^(?:-v|-V|-version|--version)$/;

export function environmentOf(commands: readonly Command[], files: readonly FileText[]): Environment {
  const tools = toolsOf(commands);
  return { tools, package_manager: packageManagerOf(commands, files) };
}

/** Deterministic: tools by name, then by version; a tool whose version is told stands only with it. */
export function toolsOf(commands: readonly Command[]): Environment['tools'] {
  const versions = new Map<string, Set<Redacted>>();
  for (const { command, output } of commands) {
    const calls = callsOf(command);
    for (const tool of calls.flat()) if (!versions.has(tool)) versions.set(tool, new Set());
    if (output === null) continue;
    const asked = calls.length === 1 && asksVersion.test(lastWord(command)) ? calls[0].at(-1) : undefined;
    const answer = asked === undefined ? null : answeredVersion(output);
    const told = versionsIn(output);
    if (asked !== undefined && answer !== null) told.push({ name: asked, version: answer });
    for (const one of told) {
      if (holdsPlaceholder(one.version)) continue;
      const line = deriveText(() => releaseLine(one), output);
      const known = versions.get(one.name) ?? new Set<Redacted>();
      versions.set(one.name, known.add(line));
    }
  }
  return [...versions.keys()].sort().flatMap((name): Environment['tools'] => {
    const told = [...(versions.get(name) as Set<Redacted>)].sort();
    return told.length > 0 ? told.map((version) => ({ name, version })) : [{ name, version: null }];
  });
}

/** The tools that each simple command of a line calls. */
function callsOf(line: string | null): string[][] {
  return (parseCommandLine(line ?? '') ?? []).map(({ words }) =>
    programsOf(words)
      .map((name) => (Object.hasOwn(aliases, name) ? aliases[name] : name))
      .filter((name) => name !== null),
  );
}

/** The only argument of what is called last. */
function lastWord(line: string | null): string {
  const words = parseCommandLine(line ?? '')?.[0]?.words ?? [];
  const called = programsOf(words).at(-1);
  const last = words.at(-1) ?? '';
  return called !== undefined && words.at(-2)?.replace(/^.*[/\\]/, '') === called ? last : '';
}

/** A file of the task, as far as its text is known. */
export interface FileText {
  path: string;
  text: string | null;
}

const manifests: Record<string, string> = {
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
  'pnpm-lock.yaml': 'pnpm',
  'pnpm-workspace.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  '.yarnrc.yml': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
  'poetry.lock': 'poetry',
  'uv.lock': 'uv',
  Pipfile: 'pipenv',
  'Pipfile.lock': 'pipenv',
  'pdm.lock': 'pdm',
  'Cargo.toml': 'cargo',
  'Cargo.lock': 'cargo',
  'go.mod': 'go',
  'go.sum': 'go',
  'pom.xml': 'maven',
  'build.gradle': 'gradle',
  'build.gradle.kts': 'gradle',
  'settings.gradle': 'gradle',
  'settings.gradle.kts': 'gradle',
  'composer.json': 'composer',
  'composer.lock': 'composer',
  Gemfile: 'bundler',
  'Gemfile.lock': 'bundler',
  'mix.exs': 'mix',
  'mix.lock': 'mix',
  'Package.swift': 'swift',
};

/** The one that most commands call, the first of several; without any, the one that the manifest nearest to the root names. */
export function packageManagerOf(commands: readonly Command[], files: readonly FileText[]): string | null {
  const calls = new Map<string, number>();
  for (const tool of commands.flatMap(({ command }) => callsOf(command).flat())) {
    const manager = Object.hasOwn(managers, tool) ? managers[tool] : null;
    if (manager !== null) calls.set(manager, (calls.get(manager) ?? 0) + 1);
  }
  const most = [...calls].sort(([, a], [, b]) => b - a).at(0)?.[0];
  return most ?? managerOfFiles(files);
}

function managerOfFiles(files: readonly FileText[]): string | null {
  const depth = ({ path }: FileText) => path.split('/').length;
  for (const { path, text } of files.toSorted((a, b) => depth(a) - depth(b))) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const field =
      name === 'package.json' ? /"packageManager"\s*:\s*"(npm|pnpm|yarn|bun)@/.exec(text ?? '')?.[1] : undefined;
    const manager = field ?? (Object.hasOwn(manifests, name) ? manifests[name] : undefined);
    if (manager !== undefined) return manager;
  }
  return null;
}
