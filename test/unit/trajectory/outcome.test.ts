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

  it('is abandonment when all edits were taken back', () => {
    const outcome = outcomeOf(begin().edit(0, 0, 'x').edit(0, 1, '', 0, 'undo'));
    assert.deepEqual([outcome.status, outcome.reverted], ['abandoned', true]);
  });

  it('counts diagnostics that an edit made go away', () => {
    const outcome = outcomeOf(begin().diagnose('one', 'two').edit(0, 0, 'x').diagnose('two'));
    assert.equal(outcome.diagnostics_resolved, 1);
    assert.equal(outcomeOf(begin().edit(0, 0, 'x').diagnose('one').diagnose()).diagnostics_resolved, 0);
  });

  it('says null, and not none, of what no consented signal observed', () => {
    const blind = { ...meta, consent: { ...meta.consent, signals: ['edits' as const] } };
    const [{ outcome }] = buildTrajectories(begin().edit(0, 0, 'x').task(), blind);
    assert.deepEqual([outcome.committed, outcome.diagnostics_resolved], [null, null]);
  });
});
