import assert from 'node:assert/strict';
import { buildTrajectories } from '../../../src/trajectory/buildTrajectories.ts';
import { meta, TaskBuilder } from '../../support/tasks.ts';

const begin = () => new TaskBuilder({ 'a.ts': 'a' });
const outcomeOf = (builder: TaskBuilder) => buildTrajectories(builder.task(), meta)[0].outcome;
const statusOf = (builder: TaskBuilder) => outcomeOf(builder).status;

describe('outcome', () => {
  it('is success when the same test command was red, then an edit, then green', () => {
    const outcome = outcomeOf(begin().run('npm test', 1).edit(0, 0, 'x').run('npm test', 0).commit('m'));
    assert.deepEqual(
      [outcome.status, outcome.basis, outcome.evidence, outcome.committed],
      ['succeeded', 'exit_code', [0, 1, 2], true],
    );
  });

  it('is no success when another command went green', () => {
    assert.equal(statusOf(begin().run('npm test', 1).edit(0, 0, 'x').run('npm test -- --grep y', 0)), 'unknown');
    assert.equal(statusOf(begin().run('npm test', 1).edit(0, 0, 'x').run('npm run build', 0)), 'failed');
  });

  it('is no success when nothing was edited between: the test is flaky', () => {
    assert.equal(statusOf(begin().edit(0, 0, 'x').run('npm test', 1).run('npm test', 0)), 'unknown');
  });

  it('says nothing of success where a cell of a notebook failed and then did not, and is not misled by it', () => {
    const builder = new TaskBuilder({ 'a.ipynb#1': 'x' }).runCell(false).edit(0, 0, 'y').runCell(true);
    assert.equal(statusOf(builder), 'unknown');
    const tested = begin().run('npm test', 1).edit(0, 0, 'x').runCell(false).run('npm test', 0);
    assert.equal(statusOf(tested), 'succeeded');
  });

  it('is failure when the last run was red', () => {
    assert.equal(statusOf(begin().run('npm test', 1).edit(0, 0, 'x').run('npm test', 1)), 'failed');
    assert.equal(
      statusOf(begin().run('npm test', 1).edit(0, 0, 'x').run('npm test', 0).edit(0, 0, 'y').run('npm test', 1)),
      'failed',
    );
  });

  it('takes a run that was broken off for no evidence', () => {
    assert.equal(statusOf(begin().run('npm test', 1).edit(0, 0, 'x').run('npm test', null)), 'failed');
    assert.equal(statusOf(begin().run('npm test', 130).edit(0, 0, 'x').run('npm test', 0)), 'unknown');
  });

  it('takes a run that was broken off for none, whatever its exit code, until it names a failed test', () => {
    const statusAfter = (code: number, output: string) =>
      statusOf(begin().run('npm test', code, 1, output).edit(0, 0, 'x').run('npm test', 0));
    assert.equal(statusAfter(1, '✔ one (1ms)\n^C'), 'unknown');
    assert.equal(statusAfter(2, '!!!!!!! KeyboardInterrupt !!!!!!!\n=== 1 passed in 6.08s ==='), 'unknown');
    assert.equal(statusAfter(1, 'a test of ^C and others'), 'succeeded');
    const failed = 'FAILED a.py::b - no\n!!!! KeyboardInterrupt !!!!\n=== 1 failed in 6.08s ===';
    const seen = `=== short test summary info ===\n${failed}`;
    assert.equal(statusOf(begin().edit(0, 0, 'x').run('npm test', 2, 1, seen)), 'failed');
  });

  it('is abandonment when all edits were taken back', () => {
    const outcome = outcomeOf(begin().edit(0, 0, 'x').edit(0, 1, '', 0, 'undo'));
    assert.deepEqual([outcome.status, outcome.reverted], ['abandoned', true]);
  });

  it('counts diagnostics that an edit made go away', () => {
    const outcome = outcomeOf(begin().diagnose('one', 'two').edit(0, 0, 'x').diagnose('two'));
    assert.equal(outcome.diagnostics_resolved, 1);
    assert.equal(outcomeOf(begin().edit(0, 0, 'x').diagnose('one').diagnose()).diagnostics_resolved, 0);
    const back = begin().diagnose('one').edit(0, 0, 'x').diagnose().edit(0, 0, 'y').diagnose('one');
    assert.equal(outcomeOf(back).diagnostics_resolved, 0);
  });

  it('names what was resolved, and the last edit before', () => {
    const task = begin().diagnose('one', 'two').edit(0, 0, 'x').wait(20).edit(0, 0, 'y').diagnose('two').diagnose();
    const [{ steps }] = buildTrajectories(task.task(), meta);
    assert.deepEqual(
      steps.map(({ resolved, resolved_by_step }) => [resolved.map(({ message }) => message), resolved_by_step]),
      [
        [[], null],
        [[], null],
        [[], null],
        [['one'], 2],
        [[], null],
      ],
    );
  });

  it('says null, and not none, of what no consented signal observed', () => {
    const blind = { ...meta, consent: { ...meta.consent, signals: ['edits' as const] } };
    const [{ outcome }] = buildTrajectories(begin().edit(0, 0, 'x').task(), blind);
    assert.deepEqual([outcome.committed, outcome.diagnostics_resolved], [null, null]);
  });

  describe('is no success, though the same command was red and then green', () => {
    const source = 'export const one = 1;\n';
    const spec = "it('is one', () => equal(one, 1));\n";
    const begin = (files: Record<string, string> = {}) =>
      new TaskBuilder({ 'one.ts': source, 'one.test.ts': spec, 'README.md': 'One\n', ...files });
    const jest = (passed: number, failed = 0, skipped = 0) =>
      [
        ...(failed > 0 ? ['FAIL ./one.test.ts', '  ● is one', '', '    expected 2', ''] : []),
        `Test Suites: ${failed > 0 ? '1 failed, 1 passed' : '2 passed'}, 2 total`,
        `Tests:       ${failed > 0 ? `${failed} failed, ` : ''}${skipped > 0 ? `${skipped} skipped, ` : ''}${passed} passed, ${passed + failed + skipped} total`,
      ].join('\n');
    const red = (builder: TaskBuilder, output = jest(3, 1)) => builder.run('npm test', 1, 1, output);
    const green = (builder: TaskBuilder, output = jest(4)) => builder.run('npm test', 0, 1, output);

    it('if it mended nothing: only then is it one', () => {
      assert.equal(statusOf(green(red(begin()).edit(19, 1, '2'))), 'succeeded');
    });

    it('if the test that failed was skipped or taken out, which a reporter of totals tells by their number alone', () => {
      assert.equal(statusOf(green(red(begin()).edit(0, 0, 'x'), jest(3, 0, 1))), 'unknown');
      assert.equal(statusOf(green(red(begin()).edit(0, 0, 'x'), jest(3))), 'unknown');
      const dots = (words: string) => `\n\n  ..\n\n${words}\n`;
      const mocha = (passing: number, failing: string) =>
        dots(`  ${passing} passing (3ms)${failing && `\n  1 failing\n\n  1) sums\n       adds:\n     Error: no`}`);
      assert.equal(statusOf(green(red(begin(), mocha(2, 'adds')).edit(0, 0, 'x'), mocha(2, ''))), 'unknown');
      assert.equal(statusOf(green(red(begin(), mocha(2, 'adds')).edit(0, 0, 'x'), mocha(3, ''))), 'succeeded');
    });

    it('if no test was left to run', () => {
      const none = ['', '', '  0 passing (1ms)', ''].join('\n');
      assert.equal(statusOf(green(red(begin(), 'SyntaxError').edit(0, 0, 'x'), none)), 'unknown');
      const nodeNone = ['ℹ tests 0', 'ℹ suites 0', 'ℹ pass 0', 'ℹ fail 0', 'ℹ cancelled 0'].join('\n');
      assert.equal(statusOf(green(red(begin(), 'SyntaxError').edit(0, 0, 'x'), nodeNone)), 'unknown');
      assert.equal(statusOf(green(red(begin()).edit(0, 0, 'x'), 'No tests found, exiting with code 0')), 'unknown');
    });

    it('if the program left before its tests were over', () => {
      assert.equal(statusOf(green(red(begin()).edit(0, 0, 'x'), 'PASS ./two.test.ts')), 'unknown');
    });

    it('if nothing but the tests, their snapshots, documentation or comments changed', () => {
      assert.equal(statusOf(green(red(begin()).edit(17, spec.length - 20, '{}', 1))), 'unknown');
      for (const path of [
        'src/__snapshots__/one.test.ts.snap',
        'src/snapshots/one.snap',
        'tests/__snapshots__/one.ambr',
      ]) {
        const snapshot = { [path]: 'exports.one = 2;\n' };
        assert.equal(statusOf(green(red(begin(snapshot)).edit(14, 1, '1', 3, 'external'))), 'unknown', path);
      }
      assert.equal(statusOf(green(red(begin()).edit(0, 0, '# ', 2))), 'unknown');
      assert.equal(statusOf(green(red(begin()).edit(0, 0, '// It is one.\n'))), 'unknown');
      assert.equal(statusOf(green(red(begin()).edit(0, 0, '/**\n * One.\n */\n\n'))), 'unknown');
    });

    it('if another test was put in the place of the one that failed, or that cannot be told', () => {
      const renamed = () => red(begin()).edit(0, 0, 'x').edit(4, 6, 'is two', 1);
      assert.equal(statusOf(green(renamed())), 'unknown');
      // A test more, and the one that failed still there.
      const more = () => red(begin()).edit(19, 1, '2').edit(0, 0, "it('is two', () => {});\n", 1);
      assert.equal(statusOf(green(more(), jest(5))), 'succeeded');
      const untold = (builder: TaskBuilder) => builder.run('npm test', 0, 1, 'ok');
      assert.equal(statusOf(untold(red(begin(), 'not ok').edit(19, 1, '2').edit(0, 0, ' ', 1))), 'unknown');
      assert.equal(statusOf(untold(red(begin(), 'not ok').edit(19, 1, '2'))), 'succeeded');
    });

    it('if what had mended it was put back', () => {
      const mended = () => green(red(begin()).edit(19, 1, '2'));
      assert.equal(statusOf(mended().edit(0, 0, '# ', 2)), 'succeeded');
      assert.equal(statusOf(mended().edit(19, 1, '1').edit(0, 0, '# ', 2)), 'unknown');
    });

    it('if which tests ran depends on more than the command', () => {
      const run = (builder: TaskBuilder, code: number, output: string) =>
        builder.run('npx jest --onlyChanged', code, 1, output);
      assert.equal(statusOf(run(run(begin(), 1, jest(1, 1)).edit(19, 1, '2'), 0, jest(20))), 'unknown');
    });
  });

  describe('by the names of tests', () => {
    type Status = 'passed' | 'failed' | 'skipped';
    /** What node --test prints for these tests. */
    const printed = (tests: Record<string, Status>) => {
      const lines = Object.entries(tests).map(
        ([name, status], i) =>
          `${status === 'failed' ? 'not ok' : 'ok'} ${i + 1} - ${name}${status === 'skipped' ? ' # SKIP' : ''}`,
      );
      return ['> pkg@1.0.0 test', '> node --test', '', 'TAP version 13', ...lines, `1..${lines.length}`].join('\n');
    };
    /** Runs the tests; the exit code is as the tests say unless another is given. */
    const test = (builder: TaskBuilder, tests: Record<string, Status>, code?: number, line = 'npm test') =>
      builder.run(line, code ?? (Object.values(tests).includes('failed') ? 1 : 0), 1, printed(tests));
    const told = (builder: TaskBuilder) => {
      const { status, basis, evidence } = outcomeOf(builder);
      return [status, basis, evidence];
    };
    const named = (builder: TaskBuilder) =>
      outcomeOf(builder).tests.map(({ name, before, after, flaky }) => [
        name,
        before,
        after,
        ...(flaky ? ['flaky'] : []),
      ]);

    it('reads them from the output into the step', () => {
      const [{ steps }] = buildTrajectories(test(begin(), { a: 'passed', b: 'failed', c: 'skipped' }).task(), meta);
      assert.deepEqual(steps[0].tests, [
        { name: 'a', status: 'passed' },
        { name: 'b', status: 'failed' },
        { name: 'c', status: 'skipped' },
      ]);
    });

    it('is success when a test failed, then an edit, then it passed', () => {
      const builder = test(test(begin(), { one: 'failed', two: 'passed' }).edit(0, 0, 'x'), {
        one: 'passed',
        two: 'passed',
      });
      assert.deepEqual(told(builder), ['succeeded', 'test_names', [0, 1, 2]]);
      assert.deepEqual(named(builder), [
        ['one', 'failed', 'passed'],
        ['two', 'passed', 'passed'],
      ]);
    });

    it('counts a test that was mended before the last run, and points at the run that showed it', () => {
      const builder = test(begin(), { one: 'failed', two: 'failed' }).edit(0, 0, 'x');
      test(builder, { one: 'passed', two: 'failed' }).edit(0, 0, 'y');
      test(builder, { one: 'passed', two: 'passed' });
      assert.deepEqual(told(builder), ['succeeded', 'test_names', [2, 3, 4]]);
    });

    it('needs no exit code where all tests are known by name, as from a debugger', () => {
      const line = 'node --test';
      const run = (builder: TaskBuilder, output: string) => builder.run(line, null, 1, output);
      const red = () => run(begin(), printed({ one: 'failed' }));
      assert.deepEqual(told(run(red().edit(0, 0, 'x'), printed({ one: 'passed' }))), [
        ...['succeeded', 'test_names'],
        [0, 1, 2],
      ]);
      assert.deepEqual(told(red()), ['failed', 'test_names', [0]]);
      const torn = printed({ one: 'passed', two: 'passed' }).split('\n').slice(0, -2).join('\n');
      assert.equal(told(run(red().edit(0, 0, 'x'), torn))[0], 'failed');
      assert.equal(told(run(begin(), ''))[0], 'unknown');
    });

    it('is failure when a test that had passed fails in the last run', () => {
      const builder = test(test(begin(), { one: 'failed', two: 'passed' }).edit(0, 0, 'x'), {
        one: 'passed',
        two: 'failed',
      });
      assert.deepEqual(told(builder), ['failed', 'test_names', [2]]);
      assert.deepEqual(named(builder), [
        ['one', 'failed', 'passed'],
        ['two', 'passed', 'failed'],
      ]);
    });

    it('is failure by the exit code when all tests passed but the command did not', () => {
      const builder = test(test(begin(), { one: 'failed' }).edit(0, 0, 'x'), { one: 'passed' }, 1);
      assert.deepEqual(told(builder), ['failed', 'exit_code', [2]]);
    });

    it('is no success when the exit code is green and a test failed', () => {
      const builder = test(
        test(begin(), { one: 'failed', two: 'passed' }).edit(0, 0, 'x'),
        { one: 'passed', two: 'failed' },
        0,
      );
      assert.deepEqual(told(builder), ['unknown', 'none', []]);
    });

    it('is no success when the failed test was skipped or taken out', () => {
      const red = () => test(begin(), { one: 'failed', two: 'passed' }).edit(0, 0, 'x');
      assert.deepEqual(told(test(red(), { one: 'skipped', two: 'passed' })), ['unknown', 'none', []]);
      assert.deepEqual(told(test(red(), { two: 'passed' })), ['unknown', 'none', []]);
    });

    it('goes by the exit code where the names of one run are not known', () => {
      const builder = begin().run('npm test', 1, 1, 'SyntaxError: not a test').edit(0, 0, 'x');
      assert.deepEqual(told(test(builder, { one: 'passed' })), ['succeeded', 'exit_code', [0, 1, 2]]);
      // A reporter that names only what failed.
      const dots = (line: string) => ['', 'X.', '', 'Failed tests:', '', line].join('\n');
      const dotted = begin().run('npm test', 1, 1, dots('✖ one (1ms)')).edit(0, 0, 'x').run('npm test', 0, 1, '..');
      assert.deepEqual(told(dotted), ['succeeded', 'exit_code', [0, 1, 2]]);
      assert.deepEqual(named(dotted), [['one', 'failed', null]]);
    });

    it('compares runs of the same command only', () => {
      const builder = test(begin(), { one: 'failed' }, undefined, 'npm test -- one').edit(0, 0, 'x');
      assert.deepEqual(told(test(builder, { one: 'passed' })), ['unknown', 'none', []]);
    });

    it('is no success while another command is red', () => {
      const builder = test(test(begin(), { one: 'failed' }).edit(0, 0, 'x'), { one: 'passed' });
      assert.deepEqual(told(builder.run('npx mocha', 1)), ['failed', 'exit_code', [3]]);
    });

    it('names a test flaky that changed without an edit, and takes it for no evidence', () => {
      const builder = test(test(begin().edit(0, 0, 'x'), { one: 'failed', two: 'passed' }), {
        one: 'passed',
        two: 'passed',
      });
      assert.deepEqual(told(builder), ['unknown', 'none', []]);
      assert.deepEqual(named(builder), [
        ['one', 'failed', 'passed', 'flaky'],
        ['two', 'passed', 'passed'],
      ]);
    });

    it('sees a fix beside a flaky test', () => {
      const builder = test(test(begin(), { one: 'failed', two: 'failed' }), { one: 'passed', two: 'failed' }).edit(
        0,
        0,
        'x',
      );
      test(test(builder, { one: 'failed', two: 'passed' }), { one: 'passed', two: 'passed' });
      assert.deepEqual(told(builder), ['succeeded', 'test_names', [1, 2, 3]]);
      assert.deepEqual(named(builder), [
        ['one', 'failed', 'passed', 'flaky'],
        ['two', 'failed', 'passed'],
      ]);
    });

    it('is no success when of two tests with one name the failed one was skipped or taken out', () => {
      const run = (builder: TaskBuilder, ...results: string[]) =>
        builder.run('npm test', results.some((line) => line.startsWith('not')) ? 1 : 0, 1, tap(results));
      const tap = (results: string[]) =>
        [
          'TAP version 13',
          ...results.map((line, i) => line.replace('ok', `ok ${i + 1} -`)),
          `1..${results.length}`,
        ].join('\n');
      const red = () => run(begin(), 'not ok works', 'ok works', 'ok other').edit(0, 0, 'x');
      assert.equal(statusOf(run(red(), 'ok works', 'ok works', 'ok other')), 'succeeded');
      assert.equal(statusOf(run(red(), 'ok works # SKIP', 'ok works', 'ok other')), 'unknown');
      assert.equal(statusOf(run(red(), 'ok works', 'ok other')), 'unknown');
    });

    it('needs a known folder where names are not known', () => {
      const run = (builder: TaskBuilder, code: number, cwd: string | null) => builder.run('npm test', code, 1, '', cwd);
      const status = (cwd: string | null) => statusOf(run(run(begin(), 1, cwd).edit(0, 0, 'x'), 0, cwd));
      assert.deepEqual([status('.'), status(null)], ['succeeded', 'unknown']);
    });

    it('does not take a skipped test for one that failed', () => {
      const builder = test(test(begin(), { one: 'skipped' }).edit(0, 0, 'x'), { one: 'passed' });
      assert.deepEqual(told(builder), ['unknown', 'none', []]);
      assert.deepEqual(named(builder), [['one', 'skipped', 'passed']]);
    });

    it('says of a new test that it was not there before', () => {
      const builder = new TaskBuilder({ 'a.ts': 'a', 'a.test.ts': "it('was there', () => {});\n" });
      test(builder, { 'was there': 'passed' }).edit(0, 0, "it('is new', () => {});\n", 1);
      test(builder, { 'is new': 'passed', 'was there': 'passed', 'from elsewhere': 'passed' });
      const tests = outcomeOf(builder).tests.map(({ name, before, after, present_at_base }) => [
        name,
        before,
        after,
        present_at_base,
      ]);
      assert.deepEqual(tests, [
        ['was there', 'passed', 'passed', true],
        ['is new', null, 'passed', false],
        ['from elsewhere', null, 'passed', null],
      ]);
    });

    it('says of a test that ran before anything was changed that it was there, whatever was looked at', () => {
      const present = (builder: TaskBuilder) => outcomeOf(test(builder, { one: 'failed' })).tests[0].present_at_base;
      assert.equal(present(begin().diagnose('wrong')), true);
      assert.equal(present(begin().edit(0, 0, 'x')), null);
    });

    it('takes a new test that failed and then passed for a success, and says that it is new', () => {
      const builder = begin().edit(0, 0, "it('is new', () => {});\n");
      test(test(builder, { 'is new': 'failed' }).edit(0, 0, 'x'), { 'is new': 'passed' });
      const { status, basis, tests } = outcomeOf(builder);
      assert.deepEqual([status, basis, tests[0].present_at_base], ['succeeded', 'test_names', false]);
    });

    it('tells no names without the signal tests', () => {
      const blind = { ...meta, consent: { ...meta.consent, signals: ['edits' as const, 'terminal' as const] } };
      const task = test(test(begin(), { one: 'failed' }).edit(0, 0, 'x'), { one: 'passed' }).task();
      const [{ outcome, steps }] = buildTrajectories(task, blind);
      assert.deepEqual([outcome.tests, steps.flatMap((step) => step.tests)], [[], []]);
      assert.deepEqual([outcome.status, outcome.basis], ['succeeded', 'exit_code']);
    });

    it('tells them where the edits were taken back, too', () => {
      const builder = test(begin().edit(0, 0, 'x'), { one: 'failed' }).edit(0, 1, '', 0, 'undo');
      assert.deepEqual(told(builder), ['abandoned', 'none', []]);
      assert.deepEqual(named(builder), [['one', null, 'failed']]);
    });
  });
});
