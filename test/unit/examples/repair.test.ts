import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { repairFormat } from '../../../src/examples/repair.ts';
import { FilePaths } from '../../../src/trajectory/filePaths.ts';
import { FileStates } from '../../../src/trajectory/fileStates.ts';
import type { Step, Trajectory } from '../../../src/trajectory/record.ts';
import { anyWork, RecordBuilder } from '../../support/records.ts';
import { runs } from '../../support/runs.ts';
import { text } from '../../support/tasks.ts';

const base = 'function twice(x) {\n  return x;\n}\n';
const tests = (status: 'passed' | 'failed' | 'skipped', name = 'twice') => [{ name: text(name), status }];
const begin = () =>
  new RecordBuilder('repair', [
    { path: 'src/twice.js', base, language: 'javascript' },
    { path: 'src/other.js', base: 'other();\n', language: 'javascript' },
  ]);
const red = (builder: RecordBuilder) => builder.run('npm test', 1, 'src/twice.js:2:3\nnot ok', tests('failed'));
/** What Node prints of four tests, of which three pass. */
const numbers = 'src/twice.js:2:3\nℹ tests 4\nℹ suites 0\nℹ pass 3';
const green = (builder: RecordBuilder) => builder.run('npm test', 0, 'ok', tests('passed'));
const mend = (builder: RecordBuilder) => builder.replace(0, 'return x;', 'return x * 2;');
const verifiedIn = (record: Trajectory) => repairFormat.derive(record).map(({ afterwards }) => afterwards.verified);

