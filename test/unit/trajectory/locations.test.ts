import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { buildTrajectories, rowBytes } from '../../../src/trajectory/buildTrajectories.ts';
import { type Location, mostLocations } from '../../../src/trajectory/locations.ts';
import { placesIn } from '../../../src/trajectory/places.ts';
import { recordings, rendered } from '../../support/recordedOutputs.ts';
import { runs } from '../../support/runs.ts';
import { meta, TaskBuilder } from '../../support/tasks.ts';

const support = join(import.meta.dirname, '../../support');

/** The workspace's folder as redaction leaves it. */
const redacted = (output: string) => output.replaceAll(/\/project(?=[/\\])/g, '/workspace0001');

interface Run {
  line?: string;
  cwd?: string | null;
}

/** What a command's output names, in a record of these files. */
function locate(output: string, files: string[], { line = 'make', cwd = '.' }: Run = {}): Location[] {
  const task = new TaskBuilder(Object.fromEntries(files.map((path) => [path, '']))).run(line, 1, 1, output, cwd).task();
  return buildTrajectories(task, meta)[0].steps[0].locations;
}

/** `path:line:column`; behind a question mark what is no file of the record. */
const shown = (locations: readonly Location[]) =>
  locations.map(
    ({ file_id, path, line, column }) =>
      `${file_id === null ? '?' : ''}${path}:${line}${column === null ? '' : `:${column}`}`,
  );

const filesBelow = (folder: string) =>
  globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );

/** By folder of `testOutputs/`: the lines that its recordings name, all together. */
const ofTestRunners: Record<string, string[]> = {
  ava: ['broken.test.js:1', 'sample.test.js:8,14'],
  bun: ['broken.test.js:1', 'sample.test.js:8,15'],
  cargo: ['src/lib.rs:5,26,36'],
  ctest: [],
  deno: ['broken.test.js:1,7', 'sample.test.js:4,5,13,14'],
  go: ['broken/broken_test.go:5', 'panics/panics_test.go:7', 'sample_test.go:15,19,25,26'],
  gradle: ['src/test/java/pkg/BrokenTest.java:9', 'src/test/java/pkg/SampleTest.java:22,31,54'],
  jest: ['broken.test.js:1', 'sample.test.js:3,6,13'],
  maven: ['src/test/java/pkg/BrokenTest.java:9', 'src/test/java/pkg/SampleTest.java:21,31,37,47'],
  mocha: ['sample.test.cjs:8,17,24'],
  node: ['broken.test.mjs:1', 'sample.test.mjs:4,8,9,12,13,15,17,18'],
  phpunit: ['tests/SampleTest.php:14,30,40,43'],
  pytest: ['test_broken.py:1', 'test_sample.py:12,15,27,35,40,51'],
  rspec: ['?spec/broken_spec.rb:1', '?spec/made_up_spec.rb:1', 'spec/sample_spec.rb:6,7,10,14,17,23,24'],
  tap: ['tapped.cjs:3,5,6'],
  tape: ['sample.cjs:10,19,22'],
  unittest: ['test_broken.py:1', 'test_sample.py:10,14,30,36'],
  vitest: ['broken.test.js:1', 'sample.test.js:8,15'],
};

