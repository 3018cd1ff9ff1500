import assert from 'node:assert/strict';
import fc from 'fast-check';
import { recordFaults } from '../../../src/dataset/recordFaults.ts';
import { exampleFormats } from '../../../src/examples/formats.ts';
import { buildTrajectories } from '../../../src/trajectory/buildTrajectories.ts';
import { FilePaths } from '../../../src/trajectory/filePaths.ts';
import { FileStates } from '../../../src/trajectory/fileStates.ts';
import { measureQuality } from '../../../src/trajectory/quality.ts';
import { type Trajectory, trajectory } from '../../../src/trajectory/record.ts';
import { revise } from '../../../src/trajectory/revise.ts';
import type { Revision } from '../../../src/trajectory/revision.ts';
import { anyWork } from '../../support/records.ts';
import { runs } from '../../support/runs.ts';
import { meta } from '../../support/tasks.ts';
import { deeds, taskOf } from '../../support/workTasks.ts';

const consent = { ...meta.consent, signals: [...meta.consent.signals, 'views' as const] };
const sealed = (task: ReturnType<typeof taskOf>) => buildTrajectories(task, { ...meta, consent })[0];
/** Records of whole tasks, by the code of sealing, and others that were put together by hand. */
const sealedWork = fc.tuple(deeds, fc.option(fc.constant('Mend a'))).map(([done, told]) => sealed(taskOf(done, told)));
const anyRecord = fc.oneof({ weight: 4, arbitrary: sealedWork }, { weight: 1, arbitrary: anyWork });

type Place = { from: number; to: number };
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const place = fc.record({ from: fraction, to: fraction });
/** The steps that two fractions name; null where there are none. */
function cutOf({ steps }: Trajectory, { from, to }: Place): Extract<Revision, { kind: 'cut' }> | null {
  if (steps.length === 0) return null;
  const at = (part: number) => Math.min(steps.length - 1, Math.floor(part * steps.length));
  const [first, last] = [at(from), at(to)].sort((a, b) => a - b);
  return { kind: 'cut', from: first, to: last };
}

type Wish = { kind: 'cut'; place: Place } | Exclude<Revision, { kind: 'cut' }>;
const wish: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('cut' as const), place }) },
  fc.record({
    kind: fc.constant('redact' as const),
    value: fc.constantFrom('works', 'export const', 'value();\nvalue', 'not ok', 'moved', 'src/a.ts', 'nowhere at all'),
  }),
  fc.record({
    kind: fc.constant('instruction' as const),
    text: fc.option(fc.constantFrom('Mend it', ' ', 'use(b) works', '😀\n\nthen more')),
  }),
  fc.record({
    kind: fc.constant('outcome' as const),
    status: fc.constantFrom('succeeded' as const, 'failed', 'abandoned', 'unknown'),
  }),
);
/** Carries wishes out one after the other, and gives the revisions that they came to. */
function carryOut(record: Trajectory, wishes: readonly Wish[]): { after: Trajectory; revisions: Revision[] } {
  const revisions: Revision[] = [];
  let after = record;
  for (const one of wishes) {
    const revision = one.kind === 'cut' ? cutOf(after, one.place) : one;
    if (!revision) continue;
    revisions.push(revision);
    after = revise(after, [revision]) ?? after;
  }
  return { after, revisions };
}

/** Texts and paths of the files before each step, and at the end. */
function statesOf({ files, steps }: Trajectory): { text: string | null; path: string }[][] {
  const states = new FileStates(files.map(({ base_text }) => base_text));
  const paths = new FilePaths(files.map(({ path }) => path));
  const now = () => files.map((_, file) => ({ text: states.text(file), path: paths.of(file) }));
  return [
    ...steps.map((step) => {
      const before = now();
      states.apply(step);
      paths.apply(step);
      return before;
    }),
    now(),
  ];
}

describe('revise', () => {
  it('gives a record that is valid and replays, whatever is revised', () => {
    fc.assert(
      fc.property(anyRecord, fc.array(wish, { minLength: 1, maxLength: 5 }), (record, wishes) => {
        const { after } = carryOut(record, wishes);
        if (after === record) return;
        assert.deepEqual(trajectory.parse(after), after);
        assert.deepEqual(recordFaults(after), []);
        assert.ok(after.revision > record.revision);
        assert.deepEqual(after.quality, { ...measureQuality(after.files, after.steps), replay_verified: true });
        for (const { derive, schema } of exampleFormats) for (const row of derive(after)) schema.parse(row);
      }),
      { numRuns: runs },
    );
  });

  it('does with several revisions at once what it does with one after the other, and always the same', () => {
    fc.assert(
      fc.property(anyRecord, fc.array(wish, { minLength: 2, maxLength: 4 }), (record, wishes) => {
        const { after, revisions } = carryOut(record, wishes);
        const once = revise(record, revisions) ?? record;
        assert.deepEqual({ ...once, revision: 0 }, { ...after, revision: 0 });
        assert.ok(once === record || once.revision === record.revision + 1);
        assert.deepEqual(revise(record, revisions) ?? record, once);
      }),
      { numRuns: runs },
    );
  });

  it('leaves every remaining step the texts and paths that it found', () => {
    fc.assert(
      fc.property(sealedWork, place, (record, where) => {
        const cut = cutOf(record, where);
        fc.pre(cut !== null);
        const after = revise(record, [cut]) ?? record;
        const [was, is] = [statesOf(record), statesOf(after)];
        const isEnd = cut.to === record.steps.length - 1;
        const tail = record.steps.length - 1 - cut.to;
        const kept = [
          ...record.steps.slice(0, cut.from).map(({ index }) => [index, index]),
          ...Array.from({ length: tail }, (_, i) => [cut.to + 1 + i, after.steps.length - tail + i]),
        ];
        const fileIds = new Map<number, number>();
        for (const [old, now] of kept) {
          const [before, left] = [record.steps[old], after.steps[now]];
          assert.deepEqual([left.kind, left.command, left.changes], [before.kind, before.command, before.changes]);
          if (before.file_id !== null) fileIds.set(before.file_id, left.file_id as number);
        }
        const ends = isEnd ? [[cut.from, after.steps.length]] : [[record.steps.length, after.steps.length]];
        for (const [old, now] of [...kept, ...ends]) {
          for (const [file, here] of fileIds) {
            const [before, left] = [was[old][file], is[now][here]];
            assert.equal(left.path, before.path);
            if (after.files[here].base_step !== null) assert.equal(left.text, before.text);
          }
        }
        for (const [old, now] of kept) {
          const { file_id, visible_lines, excerpts } = after.steps[now];
          if (after.steps[now].kind !== 'view' || after.files[file_id as number].base_text !== null) continue;
          const text = was[old][record.steps[old].file_id as number].text;
          if (text === null) continue;
          const [{ start, end }] = visible_lines;
          assert.equal(
            excerpts[0]?.text ?? '',
            text
              .split('\n')
              .slice(start, end + 1)
              .join('\n'),
          );
        }
      }),
      { numRuns: runs },
    );
  });
});
