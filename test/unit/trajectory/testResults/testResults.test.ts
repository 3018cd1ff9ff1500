import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { TestResult } from '../../../../src/session/testResults.ts';
import type { Parser } from '../../../../src/trajectory/testResults/results.ts';
import { parsersByRunner, parseTestOutput } from '../../../../src/trajectory/testResults/testResults.ts';
import { readRecording, recordings, rendered } from '../../../support/recordedOutputs.ts';

const sorted = (results: readonly TestResult[] | undefined | null) =>
  results?.toSorted((a, b) => (a.name < b.name ? -1 : 1)) ?? null;

/** Names of which `part` says another thing than `whole`. */
function contradictions(part: TestResult[] | undefined, whole: TestResult[]): string[] {
  const statuses = new Map(whole.map(({ name, status }) => [name, status]));
  return (part ?? []).filter(({ name, status }) => (statuses.get(name) ?? status) !== status).map(({ name }) => name);
}

describe('parseTestOutput', () => {
  const outputs = new Map<string, string>();
  before(async () => {
    for (const recording of recordings) outputs.set(recording.file, await rendered(recording));
  });
  const outputOf = (file: string) => outputs.get(file) as string;

  it('has an expectation for every recording', () => {
    const folder = join(import.meta.dirname, '../../../support/testOutputs');
    const files = globSync('*/*.{txt,ansi}', { cwd: folder }).map((file) => file.replaceAll('\\', '/'));
    assert.deepEqual(files.sort(), recordings.map(({ file }) => file).sort());
  });

  it('keeps nothing of the machine in a recording', () => {
    for (const { file } of recordings)
      assert.doesNotMatch(readRecording(file), /\/tmp\/|\/work\/|\/root\b|\/home\/\w+\/\.\w/);
  });

  for (const { file, runner, results, complete } of recordings) {
    it(`reads ${file}`, () => {
      const found = parseTestOutput(runner, outputOf(file));
      assert.deepEqual(sorted(found?.results), sorted(results));
      if (results) assert.equal(found?.complete, complete);
      // From a package script, which tells nothing of the runner, and with the line ends of Windows.
      assert.deepEqual(parseTestOutput('npm', outputOf(file)), found);
      assert.deepEqual(parseTestOutput(runner, outputOf(file).replaceAll('\n', '\r\n')), found);
    });
  }

  it('takes no output for that of another runner', () => {
    for (const { file } of recordings) {
      const own = file.split('/')[0];
      const runner = { maven: 'mvn', tape: 'npm', tap: 'npm', bun: 'npm' }[own] ?? own;
      const lines = outputOf(file).split('\n');
      const mine = new Set<Parser>(parsersByRunner[runner] ?? parsersByRunner.ava);
      for (const [name, parsers] of Object.entries(parsersByRunner)) {
        for (const parse of parsers) assert.ok(mine.has(parse) || parse(lines) === null, `${name} reads ${file}`);
      }
    }
  });

  it('never contradicts the whole when the output is cut off, or its middle is left out', () => {
    for (const { file, runner } of recordings) {
      const whole = parseTestOutput(runner, outputOf(file))?.results ?? [];
      const lines = outputOf(file).split('\n');
      for (let cut = 0; cut < lines.length; cut++) {
        const head = parseTestOutput(runner, lines.slice(0, cut).join('\n'));
        assert.deepEqual(contradictions(head?.results, whole), [], `${file} up to line ${cut}`);
        const middle = [...lines.slice(0, cut), '[...]', ...lines.slice(cut + Math.ceil(lines.length / 4))];
        const cutOut = parseTestOutput(runner, middle.join('\n'));
        assert.deepEqual(contradictions(cutOut?.results, whole), [], `${file} without what follows line ${cut}`);
      }
    }
  });

  it('keeps what was seen of an output whose middle is left out', () => {
    const lines = outputOf('mocha/v11-spec.txt').split('\n');
    const at = lines.findIndex((line) => line.includes('divides later'));
    const found = parseTestOutput('mocha', [...lines.slice(0, at), '[...]', ...lines.slice(at + 1)].join('\n'));
    assert.equal(found?.complete, false);
    const names = found?.results.map(({ name }) => name);
    assert.ok(names?.includes('sums > adds') && names.includes('stands alone'));
    // The suites around it were not seen.
    assert.ok(!names.some((name) => name.endsWith('takes its time')));
  });

  it('reads several runners in one output', () => {
    const files = ['mocha/v11-npm.ansi', 'jest/v30-npm-one-file.ansi', 'tap/tap18.txt'];
    const all = parseTestOutput('npm', files.map((file) => outputOf(file)).join('\n\n'));
    const each = files.flatMap((file) => parseTestOutput('npm', outputOf(file))?.results ?? []);
    assert.deepEqual(
      [...new Set(all?.results.map(({ name }) => name))].sort(),
      [...new Set(each.map(({ name }) => name))].sort(),
    );
    assert.equal(all?.results.find(({ name }) => name === 'adds > inside > one is two')?.status, 'failed');
  });

  it('reads the scripts of a monorepo that run at once, with their names in front of each line', () => {
    const labels = ['packages/a test: ', 'b:test: ', '[test:c] '];
    const outputs = ['mocha/v11-spec.txt', 'node/v24-spec.txt', 'vitest/v4-verbose.txt'].map(outputOf);
    const each = outputs.map((output) => parseTestOutput('npm', output));
    const lines = outputs.map((output, i) => output.split('\n').map((line) => labels[i] + line));
    const mixed = Array.from({ length: 200 }, (_, at) => lines.flatMap((of) => of[at] ?? [])).flat();
    const found = parseTestOutput('pnpm', ['Scope: 3 of 4 workspace projects', ...mixed, ' ELIFECYCLE '].join('\n'));
    const all = new Map(each.flatMap((one) => one?.results ?? []).map(({ name, status }) => [name, status]));
    assert.deepEqual(sorted(found?.results), sorted([...all].map(([name, status]) => ({ name, status }))));
    assert.equal(
      found?.passed,
      each.reduce((sum, one) => sum + (one?.passed ?? Number.NaN), 0),
    );
    assert.equal(found.complete, true);
  });

  it('counts a test told twice as the worse of the two', () => {
    const ran = (status: string) => `> pkg@1.0.0 test\n> node --test\n\nTAP version 13\n${status} 1 - adds\n1..1\n`;
    assert.deepEqual(parseTestOutput('npm', ran('ok') + ran('not ok'))?.results, [{ name: 'adds', status: 'failed' }]);
  });

  /** The statuses that an output tells, by name. */
  const statusesIn = (runner: string, ...lines: string[]) =>
    Object.fromEntries(
      (parseTestOutput(runner, lines.join('\n'))?.results ?? []).map(({ name, status }) => [name, status]),
    );

  it('takes no failed test for one that passed because another of its name did', () => {
    // Vitest 4: a hook fails, and of two tests with one name one passes.
    const vitest = [
      ' ❯ a.test.js (4 tests | 1 failed | 1 skipped) 8ms',
      '   ✓ adds 1ms',
      '   × adds 2ms',
      '   ✓ is fine 0ms',
      '',
      '⎯⎯⎯⎯⎯⎯ Failed Suites 1 ⎯⎯⎯⎯⎯⎯⎯',
      '',
      ' FAIL  a.test.js > hooked',
      'Error: hook',
      '',
      '⎯⎯⎯⎯⎯⎯⎯ Failed Tests 1 ⎯⎯⎯⎯⎯⎯⎯',
      '',
      ' FAIL  a.test.js > adds',
      'Error: boom',
      '',
      ' Test Files  1 failed (1)',
      '      Tests  1 failed | 2 passed | 1 skipped (4)',
    ];
    assert.equal(statusesIn('vitest', ...vitest)['a.test.js > adds'], 'failed');
    // More failed than the runner counted, as where a program prints such lines.
    const numbers = '      Tests  1 failed | 2 passed | 1 skipped (4)';
    const other = [' FAIL  a.test.js > not a test', '', ...vitest.slice(-2, -1), numbers];
    assert.deepEqual(statusesIn('vitest', ...vitest.slice(0, -2), ...other), { 'a.test.js > is fine': 'passed' });
  });

  it('takes no test for passed of which a subtest failed: pytest 7.4 with pytest-subtests 0.15', () => {
    const run = [
      'test_a.py::Old::test_subs ',
      'test_a.py::Old::test_subs PASSED          [ 50%]',
      'test_a.py::test_x PASSED  [100%]',
    ];
    const end = '============ 1 failed, 2 passed, 2 subtests passed in 0.13s ============';
    const line = "(i=1, s='a b') SUBFAIL test_a.py::Old::test_subs - AssertionError: 1 == 1";
    assert.deepEqual(statusesIn('pytest', ...run, '===== short test summary info =====', line, end), {
      'test_a.py::Old::test_subs': 'failed',
      'test_a.py::test_x': 'passed',
    });
    const all = [...run, '===== short test summary info =====', line, end].join('\n');
    assert.equal(parseTestOutput('pytest', all)?.passed, 1);
    const torn = [
      '___ ERROR at teardown of test_x ___',
      '=== short test summary info ===',
      'ERROR test_a.py::test_x - no',
    ];
    assert.equal(parseTestOutput('pytest', [...torn, '=== 2 passed, 1 error in 0.01s ==='].join('\n'))?.passed, 1);
    // Without the summary it is not known which of the two it was.
    assert.deepEqual(statusesIn('pytest', ...run, end), {});
  });

  it('does not take a class that could not be set up for a test of which it reads nothing: unittest', () => {
    const lines = [
      'test_half (test_a.A) ... halfok',
      'test_subs (test_a.A) ... test_subs_ok (test_a.A) ... ok',
      'setUpClass (test_a.B) ... ERROR',
      '',
      ...['='.repeat(70), 'ERROR: setUpClass (test_a.B)', '-'.repeat(70), 'RuntimeError: s', ''],
      ...['='.repeat(70), 'FAIL: test_subs (test_a.A) (i=1)', '-'.repeat(70), 'AssertionError: 1 == 1', ''],
      ...['-'.repeat(70), 'Ran 3 tests in 0.003s', '', 'FAILED (failures=1, errors=1)'],
    ];
    assert.deepEqual(parseTestOutput('unittest', lines.join('\n')), {
      results: [
        { name: 'test_a.A.test_subs_ok', status: 'passed' },
        { name: 'test_a.B.setUpClass', status: 'failed' },
        { name: 'test_a.A.test_subs', status: 'failed' },
      ],
      complete: false,
      passed: 2,
    });
  });

  it('counts what Vitest 4.1 calls an expected failure as passed, as its mark says', () => {
    const lines = [
      ' ✓ a.test.js > one 1ms',
      ' ✓ a.test.js > fails as it should 1ms',
      '',
      '      Tests  1 passed | 1 expected fail (2)',
    ];
    assert.deepEqual(parseTestOutput('vitest', lines.join('\n')), {
      results: ['one', 'fails as it should'].map((name) => ({ name: `a.test.js > ${name}`, status: 'passed' })),
      complete: true,
      passed: 2,
    });
  });

  it('reads how often Vitest tried a test again, before and behind the duration', () => {
    const end = ['', '      Tests  2 passed (2)'];
    assert.deepEqual(
      statusesIn('vitest', ' ✓ a.test.js > one 0ms (retry x1)', ' ✓ a.test.js > two (retry x2) 5ms', ...end),
      {
        'a.test.js > one': 'passed',
        'a.test.js > two': 'passed',
      },
    );
  });

  it('does not hold the tests for complete that a failed hook or `--bail` kept from running', () => {
    const lines = [' ✓ a.test.js > one 1ms', ' FAIL  a.test.js > two', '      Tests  1 failed | 1 passed (5)'];
    assert.equal(parseTestOutput('vitest', lines.join('\n'))?.complete, false);
  });

  it('tells of Node’s tests only where as many lines say how one ended as Node counted', () => {
    const numbers = (tests: number, failed: number) =>
      ['', `ℹ tests ${tests}`, 'ℹ suites 1', `ℹ pass ${tests - failed}`, `ℹ fail ${failed}`, 'ℹ cancelled 0'].join(
        '\n',
      );
    const tree = (end: string) => ['▶ sums', '  ✔ adds (1ms)', '  ✖ fails (1ms)', `${end} sums (3ms)`].join('\n');
    assert.equal(parseTestOutput('node', tree('✖') + numbers(2, 1))?.complete, true);
    // One that was cancelled has no duration.
    assert.equal(parseTestOutput('node', tree('✖') + numbers(3, 1))?.complete, false);
    // Node 18 does not say how the outer one ended.
    assert.equal(parseTestOutput('node', tree('▶') + numbers(2, 1))?.complete, false);
    const lie = `${tree('✖')}\n✔ printed by a test (1ms)${numbers(2, 1)}`;
    assert.deepEqual(parseTestOutput('node', lie), { results: [], complete: false, passed: 1 });
  });

  it('tells nothing of two runs in one output whose parts cannot be told apart', () => {
    const run = (name: string) => ['', '  sums', `    ✔ ${name}`, '', '  1 passing (2ms)', ''].join('\n');
    assert.deepEqual(statusesIn('mocha', run('adds')), { 'sums > adds': 'passed' });
    assert.equal(parseTestOutput('mocha', run('adds') + run('divides')), null);
  });

  it('counts the tests that passed, named or not', () => {
    const counts: [string, string, number | null][] = [
      ['jest', 'jest/v30-default.txt', 5],
      ['mocha', 'mocha/v11-dot.txt', 5],
      ['vitest', 'vitest/v4-dot.txt', 5],
      ['pytest', 'pytest/v8-default.txt', 4],
      ['unittest', 'unittest/v3.13-default.txt', 3],
      ['node', 'node/v24-spec.txt', 6],
      ['node', 'node/v24-dot.txt', null],
      ['go', 'go/v1.26-plain.txt', null],
      ['cargo', 'cargo/v1.95-quiet.txt', 3],
      ['mvn', 'maven/surefire3-default.txt', 4],
      ['mvn', 'maven/surefire3-green.txt', 1],
      // One is risky, and passed.
      ['phpunit', 'phpunit/v9-default.txt', 5],
      ['rspec', 'rspec/v3.12-progress.txt', 4],
      // With steps they count as one.
      ['deno', 'deno/v2.9-dot.txt', 3],
      ['ava', 'ava/v6-default.txt', 4],
    ];
    const none = ['?   \texample.com/a\t[no test files]', 'ok  \texample.com/b\t0.003s [no tests to run]'];
    assert.equal(parseTestOutput('go', none.join('\n'))?.passed, 0);
    assert.equal(parseTestOutput('go', [...none, 'ok  \texample.com/c\t0.003s'].join('\n')), null);
    assert.equal(parseTestOutput('mvn', '[INFO] No tests to run.\n[INFO] BUILD SUCCESS')?.passed, 0);
    for (const [runner, file, passed] of counts)
      assert.equal(parseTestOutput(runner, outputOf(file))?.passed ?? null, passed, file);
  });

  it('reads lines that are indented by any number of blanks', () => {
    for (let blanks = 0; blanks < 12; blanks++) {
      const tap = [
        'TAP version 13',
        '# Subtest: a',
        '    # Subtest: b',
        '        ok 1 - c',
        `${' '.repeat(blanks)}ok done`,
        '1..1',
      ];
      assert.notEqual(parseTestOutput('npm', tap.join('\n')), null);
      const spec = [
        '▶ a',
        '  ▶ b',
        `${' '.repeat(blanks)}▶ c`,
        `${' '.repeat(blanks)}✔ d (1ms)`,
        'ℹ tests 1',
        'ℹ suites 3',
        'ℹ pass 1',
      ];
      assert.notEqual(parseTestOutput('node', spec.join('\n')), null);
    }
  });

  it('reads dotnet test, of which there is no recording, as its source writes it', () => {
    const output = [
      '  Passed Sample.Tests.Adds [3 ms]',
      '  Failed Sample.Tests.FailsToSubtract [21 ms]',
      '  Error Message:',
      '   Assert.Equal() Failure: Values differ',
      '  Skipped Sample.Tests.Divides [1 ms]',
      '  Passed Sample.Tests.Odd(text: "a > b [c]") [< 1 ms]',
      '',
      'Test Run Failed.',
      'Total tests: 4',
      '     Passed: 2',
      '     Failed: 1',
      '    Skipped: 1',
    ].join('\n');
    const found = parseTestOutput('dotnet', output);
    assert.deepEqual(found?.results, [
      { name: 'Sample.Tests.Adds', status: 'passed' },
      { name: 'Sample.Tests.FailsToSubtract', status: 'failed' },
      { name: 'Sample.Tests.Divides', status: 'skipped' },
      { name: 'Sample.Tests.Odd(text: "a > b [c]")', status: 'passed' },
    ]);
    assert.equal(found.complete, true);
  });

  it('understands nothing of other outputs', () => {
    for (const output of [
      '',
      'ok',
      '1 passing',
      '✓ done',
      'FAIL',
      'Tests: 3',
      'ok 1 - fine',
      '{"Action":"pass"}',
      '[...]',
    ]) {
      assert.equal(parseTestOutput('npm', output), null, output);
    }
  });

  it('bounds the names that it gives', () => {
    const names = Array.from({ length: 2000 }, (_, i) => `ok ${i + 1} - ${'x'.repeat(90)}${i}`);
    const found = parseTestOutput(
      'npm',
      ['TAP version 13', `ok 0 - ${'y'.repeat(600)}`, ...names, '1..2001'].join('\n'),
    );
    assert.equal(found?.complete, false);
    const size = found.results.reduce((sum, { name }) => sum + name.length, 0);
    assert.ok(size > 50_000 && size <= 64 * 1024);
    assert.ok(found.results.every(({ name }) => name.startsWith('x')));
  });

  it('never throws, whatever the lines', () => {
    const real = fc.constantFrom(...recordings).map(({ file }) => outputOf(file).split('\n'));
    const line = fc.oneof(
      real.chain((lines) => fc.constantFrom(...lines)),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        '[...]',
        '',
        '    ',
        '  ---',
        '  ...',
        '# Subtest: a',
        '    ok 1',
        '> pkg@1.0.0 test',
        '{"Action":"pass","Package":1}',
      ),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 60 }),
        fc.constantFrom('npm', ...Object.keys(parsersByRunner)),
        (lines, runner) => {
          const found = parseTestOutput(runner, lines.join('\n'));
          const names = found?.results.map(({ name }) => name) ?? [];
          assert.equal(new Set(names).size, names.length);
          assert.ok(found === null || names.length > 0 || found.passed !== null);
        },
      ),
    );
  });

  it('comes to an end with whatever is repeated', () => {
    const nasty = [
      ' '.repeat(20_000),
      '(1ms) '.repeat(5_000),
      '> a '.repeat(8_000),
      'a ... '.repeat(5_000),
      '['.repeat(30_000),
    ];
    for (const text of nasty)
      for (const { file } of recordings.slice(0, 5)) parseTestOutput('npm', `${outputOf(file)}\n${text}`);
  });
});
