import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type FileText, packageManagerOf, toolsOf } from '../../../src/trajectory/environment.ts';
import type { Step } from '../../../src/trajectory/record.ts';
import { recordings, rendered } from '../../support/recordedOutputs.ts';
import { runs } from '../../support/runs.ts';
import { text } from '../../support/tasks.ts';

type Command = Pick<Step, 'command' | 'output'>;

const ran = (command: string, output: string | null = null): Command => ({
  command: text(command),
  output: output === null ? null : text(output),
});

/** `name version`, or the name alone. */
const tools = (...commands: Command[]) =>
  toolsOf(commands).map(({ name, version }) => (version === null ? name : `${name} ${version}`));

describe('environment.tools', () => {
  const asked: [line: string, output: string, expected: string][] = [
    ['node -v', 'v24.21.0\n', 'node 24'],
    ['npm -v', '11.19.1\n', 'npm 11'],
    ['pnpm --version', '9.1.0\n', 'pnpm 9'],
    ['python3 -V', 'Python 3.11.7\n', 'python 3.11'],
    ['pip -V', 'pip 23.2.1 from /usr/lib/python3.11/site-packages/pip (python 3.11)\n', 'pip 23'],
    ['pytest --version', 'pytest 9.2.0\n', 'pytest 9'],
    ['go version', 'go version go1.26.8 linux/amd64\n', 'go 1.26'],
    ['cargo -V', 'cargo 1.95.0 (f2d3ce0bd 2026-03-21)\n', 'cargo 1'],
    ['rustc --version', 'rustc 1.95.0 (59807616e 2026-04-14)\n', 'rustc 1'],
    ['gcc --version', 'gcc (Debian 12.2.0-14+deb12u1) 12.2.0\nCopyright (C) 2022\n', 'gcc 12'],
    ['java -version', 'openjdk version "17.0.15" 2025-04-15\n', 'java 17'],
    ['ruby -v', 'ruby 3.1.2p20 (2022-04-12 revision 4491bb740a) [x86_64-linux-gnu]\n', 'ruby 3.1'],
    ['php -v', 'PHP 8.2.36 (cli) (built: Nov 18 2026 20:02:04) (NTS)\n', 'php 8.2'],
    ['perl -v', '\nThis is perl 5, version 36, subversion 0 (v5.36.0) built for x86_64-linux\n', 'perl 5'],
    ['git version', 'git version 2.39.5\n', 'git 2'],
    ['make -v', 'GNU Make 4.3\nBuilt for x86_64-pc-linux-gnu\n', 'make 4'],
    ['cmake --version', 'cmake version 3.25.1\n', 'cmake 3'],
    ['tsc --version', 'Version 5.6.3\n', 'tsc 5'],
    ['eslint -v', 'v9.39.5\n', 'eslint 9'],
    ['vitest --version', 'vitest/3.2.4 linux-x64 node-v24.1.0\n', 'vitest 3'],
    ['biome --version', 'Version: 2.6.8\n', 'biome 2'],
    ['dotnet --version', '8.0.100\n', 'dotnet 8.0'],
    ['flake8 --version', '7.5.0 (mccabe: 0.7.0, pycodestyle: 2.15.0) CPython 3.11.7 on\nLinux\n', 'flake8 7'],
    ['poetry --version', 'Poetry (version 1.8.2)\n', 'poetry 1'],
  ];
  for (const [line, output, expected] of asked) {
    it(`reads the answer to ${line}`, () => assert.deepEqual(tools(ran(line, output)), [expected]));
  }

  it('reads what tools say of themselves and of others in passing', () => {
    const told: [output: string, ...expected: string[]][] = [
      ['npm notice New major version of npm available! 10.8.2 -> 11.1.0', 'npm 10'],
      ["npm warn EBADENGINE   current: { node: 'v18.20.0', npm: '10.8.2' }", 'node 18', 'npm 10'],
      ['Error: no\n\nNode.js v24.21.0\n', 'node 24'],
      ['platform linux -- Python 3.12.1, pytest-8.1.1, pluggy-1.4.0', 'pytest 8', 'python 3.12'],
      [' RUN  v1.6.1 /workspace0001', 'vitest 1'],
      ['vite v5.1.4 building for production...', 'vite 5'],
      ['bun test v1.1.4 (fbe2fe0c)', 'bun 1'],
      ['yarn run v1.22.19', 'yarn 1'],
      ['Done in 1.2s using pnpm v9.1.0', 'pnpm 9'],
      ['webpack 5.112.2 compiled with 1 error in 75 ms', 'webpack 5'],
      ['Apache Maven 3.8.7\nJava version: 17.0.15, vendor: Debian, runtime: /usr', 'java 17', 'maven 3'],
      ['Gradle 8.5\n', 'gradle 8'],
      ['Welcome to Gradle 8.5!', 'gradle 8'],
      ['PHPUnit 10.5.9 by Sebastian Bergmann and contributors.\n\nRuntime:       PHP 8.2.7', 'php 8.2', 'phpunit 10'],
      ['-- The C compiler identification is GNU 12.2.0', 'gcc 12'],
      ['note: rustc 1.77.0 (aedd173a2 2024-03-17) running on x86_64', 'rustc 1'],
    ];
    for (const [output, ...expected] of told)
      assert.deepEqual(tools({ command: null, output: text(output) }), expected);
  });

  it('reads the recordings of test runners', async () => {
    const told = new Map<string, Set<string>>();
    for (const recording of recordings) {
      const [runner] = recording.file.split('/');
      const output = text(await rendered(recording));
      for (const tool of tools({ command: null, output })) told.set(runner, (told.get(runner) ?? new Set()).add(tool));
    }
    const found = Object.fromEntries([...told].map(([runner, all]) => [runner, [...all].sort()]));
    assert.deepEqual(found, {
      bun: ['bun 1'],
      gradle: ['java 17'],
      node: ['node 18', 'node 20', 'node 24'],
      phpunit: ['phpunit 9'],
      pytest: ['pytest 6', 'pytest 7', 'pytest 8', 'pytest 9', 'python 3.12', 'python 3.8'],
      vitest: ['vitest 1', 'vitest 3', 'vitest 4'],
    });
  });

  it('names what was called and tells no version, by the name that all its calls share', () => {
    assert.deepEqual(
      tools(
        ran('npx vitest run'),
        ran('python3 -m pytest -v'),
        ran('cd web && poetry run mypy . | tail -3'),
        ran('./gradlew test'),
      ),
      ['gradle', 'mypy', 'npm', 'poetry', 'pytest', 'python', 'vitest'],
    );
    assert.deepEqual(tools(ran('CI=1 time npm test'), ran('bash run.sh'), ran('ls -l'), ran('grep pytest a.txt')), [
      'npm',
    ]);
  });

  it('tells no more of a version than says what runs', () => {
    const output = ' RUN  v0.34.6 /w\nplatform linux -- Python 3.12.1, pytest-8.1.1, pluggy-1.4.0\nNode.js v24.21.0\n';
    const told = tools({ command: null, output: text(output) });
    assert.deepEqual(told, ['node 24', 'pytest 8', 'python 3.12', 'vitest 0.34']);
  });

  it('lists every version that was told, and the tool alone only without one', () => {
    assert.deepEqual(
      tools(ran('node a.js'), ran('node -v', 'v24.1.0'), ran('node -v', 'v20.9.0'), ran('node b.js', 'v1.2.3')),
      ['node 20', 'node 24'],
    );
  });

  it('takes no number for a version that is not told as one', () => {
    assert.deepEqual(tools(ran('pytest -v', '1.5 seconds\n')), ['pytest']);
    assert.deepEqual(tools(ran('node -v && npm test', 'v24.1.0\n1.2.3\n')), ['node', 'npm']);
    assert.deepEqual(tools(ran('node app.js -v', '1.2.3\n')), ['node']);
    assert.deepEqual(tools(ran('git version', 'git version 192.0.2.1\n')), ['git']);
    assert.deepEqual(tools(ran('cat a.txt', 'uses Python 3.8.1 and Gradle 8.5 or so\n')), []);
  });

  it('depends on no order of the commands', () => {
    const commands = fc.shuffledSubarray(asked.map(([line, output]) => ran(line, output)));
    fc.assert(
      fc.property(commands, (list) => assert.deepEqual(tools(...list), tools(...list.toReversed()))),
      { numRuns: runs },
    );
  });
});

