import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lineDiff } from '../../../src/session/lineDiff.ts';

const texts = fc
  .array(fc.constantFrom('a\n', 'b\n', '\n', 'c\r\n', 'last'), { maxLength: 12 })
  .map((lines) => lines.join(''));

describe('lineDiff', () => {
  it('leads from one text to the other, and back', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const found = lineDiff(before, after);
        const told = (side: 'deleted' | 'inserted') => found.map((one) => one.kept + one[side]).join('');
        const [old, now] = [told('deleted'), told('inserted')];
        assert.ok(before.startsWith(old) && after.startsWith(now));
        assert.equal(before.slice(old.length), after.slice(now.length));
      }),
    );
  });

  it('tells nothing of texts that are the same', () => {
    fc.assert(fc.property(texts, (text) => assert.deepEqual(lineDiff(text, text), [])));
  });

  it('tells texts that have little in common as one', () => {
    const many = (word: string) => Array.from({ length: 1200 }, (_, i) => `${word} ${i}\n`).join('');
    const [before, after] = [many('old'), many('new')];
    assert.deepEqual(lineDiff(before, after), [{ kept: '', deleted: before, inserted: after }]);
  });
});
