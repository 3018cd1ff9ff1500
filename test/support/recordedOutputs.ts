/** What the recordings in `testOutputs/` say, written down from the samples beside them and not from any parser. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderTerminal } from '../../src/redaction/terminalText.ts';
import type { TestResult } from '../../src/session/testResults.ts';

export interface Recording {
  /** Below `testOutputs/`. */
  file: string;
  /** As `testCommand` names it. */
  runner: string;
  columns: number;
  /** Null where no test is named. */
  results: TestResult[] | null;
  complete: boolean;
}

const folder = join(import.meta.dirname, 'testOutputs');

export const readRecording = (file: string) => readFileSync(join(folder, file), 'utf8');

/** As it reaches the parsers. */
export const rendered = ({ file, columns }: Recording) => renderTerminal(readRecording(file), columns);

interface Names {
  passed?: string[];
  failed?: string[];
  skipped?: string[];
}

export function resultsOf(...all: Names[]): TestResult[] {
  return (['passed', 'failed', 'skipped'] as const).flatMap((status) =>
    all.flatMap((names) => names[status] ?? []).map((name) => ({ name, status })),
  );
}

const prefixed = (prefix: string, { passed = [], failed = [], skipped = [] }: Names): Names => ({
  passed: passed.map((name) => prefix + name),
  failed: failed.map((name) => prefix + name),
  skipped: skipped.map((name) => prefix + name),
});

const without = ({ passed = [], failed = [], skipped = [] }: Names, ...left: string[]): Names => ({
  passed: passed.filter((name) => !left.includes(name)),
  failed: failed.filter((name) => !left.includes(name)),
  skipped: skipped.filter((name) => !left.includes(name)),
});

const odd = 'takes "odd" > names: ✓ 100% [a/b] #1, ünï';

/** The sample in the manner of Jest, as most runners of JavaScript have it. */
const sums: Names = {
  passed: ['sums > adds', `sums > of roots > ${odd}`, 'stands alone'],
  failed: ['sums > fails to subtract', 'sums > of roots > fails inside'],
  skipped: ['sums > divides later', 'sums > multiplies some day'],
};
const green: Names = { passed: ['green > is fine'] };
const failedSums: Names = { failed: sums.failed };

const nodeSample: Names = {
  ...sums,
  passed: [...(sums.passed ?? []), 'has steps > first step'],
  skipped: [...(sums.skipped ?? []), 'has steps > second step'],
};
const mochaSample: Names = {
  passed: [...(sums.passed ?? []), 'sums > takes its time'],
  failed: [...(sums.failed ?? []), 'hooks > "before all" hook: sets up for "never runs"'],
  skipped: ['sums > divides later'],
};
const jestSample: Names = { ...sums, passed: [...(sums.passed ?? []), 'takes its time'] };
const vitestSample = prefixed('sample.test.js > ', jestSample);
const vitestGreen = prefixed('green.test.js > ', green);
const vitestFailed: Names = { failed: vitestSample.failed };

const pytestSample: Names = {
  passed: [
    'sub/test_green.py::test_is_fine',
    'test_sample.py::test_adds',
    'test_sample.py::test_odd_names[one two]',
    'test_sample.py::TestRoots::test_inside',
  ],
  failed: [
    'test_sample.py::test_fails_to_subtract',
    'test_sample.py::test_odd_names[a/b - [c]]',
    'test_sample.py::test_odd_names[\\xfcn\\xef::x PASSED]',
    'test_sample.py::TestRoots::test_fails_inside',
    'test_sample.py::test_with_fixture',
    'test_sample.py::Old::test_old_style',
  ],
  skipped: ['test_sample.py::test_divides', 'test_sample.py::test_multiplies'],
};
const pytestFailed: Names = { failed: pytestSample.failed };
const pytestListed = without(pytestSample, 'test_sample.py::test_divides');

const unittestFailed: Names = {
  failed: [
    'unittest.loader._FailedTest.test_broken',
    'test_sample.Setup.setUpClass',
    'test_sample.Sums.test_fails_to_subtract',
    'test_sample.Sums.test_fails_with_doc',
    'test_sample.Sums.test_parts',
  ],
};
const unittestSample: Names = {
  ...unittestFailed,
  passed: ['test_green.Green.test_is_fine', 'test_sample.Sums.test_adds', 'test_sample.Sums.test_with_doc'],
  skipped: ['test_sample.Sums.test_divides', 'test_sample.Sums.test_multiplies'],
};