const ofTools: Record<string, string[]> = {
  bash: ['run.sh:2'],
  'cargo-build': ['rustapp/src/wrong.rs:3:22'],
  'cargo-run': ['rustapp/src/main.rs:2:5', 'rustapp/src/main.rs:6:20'],
  cmake: ['CMakeLists.txt:3'],
  'eslint-stylish': ['src/broken.js:3:27', 'src/unused.js:2:9', 'src/unused.js:3:3'],
  flake8: ['src/typed.py:1:1'],
  'g++': ['src/main.cpp:4:5'],
  gcc: ['src/main.c:2', 'src/helper.h:2:5', 'src/helper.h:1:5', 'src/main.c:6:18', 'src/main.c:7:11', 'src/main.c:5:7'],
  'go-build': ['goapp/wrong/wrong.go:4:2', 'goapp/wrong/wrong.go:5:9'],
  'go-run': ['goapp/main.go:4', 'goapp/main.go:8'],
  'go-vet': ['goapp/wrong/wrong.go:5:9'],
  java: ['java/demo/Main.java:5', 'java/demo/Main.java:9'],
  javac: ['java/demo/Broken.java:4'],
  make: ['Makefile:2'],
  mypy: ['src/typed.py:5'],
  node: ['src/throws.js:2', 'src/throws.js:2:9', 'src/throws.js:5:3', 'src/throws.js:4:5'],
  'node-syntax': ['src/broken.js:3'],
  perl: ['src/die.pl:3'],
  php: ['src/throw.php:3', 'src/throw.php:7', 'src/throw.php:10'],
  'php-syntax': ['src/syntax.php:2'],
  prettier: ['src/broken.js:3:27'],
  python: ['src/crash.py:8', 'src/crash.py:5'],
  'python-syntax': ['src/syntax.py:1'],
  rollup: ['src/broken.js:3:26'],
  ruby: ['src/raise.rb:2', 'src/raise.rb:6', 'src/raise.rb:9'],
  ruff: ['src/typed.py:1:8'],
  'ruff-concise': ['src/typed.py:1:8'],
  sass: ['src/style.scss:3:10'],
  stylelint: ['src/plain.css:1:5', 'src/plain.css:1:11'],
  'tsc-plain': ['src/sum.ts:2:9', 'src/sum.ts:3:10'],
  'tsc-pretty': ['src/sum.ts:2:9', 'src/sum.ts:3:10', 'src/sum.ts:2'],
  webpack: ['src/broken.js:3:26'],
};

