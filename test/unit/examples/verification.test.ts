import assert from 'node:assert/strict';
import { taskFormat } from '../../../src/examples/task.ts';
import { conclude, type Verification, verificationFaults } from '../../../src/examples/verification.ts';
import { solvedTask } from '../../support/solvedTask.ts';
import { verificationOf } from '../../support/verifications.ts';

const record = solvedTask();
const whole = verificationOf(record);

describe('a verification', () => {
  it('confirms a test that failed in each run before and passed in each run after', () => {
    assert.deepEqual(whole.fail_to_pass, ['doubles', 'halves']);
    assert.deepEqual([whole.pass_to_pass, whole.flaky, whole.confirmed], [['once'], [], true]);
  });

  const tests = (before: string, after: string) => {
    const statuses = (text: string) => text.split(' ') as Verification['tests'][number]['before'];
    return [{ name: 'a', before: statuses(before), after: statuses(after) }];
  };
  const cases: [string, string, string, 'fail_to_pass' | 'pass_to_pass' | 'flaky' | null][] = [
    ['failed once without the patch only', 'failed passed passed', 'passed passed passed', 'flaky'],
    ['failed once with the patch', 'failed failed failed', 'passed failed passed', 'flaky'],
    ['was not named by one run', 'failed failed failed', 'passed passed absent', 'flaky'],
    ['was never red', 'passed passed passed', 'passed passed passed', 'pass_to_pass'],
    ['was named only with the patch', 'absent absent absent', 'passed passed passed', null],
    ['failed with the patch too', 'failed failed failed', 'failed failed failed', null],
    ['was skipped with the patch', 'failed failed failed', 'skipped skipped skipped', null],
  ];
  for (const [what, before, after, list] of cases) {
    it(`does not confirm a test that ${what}`, () => {
      const { fail_to_pass, pass_to_pass, flaky, confirmed } = conclude(whole.runs, tests(before, after));
      assert.deepEqual(
        { fail_to_pass, pass_to_pass, flaky, confirmed },
        { fail_to_pass: [], pass_to_pass: [], flaky: [], confirmed: false, ...(list && { [list]: ['a'] }) },
      );
    });
  }

  it('is none where a run with the patch was red, one without it green, or one was ended', () => {
    for (const [at, exit_code] of [
      [0, 0],
      [5, 1],
      [2, null],
    ] as const) {
      const runs = whole.runs.map((run, i) => (i === at ? { ...run, exit_code } : run));
      assert.equal(conclude(runs, whole.tests).confirmed, false);
    }
  });

  it('has a fault where it belongs to another record or revision, or does not follow from its runs', () => {
    assert.deepEqual(verificationFaults(whole, record), []);
    const faulty: [Partial<Verification>, RegExp][] = [
      [{ trajectory_id: 'x' }, /another record/],
      [{ revision: 2 }, /verifies revision 2, not 1/],
      [{ runs: whole.runs.slice(1) }, /3 runs of each state/],
      [{ fail_to_pass: ['once'] }, /do not follow/],
    ];
    for (const [fields, fault] of faulty)
      assert.match(verificationFaults({ ...whole, ...fields }, record).join(), fault);
  });
});

describe('task, run again', () => {
  const [row] = taskFormat.derive(record, whole);

  it('names the tests that were confirmed', () => {
    assert.equal(row.verification, 'verified');
    assert.deepEqual(JSON.parse(row.FAIL_TO_PASS), ['doubles', 'halves']);
    assert.deepEqual(JSON.parse(row.PASS_TO_PASS), ['once']);
  });

  it('is as it was where the run confirmed nothing, or was one of another revision or state', () => {
    const observed = taskFormat.derive(record);
    const runs = whole.runs.map((run) => ({ ...run, exit_code: 1 }));
    const others: Partial<Verification>[] = [
      { runs, ...conclude(runs, whole.tests) },
      { revision: 2 },
      { closure: 'public_commit' },
      { pass_to_pass: [] },
    ];
    for (const fields of others) assert.deepEqual(taskFormat.derive(record, { ...whole, ...fields }), observed);
  });

  it('is made of a record whose files did not look like enough, since they were', () => {
    const alone = solvedTask({ without: 'package.json' });
    assert.match(taskFormat.lacks(alone) ?? '', /does not hold package\.json/);
    assert.equal(taskFormat.lacks(alone, verificationOf(alone)), null);
    assert.equal(taskFormat.derive(alone, verificationOf(alone))[0].closure, 'record');
  });
});
