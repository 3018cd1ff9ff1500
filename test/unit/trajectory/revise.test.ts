import assert from 'node:assert/strict';
import fc from 'fast-check';
import { recordFaults } from '../../../src/dataset/recordFaults.ts';
import { exampleFormats } from '../../../src/examples/formats.ts';
import { buildTrajectories } from '../../../src/trajectory/buildTrajectories.ts';
import { FilePaths } from '../../../src/trajectory/filePaths.ts';
import { FileStates } from '../../../src/trajectory/fileStates.ts';
import { measureQuality } from '../../../src/trajectory/quality.ts';
import { type Trajectory, trajectory } from '../../../src/trajectory/record.ts';
import { revise, reviseTask } from '../../../src/trajectory/revise.ts';
import { type Revision, revision } from '../../../src/trajectory/revision.ts';
import { anyWork } from '../../support/records.ts';
import { runs } from '../../support/runs.ts';
import { randomToken } from '../../support/secrets.ts';
import { meta, TaskBuilder } from '../../support/tasks.ts';
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

/** Where each try redacts or seals several times. */
const fewer = Math.ceil(runs / 4);

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
      { numRuns: fewer },
    );
  });

  it('does with several revisions at once what it does with one after the other, and always the same', () => {
    fc.assert(
      fc.property(anyRecord, fc.array(wish, { minLength: 2, maxLength: 4 }), (record, wishes) => {
        // What was redacted before is known no more.
        const isKnown = (text: string | null, at: number) =>
          wishes.slice(0, at).some((other) => other.kind === 'redact' && text?.includes(other.value));
        fc.pre(!wishes.some((one, i) => one.kind === 'instruction' && isKnown(one.text, i)));
        const { after, revisions } = carryOut(record, wishes);
        const once = revise(record, revisions) ?? record;
        assert.deepEqual({ ...once, revision: 0 }, { ...after, revision: 0 });
        assert.ok(once === record || once.revision === record.revision + 1);
        assert.deepEqual(revise(record, revisions) ?? record, once);
      }),
      { numRuns: fewer },
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
      { numRuns: fewer },
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

  const record = (builder: TaskBuilder) => buildTrajectories(builder.task(), { ...meta, consent })[0];
  const files = { 'a.ts': 'one\ntwo\nthree\n', 'b.ts': 'other\n' };
  const cut = (from: number, to: number): Revision => ({ kind: 'cut', from, to });
  const told = ({ steps }: Trajectory) =>
    steps.map(({ kind, action, file_id, changes, path, to_path }) =>
      [
        kind,
        action,
        file_id,
        changes.map(({ offset, deleted, inserted }) => `${offset}-${deleted}+${inserted}`).join(),
        path,
        to_path,
      ]
        .filter((value) => value !== null && value !== '')
        .join(' '),
    );

  it('moves the base at the beginning', () => {
    const before = record(
      new TaskBuilder(files).edit(0, 0, 'zero\n').run('make', 0).edit(0, 4, 'null').edit(0, 0, 'x', 1),
    );
    const after = revise(before, [cut(0, 1)]) as Trajectory;
    assert.deepEqual(told(after), ['edit 0 0-4+null', 'edit 1 0-0+x']);
    const [a, b] = after.files;
    assert.deepEqual(
      [a.base_text, a.base_step, a.final_text],
      ['zero\none\ntwo\nthree\n', 0, 'null\none\ntwo\nthree\n'],
    );
    assert.deepEqual([b.base_text, b.base_step], ['other\n', 1]);
    assert.deepEqual([after.gaps, after.steps[0].doc_version, after.revision], [[], 0, 2]);
  });

  it('leaves at the end what stood before it', () => {
    const before = record(new TaskBuilder(files).edit(0, 3, '1').run('make', 0).edit(0, 1, 'ONE').edit(0, 0, 'x', 1));
    const after = revise(before, [cut(2, 3)]) as Trajectory;
    assert.deepEqual(told(after), ['edit 0 0-3+1', 'command']);
    assert.deepEqual(
      after.files.map(({ path, final_text }) => [path, final_text]),
      [['a.ts', '1\ntwo\nthree\n']],
    );
    assert.deepEqual([after.gaps, after.outcome.observed_until_step], [[], 1]);
  });

  it('tells in the middle what is left of the changes, line by line, and that something is missing', () => {
    const builder = new TaskBuilder(files).run('make', 1).edit(0, 3, '1', 0).edit(0, 0, 'never', 0).edit(0, 5, '', 0);
    const before = record(
      builder.wait(15).edit(6, 5, '3').edit(5, 0, 'x', 1).wait(90).edit(0, 0, '> ').edit(0, 1, '', 1),
    );
    const after = revise(before, [cut(1, 3)]) as Trajectory;
    assert.deepEqual(told(after), [
      'command',
      'resync 0 0-3+1,6-5+3',
      'resync 1 5-0+x',
      'edit 0 0-0+> ',
      'edit 1 0-1+',
    ]);
    assert.deepEqual(after.gaps, [{ after_step: 0, reason: 'withheld' }]);
    assert.deepEqual(
      after.steps.map(({ elapsed, doc_version }) => [elapsed, doc_version]),
      [
        ['<1s', null],
        // At least: the three steps that were cut came seconds apart.
        ['<1m', 0],
        ['<1s', 0],
        [before.steps[4].elapsed, 2],
        [before.steps[5].elapsed, 1],
      ],
    );
    assert.deepEqual(
      after.files.map(({ final_text }) => final_text),
      before.files.map(({ final_text }) => final_text),
    );
  });

  it('tells where a file went, that it is gone, and that it is there', () => {
    const builder = new TaskBuilder({ ...files, 'c.ts': 'gone\n' })
      .look(0, 0)
      .look(0, 0, 1)
      .look(0, 0, 2)
      .run('make', 1);
    builder.rename('a.ts', 'mid.ts', 0).rename('mid.ts', 'd.ts', 0).edit(0, 3, '1', 0).remove(2).edit(0, 1, 'O', 1);
    const before = record(builder.run('make', 0).edit(0, 0, 'x', 0).edit(0, 1, 'o', 1));
    const after = revise(before, [cut(4, 8)]) as Trajectory;
    assert.deepEqual(told(after), [
      'view dwell 0',
      'view dwell 1',
      'view dwell 2',
      'command',
      'file rename 0 a.ts d.ts',
      'resync 0 0-3+1',
      'resync 1 0-1+O',
      'file delete 2 c.ts',
      'command',
      'edit 0 0-0+x',
      'edit 1 0-1+o',
    ]);
    const back = revise(
      record(
        new TaskBuilder(files).remove(0).run('make', 1).create(0).edit(0, 0, 'new').run('make', 0).edit(0, 0, 'a '),
      ),
      [cut(2, 3)],
    ) as Trajectory;
    assert.deepEqual(told(back), ['file delete 0 a.ts', 'command', 'resync 0 0-0+new', 'command', 'edit 0 0-0+a ']);
  });

  it('lets go of a file that nothing else is about, in outputs too', () => {
    const builder = new TaskBuilder({ ...files, 'package.json': '{}\n' }).run(
      'make',
      1,
      1,
      'b.ts:1:2 error\nFile b.ts, a.ts:1:1\n',
    );
    const before = record(
      builder.edit(0, 3, '1').edit(0, 5, 'secret', 1).edit(1, 0, ' ', 2).run('make', 0).edit(0, 1, '2'),
    );
    assert.deepEqual(
      before.steps[0].locations.map(({ file_id }) => file_id),
      [1, 0],
    );
    const after = revise(before, [cut(2, 3)]) as Trajectory;
    // The manifest is in the record without any step, and stands.
    assert.deepEqual(
      after.files.map(({ path, base_text, final_text }) => [path, base_text, final_text]),
      [
        ['a.ts', 'one\ntwo\nthree\n', '2\ntwo\nthree\n'],
        ['package.json', '{}\n', '{ }\n'],
      ],
    );
    assert.deepEqual(
      after.steps[0].locations.map(({ file_id, path }) => [file_id, path]),
      [
        [null, 'b.ts'],
        [0, 'a.ts'],
      ],
    );
  });

  it('keeps of a file that is only looked at what was looked at', () => {
    const before = record(new TaskBuilder(files).look(1, 2).edit(0, 3, '1').run('make', 0).look(0, 0));
    assert.deepEqual(
      before.steps.map(({ excerpts }) => excerpts),
      [[], [], [], []],
    );
    const after = revise(before, [cut(1, 1)]) as Trajectory;
    assert.deepEqual(told(after)[1], 'resync 0 0-3+1');
    const end = revise(before, [cut(1, 3)]) as Trajectory;
    assert.deepEqual([end.files[0].base_text, end.files[0].role], [null, 'viewed']);
    assert.deepEqual(end.steps[0].excerpts, [{ offset: 4, text: 'two\nthree' }]);
  });

  it('cuts runs of cells as it cuts commands', () => {
    const cells = { 'a.ipynb#1': 'x = 1\n', 'a.ipynb#2': 'x\n' };
    const before = record(new TaskBuilder(cells).edit(4, 1, '2').runCell(true, 0).runCell(true, 1).edit(0, 1, 'y', 1));
    assert.deepEqual(told(revise(before, [cut(1, 1)]) as Trajectory), ['edit 0 4-1+2', 'command 1', 'edit 1 0-1+y']);
    const rest = revise(before, [cut(2, 3)]) as Trajectory;
    assert.deepEqual(
      rest.files.map(({ path }) => path),
      ['a.ipynb#1'],
    );
  });

  it('labels edits by what is left', () => {
    const builder = new TaskBuilder(files).edit(0, 0, 'first ').wait(2).run('make', 0).edit(0, 6, '');
    const before = record(builder.wait(400).run('make', 0));
    const fate = ({ settled, surviving_10s, surviving_end }: Trajectory['steps'][number]) => [
      settled,
      surviving_10s,
      surviving_end,
    ];
    assert.deepEqual(fate(before.steps[0]), [false, false, false]);
    assert.deepEqual(fate((revise(before, [cut(2, 3)]) as Trajectory).steps[0]), [true, true, true]);
    // In the middle its end is still to be seen.
    assert.deepEqual(fate((revise(before, [cut(2, 2)]) as Trajectory).steps[0]), [false, false, false]);
    const resolved = record(new TaskBuilder(files).diagnose('bad').edit(0, 3, '1').run('make', 0).diagnose());
    assert.deepEqual([resolved.steps[3].resolved_by_step, resolved.outcome.diagnostics_resolved], [1, 1]);
    const cutEdit = revise(resolved, [cut(1, 1)]) as Trajectory;
    assert.deepEqual(
      [cutEdit.steps[3].resolved, cutEdit.steps[3].resolved_by_step, cutEdit.outcome.diagnostics_resolved],
      [[], null, 0],
    );
  });

  it('judges by what is left', () => {
    const builder = new TaskBuilder(files).look(0, 0).run('npm test', 1).edit(0, 3, '1').run('npm test', 0);
    const before = record(builder.commit('Mend it'));
    assert.deepEqual([before.outcome.status, before.instruction.text], ['succeeded', 'Mend it']);
    const outcome = (...cuts: Revision[]) => {
      const { outcome, instruction } = revise(before, cuts) as Trajectory;
      return [outcome.status, outcome.evidence.join(), outcome.committed, instruction.text];
    };
    assert.deepEqual(outcome(cut(0, 0)), ['succeeded', '0,1,2', true, 'Mend it']);
    assert.deepEqual(outcome(cut(4, 4)), ['succeeded', '1,2,3', false, null]);
    assert.deepEqual(outcome(cut(1, 1)), ['unknown', '', true, 'Mend it']);
    assert.deepEqual(outcome(cut(2, 2)), ['unknown', '', true, 'Mend it']);
    assert.deepEqual(outcome(cut(3, 4)), ['failed', '1', false, null]);
    // The last run was red: a success does not come of cutting it.
    const failed = record(
      new TaskBuilder(files).run('npm test', 1).edit(0, 3, '1').run('npm test', 0).edit(0, 1, 'x').run('npm test', 1),
    );
    assert.deepEqual([failed.outcome.status, revise(failed, [cut(4, 4)])?.outcome.status], ['failed', 'unknown']);
  });

  it('takes the word of the person', () => {
    const before = record(new TaskBuilder(files).run('npm test', 1).edit(0, 3, '1').run('npm test', 0));
    const revisions: Revision[] = [{ kind: 'outcome', status: 'abandoned' }, cut(2, 2)];
    const { status, basis, evidence } = (revise(before, revisions) as Trajectory).outcome;
    assert.deepEqual([status, basis, evidence], ['abandoned', 'user', []]);
    const token = `ghp_${randomToken(36)}`;
    const { instruction, redaction } = revise(before, [
      { kind: 'redact', value: 'falcon' },
      { kind: 'instruction', text: ` Mend falcon with ${token} ` },
    ]) as Trajectory;
    assert.match(instruction.text ?? '', /^Mend REDACTED_SECRET_0001 with REDACTED_SECRET_0002$/);
    assert.deepEqual(
      [instruction.source, instruction.hindsight, instruction.available_from_step],
      ['user', true, null],
    );
    assert.equal(redaction.placeholders.length, 2);
    assert.equal(revise(before, [{ kind: 'instruction', text: null }]), null);
    assert.equal(
      revise(before, [
        { kind: 'instruction', text: 'x' },
        { kind: 'instruction', text: ' ' },
      ]),
      null,
    );
  });

  it('redacts a selection in all places, between the placeholders that it holds', () => {
    const before = record(
      new TaskBuilder({ 'a.ts': "use('REDACTED_SECRET_0001', falcon);\n" }).edit(0, 0, '// ').run('make falcon', 0),
    );
    const after = revise(before, [{ kind: 'redact', value: "REDACTED_SECRET_0001', falcon" }]) as Trajectory;
    assert.ok(!JSON.stringify(after).includes("', falcon"));
    assert.match(after.files[0].base_text ?? '', /^use\('REDACTED_SECRET_0001REDACTED_SECRET_[a-z]{4}_0001\);\n$/);
    const twice = [before, before].map((one) => revise(one, [{ kind: 'redact', value: 'falcon' }]));
    assert.deepEqual(twice[0], twice[1]);
    assert.ok(!JSON.stringify(twice[0]).includes('falcon'));
  });

  it('says what cannot be revised', () => {
    const before = record(new TaskBuilder(files).run('make', 0));
    for (const [from, to] of [
      [0, 1],
      [1, 1],
      [1, 0],
    ])
      assert.throws(
        () => revise(before, [cut(from, to)]),
        /^RevisionError: Steps \d to \d cannot be cut: the record has 1, counted from 0\.$/,
      );
    const other = [{ trajectoryId: 'f'.repeat(32), revision: cut(0, 0) }];
    assert.throws(() => reviseTask([before], other), /^RevisionError: There is no record f+ in this task\.$/);
    assert.equal(revise(before, []), null);
    assert.equal(revise(before, [{ kind: 'redact', value: 'falcon' }]), null);
    assert.equal(revision.safeParse({ kind: 'redact', value: 'abc' }).success, false);
  });

  describe('of a task in parts', () => {
    const large = 'line of text\n'.repeat(45_000);
    const parts = () => {
      const builder = new TaskBuilder({ ...files, 'c.ts': '' })
        .run('npm test', 1)
        .edit(0, 3, '1')
        .edit(0, 0, large, 2)
        .run('make', 0);
      builder.edit(0, 1, 'uno').edit(0, 0, large, 1).run('npm test', 0).edit(0, 0, 'x', 1).commit('Mend it');
      return buildTrajectories(builder.task(), { ...meta, consent });
    };

    it('leaves one part where the next goes on, and is of one mind in all', () => {
      const task = parts();
      assert.equal(task.length, 2);
      const { steps, trajectory_id: trajectoryId } = task[0];
      const last = steps.length - 1;
      const { records } = reviseTask(task, [{ trajectoryId, revision: cut(last, last) }]);
      for (const one of records) assert.deepEqual(recordFaults(one), []);
      assert.deepEqual(
        records[0].files.map(({ path, final_text }) => [path, final_text]),
        task[0].files.map(({ path, final_text }) => [path, final_text]),
      );
      assert.deepEqual(records[0].gaps.at(-1), { after_step: last - 1, reason: 'withheld' });

      const red = reviseTask(task, [{ trajectoryId, revision: cut(0, 0) }]).records;
      assert.deepEqual(
        [task, red].map((all) => all.map(({ outcome }) => [outcome.status, outcome.evidence.length > 0])),
        [
          [
            ['unknown', true],
            ['succeeded', true],
          ],
          [
            ['unknown', false],
            ['unknown', false],
          ],
        ],
      );
    });

    it('redacts, instructs and decides in all of them', () => {
      const task = parts();
      const { trajectory_id: trajectoryId } = task[0];
      const { records } = reviseTask(
        task,
        (
          [
            { kind: 'redact', value: 'uno\ntwo' },
            { kind: 'instruction', text: 'Count' },
            { kind: 'outcome', status: 'failed' },
          ] as Revision[]
        ).map((revision) => ({ trajectoryId, revision })),
      );
      for (const one of records) {
        assert.deepEqual(recordFaults(one), []);
        assert.equal(one.instruction.text, 'Count');
        assert.equal(one.revision, 2);
      }
      assert.ok(!records.some((one) => JSON.stringify(one).includes('uno\\ntwo')));
      assert.deepEqual(
        records.map(({ outcome }) => [outcome.status, outcome.basis, outcome.evidence.length]),
        [
          ['unknown', 'none', 0],
          ['failed', 'user', 0],
        ],
      );
    });

    it('drops what was written at the end of a part behind which nothing is left', () => {
      const [first] = parts();
      const last = first.steps.length - 1;
      const { files, gaps } = revise(first, [cut(2, last)]) as Trajectory;
      assert.deepEqual(
        files.map(({ path, final_text }) => [path, final_text]),
        [['a.ts', '1\ntwo\nthree\n']],
      );
      assert.deepEqual(gaps, []);
    });

    it('takes of a last part by itself no more than it can tell', () => {
      const [, last] = parts();
      const { steps } = last;
      const test = steps.findIndex(({ kind }) => kind === 'test');
      const commit = steps.length - 1;
      assert.equal(revise(last, [cut(test, test)])?.outcome.status, 'unknown');
      const { outcome, instruction } = revise(last, [cut(commit, commit)]) as Trajectory;
      assert.deepEqual(
        [outcome.status, outcome.committed, outcome.reverted, instruction.text],
        ['unknown', null, null, null],
      );
    });
  });
});
