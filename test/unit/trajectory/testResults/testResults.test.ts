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

  it('counts a test told twice as the worse of the two', () => {
    const ran = (status: string) => `> pkg@1.0.0 test\n> node --test\n\nTAP version 13\n${status} 1 - adds\n1..1\n`;
    assert.deepEqual(parseTestOutput('npm', ran('ok') + ran('not ok'))?.results, [{ name: 'adds', status: 'failed' }]);
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
          assert.ok(found === null || names.length > 0);
        },
      ),
    );
  });

  it('takes time in proportion to the output', () => {
    const nasty = [
      ' '.repeat(20_000),
      '(1ms) '.repeat(5_000),
      '> a '.repeat(8_000),
      'a ... '.repeat(5_000),
      '['.repeat(30_000),
    ];
    const begin = performance.now();
    for (const text of nasty)
      for (const { file } of recordings.slice(0, 5)) parseTestOutput('npm', `${outputOf(file)}\n${text}`);
    assert.ok(performance.now() - begin < 20_000);
  });
});
