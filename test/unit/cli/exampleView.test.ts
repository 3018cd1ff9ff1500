import assert from 'node:assert/strict';
import { exampleView, exampleViews } from '../../../src/cli/exampleView.ts';
import { renderLine } from '../../../src/cli/terminal.ts';
import { nextEditFormat } from '../../../src/examples/nextEdit.ts';
import { RecordBuilder } from '../../support/records.ts';

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
