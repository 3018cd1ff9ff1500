import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type FileLine, hunksOf, joined, linesAfter, linesOf } from '../../../src/examples/fileLines.ts';
import { OwnText } from '../../../src/examples/ownText.ts';
import { FileStates } from '../../../src/trajectory/fileStates.ts';
import { hullOf } from '../../../src/trajectory/hull.ts';
import type { Trajectory } from '../../../src/trajectory/record.ts';
import { anyWork } from '../../support/records.ts';
import { runs } from '../../support/runs.ts';

function walk(
  { files, steps }: Trajectory,
  see: (before: FileLine[], after: FileLine[], read: FileLine[]) => void,
): void {
  const bases = files.map(({ base_text }) => base_text);
  const states = new FileStates(bases);
  const own = new OwnText(bases);
  for (const step of steps) {
    const file = step.file_id;
    const before = file === null ? null : (linesOf(states, own, file) ?? []);
    states.apply(step);
    own.apply(step);
    if (file === null || !before || step.changes.length === 0) continue;
    const { start, inserted } = hullOf(step.changes);
    const read = linesAfter(before, { start, end: start + inserted }, states, own, file);
    see(before, linesOf(states, own, file) ?? [], read);
  }
}

describe('file lines', () => {
  it('are the same whether a whole text is read, or what an edit changed', () => {
    fc.assert(
      fc.property(anyWork, (record) => walk(record, (_, after, read) => assert.deepEqual(read, after))),
      { numRuns: runs },
    );
  });

  it('differ in places that lead from one text to the other, apart from each other', () => {
    fc.assert(
      fc.property(anyWork, (record) =>
        walk(record, (before, after) => {
          const lines = before.slice();
          let moved = 0;
          let last = Number.NEGATIVE_INFINITY;
          for (const { from, old, now } of hunksOf(before, after)) {
            assert.ok(from > last + 2);
            last = from + old.length;
            assert.equal(joined(lines.slice(from + moved, from + moved + old.length)), joined(old));
            lines.splice(from + moved, old.length, ...now);
            moved += now.length - old.length;
          }
          assert.equal(joined(lines), joined(after));
        }),
      ),
      { numRuns: runs },
    );
  });
});