describe('locations', () => {
  for (const [runner, expected] of Object.entries(ofTestRunners)) {
    it(`links what ${runner} names`, async () => {
      const own = recordings.filter(({ file }) => file.startsWith(`${runner}/`));
      assert.ok(own.length > 0);
      const lines = new Map<string, Set<number>>();
      for (const recording of own) {
        const output = redacted(await rendered(recording));
        for (const place of locate(output, filesBelow(join(support, 'testOutputs', runner, 'sample')))) {
          const path = `${place.file_id === null ? '?' : ''}${place.path}`;
          lines.set(path, (lines.get(path) ?? new Set()).add(place.line));
        }
      }
      const found = [...lines].map(([path, all]) => `${path}:${[...all].sort((a, b) => a - b)}`).sort();
      assert.deepEqual(found, expected);
    });
  }

  it('has an expectation for every recorded error', () => {
    const names = globSync('*.txt', { cwd: join(support, 'errorOutputs') }).map((file) => file.replace('.txt', ''));
    assert.deepEqual(names.sort(), Object.keys(ofTools).sort());
  });

  for (const [name, expected] of Object.entries(ofTools)) {
    it(`links what the tool of ${name}.txt names`, () => {
      const output = readFileSync(join(support, 'errorOutputs', `${name}.txt`), 'utf8');
      assert.doesNotMatch(output, /\/tmp\/|\/work\/|\/root\b|\/home\//);
      const cwd = /^go-/.test(name) ? 'goapp' : /^cargo-/.test(name) ? 'rustapp' : '.';
      assert.deepEqual(
        shown(locate(redacted(output), filesBelow(join(support, 'errorOutputs/sample')), { cwd })),
        expected,
      );
    });
  }

  /** As the tools document it, or print it elsewhere than on Linux. */
  const printed: [what: string, output: string, path: string, place: string][] = [
    ['Node on Windows', '    at greet (/workspace0001\\src\\a.js:2:18)', 'src/a.js', '2:18'],
    ['modules of Node on Windows', '    at file:////workspace0001/src/a.js:2:18', 'src/a.js', '2:18'],
    ['an address with blanks', '    at file:///workspace0001/my%20lib/a.js:2:18', 'my lib/a.js', '2:18'],
    [
      'the path of a route',
      '    at x (/workspace0001/app/(shop)/[id]/page.tsx:3:5)',
      'app/(shop)/[id]/page.tsx',
      '3:5',
    ],
    ['JavaScriptCore', 'greet@/workspace0001/src/a.js:2:18', 'src/a.js', '2:18'],
    ['TypeScript on Windows', 'src\\a.ts(3,5): error TS2322: no', 'src/a.ts', '3:5'],
    ['a folder with blanks in its name', '/workspace0001/my lib/a.c:3:5: error: no', 'my lib/a.c', '3:5'],
    ['pytest with blanks', 'my lib/test a.py:12: AssertionError', 'my lib/test a.py', '12'],
    ['msvc', 'src\\main.cpp(7): error C2065: no', 'src/main.cpp', '7'],
    ['clang-cl', 'src\\main.cpp(7,12): error: no', 'src/main.cpp', '7:12'],
    [
      'dotnet',
      '/workspace0001/App/Program.cs(3,5): error CS0103: no [/workspace0001/App/App.csproj]',
      'App/Program.cs',
      '3:5',
    ],
    ['frames of .NET', '   at App.Program.Main() in /workspace0001/App/Program.cs:line 12', 'App/Program.cs', '12'],
    ['Maven', '[ERROR] /workspace0001/src/A.java:[12,5] cannot find symbol', 'src/A.java', '12:5'],
    ['Kotlin', 'e: file:///workspace0001/src/A.kt:3:5 Unresolved reference', 'src/A.kt', '3:5'],
    ['Kotlin before 1.8', 'e: /workspace0001/src/A.kt: (3, 5): Unresolved reference', 'src/A.kt', '3:5'],
    ['frames of Kotlin', '\tat shop.AKt.main(A.kt:5)', 'src/A.kt', '5'],
    ['Gradle', "Build file '/workspace0001/build.gradle' line: 12", 'build.gradle', '12'],
    ['Swift', '/workspace0001/Sources/a.swift:3:5: error: no', 'Sources/a.swift', '3:5'],
    ['Elixir', '** (CompileError) lib/a.ex:12: undefined function f/0', 'lib/a.ex', '12'],
    ['frames of Elixir', '    (shop 0.1.0) lib/a.ex:12: Shop.run/1', 'lib/a.ex', '12'],
    ['Go as JSON', '{"Output":"\\t/workspace0001/a_test.go:7 +0x25\\n"}', 'a_test.go', '7'],
    ['Babel', 'SyntaxError: /workspace0001/src/a.js: Unexpected token, expected "," (3:27)', 'src/a.js', '3:27'],
    ['Vite', '  file: /workspace0001/src/a.js:3:27', 'src/a.js', '3:27'],
    ['Docker', 'Dockerfile:3', 'Dockerfile', '3'],
    ['Rust before 1.73', "thread 'main' panicked at 'no', src/main.rs:3:5", 'src/main.rs', '3:5'],
  ];
  for (const [what, output, path, place] of printed) {
    it(`reads ${what}`, () => {
      assert.deepEqual(shown(locate(output, ['other.txt', path])), [`${path}:${place}`]);
    });
  }

  it('names what is no file of the record, without a link', () => {
    assert.deepEqual(shown(locate('src/b.ts:1:2 and /workspace0001/c.py:3', ['src/a.ts'])), [
      '?src/b.ts:1:2',
      '?c.py:3',
    ]);
  });

  it('leaves out what lies outside of the workspace, is the code of others, or no path', () => {
    const others = [
      '/usr/lib/python3/json/decoder.py:12',
      '/home/user0001/other/a.js:1:2',
      'C:\\Users\\user0001\\a.js:1:2',
      '~/a.js:1:2',
      '../a.js:1:2',
      'node_modules/x/a.js:1:2',
      '/workspace0001/packages/a/node_modules/x/a.js:1:2',
      '.venv/lib/python3.12/site-packages/x/a.py:1',
      'vendor/x/a.go:1:2',
      'at node:internal/modules/run_main.js:1:2',
      'at Module._compile (internal/modules/cjs/loader.js:1063:30)',
      'https://host0001.example.com/a.js:1:2',
      'webpack:///./src/a.js:1:2',
      'ext:core/01_core.js:1:2',
      'host0001.example.com:8080',
      'a.js:0:0',
      'a.js:12px',
      'v1.2.3:4',
    ];
    assert.deepEqual(shown(locate(others.join('\n'), ['src/x.js'])), []);
  });

  it('links a bare name of Java’s, Kotlin’s and Go’s only where one file has it, in the package that the frame tells', () => {
    const frames = '\tat shop.cart.Cart.add(Cart.java:12)\n\tat java.base/java.lang.Thread.run(Thread.java:829)\n';
    assert.deepEqual(shown(locate(frames, ['src/shop/cart/Cart.java', 'src/shop/Thread.java'])), [
      'src/shop/cart/Cart.java:12',
    ]);
    const log = '    a_test.go:12: got 2\n';
    assert.deepEqual(shown(locate(log, ['x/a_test.go', 'b_test.go'])), ['x/a_test.go:12']);
    assert.deepEqual(shown(locate(log, ['x/a_test.go', 'y/a_test.go'])), []);
    assert.deepEqual(shown(locate('    (plug 1.15.3) lib/plug/router.ex:246: f/1', ['lib/a.ex'])), []);
  });

  it('begins where the command ran, or in a folder above', () => {
    const files = ['web/src/a.ts', 'src/b.ts'];
    const at = (output: string, run: Run) => shown(locate(output, files, run));
    assert.deepEqual(at('src/a.ts:1:2', { cwd: 'web' }), ['web/src/a.ts:1:2']);
    assert.deepEqual(at('src/a.ts:1:2', { cwd: 'web/src' }), ['web/src/a.ts:1:2']);
    assert.deepEqual(at('src/b.ts:1:2', { cwd: 'web' }), ['src/b.ts:1:2']);
    assert.deepEqual(at('../src/b.ts:1:2', { cwd: 'web' }), ['src/b.ts:1:2']);
    assert.deepEqual(at('src/c.ts:1:2', { cwd: 'web' }), ['?web/src/c.ts:1:2']);
    assert.deepEqual(at('src/a.ts:1:2', {}), ['?src/a.ts:1:2']);
    assert.deepEqual(at('src/a.ts:1:2', { line: 'cd web && npm test' }), ['web/src/a.ts:1:2']);
    assert.deepEqual(at('src/a.ts:1:2', { line: 'cd /workspace0001/web; npm test', cwd: null }), ['web/src/a.ts:1:2']);
    assert.deepEqual(at('src/a.ts:1:2', { line: 'npm --prefix web run build' }), ['web/src/a.ts:1:2']);
    assert.deepEqual(at('src/a.ts:1:2', { line: 'yarn --cwd=web build' }), ['web/src/a.ts:1:2']);
    assert.deepEqual(at('src/a.ts:1:2', { line: 'cd /elsewhere && npm test' }), []);
    assert.deepEqual(at('src/a.ts:1:2\n/workspace0001/src/b.ts:1', { cwd: null }), ['src/b.ts:1']);
  });

  it('finds the folder of a workspace of several where one file alone fits', () => {
    const output = '/workspace0001/src/a.ts:1:2\n/workspace0002/src/b.ts:3:4\n/workspace0002/src/c.ts:5:6\n';
    const files = ['web/src/a.ts', 'api/src/b.ts', 'web/src/c.ts', 'api/src/c.ts'];
    assert.deepEqual(shown(locate(output, files)), ['web/src/a.ts:1:2', 'api/src/b.ts:3:4', '?src/c.ts:5:6']);
    assert.deepEqual(shown(locate('/workspace0001/src/a.ts:1:2', files)), ['?src/a.ts:1:2']);
  });

  it('knows a file by its path as of the step', () => {
    const task = new TaskBuilder({ 'a.ts': '', 'lib/b.ts': '' })
      .run('make', 1, 1, 'a.ts:1:1 lib/b.ts:1:1')
      .rename('a.ts', 'c.ts', 0)
      .rename('lib', 'src/lib')
      .run('make', 1, 1, 'a.ts:1:1 lib/b.ts:1:1 c.ts:1:1 src/lib/b.ts:1:1')
      .task();
    const { steps } = buildTrajectories(task, meta)[0];
    assert.deepEqual(shown(steps[0].locations), ['a.ts:1:1', 'lib/b.ts:1:1']);
    assert.deepEqual(shown(steps[3].locations), ['?a.ts:1:1', '?lib/b.ts:1:1', 'c.ts:1:1', 'src/lib/b.ts:1:1']);
    assert.deepEqual(
      steps[3].locations.map(({ file_id }) => file_id),
      [null, null, 0, 1],
    );
  });

  it('tells each place once, in order, and the first fifty', () => {
    assert.deepEqual(shown(locate('a.c:2:1\na.c:1:1\na.c:2:1\na.c:2\n', ['a.c'])), ['a.c:2:1', 'a.c:1:1', 'a.c:2']);
    const many = Array.from({ length: 80 }, (_, i) => `a.c:${i + 1}:1: error`);
    assert.deepEqual(
      locate(many.join('\n'), ['a.c']).map(({ line }) => line),
      Array.from({ length: mostLocations }, (_, i) => i + 1),
    );
  });

  it('counts files as the part of the record does', () => {
    const builder = new TaskBuilder({ 'a.ts': '', 'b.ts': '', 'c.ts': '' }).edit(0, 0, 'y', 0);
    const size = Math.floor(rowBytes.target / 20);
    for (let i = 0; i < 30; i++) builder.edit(0, i === 0 ? 0 : size, 'x'.repeat(size), 1);
    const task = builder.edit(0, 0, 'y', 2).run('make', 1, 1, 'c.ts:1:1 a.ts:1:1').task();
    const parts = buildTrajectories(task, meta);
    const last = parts[parts.length - 1];
    assert.deepEqual(
      last.files.map(({ path }) => path),
      ['b.ts', 'c.ts'],
    );
    assert.deepEqual(shown(last.steps.at(-1)?.locations ?? []), ['c.ts:1:1', '?a.ts:1:1']);
    assert.equal(last.steps.at(-1)?.locations[0].file_id, 1);
  });

  const pieces = fc.constantFrom(
    ...[
      '/workspace0001/',
      'a.ts',
      'src',
      '/',
      '\\',
      ':',
      '1',
      '12',
      '(',
      ')',
      ',',
      ' ',
      '  ',
      '\n',
      '"',
      "'",
      '[',
      ']',
    ],
    ...[
      '.',
      '..',
      ' line ',
      'File "',
      'file://',
      'node:',
      '@',
      'X.java',
      'x_test.go',
      '%',
      '%20',
      '\\t',
      '-',
      ' - error',
    ],
  );
  const outputs = fc.oneof(
    fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
    fc.string({ unit: 'binary' }).map((output) => output.toWellFormed()),
  );
  const folders = fc.constantFrom('.', 'src', 'src/deep', null);

  it('names nothing that is not in the output, the working directory or the files', () => {
    fc.assert(
      fc.property(outputs, folders, (output, cwd) => {
        const files = ['src/a.ts', 'src/X.java', 'x_test.go'];
        for (const { file_id, path, line, column } of locate(output, files, { cwd })) {
          if (file_id !== null) assert.equal(path, files[file_id]);
          assert.ok(line > 0 && output.includes(String(line)) && (column === null || output.includes(String(column))));
          assert.ok(!path.startsWith('/') && !path.split('/').includes('..'));
          const printed = output.replaceAll('%20', ' ');
          const known = file_id === null ? (cwd ?? '.').split('/') : path.split('/');
          for (const part of path.split('/')) assert.ok(known.includes(part) || printed.includes(part), path);
        }
      }),
      { numRuns: runs },
    );
  });

  it('takes steps in proportion to the output', () => {
    const bricks = [
      'a',
      ' ',
      '.',
      '.ts',
      '.js:1',
      'a.ts(',
      '(',
      ')',
      'a.js: ',
      '/a',
      'file:',
      ':',
      '"',
      ' a.ts 1:',
      '\\',
    ];
    for (const brick of bricks) {
      // Quadratic ones would take minutes.
      for (const place of placesIn(brick.repeat(400_000 / brick.length))) assert.ok(place.line > 0);
    }
  });
});
