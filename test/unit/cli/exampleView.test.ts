import assert from 'node:assert/strict';
import { exampleView, exampleViews } from '../../../src/cli/exampleView.ts';
import { exportViews } from '../../../src/cli/exportView.ts';
import { renderLine } from '../../../src/cli/terminal.ts';
import { nextEditFormat } from '../../../src/examples/nextEdit.ts';
import { RecordBuilder, sampleRecord } from '../../support/records.ts';
import { solvedTask } from '../../support/solvedTask.ts';
import { verificationOf } from '../../support/verifications.ts';

describe('exampleView', () => {
  it('shows what was known, with the cursor in it, and what the person did then', () => {
    const record = new RecordBuilder('example', [{ path: 'a.js', base: 'first();\nsecond();\n' }])
      .replace(0, 'first', 'begin')
      .replace(0, 'second', 'follow')
      .build();
    const lines = nextEditFormat
      .derive(record)
      .flatMap((row) => exampleView(row).map((line) => renderLine(line, false)));
    const [known, learned] = ['known: the code around the cursor', 'to be learned: what the person did next'];
    assert.deepEqual(lines.slice(lines.lastIndexOf(known), -2), [
      known,
      '  begin();',
      '  |second();',
      '  ',
      learned,
      '  @@ -1,2 +1,2 @@',
      '   begin();',
      '  -second();',
      '  +follow();',
    ]);
    assert.ok(lines.includes('next_edit a.js  step 1, after 1 edit'));
  });

  it('shows transcripts call by call, and repairs with what shows that they do', () => {
    const record = new RecordBuilder('example', [{ path: 'a.js', base: 'first();\n' }])
      .run('npx tsc', 2, 'a.js(1,1): error\nand more')
      .replace(0, 'first', 'begin')
      .run('npx tsc', 0, '')
      .build();
    const lines = exampleViews(record).map((line) => renderLine(line, false));
    assert.deepEqual(lines.slice(lines.indexOf('agent_trajectory_raw  steps 0 to 2')), [
      'agent_trajectory_raw  steps 0 to 2',
      'user  Carry on with the work in this workspace. What it is about was not said.',
      '> npx tsc',
      '  a.js(1,1): error …',
      '> view a.js',
      '       1\tfirst();',
      '> str_replace a.js',
      '  The file a.js has been edited.',
      '> npx tsc',
      '  ',
      '> finish',
      '',
      'repair npx tsc  steps 0 to 2',
      'to be learned: what the person did',
      '  diff --git a/a.js b/a.js',
      '  --- a/a.js',
      '  +++ b/a.js',
      '  @@ -1,1 +1,1 @@',
      '  -first();',
      '  +begin();',
      'known only afterwards: mended, says the build',
      '',
    ]);
  });
});

describe('exportViews', () => {
  const shown = (...args: Parameters<typeof exportViews>) =>
    exportViews(...args).map((line) => renderLine(line, false));

  it('shows a task with its tests, and whether it was run again', () => {
    const record = solvedTask();
    const lines = shown(record, null);
    assert.deepEqual(lines.slice(0, 5), [
      'task npm test  steps 0 to 3',
      'asked        Twice is two times',
      'state        from the record',
      'to pass      doubles  observed',
      'to stay      once',
    ]);
    assert.ok(lines.includes('  +  return x * 2;'));
    assert.equal(shown(record, verificationOf(record))[3], 'to pass      doubles, halves  verified');
  });

  it('shows commits, and runs with what came out', () => {
    const lines = shown(sampleRecord(), null);
    assert.ok(lines.includes('commit src/greet.js  steps 0 to 9'), lines.join('\n'));
    assert.ok(lines.includes('message      Greet by the right name'));
    const at = lines.lastIndexOf('execution npm test  steps 8 to 8');
    assert.deepEqual(lines.slice(at + 2, at + 4), ['to be told   exit code 0', '  ✔ adds a greeting']);
  });

  it('shows both texts of a preference', () => {
    const record = new RecordBuilder('rewritten', [{ path: 'a.js', base: 'first();\n' }])
      .edit(0, [{ offset: 9, deleted: 0, inserted: 'suggested(something);\n' }], 'completion')
      .replace(0, 'suggested(something)', 'mine(entirely, different)')
      .build();
    const edits = record.steps.map((step, i) => (i === 0 ? { ...step, settled: false } : step));
    const lines = shown({ ...record, steps: edits }, null);
    const start = lines.findIndex((line) => line.startsWith('preference rewritten a.js'));
    assert.ok(start >= 0, lines.join('\n'));
    assert.ok(lines.indexOf('  +mine(entirely, different);', start) < lines.indexOf('  +suggested(something);', start));
  });
});