const goRoot = prefixed('example.com/pkg > ', {
  passed: [
    'TestAdds',
    'TestRoots/takes_"odd"_>_names:_✓_100%_[a/b]_#1,_ünï',
    'TestRoots/deep',
    'TestRoots/deep/deeper',
    'TestTogether',
    'TestTogether/one',
    'TestTogether/two',
    'ExampleSum',
  ],
  failed: ['TestFailsToSubtract', 'TestRoots', 'TestRoots/fails_inside'],
  skipped: ['TestDivides'],
});
const goPanics: Names = { failed: ['example.com/pkg/panics > TestPanics'] };
const goOthers: Names = { passed: ['example.com/pkg/panics > TestBefore', 'example.com/pkg/sub > TestAdds'] };

const cargoUnits: Names = {
  passed: ['tests::adds', 'tests::panics_as_it_should', 'tests::roots::ünï_inside'],
  failed: ['tests::fails_to_subtract', 'tests::roots::fails_inside'],
  skipped: ['tests::divides'],
};
const cargoOthers: Names = { passed: ['is_fine', 'src/lib.rs'], failed: ['src/lib.rs - add'] };
const nextestSample: Names = {
  passed: [...(cargoUnits.passed ?? []).map((name) => `sample ${name}`), 'sample::green is_fine'],
  failed: (cargoUnits.failed ?? []).map((name) => `sample ${name}`),
};

const surefire = (parameters: string, inside: string): Names =>
  prefixed('pkg.', {
    failed: [`SampleTest.oddName`, `SampleTest.${parameters}`, 'SampleTest.failsToSubtract', inside, 'BrokenTest'],
  });
const gradleFailed = prefixed('pkg.', {
  failed: [
    'SampleTest$Odd > isOne[a "name" > 100% [2] PASSED]',
    'SampleTest > throwsSomething',
    'SampleTest > failsToSubtract',
    'BrokenTest > classMethod',
  ],
});
const gradleOthers = prefixed('pkg.', {
  passed: ['SampleTest$Roots > inside', 'SampleTest$Odd > isOne[a "name" > 100% [1] PASSED]', 'SampleTest > adds'],
  skipped: ['SampleTest > divides'],
});

const rspecSample: Names = {
  passed: ['Array > is fine', 'Sums > adds', `Sums > of roots > ${odd}`, 'Sums > #root > is expected to eq 2'],
  failed: ['Sums > fails to subtract', 'Sums > of roots > fails inside (FAILED - 7)'],
  skipped: ['Sums > divides later', 'Sums > is known to fail', 'Sums > multiplies some day'],
};

const phpunitSample = (set: (name: string) => string): Names => ({
  passed: [
    'Green (App\\Tests\\Green) > Is fine',
    'Sample > Adds',
    `Sample > Odd names with ${set('a "name" ✔ 100% [a/b]')}`,
    `Sample > Odd names with ${set('0')}`,
  ],
  failed: ['Sample > Fails to subtract', `Sample > Odd names with ${set('ünï #1')}`, 'Sample > Throws'],
  skipped: ['Sample > Divides later', 'Sample > Multiplies some day'],
});
const phpunitPlain = phpunitSample((name) => (name === '0' ? 'data set #0' : `data set "${name}"`));
/** With colours PHPUnit writes data sets so. */
const phpunitColoured = phpunitSample((name) => (name === '0' ? 'data set 0' : name.replaceAll(' ', '·')));
const phpunitFailed = prefixed('SampleTest::', {
  failed: ['testThrows', 'testFailsToSubtract', 'testOddNames with data set "ünï #1"'],
});

const ctestSample: Names = {
  passed: ['adds', 'odd "name" 100% [a/b] #1: Passed', 'prints_a_lie'],
  failed: ['fails_to_subtract', 'takes_too_long', 'not_built'],
  skipped: ['divides', 'skips_itself'],
};

const denoSample: Names = {
  passed: ['quiet steps > one', 'adds', `${odd} (5ms) ... ok`, 'has steps > first step'],
  failed: ['fails to subtract', 'has steps > second step > inner'],
  skipped: ['quiet steps > two', 'divides later'],
};

