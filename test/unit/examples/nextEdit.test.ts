import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { nextEditFormat } from '../../../src/examples/nextEdit.ts';
import { TextBuffer } from '../../../src/session/codePoints.ts';
import { buildTrajectories } from '../../../src/trajectory/buildTrajectories.ts';
import { origin, type Trajectory } from '../../../src/trajectory/record.ts';
import { changesText } from '../../../src/trajectory/replay.ts';
import { anyWork, RecordBuilder } from '../../support/records.ts';
import { runs } from '../../support/runs.ts';
import { meta, TaskBuilder, text } from '../../support/tasks.ts';

const words = fc.constantFrom('alpha', 'beta()', '\nlet x = 1;\n', '😀 smile', 'if (a) {\r\n}\r\n');
const bursts = fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), deleted: fc.nat(8), words }), {
  minLength: 2,
  maxLength: 8,
});

function recordOf(list: { at: number; deleted: number; words: string }[]): Trajectory {
  const base = 'one\ntwo\nthree\n';
  const builder = new TaskBuilder({ 'src/a.ts': base }).instruct('do it');
  let length = base.length;
  for (const burst of list) {
    const offset = Math.round(burst.at * length);
    const deleted = Math.min(burst.deleted, length - offset);
    builder.wait(20).edit(offset, deleted, burst.words).diagnose(`at ${offset}`);
    length += [...burst.words].length - deleted;
  }
  return buildTrajectories(builder.commit('afterwards').task(), meta)[0];
}

