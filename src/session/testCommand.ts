/** Which commands run tests, and which two of them are the same. */
import { posix } from 'node:path';
import { parseCommandLine, splitAssignments } from './commandLine.ts';

export interface TestCommand {
  /** What the command calls: the test runner, or the package manager that calls it. */
  runner: string;
  /** Where it runs: the working directory, moved by `cd`. */
  directory: string | null;
  /** Assignments of environment variables, program and arguments. */
  words: string[];
  /** Which tests it runs depends on more than is known: on the folder, what failed before, what git takes for changed. */
  varies: boolean;
  /** Equal for two commands exactly when runner, arguments, environment and directory are the same. */
  normalised: string;
}

/**
 * Recognises a command that runs tests and whose exit code is the tests' own. Whatever makes the exit code say something
 * else (a pipe, a command after it, `|| true`, watching) or the tests' choice depend on more than the line (variables)
 * makes it no test command: a wrong label costs more than a missing one. `cwd` is null when not known.
 */
export function testCommand(line: string, cwd: string | null): TestCommand | null {
  const commands = parseCommandLine(line);
  const last = commands?.pop();
  if (!commands || !last || (last.joint !== null && last.joint !== ';')) return null;
  if ([...commands, last].some(({ dynamic }) => dynamic)) return null;
  const environment: string[] = [];
  let directory = cwd;
  for (const { words, joint } of commands) {
    if (joint !== '&&' && joint !== ';') return null;
    const [program, ...args] = words;
    if (program === 'cd' && args.length < 2) directory = moved(directory, args[0] ?? '~');
    else if (program === 'export' || program === 'source' || program === '.') environment.push(...args);
    else if (program !== 'clear' && program !== 'cls') return null;
  }
  const run = recognise(unwrapped(last.words, environment), environment);
  if (!run || run.args.some((arg) => notARun.has(arg))) return null;
  const words = [...environment.sort(), run.program, ...run.args];
  const isThere = directory !== null && !directory.startsWith('?');
  const varies =
    !isThere ||
    run.args.some((arg) => varying.has(arg.split('=')[0]) || (run.runner === 'jest' && varyingInJest.has(arg)));
  return { runner: run.runner, directory, words, varies, normalised: JSON.stringify([directory, ...words]) };
}

interface Run {
  runner: string;
  program: string;
  args: string[];
}

/** With these, a runner tells or watches instead of running the tests once. */
const notARun: ReadonlySet<string> = new Set([
  ...['-h', '--help', '--version', '--list', '--list-tests', '--listTests', '--showConfig', '--collect-only', '--co'],
  ...['--dry-run', '--no-run', '--watch', '--watch=true', '--watchAll', '--watchAll=true', '--ui', '--continuous'],
]);

const varying: ReadonlySet<string> = new Set([
  ...['--onlyChanged', '--changedSince', '--lastCommit', '--onlyFailures', '--changed', '--only-changed', '--testmon'],
  ...['--lf', '--last-failed', '--sw', '--stepwise', '--only-failures', '--next-failure', '--rerun-failed'],
]);
const varyingInJest: ReadonlySet<string> = new Set(['-o', '-f']);

/** What may stand in front of a command without changing what it does; some with words of their own. */
const wrappers: Record<string, string[]> = {
  time: [],
  command: [],
  winpty: [],
  env: [],
  'cross-env': [],
  npx: [],
  bunx: [],
  'npm exec': ['--'],
  'pnpm exec': [],
  'yarn exec': [],
  'poetry run': [],
  'pipenv run': [],
  'pdm run': [],
  'uv run': [],
};

/** The words of a command behind wrappers and assignments; the assignments join the environment. */
function unwrapped(words: readonly string[], environment: string[]): string[] {
  const [assignments, command] = splitAssignments(words);
  environment.push(...assignments);
  const [first, second] = command;
  const wrapper = [first, `${first} ${second}`].find((name) => Object.hasOwn(wrappers, name));
  if (!wrapper) return command;
  let rest = command.slice(wrapper.split(' ').length);
  while (rest.length > 0 && (wrappers[wrapper].includes(rest[0]) || rest[0] === '--yes' || rest[0] === '-y')) {
    rest = rest.slice(1);
  }
  return unwrapped(rest, environment);
}

function recognise([path, ...args]: string[], environment: readonly string[]): Run | null {
  if (path === undefined) return null;
  const program = programName(path);
  const run = (runner = program, canonical = args): Run => ({ runner, program, args: canonical });
  switch (program) {
    case 'jest':
    case 'ava':
    case 'tox':
    case 'rspec':
    case 'phpunit':
    case 'ctest':
    case 'gotestsum':
    case 'pytest':
    case 'py.test':
      return run(program === 'py.test' ? 'pytest' : program);
    case 'mocha':
    case '_mocha':
      return args.includes('-w') ? null : run('mocha');
    case 'vitest':
      return runsOnce(args, environment)
        ? run(
            'vitest',
            args.filter((arg) => arg !== 'run' && arg !== '--run'),
          )
        : null;
    case 'node':
      return leadingOptions(args, nodeValueOptions).includes('--test') ? run() : installedRunner(args, environment);
    case 'go':
      return subcommand(args, ['-C'])[0] === 'test' && !args.some((arg) => goBuilds.has(arg)) ? run() : null;
    case 'deno':
    case 'dotnet':
      return args[0] === 'test' && !args.includes('-t') ? run() : null;
    case 'cargo':
      return cargo(args, run);
    case 'mvn':
    case 'mvnw':
      return args.some((arg) => mavenGoals.has(arg)) && !args.some((arg) => mavenSkips.test(arg)) ? run('mvn') : null;
    case 'gradle':
    case 'gradlew':
      return gradleRunsTests(args) ? run('gradle') : null;
    case 'npm':
    case 'yarn':
    case 'pnpm':
    case 'bun':
      return packageScript(program, args, environment);
  }
  return /^(python|py)[\d.]*$/.test(program) ? pythonModule(args, run) : null;
}

