/**
 * Which terminal commands are recorded with their output. The table is a list of what is let through: a command line is
 * recognised only if each part of it is, and one that is not leaves at most a well-known program's name, because what
 * is typed at a prompt may be a password.
 */
import { parseCommandLine, splitAssignments } from '../../commandLine.ts';

export type CommandKind = 'build' | 'test' | 'lint' | 'run' | 'package' | 'git';

const words = (list: string) => list.trim().split(/\s+/);
const all = (kind: CommandKind, list: string) => words(list).map((name) => [name, kind] as const);

const programs = new Map<string, CommandKind>([
  ...all(
    'build',
    `make gmake cmake ninja meson bazel bazelisk buck2 gradle gradlew mvn mvnw ant sbt msbuild xcodebuild tsc vue-tsc
    esbuild webpack rollup vite tsup swc babel parcel ng nx turbo lerna gcc g++ clang clang++ cc c++ rustc javac kotlinc
    scalac ghc cabal stack zig scons just rake grunt gulp next nuxt astro hugo ocamlbuild dune lein nmake`,
  ),
  ...all(
    'test',
    `jest vitest mocha ava tap tape jasmine karma cypress playwright wdio pytest py.test tox nox behave nosetests phpunit
    pest rspec cucumber ctest busted bats ward gotestsum nextest`,
  ),
  ...all(
    'lint',
    `eslint biome oxlint prettier stylelint tslint dprint ruff flake8 pylint mypy pyright black isort bandit rubocop
    golangci-lint staticcheck gofmt goimports rustfmt clippy-driver shellcheck shfmt clang-tidy clang-format cppcheck
    swiftlint swiftformat ktlint detekt checkstyle phpstan psalm phpcs hadolint yamllint markdownlint credo`,
  ),
  ...all(
    'package',
    'npm pnpm yarn pip pip3 pipenv poetry uv pdm conda mamba bundle gem composer mix nuget vcpkg conan',
  ),
  ...all('run', 'cargo go dotnet deno bun swift flutter dart rails django-admin flask uvicorn gunicorn nodemon'),
  ...all('git', 'git'),
]);

/** They run what is in the file they are given; without one they are a prompt at which anything may be typed. */
const interpreters = new Set(
  words('node tsx ts-node python python2 python3 py ruby php perl java Rscript julia elixir lua bash sh zsh fish'),
);
/** They run the command that follows. */
const wrappers = new Set(words('time env nice nohup exec command cross-env npx pnpx bunx'));
const wrappingSubcommands = new Set(
  words('poetry:run uv:run pdm:run pipenv:run conda:run bundle:exec npm:exec pnpm:exec pnpm:dlx yarn:exec yarn:dlx'),
);
/** They deal in credentials, settings or the environment. */
const privateSubcommands = new Set(
  words(
    `login logout adduser add-user token config c whoami profile owner auth credential credential-store credential-cache
    set get signin send-email env run:env`,
  ),
);
/** They ask for secrets, show them, or lead to where they are typed. */
const secretive = new Set(
  words(
    `env printenv export set declare gpg gpg2 openssl ssh ssh-add ssh-keygen ssh-agent sftp scp ftp telnet su sudo doas login
    passwd pass op bw vault aws-vault keyring security secret-tool age sops chamber kinit htpasswd mysql mysqldump psql pg_dump
    mongosh redis-cli sqlplus history crontab`,
  ),
);
/** Options in front of a subcommand that take a value. */
const valued = /^(?:-[cCw]|--(?:prefix|cwd|dir|filter|workspace|git-dir|work-tree|project))$/;

/** They only pass on, or cut down, what a recognised command pipes into them. */
const filters = new Set(words('grep egrep fgrep rg head tail less more tee sort uniq wc cut tr cat'));
/** They may stand beside a recognised command. */
const companions = new Set(words('cd pushd popd clear cls true sleep rm mkdir mv cp touch echo source . set nvm'));

/** Their words are names and texts, and no subcommands. */
const passive = new Set([
  ...filters,
  ...companions,
  ...words('ls find fd tree echo printf diff wc stat file du df date'),
]);

/** Names that tell nothing about a person and are no slip of the keyboard. */
const wellKnown = new Set([
  ...programs.keys(),
  ...interpreters,
  ...wrappers,
  ...filters,
  ...companions,
  ...words(
    `ls ll dir pwd find fd tree which where whoami ssh scp rsync curl wget docker docker-compose podman kubectl helm
    terraform ansible aws gcloud az gh glab heroku vercel netlify fly psql mysql sqlite3 redis-cli mongosh vim nvim vi
    nano emacs code man top htop ps kill killall export unset alias history exit jq yq sed awk xargs diff patch tar zip
    unzip gzip chmod chown ln cat stat file du df ping dig nc openssl gpg sudo su apt apt-get brew yum dnf pacman choco
    winget scoop systemctl service journalctl crontab tmux screen watch date uname type nproc free base64 md5sum
    sha256sum hexdump xxd strings nm objdump gdb lldb strace valgrind perf adb`,
  ),
]);