describe('repair', () => {
  it('gives rows that fit the schema and are the same each time', () => {
    let rows = 0;
    fc.assert(
      fc.property(anyWork, (record) => {
        const derived = repairFormat.derive(record);
        rows += derived.length;
        for (const row of derived) assert.equal(JSON.stringify(repairFormat.schema.parse(row)), JSON.stringify(row));
        assert.deepEqual(repairFormat.derive(structuredClone(record)), derived);
      }),
      { numRuns: runs },
    );
    assert.ok(rows > runs / 10, `${rows} rows: the law was hardly tried`);
  });

  it('shows the files as they stood when the error showed, and nothing that was known only afterwards', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyWork, (record) => {
        for (const row of repairFormat.derive(record)) {
          const states = new FileStates(record.files.map(({ base_text }) => base_text));
          const paths = new FilePaths(record.files.map(({ path }) => path));
          for (const step of record.steps.slice(0, row.step_start)) {
            states.apply(step);
            paths.apply(step);
          }
          for (const file of [...row.input.files, ...row.hidden_files]) {
            assert.equal(file.text, states.text(paths.find(file.path) ?? -1));
          }
          const others = repairFormat.derive(rewrittenAfter(record, row.step_start));
          const other = others.find(({ step_start }) => step_start === row.step_start);
          if (other) compared++;
          assert.deepEqual([other?.input ?? row.input, other?.prompt ?? row.prompt], [row.input, row.prompt]);
          assert.equal(row.completion, row.target.patch);
        }
      }),
      { numRuns: runs },
    );
    assert.ok(compared > runs / 10, `${compared} rows: the law was hardly tried`);
  });

  it('makes patches that git applies to the files as they stood, over moves, new and deleted files', () => {
    const names = ['src/my file.js', 'src/"odd"\tname.js', 'gone.js', 'new.js', 'moved.js', 'empty.js', 'ende.js'];
    const bases = ['a\nb\nc\n', 'odd\n', 'gone\n', null, 'one\ntwo\nthree\n', '', 'no end\r\nline'];
    const record = new RecordBuilder(
      'patch',
      names.map((path, i) => ({ path, base: bases[i] })),
    )
      .run('npx tsc', 2, 'error')
      .replace(0, 'b', 'bb 👋')
      .replace(1, 'odd', 'even')
      .remove(2)
      .edit(3, [{ offset: 0, deleted: 0, inserted: 'new' }])
      .rename(4, 'src/to here.js')
      .replace(4, 'two', '2')
      .edit(5, [{ offset: 0, deleted: 0, inserted: 'full\n' }])
      .edit(6, [{ offset: 3, deleted: 0, inserted: 'real ' }])
      .run('npx tsc', 0, '')
      .build();
    const [row] = repairFormat.derive(record);
    assert.equal(row.afterwards.verified, 'build');
    const folder = mkdtempSync(join(tmpdir(), 'understudy-repair-'));
    try {
      for (const { path, base_text } of record.files) {
        if (base_text === null) continue;
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), base_text);
      }
      execFileSync('git', ['-C', folder, 'init', '-q']);
      execFileSync('git', ['-C', folder, 'apply', '--whitespace=nowarn'], { input: row.target.patch });
      for (const [i, { final_text }] of record.files.entries()) {
        const read = () => readFileSync(join(folder, i === 4 ? 'src/to here.js' : names[i]), 'utf8');
        if (final_text === null) assert.throws(read);
        else assert.equal(read(), final_text);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('tells a failed test, what was known then, and the patch that mended it', () => {
    const [row, ...others] = repairFormat.derive(green(mend(red(begin()))).build());
    assert.deepEqual(others, []);
    assert.deepEqual([row.step_start, row.step_end, row.language], [0, 2, 'javascript']);
    assert.deepEqual(row.input.failed_tests, ['twice']);
    assert.deepEqual(row.input.files, [{ path: 'src/twice.js', text: base }]);
    assert.deepEqual(row.hidden_files, []);
    assert.match(row.target.patch, /- {2}return x;\n\+ {2}return x \* 2;\n/);
    assert.deepEqual(row.afterwards, { verified: 'test', mended: ['twice'], next_exit_code: 0, origins: ['typed'] });
  });

  it('shows a file that nothing pointed to apart from the input', () => {
    const record = green(red(begin()).replace(1, 'other();', 'another();')).build();
    const [row] = repairFormat.derive(record);
    assert.deepEqual(row.input.files, [{ path: 'src/twice.js', text: base }]);
    assert.deepEqual(row.hidden_files, [{ path: 'src/other.js', text: 'other();\n' }]);
  });

  for (const [what, build, verified] of [
    ['the same command green, with an edit between', () => green(mend(red(begin()))), ['test']],
    [
      'the failed test skipped, as its number alone tells',
      () =>
        mend(begin().run('npm test', 1, numbers, tests('failed'))).step({
          ...{ kind: 'test', runner: 'node', command: text('npm test'), cwd: text('.'), exit_code: 0 },
          ...{ elapsed: '<1m', duration: '<10s', output: text(numbers), output_status: 'complete' },
        }),
      ['none'],
    ],
    ['nothing but a comment new', () => green(red(begin()).type(0, '}', '// two\n')), ['none']],
    ['still red', () => red(mend(red(begin()))), ['none']],
    ['another command green', () => mend(red(begin())).run('npm test -- --grep x', 0, 'ok', tests('passed')), []],
    ['no edit between', () => green(red(begin())), []],
    ['a command that flickers', () => green(mend(red(green(red(begin()))))), ['none']],
    [
      'a test that flickers',
      () => green(mend(red(begin().run('npm test', 1, 'no', [...tests('passed'), ...tests('failed', 'x')])))),
      ['none'],
    ],
    [
      'a test that is skipped now',
      () => mend(red(begin())).run('npm test', 0, 'ok', [...tests('skipped'), ...tests('passed', 'x')]),
      ['none'],
    ],
    ['packages installed between', () => green(mend(red(begin())).run('npm install left', 0, '')), ['none']],
    [
      'another branch checked out between',
      () => green(mend(red(begin())).step({ kind: 'git', action: 'checkout' })),
      ['none'],
    ],
    ['a commit between', () => green(mend(red(begin())).step({ kind: 'git', action: 'commit' })), ['test']],
    ['what an agent took away', () => green(red(begin()).replace(0, 'return x;\n', '', 'agent')), []],
    ["an agent's text", () => green(red(begin()).replace(0, 'return x;', 'return x + x;', 'agent')), []],
    [
      'keys pressed while the tests ran, perhaps',
      () =>
        mend(red(begin())).step({
          ...{ kind: 'test', elapsed: '<1s', duration: '<1m', cwd: text('.'), command: text('npm test') },
          ...{ exit_code: 0, output: text('ok'), output_status: 'complete', tests: tests('passed') },
        }),
      ['none'],
    ],
    ['a build', () => mend(begin().run('npx tsc', 2, 'error')).run('npx tsc', 0, ''), ['build']],
    ['a build behind a pipe', () => mend(begin().run('npx tsc | cat', 2, 'error')).run('npx tsc | cat', 0, ''), []],
    [
      'an error that is gone while its file is worked on',
      () => mend(begin().diagnose(0, ['no', 'nor'])).diagnose(0, ['nor']),
      ['diagnostic'],
    ],
    [
      'an error that is gone for good, in a file that is edited later',
      () =>
        mend(begin().diagnose(0, ['no']))
          .diagnose(0, [])
          .run('ls', 0, '')
          .type(0, '}', ' '),
      ['diagnostic'],
    ],
    ['an error that is gone with its file, perhaps', () => mend(begin().diagnose(0, ['no'])).diagnose(0, []), ['none']],
    [
      'an error that comes back',
      () =>
        mend(begin().diagnose(0, ['no']))
          .diagnose(0, [])
          .type(0, '}', ' ')
          .diagnose(0, ['no']),
      [],
    ],
    ['an error without an edit', () => begin().diagnose(0, ['no']).diagnose(0, []).type(1, 'o', ' '), []],
    [
      'an error in the place of another',
      () =>
        mend(begin().diagnose(0, ['no']))
          .diagnose(0, ['nor'])
          .type(0, '}', ' '),
      [],
    ],
  ] as const) {
    it(`${verified.length > 0 ? `says ${verified}` : 'gives no row'}: ${what}`, () => {
      assert.deepEqual(verifiedIn(build().build()), verified);
    });
  }

  it('leaves out notebooks', () => {
    const cell = new RecordBuilder('cell', [{ path: 'a.ipynb#3', base }]);
    assert.deepEqual(verifiedIn(green(mend(red(cell))).build()), []);
  });

  it('takes no error for one that shows in the middle of typing', () => {
    const built = begin()
      .type(0, 'return', 'if ')
      .diagnose(0, ['( expected', 'x'])
      .replace(0, 'if ', '')
      .diagnose(0, ['x']);
    const record = built.build();
    assert.deepEqual(verifiedIn(record), ['diagnostic']);
    const steps = record.steps.map((step) => (step.index === 0 ? { ...step, settled: false } : step));
    assert.deepEqual(verifiedIn({ ...record, steps }), []);
  });

  it('believes the evidence of the outcome, which knew the exact times', () => {
    const run = { kind: 'test', elapsed: '<1s', duration: '<1m', cwd: text('.'), command: text('npm test') } as const;
    const record = mend(red(begin()))
      .step({ ...run, exit_code: 0, output: text('ok'), output_status: 'complete' })
      .build();
    assert.deepEqual(verifiedIn(record), ['none']);
    assert.deepEqual(verifiedIn({ ...record, outcome: { ...record.outcome, evidence: [0, 1, 2] } }), ['test']);
  });

  it('leaves out patches with a placeholder, and says nothing where steps are missing', () => {
    const record = green(mend(red(begin()))).build();
    const placeholders = [{ placeholder: 'x * 2', type: 'secret', count: 1 }];
    assert.deepEqual(verifiedIn({ ...record, redaction: { ...record.redaction, placeholders } }), []);
    assert.deepEqual(verifiedIn({ ...record, gaps: [{ after_step: 1, reason: 'paused' }] }), ['none']);
  });

  it("shows the person's words where they were said before, and no others", () => {
    const record = green(mend(red(begin()))).build();
    const told = { text: text('Double it'), source: 'user', hindsight: false, available_from_step: 0 } as const;
    for (const [instruction, shown] of [
      [told, 'Double it'],
      [{ ...told, available_from_step: 1 }, null],
      [{ ...told, source: 'commit', hindsight: true }, null],
    ] as const) {
      assert.equal(repairFormat.derive({ ...record, instruction })[0].input.instruction, shown);
    }
  });
});

/** The record with another end: behind a step, another edit, and then the same command green or no error any more. */
function rewrittenAfter(record: Trajectory, at: number): Trajectory {
  const error = record.steps[at];
  const edit = new RecordBuilder('other', [{ path: 'other.js', base: '' }])
    .edit(0, [{ offset: 0, deleted: 0, inserted: 'another edit\n' }])
    .build().steps[0];
  const file = error.file_id ?? 2;
  const make: Step = { ...edit, kind: 'file', action: 'create', file_id: file, changes: [] };
  const again: Step =
    error.kind === 'diagnostics' ? { ...error, diagnostics: [] } : { ...error, exit_code: 0, tests: [] };
  const end = [make, { ...edit, file_id: file }, again];
  return {
    ...record,
    files: record.files.map((one) => ({ ...one, final_text: text('another text') })),
    steps: [...record.steps.slice(0, at + 1), ...end.map((step, i) => ({ ...step, index: at + 1 + i }))],
    gaps: [],
    outcome: { ...record.outcome, tests: [], evidence: [] },
  };
}