describe('environment.package_manager', () => {
  const manager = (lines: string[], files: FileText[] = []) =>
    packageManagerOf(
      lines.map((line) => ran(line)),
      files,
    );
  const file = (path: string, content: string | null = null): FileText => ({ path, text: content });

  it('is the one that most commands call, and the first of several', () => {
    assert.equal(manager(['npm test', 'pnpm install', 'pnpm test']), 'pnpm');
    assert.equal(manager(['npm test', 'pnpm test']), 'npm');
    assert.equal(manager(['git status', 'node a.js', 'make']), null);
  });

  it('is found behind its other names', () => {
    const names: [line: string, expected: string][] = [
      ['npx tsc', 'npm'],
      ['pnpm exec eslint .', 'pnpm'],
      ['bunx vitest run', 'bun'],
      ['pip3 install -r requirements.txt', 'pip'],
      ['python -m pip install -e .', 'pip'],
      ['uv run pytest', 'uv'],
      ['cargo test', 'cargo'],
      ['go test ./...', 'go'],
      ['./mvnw test', 'maven'],
      ['./gradlew build', 'gradle'],
      ['bundle exec rspec', 'bundler'],
      ['dotnet test', 'nuget'],
    ];
    for (const [line, expected] of names) assert.equal(manager([line]), expected, line);
  });

  it('is told by the files of the task where no command calls one, nearest to the root first', () => {
    assert.equal(manager([], [file('web/yarn.lock'), file('pnpm-lock.yaml')]), 'pnpm');
    assert.equal(manager([], [file('package.json', '{\n  "packageManager": "yarn@4.1.0"\n}')]), 'yarn');
    assert.equal(manager([], [file('package.json', '{}'), file('a/package.json', null), file('src/a.ts')]), null);
    assert.equal(manager(['npm test'], [file('yarn.lock')]), 'npm');
    assert.equal(manager([], [file('crates/a/Cargo.toml')]), 'cargo');
  });
});
