import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EditedText } from '../../../../src/session/capture/documents/editedText.ts';
import { changesBetween } from '../../../../src/session/history/textDiff.ts';
import { runs } from '../../../support/runs.ts';

const line = fc.constantFrom('a\n', 'b\r\n', '\n', 'long line 😀\n', '\ud83d', 'end');
const text = fc.array(line, { maxLength: 30 }).map((lines) => lines.join(''));

describe('changesBetween', () => {
  it('gives the changes that make one text of the other', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const changes = changesBetween(before, after);
        const edited = new EditedText(before);
        assert.ok(edited.fits(changes));
        edited.change(changes);
        assert.equal(edited.toString(), after);
        let end = -1;
        for (const { offset, length, text: inserted } of changes) {
          assert.ok(offset > end && (length > 0 || inserted !== ''));
          end = offset + length;
        }
      }),
      { numRuns: runs },
    );
  });

  it('tells only the characters that differ, line by line', () => {
    assert.deepEqual(changesBetween('one\ntwo\nthree\n', 'one\ntWo\nthree\nfour\n'), [
      { offset: 5, length: 1, text: 'W' },
      { offset: 14, length: 0, text: 'four\n' },
    ]);
  });

  it('takes texts that have nothing in common as one change', () => {
    const lines = (word: string) => Array.from({ length: 5000 }, (_, i) => `${word}${i}\n`).join('');
    assert.equal(changesBetween(lines('a'), lines('b')).length, 1);
  });
});