function programName(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? '').replace(/\.(exe|cmd|bat|ps1)$/, '');
}

/** Without `run`, vitest watches, unless it finds itself on a build server. */
function runsOnce(args: string[], environment: readonly string[]): boolean {
  const other = ['watch', 'dev', 'bench', 'list', 'init'].includes(args[0]);
  const once = args[0] === 'run' || args.includes('--run') || environment.some((name) => /^CI=(1|true)$/.test(name));
  return once && !other;
}

const nodeValueOptions = [
  ...['--import', '-r', '--require', '--loader', '--experimental-loader', '-C', '--conditions', '--env-file'],
  ...['--test-reporter', '--test-reporter-destination', '--test-name-pattern', '--test-concurrency'],
];

/** `node node_modules/mocha/bin/mocha.js`: how debuggers call a runner. */
function installedRunner(args: string[], environment: readonly string[]): Run | null {
  const [path, ...rest] = subcommand(args, nodeValueOptions);
  const [, name] =
    /(?:^|[\\/])node_modules[\\/](?:\.bin[\\/])?(mocha|jest|vitest|ava)(?:[\\/]|$)/.exec(path ?? '') ?? [];
  const inner = name === undefined ? null : recognise([name, ...rest], environment);
  return inner && { ...inner, program: 'node', args };
}

/** The options before the first argument that is none; `valued` ones take the next word. */
function leadingOptions(args: string[], valued: string[]): string[] {
  return args.slice(0, args.length - subcommand(args, valued).length);
}

/** The arguments from the first that is no option. */
function subcommand(args: string[], valued: string[]): string[] {
  let i = 0;
  while (i < args.length && args[i].startsWith('-')) i += valued.includes(args[i]) ? 2 : 1;
  return args.slice(i);
}

const goBuilds: ReadonlySet<string> = new Set(['-c', '-list']);

function cargo(args: string[], run: (runner: string, args: string[]) => Run): Run | null {
  const toolchain = args.filter((arg, i) => i === 0 && arg.startsWith('+'));
  const [command, ...rest] = args.slice(toolchain.length);
  if (command === 'test' || command === 't') return run('cargo', [...toolchain, 'test', ...rest]);
  if (command === 'nextest' && (rest[0] === 'run' || rest[0] === 'r')) {
    return run('nextest', [...toolchain, 'nextest', 'run', ...rest.slice(1)]);
  }
  return null;
}

const mavenGoals: ReadonlySet<string> = new Set(['test', 'verify', 'integration-test', 'surefire:test']);
const mavenSkips = /^-D(skipTests|skipITs|maven\.test\.skip)(=true)?$/;

function gradleRunsTests(args: string[]): boolean {
  const excludes = args.some((arg, i) => (arg === '-x' || arg === '--exclude-task') && args[i + 1]?.endsWith('test'));
  const tells = args.includes('-m') || args.includes('-t');
  const tests = args.some((arg) => /^(?:[\w:.-]*:)?(?:test|check|test\w+UnitTest|integrationTest)$/.test(arg));
  return tests && !excludes && !tells;
}

function pythonModule(args: string[], run: (runner: string) => Run): Run | null {
  const module = args.indexOf('-m');
  if (module < 0 || !args.slice(0, module).every((arg) => arg.startsWith('-'))) return null;
  const name = args[module + 1];
  return name === 'pytest' || name === 'unittest' ? run(name) : null;
}

const managerValueOptions = ['--prefix', '-C', '--dir', '--cwd', '-w', '--workspace', '--filter', '-F', '--loglevel'];

/** `npm test`, `yarn test:unit`, `pnpm run test`, and programs that a package manager calls. */
function packageScript(manager: string, args: string[], environment: readonly string[]): Run | null {
  const rest = subcommand(args, managerValueOptions);
  const options = args.slice(0, args.length - rest.length);
  const run = (...canonical: string[]): Run => ({
    runner: manager,
    program: manager,
    args: [...options, ...(canonical.at(-1) === '--' ? canonical.slice(0, -1) : canonical)],
  });
  const [command, ...after] = rest;
  if (command === undefined) return null;
  if (manager === 'bun' && command === 'test') return run(...rest);
  if (command === 'test' || ((manager === 'npm' || manager === 'pnpm') && ['t', 'tst'].includes(command))) {
    return run('run', 'test', ...after);
  }
  if (command === 'run' || command === 'run-script') {
    const [script, ...more] = subcommand(after, managerValueOptions);
    const between = after.slice(0, after.length - more.length - 1);
    return script !== undefined && isTestScript(script) ? run(...between, 'run', script, ...more) : null;
  }
  if (manager === 'yarn' && command === 'workspace' && after[1] && isTestScript(after[1])) {
    return run('workspace', after[0], 'run', ...after.slice(1));
  }
  if (manager === 'npm' || options.length > 0) return null;
  if (isTestScript(command)) return run('run', ...rest);
  return packageManagers.has(programName(command)) ? null : recognise(rest, environment);
}

const packageManagers: ReadonlySet<string> = new Set(['npm', 'yarn', 'pnpm', 'bun']);

function isTestScript(name: string): boolean {
  return /^test(:[\w:.-]+)?$/.test(name) && !/:(watch|ui|dev)\b/.test(name);
}

/** A relative folder joins the directory; anything else replaces it. */
function moved(directory: string | null, to: string): string {
  if (/^(?:[/~\\-]|[A-Za-z]:)/.test(to)) return to;
  return posix.join(directory ?? '?', to.replaceAll('\\', '/')).replace(/\/$/, '');
}
