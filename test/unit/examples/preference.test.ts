import assert from 'node:assert/strict';
import fc from 'fast-check';
import { preferenceFormat } from '../../../src/examples/preference.ts';
import type { Origin } from '../../../src/session/task.ts';
import { buildTrajectories } from '../../../src/trajectory/buildTrajectories.ts';
import type { Trajectory } from '../../../src/trajectory/record.ts';
import { gitApply } from '../../support/gitApply.ts';
import { withOtherFuture } from '../../support/otherFuture.ts';
import { runs } from '../../support/runs.ts';
import { meta, TaskBuilder } from '../../support/tasks.ts';

const { schema, derive } = preferenceFormat;
const base = 'first line\nsecond line\nthird line\n';

const recordOf = (builder: TaskBuilder): Trajectory => buildTrajectories(builder.task(), meta)[0];

/** An edit near the last one, of a word and of what a word leaves. */
const deed = fc.oneof(
  fc.record({
    does: fc.constant('edit' as const),
    at: fc.nat(30),
    deleted: fc.nat(14),
    words: fc.constantFrom('alpha beta', 'gamma()\n', '😀 smile', ''),
    origin: fc.constantFrom<Origin>('typed', 'typed', 'typed', 'completion', 'agent'),
    wait: fc.constantFrom(1, 3, 20),
  }),
  fc.record({ does: fc.constant('test' as const), code: fc.constantFrom(0, 1) }),
);
/** What makes a pair is common in it. */
const work = fc.array(deed, { minLength: 3, maxLength: 14 }).map((deeds) => {
  const builder = new TaskBuilder({ 'src/a.ts': base }).instruct('do it');
  let length = base.length;
  for (const one of deeds) {
    if (one.does === 'test') builder.wait(3).run('npm test', one.code);
    else {
      const offset = Math.min(one.at, length);
      const deleted = Math.min(one.deleted, length - offset);
      builder.edit(offset, deleted, one.words, 0, one.origin).wait(one.wait);
      length += [...one.words].length - deleted;
    }
  }
  return recordOf(builder.wait(20));
});

/** Its text before a step. */
function textBefore({ files, steps }: Trajectory, step: number): string {
  const points = Array.from(files[0].base_text ?? '');
  for (const { changes } of steps.slice(0, step)) {
    for (const { offset, deleted, inserted } of changes) points.splice(offset, deleted, ...inserted);
  }
  return points.join('');
}

describe('preference', () => {
  it('gives rows that fit the schema, with a prompt that was known before both answers', () => {
    const seen = new Set<string>();
    let compared = 0;
    fc.assert(
      fc.property(work, (record) => {
        for (const row of derive(record)) {
          seen.add(row.kind);
          assert.deepEqual(schema.parse(row), row);
          const at = row.step_start;
          const again = derive(withOtherFuture(record, at)).find(
            (one) => one.step_start === at && one.kind === row.kind,
          );
          // In the other future both answers may be the same.
          if (!again) continue;
          compared++;
          assert.deepEqual([again.input, again.prompt], [row.input, row.prompt]);
        }
      }),
      { numRuns: runs * 4 },
    );
    assert.ok(compared > 0);
    assert.deepEqual([...seen].sort(), ['failed_then_fixed', 'rewritten']);
  });

  it('makes patches that git applies to the same state', () => {
    fc.assert(
      fc.property(work, (record) => {
        for (const { step_start, step_end, chosen, rejected } of derive(record)) {
          const before = { 'src/a.ts': textBefore(record, step_start) };
          const kept = gitApply(before, chosen, ['src/a.ts'])['src/a.ts'];
          assert.equal(kept, textBefore(record, step_end + 1));
          assert.notEqual(gitApply(before, rejected, ['src/a.ts'])['src/a.ts'], kept);
        }
      }),
      { numRuns: runs },
    );
  });

  const rewriting = (origin: Origin, by: Origin, wait = 2) =>
    new TaskBuilder({ 'src/a.ts': base })
      .edit(11, 0, 'const wrong = guess;\n', 0, origin)
      .wait(wait)
      .edit(17, 13, 'right = known', 0, by)
      .wait(20);

  it('takes for rewritten what the person replaced before it settled', () => {
    for (const origin of ['completion', 'agent'] as const) {
      const [row, ...others] = derive(recordOf(rewriting(origin, 'typed')));
      assert.deepEqual(others, []);
      assert.equal(row.kind, 'rewritten');
      assert.equal(row.afterwards.rejected_origin, origin);
      assert.match(row.chosen, /^\+const right = known;$/m);
      assert.match(row.rejected, /^\+const wrong = guess;$/m);
      assert.match(row.prompt, /<\|cursor\|>/);
    }
  });

  it('does not take what settled, what another program replaced, and what was only added to', () => {
    assert.deepEqual(derive(recordOf(rewriting('completion', 'typed', 15))), []);
    for (const by of ['undo', 'agent', 'formatter'] as const)
      assert.deepEqual(derive(recordOf(rewriting('agent', by))), []);
    assert.deepEqual(derive(recordOf(rewriting('typed', 'typed'))), []);
    const added = new TaskBuilder({ 'src/a.ts': base })
      .edit(11, 0, 'wrong guess', 0, 'completion')
      .edit(22, 0, ', more of it');
    assert.deepEqual(derive(recordOf(added.wait(20))), []);
  });

  /** An attempt, a run, what was made of it, a run. */
  const attempt = () => new TaskBuilder({ 'src/a.ts': base }).wait(3).run('npm test', 0).edit(11, 0, 'return x * 3;\n');
  const mended = (builder: TaskBuilder) => builder.wait(15).run('npm test', 1).edit(22, 1, '2.0').wait(15);

  it('takes for failed_then_fixed an attempt after which a test failed, and the same place after which it passed', () => {
    const [row, ...others] = derive(recordOf(mended(attempt()).run('npm test', 0)));
    assert.deepEqual(others, []);
    assert.equal(row.kind, 'failed_then_fixed');
    assert.match(row.rejected, /^\+return x \* 3;$/m);
    assert.match(row.chosen, /^\+return x \* 2\.0;$/m);
    assert.deepEqual([row.afterwards.basis, row.afterwards.evidence], ['exit_code', [2, 4]]);
  });

  it('does not take other commands, other places, flaky tests, or what something else may have mended', () => {
    assert.deepEqual(derive(recordOf(mended(attempt()).run('npm test -- --grep x', 0))), []);
    assert.deepEqual(derive(recordOf(mended(attempt()).run('npm test', 1))), []);
    assert.deepEqual(derive(recordOf(mended(attempt()).run('npm install', 0).wait(3).run('npm test', 0))), []);
    const elsewhere = attempt().wait(15).run('npm test', 1).edit(0, 5, 'other').wait(15).run('npm test', 0);
    assert.deepEqual(derive(recordOf(elsewhere)), []);
    const flaky = mended(attempt()).run('npm test', 0).wait(3).run('npm test', 1).wait(3).run('npm test', 0);
    assert.deepEqual(derive(recordOf(flaky)), []);
  });
});
