import assert from 'node:assert/strict';
import type { TestResults, TestStatus } from '../../../src/session/testResults.ts';
import { buildTrajectories } from '../../../src/trajectory/buildTrajectories.ts';
import { meta, TaskBuilder } from '../../support/tasks.ts';

const begin = () => new TaskBuilder({ 'a.py': 'a' });
const build = (builder: TaskBuilder, signals = meta.consent.signals) =>
  buildTrajectories(builder.task(), { ...meta, consent: { ...meta.consent, signals } })[0];
const testsOf = (builder: TaskBuilder) =>
  build(builder)
    .steps.filter(({ kind }) => kind === 'test')
    .map(({ tests }) => tests.map(({ name, status }) => `${name} ${status}`));

const report = (tests: Record<string, TestStatus>, complete = true): TestResults => ({
  results: Object.entries(tests).map(([name, status]) => ({ name, status })),
  complete,
});
/** What pytest prints: of the failed tests the name. */
const printed = (...failed: string[]) =>
  [
    '=== short test summary info ===',
    ...failed.map((name) => `FAILED ${name} - assert 1 == 2`),
    `=== ${failed.length > 0 ? `${failed.length} failed, ` : ''}1 passed in 0.01s ===`,
  ].join('\n');

describe('results by test name', () => {
  it('come from the report where the output names no test', () => {
    const builder = begin().run('npm test', 1, 1, 'not ok', '.', report({ a: 'passed', b: 'failed' }));
    assert.deepEqual(testsOf(builder), [['a passed', 'b failed']]);
  });

  it('come from the report where it names more tests than the output', () => {
    const builder = begin()
      .run(
        'pytest',
        1,
        1,
        printed('test_a.py::one'),
        '.',
        report({ 'test_a > one': 'failed', 'test_a > two': 'passed' }),
      )
      .run('pytest', 0, 1, printed(), '.', report({ 'test_a > one': 'passed', 'test_a > two': 'passed' }));
    assert.deepEqual(testsOf(builder), [
      ['test_a > one failed', 'test_a > two passed'],
      ['test_a > one passed', 'test_a > two passed'],
    ]);
  });

  it('come from the output where the report names no more', () => {
    const builder = begin().run('pytest', 1, 1, printed('test_a.py::one'), '.', report({ 'test_a > one': 'failed' }));
    assert.deepEqual(testsOf(builder), [['test_a.py::one failed']]);
  });

  it('come from one of the two in all runs of a command: where one run names tests without a report, from the output', () => {
    const builder = begin()
      .run('pytest', 1, 1, printed('test_a.py::one'))
      .run(
        'pytest',
        1,
        1,
        printed('test_a.py::one'),
        '.',
        report({ 'test_a > one': 'failed', 'test_a > two': 'passed' }),
      )
      .run('pytest -q', 0, 1, printed(), '.', report({ 'test_a > one': 'passed' }));
    assert.deepEqual(testsOf(builder), [['test_a.py::one failed'], ['test_a.py::one failed'], ['test_a > one passed']]);
  });

  it('come from the reports although a run that names nothing wrote none', () => {
    const builder = begin()
      .run('pytest', 2, 1, 'SyntaxError')
      .run('pytest', 0, 1, printed(), '.', report({ 'test_a > one': 'passed' }));
    assert.deepEqual(testsOf(builder), [[], ['test_a > one passed']]);
  });

  it('count names that redaction made equal as one, by the worse', () => {
    const results = [
      { name: 'takes <key>', status: 'passed' as const },
      { name: 'takes <key> ', status: 'failed' as const },
    ];
    assert.deepEqual(testsOf(begin().run('npm test', 1, 1, '', '.', { results, complete: true })), [
      ['takes <key> failed'],
    ]);
  });

  it('decide the outcome by names', () => {
    const red = report({ 'a.B > one': 'failed', 'a.B > two': 'passed' });
    const green = report({ 'a.B > one': 'passed', 'a.B > two': 'passed' });
    const { outcome } = build(
      begin().run('mvn test', 1, 1, '', '.', red).edit(0, 0, 'x').run('mvn test', 0, 1, '', '.', green),
    );
    assert.deepEqual([outcome.status, outcome.basis, outcome.evidence], ['succeeded', 'test_names', [0, 1, 2]]);
    assert.deepEqual(
      outcome.tests.map(({ name, before, after }) => [name, before, after]),
      [
        ['a.B > one', 'failed', 'passed'],
        ['a.B > two', 'passed', 'passed'],
      ],
    );
  });

  it('speak against a green exit code when the failed test is gone from a whole report, not from a torn one', () => {
    const outcome = (complete: boolean) =>
      build(
        begin()
          .run('mvn test', 1, 1, '', '.', report({ one: 'failed', two: 'passed' }))
          .edit(0, 0, 'x')
          .run('mvn test', 0, 1, '', '.', report({ two: 'passed' }, complete)),
      ).outcome;
    assert.deepEqual([outcome(true).status, outcome(true).basis], ['unknown', 'none']);
    assert.deepEqual([outcome(false).status, outcome(false).basis], ['succeeded', 'exit_code']);
  });

  it('are none without the signal', () => {
    const builder = begin().run('npm test', 1, 1, 'not ok', '.', report({ a: 'passed', b: 'failed' }));
    const { steps, outcome } = build(builder, ['edits', 'terminal']);
    assert.deepEqual([steps[0].tests, outcome.tests], [[], []]);
  });

  it('are none of a command that runs no tests', () => {
    const { steps } = build(
      begin()
        .run('npm run build', 0, 1, '', '.', report({ a: 'passed' }))
        .edit(0, 0, 'x'),
    );
    assert.deepEqual(steps[0].tests, []);
  });
});
