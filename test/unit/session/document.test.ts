import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextBuffer } from '../../../src/session/codePoints.ts';
import { RawDocument } from '../../../src/session/document.ts';
import { runs } from '../../support/runs.ts';

/** Text in which characters are easily cut: halves of pairs, pairs, line ends. */
const text = fc
  .array(fc.constantFrom('a', 'é', '😀', '\ud83d', '\ude00', '\r\n', 'xyz'), { maxLength: 8 })
  .map((parts) => parts.join(''));
const replacement = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(4),
  text,
});

describe('RawDocument', () => {
  it('tells each change so that code points replay to the well-formed text', () => {
    fc.assert(
      fc.property(text, fc.array(replacement, { maxLength: 12 }), (base, replacements) => {
        const document = new RawDocument(base);
        const replayed = new TextBuffer(document.text());
        let raw = base;
        for (const { at, length, text: inserted } of replacements) {
          const offset = Math.round(at * raw.length);
          const removed = Math.min(length, raw.length - offset);
          raw = raw.slice(0, offset) + inserted + raw.slice(offset + removed);
          const change = document.replace(offset, removed, inserted);
          assert.ok(change.inserted.isWellFormed());
          replayed.apply(change);
          assert.equal(document.rawText(), raw);
          assert.equal(replayed.toString(), raw.toWellFormed());
        }
      }),
      { numRuns: runs },
    );
  });

  it('counts code points in front of an offset, and takes the middle of a character for its start', () => {
    const document = new RawDocument('a😀b');
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((offset) => document.codePointOffset(offset)),
      [0, 1, 1, 2, 3],
    );
  });

  it('refuses a change outside the text', () => {
    assert.throws(() => new RawDocument('abc').replace(2, 2, ''), RangeError);
  });
});
