import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KeywordScanner } from '../../../../src/redaction/detectors/keywordScanner.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'é', '_'), minLength: 1, maxLength: 4 });

describe('KeywordScanner', () => {
  it('finds what a plain search finds, blind to the case of ASCII letters', () => {
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 6 }),
        fc.array(word).map((words) => words.join('')),
        (keywords, text) => {
          const found: string[] = [];
          new KeywordScanner(keywords).scan(text, (index, end) => found.push(`${index}@${end}`));
          const fold = (s: string) => s.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
          const expected = keywords.flatMap((keyword, index) =>
            Array.from({ length: text.length + 1 }, (_, end) => end)
              .filter((end) => fold(text.slice(0, end)).endsWith(fold(keyword)))
              .map((end) => `${index}@${end}`),
          );
          assert.deepEqual(found.sort(), expected.sort());
        },
      ),
    );
  });
});
