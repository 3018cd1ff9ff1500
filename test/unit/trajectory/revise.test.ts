import assert from 'node:assert/strict';
import fc from 'fast-check';
import { recordFaults } from '../../../src/dataset/recordFaults.ts';
import { exampleFormats } from '../../../src/examples/formats.ts';
import { buildTrajectories } from '../../../src/trajectory/buildTrajectories.ts';
import { FilePaths } from '../../../src/trajectory/filePaths.ts';
import { FileStates } from '../../../src/trajectory/fileStates.ts';
import { measureQuality } from '../../../src/trajectory/quality.ts';
import { type Trajectory, trajectory } from '../../../src/trajectory/record.ts';
import { type Revision, revise } from '../../../src/trajectory/revise.ts';
import { anyWork } from '../../support/records.ts';
import { runs } from '../../support/runs.ts';
import { randomToken } from '../../support/secrets.ts';
import { meta } from '../../support/tasks.ts';
import { type Deed, deeds, taskOf } from '../../support/workTasks.ts';

const consent = { ...meta.consent, signals: [...meta.consent.signals, 'views' as const] };
const sealed = (task: ReturnType<typeof taskOf>) => buildTrajectories(task, { ...meta, consent })[0];
/** Records of whole tasks, by the code of sealing, and others that were put together by hand. */
const sealedWork = fc.tuple(deeds, fc.option(fc.constant('Mend a'))).map(([done, told]) => sealed(taskOf(done, told)));
/** Of tasks in which a test is red, something is edited, and it is green. */
const solvedWork = fc.tuple(deeds, deeds, deeds).map(([before, between, behind]) => {
  const test = (isRed: boolean): Deed => ({ kind: 'test', isRed, named: true, command: 'npm test', seconds: 3 });
  const quiet = (done: readonly Deed[]) => done.filter(({ kind }) => kind !== 'test');
  const edit: Deed = { kind: 'edit', file: 1, at: 0, deleted: 0, inserted: '// more\n', origin: 'typed' };
  return sealed(taskOf([...before, test(true), ...quiet(between), edit, test(false), ...quiet(behind)]));
});
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

  it('keeps nothing that came and went within what is cut', () => {
    fc.assert(
      fc.property(deeds, deeds, deeds, fc.boolean(), (before, within, behind, isWhole) => {
        const word = randomToken(16);
        const secretly: Deed[] = [
          { kind: 'edit', file: 0, at: 0.5, deleted: 0, inserted: `${word}\n`, origin: 'typed' },
          { kind: 'wait', seconds: 15 },
          { kind: 'look', file: 0, start: 0 },
          { kind: 'run', command: `node ${word}.js`, output: `terraform v1.${word}\nsrc/${word}.ts:3:1 error\n` },
          { kind: 'diagnose', messages: [word] },
          { kind: 'branch', name: `12-${word}` },
          { kind: 'commit', message: `Use ${word}` },
          { kind: 'erase', file: 0, text: `${word}\n` },
          { kind: 'wait', seconds: 15 },
        ];
        const parts = isWhole ? [before, [...within, ...secretly], behind] : [[], secretly, behind];
        const pause: Deed[] = [{ kind: 'wait', seconds: 15 }];
        const lengths = [parts[0], [...parts[0], ...pause, ...parts[1]]].map(
          (done) => sealed(taskOf(done)).steps.length,
        );
        const record = sealed(taskOf([...parts[0], ...pause, ...parts[1], ...pause, ...parts[2]]));
        fc.pre(lengths[0] < lengths[1] && JSON.stringify(record).includes(word));
        for (const to of [lengths[1] - 1, record.steps.length - 1]) {
          const after = revise(record, [{ kind: 'cut', from: lengths[0], to }]) as Trajectory;
          const examples = exampleFormats.flatMap(({ derive }) => derive(after));
          for (const row of [after, ...examples]) assert.ok(!JSON.stringify(row).includes(word));
        }
      }),
      { numRuns: runs },
    );
  });

  it('never tells of a success on evidence that was cut, nor of one that was not seen before', () => {
    let succeeded = 0;
    fc.assert(
      fc.property(solvedWork, fc.array(place, { minLength: 1, maxLength: 3 }), (record, places) => {
        let after = record;
        for (const where of places) {
          const cut = cutOf(after, where);
          if (!cut) break;
          const isShown = after.outcome.evidence.some((index) => index >= cut.from && index <= cut.to);
          const was = after.outcome.status;
          after = revise(after, [cut]) ?? after;
          const { status, basis, evidence } = after.outcome;
          if (status !== 'succeeded') continue;
          succeeded++;
          assert.ok(was === 'succeeded' && !isShown && basis !== 'none');
          const [red, edit, green] = evidence.map((index) => after.steps[index]);
          assert.deepEqual([red.kind, edit.kind, green.kind], ['test', 'edit', 'test']);
          assert.equal(red.command, green.command);
          assert.deepEqual([red.exit_code, green.exit_code], [1, 0]);
        }
      }),
      { numRuns: runs },
    );
    assert.ok(succeeded > runs / 20);
  });

  it('says of a task cut at its end what sealing says of one that ended there', () => {
    fc.assert(
      fc.property(deeds, deeds, (before, behind) => {
        const ended = sealed(taskOf(before));
        const record = sealed(taskOf([...before, ...behind]));
        const { length } = ended.steps;
        const last = record.steps[length - 1];
        fc.pre(record.steps.length > length && last?.changes.length === ended.steps[length - 1]?.changes.length);
        const after = revise(record, [{ kind: 'cut', from: length, to: record.steps.length - 1 }]) as Trajectory;

        // Files that are only named in outputs are in the one and not in the other.
        const isSame = after.files.length === ended.files.length;
        const told = ({ files, steps }: Trajectory) =>
          steps.map(({ locations, file_id, ...step }) => ({
            ...step,
            file: file_id === null ? null : { ...files[file_id], file_id: null },
            locations: isSame ? locations.map((place) => ({ ...place, file_id: null })) : [],
          }));
        assert.deepEqual(told(after), told(ended));
        assert.deepEqual(after.environment, ended.environment);
        if (record.instruction.source === 'commit') assert.deepEqual(after.instruction, ended.instruction);
        if (ended.outcome.status !== 'succeeded') assert.deepEqual(after.outcome, ended.outcome);
        // What is missing between the last step and the cut stays missing.
        const inside = ({ gaps }: Trajectory) => gaps.filter(({ after_step }) => after_step < length - 1);
        assert.deepEqual(inside(after), inside(ended));
      }),
      { numRuns: runs },
    );
  });
});