/** Longer lines are pasted text. */
const longest = 8192;

/** The kind of the first recognised part; null when the output of the line is outside the consent. */
export function commandKind(line: string): CommandKind | null {
  let kind: CommandKind | null = null;
  let piped = false;
  for (const { words, joint } of line.length > longest ? [] : (parseCommandLine(line) ?? [])) {
    // The exit code of what goes on in the background is not that of the line.
    if (joint === '&') return null;
    const [, command] = splitAssignments(words);
    const passesOn = command.length === 0 || (piped ? filters : companions).has(nameOf(command[0]));
    piped = joint === '|' || joint === '|&';
    if (passesOn) continue;
    const found = kindOf(command);
    if (!found) return null;
    kind ??= found;
  }
  return kind;
}

/** The recognised programs that a simple command calls: `poetry` and `pytest` in `poetry run pytest`. */
export function programsOf(words: readonly string[]): string[] {
  const [word, ...args] = splitAssignments(words)[1];
  if (word === undefined) return [];
  const name = nameOf(word);
  const plain = args.filter((arg, i) => !arg.startsWith('-') && !valued.test(args[i - 1] ?? ''));
  if (wrappers.has(name)) return [name, ...programsOf(args.slice(leadingOptions(args)))];
  if (wrappingSubcommands.has(`${name}:${plain[0]}`)) return [name, ...programsOf(plain.slice(1))];
  const module = /^py(?:thon[23]?)?$/.test(name) ? args.indexOf('-m') : -1;
  if (module >= 0) return [name, ...programsOf(args.slice(module + 1))];
  return programs.has(name) || interpreters.has(name) ? [name] : [];
}

function leadingOptions(args: readonly string[]): number {
  const first = args.findIndex((arg) => !arg.startsWith('-'));
  return first < 0 ? args.length : first;
}

/**
 * Whether a line may show or take a secret by what it calls, also one that is not understood: such a command is kept out even
 * where the person agreed to the output of all others.
 */
export function dealsInSecrets(line: string): boolean {
  const commands = line.length > longest ? null : parseCommandLine(line);
  return commands === null || commands.some(({ words }) => isSecretive(splitAssignments(words)[1]));
}

function isSecretive([word, ...args]: string[]): boolean {
  if (word === undefined) return false;
  const name = nameOf(word);
  const plain = args.filter((arg) => !arg.startsWith('-'));
  // `env NAME=value command` runs a command; alone it shows them all.
  if (wrappers.has(name) && plain.some((arg) => !arg.includes('=')))
    return isSecretive(args.slice(args.findIndex((arg) => !/^-|=/.test(arg))));
  const isPrivate = plain
    .slice(0, 3)
    .some((arg, i) => privateSubcommands.has(arg) || privateSubcommands.has(`${plain[i - 1]}:${arg}`));
  return secretive.has(name) || (!passive.has(name) && isPrivate);
}

/** The program that the line calls first, if it is a well-known one, else `?`. */
export function programName(line: string): string {
  for (const { words } of parseCommandLine(line.slice(0, longest)) ?? []) {
    const [program] = splitAssignments(words)[1];
    if (program !== undefined) return wellKnown.has(nameOf(program)) ? nameOf(program) : '?';
  }
  return '?';
}

function kindOf(words: string[]): CommandKind | null {
  const [word, ...args] = words;
  if (word === undefined) return null;
  const name = nameOf(word);
  if (wrappers.has(name)) return kindOf(args.slice(args.findIndex((arg) => !/^-|=/.test(arg))));
  const plain = args.filter((arg, i) => !arg.startsWith('-') && !valued.test(args[i - 1] ?? ''));
  if (wrappingSubcommands.has(`${name}:${plain[0]}`)) return kindOf(plain.slice(1));
  if (name === 'docker') return plain[0] === 'build' ? 'build' : null;
  if (interpreters.has(name)) return /sh$/.test(name) ? scriptKind(args) : args.length > 0 ? 'run' : null;
  const kind = programs.get(name) ?? null;
  if (kind === 'git' || kind === 'package' || name === 'cargo') {
    const isPrivate = privateSubcommands.has(plain[0]) || privateSubcommands.has(`${plain[0]}:${plain[1]}`);
    return isPrivate ? null : kind;
  }
  // The project's own programs: `./run.sh`, `target/debug/app`.
  return kind ?? (/^(?![/\\~]|\w:).*[/\\]/.test(word) ? 'run' : null);
}

/** A shell runs a script of the project; `bash -c` may do anything. */
function scriptKind(args: string[]): CommandKind | null {
  return args.length > 0 && !args[0].startsWith('-') ? 'run' : null;
}

function nameOf(word: string): string {
  return word.replace(/^.*[/\\]/, '').replace(/\.(?:exe|cmd|bat|ps1)$/i, '');
}
