/** The versions that tools tell of themselves in their output. */

export interface ToolVersion {
  name: string;
  version: string;
}

const version = String.raw`v?(\d+\.\d+[\w.+-]*)`;

/** Lines that only this tool prints; the group is the version. */
const banners: [name: string, ...lines: RegExp[]][] = (
  [
    [
      'node',
      `Node\\.js ${version}$`,
      `npm (?:info|verb|verbose) (?:using )?node@?\\s*${version}$`,
      `.*\\bcurrent: \\{ node: '${version}'`,
    ],
    ['npm', `npm (?:info|verb|verbose) (?:using )?npm@?\\s*${version}$`, `.*\\bcurrent: \\{.* npm: '${version}'`],
    ['npm', `npm notice New \\w+ version of npm available! ${version} ->`],
    ['pnpm', `.* using pnpm ${version}$`],
    ['yarn', `yarn (?:run|install|add|remove|upgrade|exec) ${version}$`, `➤ YN0000: · Yarn ${version}$`],
    ['bun', `bun (?:test|install|add|remove|update|pm|run) ${version} \\(`, `Bun ${version} \\(\\w+ \\w+\\)$`],
    ['deno', `deno ${version} \\(`],
    ['vitest', `\\s*(?:RUN|DEV) {1,2}${version}(?= |$)`],
    ['vite', `\\s*(?:vite|VITE) ${version} {1,2}(?:building|ready)`],
    ['next', `\\s*▲ Next\\.js ${version}(?: |$)`],
    ['nuxt', `.{0,4}Nuxt ${version} with`],
    ['webpack', `webpack ${version} compiled`],
    ['rollup', `rollup ${version}$`],
    ['eslint', `ESLint: ${version}$`],
    ['biome', `Version: ${version} \\(biome`],
    ['python', `Python ${version}(?: \\(|$)`, `platform \\w+ -- Python ${version}, pytest-`],
    ['python', `Using (?:CPython|Python) ${version}(?: |$)`],
    ['pytest', `platform \\w+ -- Python [^,]+, pytest-${version},`, `pytest ${version}$`],
    ['pip', `pip ${version} from `, `\\[notice\\] A new release of pip is available: ${version} ->`],
    ['poetry', `Poetry \\(version ${version}\\)$`],
    ['pipenv', `pipenv, version ${version}$`],
    ['pdm', `PDM, version ${version}$`],
    ['uv', `uv ${version}(?: \\(|$)`],
    ['ruff', `ruff ${version}$`],
    ['black', `black, ${version} \\(`],
    ['mypy', `mypy ${version} \\(`],
    ['flake8', `${version} \\(mccabe: `],
    ['pylint', `pylint ${version}$`],
    ['go', `go version go${version} `],
    ['cargo', `cargo ${version} \\(`],
    ['rustc', `rustc ${version} \\(`, `note: rustc ${version} `],
    ['nextest', `cargo-nextest ${version}`],
    ['php', `PHP ${version} \\(cli\\)`, `Runtime: +PHP ${version}(?: |$)`],
    ['phpunit', `PHPUnit ${version} by Sebastian`],
    ['composer', `Composer (?:version )?${version} \\d{4}-`],
    ['ruby', `ruby ${version} \\(`],
    ['bundler', `Bundler version ${version}(?: |$)`],
    ['rspec', `RSpec ${version}$`],
    ['rails', `Rails ${version}$`],
    [
      'java',
      `(?:openjdk|java) (?:version )?"?${version}"?(?: |$)`,
      `Java version: ${version}, vendor`,
      `JVM: +${version} \\(`,
    ],
    ['maven', `Apache Maven ${version}(?: \\(|$)`],
    ['gradle', `Gradle ${version}$`, `Welcome to Gradle ${version}!`],
    ['dotnet', `\\.NET (?:Core )?SDK ${version}$`],
    ['msbuild', `MSBuild version ${version} for`],
    ['cmake', `cmake version ${version}$`],
    ['ctest', `ctest version ${version}$`],
    ['make', `GNU Make ${version}$`],
    ['gcc', `gcc(?:-\\d+)? \\([^)]*\\) ${version}$`, `-- The C compiler identification is GNU ${version}$`],
    ['g++', `g\\+\\+(?:-\\d+)? \\([^)]*\\) ${version}$`, `-- The CXX compiler identification is GNU ${version}$`],
    [
      'clang',
      `(?:\\w+ )?clang version ${version}(?: |$)`,
      `-- The C compiler identification is (?:Apple)?Clang ${version}$`,
    ],
    ['swift', `(?:swift-driver version: \\S+ )?(?:Apple )?Swift version ${version} \\(`],
    ['elixir', `Elixir ${version} \\(compiled`],
    ['mix', `Mix ${version} \\(compiled`],
    ['dart', `Dart SDK version: ${version} \\(`],
    ['flutter', `Flutter ${version} •`],
    ['perl', `This is perl .*\\(${version}\\)`],
    ['git', `git version ${version}(?: |$)`],
  ] as const
).map(([name, ...lines]) => [name, ...lines.map((line) => new RegExp(`^${line}`))]);

/** Their second number says what runs. */
const countedByMinor = new Set(['python', 'go', 'ruby', 'php', 'dotnet']);

/**
 * As much of a version as says what runs: the first number, and the second where it does not run otherwise. All of it would
 * tell machines apart.
 */
export function releaseLine({ name, version }: ToolVersion): string {
  const [major, minor] = version.replace(/^v/, '').split(/[.+-]/);
  return minor !== undefined && (major === '0' || countedByMinor.has(name)) ? `${major}.${minor}` : major;
}

/** Longer lines are no tool's greeting. */
const longestLine = 300;

/** What the lines of an output tell, whatever command they are of. */
export function versionsIn(output: string): ToolVersion[] {
  const found: ToolVersion[] = [];
  for (const line of output.split(/\r?\n/)) {
    if (line.length > longestLine || !/\d\.\d/.test(line)) continue;
    for (const [name, ...patterns] of banners) {
      const told = patterns.map((pattern) => pattern.exec(line)?.[1]).find((one) => one !== undefined);
      if (told !== undefined) found.push({ name, version: told });
    }
  }
  return found;
}

/** The version that a tool answers with when it is asked for nothing else. */
export function answeredVersion(output: string): string | null {
  const line = output.split(/\r?\n/).find((one) => /\d\.\d/.test(one)) ?? '';
  return new RegExp(`^(?:Version:? |\\w[\\w-]*[/ ])?${version}(?: \\w+-[\\w.-]+)*$`).exec(line.trim())?.[1] ?? null;
}
