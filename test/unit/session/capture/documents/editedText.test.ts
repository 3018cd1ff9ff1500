import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EditedText } from '../../../../../src/session/capture/documents/editedText.ts';
import type { TextChanges } from '../../../../../src/session/textChanges.ts';
import { runs } from '../../../../support/runs.ts';

function changed(text: string, ...events: TextChanges[]): string | null {
  const edited = new EditedText(text);
  for (const changes of events) {
    if (!edited.fits(changes)) return null;
    edited.change(changes);
  }
  assert.equal(edited.length, edited.toString().length);
  return edited.toString();
}

describe('EditedText', () => {
  it('takes all offsets of an event from the text before, in whatever order they stand', () => {
    const changes = [
      { offset: 0, length: 1, text: 'AA' },
      { offset: 4, length: 0, text: '!' },
      { offset: 2, length: 2, text: '' },
    ];
    assert.equal(changed('abcd', changes), 'AAb!');
    assert.equal(changed('abcd', changes.toReversed()), 'AAb!');
  });

  it('refuses changes outside of the text, and such as overlap', () => {
    assert.equal(changed('abcd', [{ offset: 3, length: 2, text: '' }]), null);
    const overlapping = [
      { offset: 0, length: 3, text: '' },
      { offset: 2, length: 1, text: '' },
    ];
    assert.equal(changed('abcd', overlapping), null);
  });

  it('is the text that the changes make, halves of characters and all, read in between or not', () => {
    const change = fc.record({ at: fc.nat(30), length: fc.nat(5), text: fc.string({ unit: 'binary', maxLength: 5 }) });
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.array(fc.tuple(change, fc.boolean())), (start, all) => {
        const edited = new EditedText(start);
        let text = start;
        for (const [{ at, length, text: inserted }, reads] of all) {
          const offset = Math.min(at, text.length);
          const end = Math.min(offset + length, text.length);
          edited.change([{ offset, length: end - offset, text: inserted }]);
          text = text.slice(0, offset) + inserted + text.slice(end);
          if (reads) assert.equal(edited.toString(), text);
        }
        assert.equal(edited.toString(), text);
      }),
      { numRuns: runs },
    );
  });

  it('takes a hundred thousand changes at once', () => {
    const changes = Array.from({ length: 100_000 }, (_, i) => ({ offset: 2 * i, length: 1, text: 'xx' }));
    assert.equal(changed('ab'.repeat(100_000), changes), 'xxb'.repeat(100_000));
  });
});
