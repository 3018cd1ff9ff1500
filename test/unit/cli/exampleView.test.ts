import assert from 'node:assert/strict';
import { exampleView } from '../../../src/cli/exampleView.ts';
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
});