describe('next_edit', () => {
  it('gives rows that fit the schema, whose target leads to the state after', () => {
    fc.assert(
      fc.property(bursts, (list) => {
        const record = recordOf(list);
        for (const row of nextEditFormat.derive(record)) {
          assert.deepEqual(nextEditFormat.schema.parse(row), row);
          const state = new TextBuffer(record.files[0].base_text ?? '');
          for (const step of record.steps.slice(0, row.step_start))
            for (const change of step.changes) state.apply(change);
          const { start, deleted, inserted } = row.target;
          assert.equal(state.slice(start, start + [...deleted].length), deleted);
          const { excerpt, excerpt_start } = row.input;
          assert.equal(state.slice(excerpt_start, excerpt_start + [...excerpt].length), excerpt);
          const after = new TextBuffer(state.toString());
          after.apply({ offset: start, deleted: [...deleted].length, inserted });
          for (const change of record.steps[row.step_start].changes) state.apply(change);
          assert.equal(after.toString(), state.toString());
        }
      }),
      { numRuns: runs },
    );
  });

  it('takes for a target only what the person typed, up to where something else went on', () => {
    const others = origin.options.filter((name) => name !== 'typed');
    for (const other of others) {
      const builder = new TaskBuilder({ 'src/a.ts': 'one\ntwo\n' });
      const task = builder
        .edit(0, 0, 'typed')
        .wait(20)
        .edit(5, 0, 'words', 0, other)
        .wait(20)
        .edit(10, 0, 'again')
        .task();
      const [record] = buildTrajectories(task, meta);
      assert.deepEqual(
        record.steps.map((step) => step.origin),
        ['typed', other, 'typed'],
      );
      const rows = nextEditFormat.derive(record);
      assert.deepEqual(
        rows.map(({ target }) => target.inserted),
        ['typed', 'again'],
        other,
      );
    }
  });

  it('puts nothing into the input that could have been known only after the target began', () => {
    fc.assert(
      fc.property(bursts, (list) => {
        const record = recordOf(list);
        for (const row of nextEditFormat.derive(record)) {
          const at = row.step_start;
          const target = record.steps[at];
          const other = {
            ...record,
            files: record.files.map((file) => ({ ...file, final_text: text('?'), final_sha256: null })),
            outcome: { ...record.outcome, status: 'failed' as const },
            instruction: { ...record.instruction, hindsight: false },
            steps: [
              ...record.steps.slice(0, at),
              { ...target, surviving_end: false, changes: [{ offset: 0, deleted: 0, inserted: text('another edit') }] },
            ],
          };
          const rewritten = nextEditFormat.derive(other).find(({ step_start }) => step_start === at);
          assert.deepEqual([rewritten?.input, rewritten?.prompt], [row.input, row.prompt]);
        }
      }),
      { numRuns: runs },
    );
  });

  it('is held to the same in work of all kinds: whatever follows, the input stays', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyWork, (record) => {
        const rows = nextEditFormat.derive(record);
        assert.deepEqual(nextEditFormat.derive(structuredClone(record)), rows);
        for (const row of rows) {
          const at = row.step_start;
          const changes = [{ offset: 0, deleted: 0, inserted: text('another edit') }];
          const target = { ...record.steps[at], surviving_end: false, changes };
          const other: Trajectory = {
            ...record,
            files: record.files.map((file) => ({ ...file, final_text: text('another text') })),
            outcome: { ...record.outcome, status: 'failed' },
            steps: [...record.steps.slice(0, at), target],
          };
          const again = nextEditFormat.derive(other).find(({ step_start }) => step_start === at);
          assert.deepEqual([again?.input, again?.prompt], [row.input, row.prompt]);
          compared++;
        }
      }),
      { numRuns: runs },
    );
    assert.ok(compared > runs / 10, `${compared} rows: the law was hardly tried`);
  });

  it('tells only errors of the file as it stands: none once it is changed, deleted or made anew', () => {
    let told = 0;
    fc.assert(
      fc.property(anyWork, ({ steps, ...record }) => {
        for (const { input, step_start } of nextEditFormat.derive({ ...record, steps })) {
          const { file_id } = steps[step_start];
          const before = steps.slice(0, step_start).filter((step) => step.file_id === file_id);
          const last = before.findLast((step) => step.kind === 'diagnostics' || changesText(step));
          assert.deepEqual(input.diagnostics, last?.diagnostics ?? []);
          told += input.diagnostics.length;
        }
      }),
      { numRuns: runs },
    );
    assert.ok(told > 0);
    const anew = new RecordBuilder('anew', [{ path: 'a.ts', base: 'old\n' }])
      .diagnose(0, ['old is no name'])
      .remove(0)
      .edit(0, [{ offset: 0, deleted: 0, inserted: 'first line\n' }])
      .edit(0, [{ offset: 0, deleted: 0, inserted: 'new line\n' }])
      .build();
    assert.deepEqual(
      nextEditFormat.derive(anew).flatMap(({ input }) => input.diagnostics),
      [],
    );
  });

  it('asks and answers in two texts, whose lengths it tells', () => {
    const [record] = buildTrajectories(
      new TaskBuilder({ 'a.ts': 'one\n' }).instruct('Greet').edit(4, 0, 'wide 😀 words\n').task(),
      meta,
    );
    const [{ prompt, completion, target, lengths }] = nextEditFormat.derive(record);
    assert.match(prompt, /^Task: Greet\n\na\.ts, from line 1:\n[\s\S]*\n$/);
    assert.equal(completion, target.patch);
    assert.deepEqual(lengths, {
      prompt_code_points: [...prompt].length,
      prompt_bytes: Buffer.byteLength(prompt),
      completion_code_points: [...completion].length,
      completion_bytes: Buffer.byteLength(completion),
    });
  });

  it('never takes for a target what the person did not type, what did not settle, or a placeholder', () => {
    const task = new TaskBuilder({ 'a.ts': 'x\n' })
      .edit(0, 0, 'by an agent\n', 0, 'agent')
      .wait(20)
      .edit(0, 0, 'undone\n', 0, 'undo')
      .wait(20)
      .edit(0, 0, 'touched again\n')
      .wait(2)
      .edit(3, 4, '', 0, 'formatter')
      .wait(20)
      .edit(0, 0, 'key = REDACTED_SECRET_0001\n')
      .wait(20)
      .edit(0, 0, 'ab')
      .task();
    const placeholders = [{ placeholder: 'REDACTED_SECRET_0001', type: 'secret' }];
    const [record] = buildTrajectories(task, { ...meta, redaction: { ...meta.redaction, placeholders } });
    assert.deepEqual(nextEditFormat.derive(record), []);
  });

  it('never shows an instruction that was written afterwards', () => {
    const task = new TaskBuilder({ 'a.ts': 'x\n' }).edit(0, 0, 'hello there\n').commit('says hello').task();
    const [row] = nextEditFormat.derive(buildTrajectories(task, meta)[0]);
    assert.equal(row.input.instruction, null);
  });

  for (const [what, path, before, at, inserted] of [
    ['the middle of a file', 'src/a.ts', 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n', 19, 'new line\n'],
    ['a file without a last line break', 'a.ts', 'one\ntwo', 7, ' and more'],
    ['a file with CRLF', 'a.ts', 'one\r\ntwo\r\nthree\r\n', 5, 'new\r\n'],
    ['an empty file', 'a.ts', '', 0, 'first line\n'],
    ['a path with spaces', 'my folder/a b.ts', 'one\n', 4, 'two 😀\n'],
  ] as const) {
    it(`makes patches that git applies to ${what}`, () => {
      const task = new TaskBuilder({ [path]: before }).edit(at, 0, inserted).task();
      const [record] = buildTrajectories(task, meta);
      const [row] = nextEditFormat.derive(record);
      const folder = mkdtempSync(join(tmpdir(), 'understudy-patch-'));
      try {
        const file = join(folder, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, before);
        execFileSync('git', ['-C', folder, 'init', '-q']);
        execFileSync('git', ['-C', folder, 'apply', '--whitespace=nowarn'], { input: row.target.patch });
        assert.equal(readFileSync(file, 'utf8'), record.files[0].final_text);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});
