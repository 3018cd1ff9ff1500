/** Which commands build or check a project, and tell by their exit code whether it is sound. */
import { commandKind } from './capture/programs/commandKind.ts';
import { parseCommandLine, splitAssignments } from './commandLine.ts';

const script =
  /^(?:run(?:-script)? )?(?:build|compile|lint|check|type-?check|types|tsc)(?::(?!watch\b|fix\b)[\w-]+)*(?: |$)/;
const module = /^-m (?:mypy|ruff|flake8|pylint|pyright|compileall)(?: |$)/;

/** What the arguments of programs that do many things begin with when they build or check. */
const builds: Record<string, RegExp> = {
  npm: script,
  pnpm: script,
  yarn: script,
  bun: script,
  cargo: /^(?:\+\S+ )?(?:build|b|check|c|clippy)(?: |$)/,
  go: /^(?:build|vet)(?: |$)/,
  dotnet: /^build(?: |$)/,
  swift: /^build(?: |$)/,
  deno: /^(?:check|lint)(?: |$)/,
  dart: /^analyze(?: |$)/,
  flutter: /^(?:analyze|build)(?: |$)/,
  python: module,
  python3: module,
  py: module,
};

/** A pipe, or something behind it, gives the line another exit code: such a line is none. */
export function isBuildCommand(line: string): boolean {
  const kind = commandKind(line);
  const commands = parseCommandLine(line);
  if (kind === null || !commands?.every(({ joint }) => joint === null || joint === '&&')) return false;
  if (kind === 'build' || kind === 'lint') return true;
  const [program = '', ...args] = splitAssignments(commands.at(-1)?.words ?? [])[1];
  const name = program.split(/[\\/]/).at(-1) ?? '';
  return Object.hasOwn(builds, name) && builds[name].test(args.join(' '));
}
