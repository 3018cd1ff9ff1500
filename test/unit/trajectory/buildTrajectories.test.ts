import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTrajectories, rowBytes } from '../../../src/trajectory/buildTrajectories.ts';
import { TrajectoryError } from '../../../src/trajectory/errors.ts';
import { trajectory } from '../../../src/trajectory/record.ts';
import { replayTrajectory } from '../../../src/trajectory/replay.ts';
import { runs } from '../../support/runs.ts';
import { meta, TaskBuilder, text } from '../../support/tasks.ts';

const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    deleted: fc.nat(5),
    inserted: fc.string({ unit: 'grapheme', maxLength: 6 }).map((words) => words.toWellFormed()),
    wait: fc.constantFrom(0, 0, 0, 15),
  }),
  { minLength: 1, maxLength: 20 },
);

describe('buildTrajectories', () => {
  it('makes records that fit the schema and replay', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), edits, (base, list) => {
        const builder = new TaskBuilder({ 'a.ts': base.toWellFormed() });
        let length = [...base.toWellFormed()].length;
        for (const { at, deleted, inserted, wait } of list) {
          const offset = Math.round(at * length);
          const removed = Math.min(deleted, length - offset);
          builder.wait(wait).edit(offset, removed, inserted);
          length += [...inserted].length - removed;
        }
        for (const record of buildTrajectories(builder.task(), meta)) {
          assert.deepEqual(trajectory.parse(record), record);
          assert.equal(replayTrajectory(record), null);
        }
      }),
      { numRuns: runs },
    );
  });

  it('joins keystrokes to bursts, and a pause of over ten seconds parts them', () => {
    const task = new TaskBuilder({ 'a.ts': '' }).type(0, 'one').wait(11).type(3, 'two').task();
    const [record] = buildTrajectories(task, meta);
    assert.deepEqual(
      record.steps.map(({ changes, doc_version }) => [changes.length, doc_version]),
      [
        [3, 0],
        [3, 3],
      ],
    );
  });

  it('parts a burst where the person looked elsewhere, in the same file too', () => {
    const task = new TaskBuilder({ 'a.ts': '\n'.repeat(99) }).type(0, 'one').look(60, 90).type(3, 'two').task();
    const [record] = buildTrajectories(task, meta);
    assert.deepEqual(
      record.steps.map(({ kind, changes, doc_version }) => [kind, changes.length, doc_version]),
      [
        ['edit', 3, 0],
        ['view', 0, 3],
        ['edit', 3, 3],
      ],
    );
  });

  it('keeps the lines looked at only where nothing else gives them', () => {
    const files = { 'a.ts': 'one\ntwo\nthree\n', 'lib.ts': 'left\nright\n' };
    const builder = new TaskBuilder(files).look(0, 1).look(1, 1, 1, 'jump').onlyLooked(1).edit(0, 0, 'x');
    const [record] = buildTrajectories(builder.task(), meta);
    assert.deepEqual(
      record.steps.map(({ kind, action, file_id, visible_lines, excerpts }) => [
        kind,
        action,
        file_id,
        visible_lines.length,
        excerpts,
      ]),
      [
        ['view', 'dwell', 0, 1, []],
        ['view', 'jump', 1, 1, [{ offset: 5, text: 'right' }]],
        ['edit', null, 0, 0, []],
      ],
    );
    assert.deepEqual(
      record.files.map(({ role, base_text, base_step, final_text }) => [role, base_text, base_step, final_text]),
      [
        ['edited', files['a.ts'], 2, `x${files['a.ts']}`],
        ['viewed', null, null, null],
      ],
    );
    assert.deepEqual(trajectory.parse(record), record);
  });

  it('tells the run of a cell with the text that ran, and calls that file changed only where it was', () => {
    const builder = new TaskBuilder({ 'a.ipynb#1': 'x', 'a.ipynb#2': 'y' });
    const [record] = buildTrajectories(builder.runCell(false, 1, 20).edit(0, 0, 'a').runCell(true).task(), meta);
    assert.equal(replayTrajectory(record), null);
    assert.deepEqual(
      record.steps.map(({ kind, file_id, command, exit_code, duration, output }) => [
        ...[kind, file_id, command, exit_code, duration, output],
      ]),
      [
        ['command', 1, null, 1, '<1m', 'printed'],
        ['edit', 0, null, null, null, null],
        ['command', 0, null, 0, '<10s', 'printed'],
      ],
    );
    assert.deepEqual(
      record.files.map(({ path, role, base_step, base_text, final_text }) => [
        ...[path, role, base_step, base_text, final_text],
      ]),
      [
        ['a.ipynb#1', 'edited', 1, 'x', 'ax'],
        ['a.ipynb#2', 'viewed', 0, 'y', 'y'],
      ],
    );
  });

  it('leaves no trace of edits that fell inside a redacted value', () => {
    const task = new TaskBuilder({ 'a.ts': '' }).type(0, 'ab').task();
    const [shown] = buildTrajectories(task, meta);
    const hidden = structuredClone(task);
    const [first] = hidden.steps;
    assert.ok(first.kind === 'edit');
    hidden.steps.splice(1, 0, { ...first, t: first.t + 50, changes: [] }, { ...first, t: first.t + 60, changes: [] });
    assert.deepEqual(buildTrajectories(hidden, meta)[0], shown);
  });

  it('cuts what is too large for a row into parts that each replay, one where the other ends', () => {
    const builder = new TaskBuilder({ 'a.ts': '' });
    for (let i = 0; i < 40; i++)
      builder.edit(i * 100_000 - (i > 2 ? (i - 2) * 100_000 : 0), i > 2 ? 100_000 : 0, 'x'.repeat(100_000));
    const parts = buildTrajectories(builder.task(), meta);
    assert.ok(parts.length > 1);
    for (const [i, part] of parts.entries()) {
      assert.equal(replayTrajectory(part), null);
      assert.ok(Buffer.byteLength(JSON.stringify(part)) <= rowBytes.limit);
      assert.deepEqual([part.part, part.parts], [i, parts.length]);
      if (i > 0) assert.equal(part.files[0].base_text, parts[i - 1].files[0].final_text);
    }
    assert.equal(new Set(parts.map(({ trajectory_id }) => trajectory_id)).size, parts.length);
  });

  it('refuses a task whose changes do not lead to its final text', () => {
    const task = new TaskBuilder({ 'a.ts': 'a' }).edit(1, 0, 'b').task();
    task.files[0].final = text('something else');
    assert.throws(() => buildTrajectories(task, meta), TrajectoryError);
    const outside = new TaskBuilder({ 'a.ts': 'a' }).edit(0, 0, 'b').task();
    outside.files[0].base = text('');
    outside.steps.push({
      ...outside.steps[0],
      ...{ changes: [{ offset: 9, deleted: 1, inserted: text('') }] },
    } as never);
    assert.throws(() => buildTrajectories(outside, meta), TrajectoryError);
  });

  it('tells of the version of VS Code no more than ten releases share', () => {
    const told = (vscodeVersion: string | null) =>
      buildTrajectories({ ...new TaskBuilder({ 'a.ts': '' }).edit(0, 0, 'x').task(), vscodeVersion }, meta)[0].producer
        .vscode;
    assert.equal(told('1.139.1'), '1.13x');
    assert.equal(told('1.100.0-insider'), '1.10x');
    assert.equal(told('2.3.0'), '2.x');
    assert.equal(told(null), null);
  });

  it('takes the person’s words for instruction, else the commit’s, which describes the answer', () => {
    const own = new TaskBuilder({ 'a.ts': '' }).instruct('do it').edit(0, 0, 'x').commit('did it').task();
    const commit = new TaskBuilder({ 'a.ts': '' }).edit(0, 0, 'x').commit('did it').task();
    assert.deepEqual(buildTrajectories(own, meta)[0].instruction, {
      text: 'do it',
      source: 'user',
      hindsight: false,
      available_from_step: 0,
    });
    assert.deepEqual(buildTrajectories(commit, meta)[0].instruction, {
      text: 'did it',
      source: 'commit',
      hindsight: true,
      available_from_step: 1,
    });
  });

  it('gives manifests with their text though nothing changed them, and files only looked at without', () => {
    const builder = new TaskBuilder({ 'a.ts': 'x', 'package.json': '{}\n', 'seen.ts': 'y' });
    const [record] = buildTrajectories(builder.edit(0, 1, 'z').task(), meta);
    assert.deepEqual(
      record.files.map(({ path, role, base_step, base_text, final_text }) => [
        path,
        role,
        base_step,
        base_text,
        final_text,
      ]),
      [
        ['a.ts', 'edited', 0, 'x', 'z'],
        ['package.json', 'manifest', null, '{}\n', '{}\n'],
        ['seen.ts', 'viewed', null, null, null],
      ],
    );
  });

  it('tells which edits settled and which survived', () => {
    const task = new TaskBuilder({ 'a.ts': '' })
      .edit(0, 0, 'gone soon')
      .wait(3)
      .edit(0, 9, '', 0, 'undo')
      .wait(60)
      .edit(0, 0, 'stays')
      .task();
    const [record] = buildTrajectories(task, meta);
    const [gone, , stays] = record.steps;
    assert.deepEqual([gone.settled, gone.surviving_10s, gone.surviving_end], [false, false, false]);
    assert.deepEqual([stays.settled, stays.surviving_10s, stays.surviving_end], [true, true, true]);
  });
});