const avaOne = (separator: string): Names => ({
  passed: ['adds', `sums${separator}takes "odd" > names: ✔ 100% [a/b] #1, ünï`, 'is known to fail'],
  failed: ['fails to subtract', 'throws'],
  skipped: ['divides later', 'multiplies some day'],
});
const avaAll = (separator: string): Names[] => [
  prefixed(`sample${separator}`, avaOne(separator)),
  { passed: [`green${separator}is fine`] },
];
/** AVA's own TAP tells what happened outside of tests as a test. */
const avaOutside: Names = {
  failed: ['Error: an error outside of a test', 'broken.test.js exited with a non-zero exit code: 1'],
};

const tapeSample: Names = {
  passed: ['adds', odd],
  failed: ['fails to subtract', 'inside'],
  skipped: ['divides later', 'skips an assertion'],
};

interface Row {
  runner: string;
  files: string;
  names: Names[] | null;
  complete?: boolean;
  columns?: number;
}

/** `files` in braces as a shell has them. */
const rows: Row[] = [
  {
    runner: 'node',
    files: 'node/v{18-default.txt,20-default.ansi,20-default.txt}',
    names: [nodeSample, green, { failed: ['/project/broken.test.mjs'] }],
  },
  {
    runner: 'node',
    files: 'node/v18-default.ansi',
    names: [nodeSample, green, { failed: ['/project/broken.test.mjs'] }],
    complete: false,
  },
  {
    runner: 'node',
    files: 'node/v24-{spec,tap}.{ansi,txt}',
    names: [nodeSample, green, { failed: ['broken.test.mjs'] }],
  },
  {
    runner: 'node',
    files: 'node/v24-dot.{ansi,txt}',
    names: [{ failed: ['broken.test.mjs', 'fails to subtract', 'fails inside', 'of roots', 'sums'] }],
    complete: false,
  },
  { runner: 'npm', files: 'node/v24-npm.ansi', names: [nodeSample], columns: 40 },
  { runner: 'npm', files: 'node/v24-npm-green.ansi', names: [green] },
  { runner: 'node', files: 'node/v24-one-file.txt', names: [nodeSample] },
  { runner: 'mocha', files: 'mocha/v{8,11}-spec.{ansi,txt}', names: [mochaSample, green] },
  { runner: 'npm', files: 'mocha/v11-npm.ansi', names: [mochaSample, green] },
  {
    runner: 'mocha',
    files: 'mocha/v{8-dot,8-min,11-dot,11-min,10-list}.{ansi,txt}',
    names: [{ failed: mochaSample.failed }],
    complete: false,
  },
  {
    runner: 'mocha',
    files: 'mocha/v11-tap.txt',
    names: [
      {
        passed: [
          'green is fine',
          'sums adds',
          'sums takes its time',
          `sums of roots ${odd.replace('#', '')}`,
          'stands alone',
        ],
        failed: [
          'sums fails to subtract',
          'sums of roots fails inside',
          'hooks "before all" hook: sets up for "never runs"',
        ],
        skipped: ['sums divides later'],
      },
    ],
  },
  { runner: 'jest', files: 'jest/v{29,30}-verbose.{ansi,txt}', names: [jestSample, green] },
  { runner: 'jest', files: 'jest/v{29,30}-default.{ansi,txt}', names: [failedSums], complete: false },
  { runner: 'npm', files: 'jest/v{29,30}-npm-one-file.ansi', names: [jestSample] },
  { runner: 'jest', files: 'jest/v{29,30}-green.txt', names: [green] },
  { runner: 'vitest', files: 'vitest/v{3,4}-verbose.{ansi,txt}', names: [vitestSample, vitestGreen] },
  { runner: 'vitest', files: 'vitest/v4-tree.txt', names: [vitestSample, vitestGreen] },
  {
    runner: 'vitest',
    files: 'vitest/v1-verbose.txt',
    names: [{ ...vitestSample, skipped: [] }, vitestGreen],
    complete: false,
  },
  { runner: 'vitest', files: 'vitest/v{1,3}-default.ansi', names: [vitestSample], complete: false },
  { runner: 'vitest', files: 'vitest/v3-default.txt', names: [vitestSample], complete: false },
  { runner: 'vitest', files: 'vitest/v1-default.txt', names: [vitestFailed], complete: false },
  {
    runner: 'vitest',
    files: 'vitest/v4-default.{ansi,txt}',
    names: [vitestFailed, { passed: ['sample.test.js > stands alone', 'sample.test.js > takes its time'] }],
    complete: false,
  },
  { runner: 'vitest', files: 'vitest/v4-dot.txt', names: [vitestFailed], complete: false },
  { runner: 'npm', files: 'vitest/v{1,3,4}-npm-one-file.ansi', names: [vitestSample] },
  {
    runner: 'vitest',
    files: 'vitest/v{1-tap,4-tap,4-tap-flat}.txt',
    names: [vitestSample, vitestGreen, { failed: ['broken.test.js'] }],
  },
  { runner: 'vitest', files: 'vitest/v{1,3,4}-green.txt', names: [], complete: false },
  { runner: 'pytest', files: 'pytest/v{6,8}-verbose.{ansi,txt}', names: [pytestSample] },
  { runner: 'pytest', files: 'pytest/v{7,9}-verbose.ansi', names: [pytestSample], columns: 60 },
  { runner: 'pytest', files: 'pytest/v8-xdist.txt', names: [pytestSample] },
  { runner: 'pytest', files: 'pytest/v{6,8}-default.{ansi,txt}', names: [pytestFailed], complete: false },
  { runner: 'pytest', files: 'pytest/v{6,8}-quiet.txt', names: [pytestFailed], complete: false },
  { runner: 'pytest', files: 'pytest/v{6,7,8,9}-report-all.txt', names: [pytestListed], complete: false },
  { runner: 'pytest', files: 'pytest/v8-{green,collection-error}.txt', names: [], complete: false },
  { runner: 'unittest', files: 'unittest/v{3.8,3.12,3.13}-verbose.txt', names: [unittestSample] },
  { runner: 'unittest', files: 'unittest/v3.13-verbose.ansi', names: [unittestSample] },
  { runner: 'unittest', files: 'unittest/v{3.8,3.12,3.13}-default.txt', names: [unittestFailed], complete: false },
  { runner: 'unittest', files: 'unittest/v3.13-green.txt', names: [], complete: false },
  { runner: 'go', files: 'go/v1.26-json.txt', names: [goRoot, goPanics, goOthers] },
  // One package was not built, so that its tests are not named.
  { runner: 'go', files: 'go/v1.26-verbose.{ansi,txt}', names: [goRoot, goPanics, goOthers], complete: false },
  { runner: 'go', files: 'go/v1.26-plain.{ansi,txt}', names: [{ failed: goRoot.failed }, goPanics], complete: false },
  { runner: 'go', files: 'go/v1.26-one-package.txt', names: [goRoot] },
  { runner: 'go', files: 'go/v1.26-one-package.ansi', names: [{ failed: goRoot.failed }], complete: false },
  { runner: 'go', files: 'go/v1.26-green.txt', names: null },
  { runner: 'cargo', files: 'cargo/v1.95-default.{ansi,txt}', names: [cargoUnits, cargoOthers] },
  { runner: 'cargo', files: 'cargo/v1.95-one-thread.ansi', names: [cargoUnits] },
  // A test prints a line that looks like a result, so one of those that passed did not: none of them counts.
  { runner: 'cargo', files: 'cargo/v1.95-nocapture.txt', names: [{ ...cargoUnits, passed: [] }], complete: false },
  { runner: 'cargo', files: 'cargo/v1.95-quiet.txt', names: [{ failed: cargoUnits.failed }], complete: false },
  { runner: 'cargo', files: 'cargo/v1.95-green.txt', names: [{ passed: ['is_fine'] }] },
  { runner: 'nextest', files: 'nextest/default.{ansi,txt}', names: [nextestSample] },
  { runner: 'nextest', files: 'nextest/retries.txt', names: [nextestSample, { passed: ['sample tests::divides'] }] },
  {
    runner: 'mvn',
    files: 'maven/surefire3-default.{ansi,txt}',
    names: [surefire('parameters(String)[2]', 'SampleTest$Roots.failsInside')],
    complete: false,
  },
  {
    runner: 'mvn',
    files: 'maven/surefire2-default.txt',
    names: [surefire('parameters{String}[2]', 'SampleTest.failsInside')],
    complete: false,
  },
  { runner: 'mvn', files: 'maven/surefire3-green.txt', names: [], complete: false },
  { runner: 'gradle', files: 'gradle/v4.4-events.{ansi,txt}', names: [gradleFailed, gradleOthers] },
  { runner: 'gradle', files: 'gradle/v4.4-default.{ansi,txt}', names: [gradleFailed], complete: false },
  { runner: 'rspec', files: 'rspec/v3.12-documentation.{ansi,txt}', names: [rspecSample] },
  {
    runner: 'rspec',
    files: 'rspec/v3.12-progress.{ansi,txt}',
    names: [{ failed: ['Sums fails to subtract', 'Sums of roots fails inside (FAILED - 7)'] }],
    complete: false,
  },
  { runner: 'rspec', files: 'rspec/v3.12-green.txt', names: [{ passed: ['Array > is fine'] }] },
  { runner: 'rspec', files: 'rspec/v3.12-load-error.txt', names: [] },
  // One test is risky and so left out.
  { runner: 'phpunit', files: 'phpunit/v9-testdox.txt', names: [phpunitPlain], complete: false },
  { runner: 'phpunit', files: 'phpunit/v9-testdox.ansi', names: [phpunitColoured], complete: false },
  { runner: 'phpunit', files: 'phpunit/v9-default.{ansi,txt}', names: [phpunitFailed], complete: false },
  { runner: 'ctest', files: 'ctest/v3.25-{default,verbose}.txt', names: [ctestSample] },
  { runner: 'ctest', files: 'ctest/v3.25-default.ansi', names: [ctestSample] },
  { runner: 'ctest', files: 'ctest/v4.0-parallel.txt', names: [ctestSample] },
  // Of what passed or was skipped, progress leaves nothing behind.
  {
    runner: 'ctest',
    files: 'ctest/v4.0-progress.ansi',
    names: [{ failed: ctestSample.failed, skipped: ['divides'] }],
    complete: false,
  },
  { runner: 'deno', files: 'deno/v{2.0,2.9}-default.{ansi,txt}', names: [denoSample] },
  { runner: 'deno', files: 'deno/v2.9-dot.txt', names: [{ failed: denoSample.failed }], complete: false },
  // Deno's own TAP puts all steps on one level.
  {
    runner: 'deno',
    files: 'deno/v2.9-tap.txt',
    names: [
      without(denoSample, 'has steps > second step > inner'),
      { failed: ['has steps > inner', 'has steps > second step'] },
    ],
  },
  {
    runner: 'deno',
    files: 'deno/v2.9-green.txt',
    names: [{ passed: ['quiet steps > one'], skipped: ['quiet steps > two'] }],
  },
  // Bun counts the error outside of a test as one.
  { runner: 'bun', files: 'bun/v1.{1,4}-default.{ansi,txt}', names: [sums, green], complete: false },
  { runner: 'bun', files: 'bun/v1.4-dots.txt', names: [failedSums], complete: false },
  { runner: 'bun', files: 'bun/v1.{1,4}-green.txt', names: [green] },
  { runner: 'ava', files: 'ava/v{4,6}-default.{ansi,txt}', names: avaAll(' > '), complete: false },
  { runner: 'npm', files: 'ava/v{4,6}-npm-one-file.ansi', names: [avaOne(' > ')], complete: false },
  { runner: 'ava', files: 'ava/v{4,6}-tap.txt', names: [...avaAll(' › '), avaOutside] },
  { runner: 'npm', files: 'tape/v{4,5}-default.txt', names: [tapeSample] },
  { runner: 'npm', files: 'tape/v5-default.ansi', names: [tapeSample] },
  {
    runner: 'npm',
    files: 'tap/tap18.txt',
    names: [{ passed: ['adds > one and one'], failed: ['adds > inside > one is two'], skipped: ['divides later'] }],
  },
];

export const recordings: Recording[] = rows.flatMap(({ runner, files, names, complete = true, columns = 120 }) =>
  expand(files).map((file) => ({ file, runner, columns, results: names && resultsOf(...names), complete })),
);

function expand(pattern: string): string[] {
  const braces = /^([^{]*)\{([^}]*)\}(.*)$/.exec(pattern);
  if (!braces) return [pattern];
  const [, before, choices, after] = braces;
  return choices.split(',').flatMap((choice) => expand(before + choice + after));
}
