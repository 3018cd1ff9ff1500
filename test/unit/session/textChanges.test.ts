import assert from 'node:assert/strict';
import { applyChanges } from '../../../src/session/textChanges.ts';

describe('applyChanges', () => {
  it('takes all offsets from the text before, in whatever order they stand', () => {
    const changes = [
      { offset: 0, length: 1, text: 'AA' },
      { offset: 4, length: 0, text: '!' },
      { offset: 2, length: 2, text: '' },
    ];
    assert.equal(applyChanges('abcd', changes), 'AAb!');
    assert.equal(applyChanges('abcd', changes.toReversed()), 'AAb!');
  });

  it('refuses changes outside of the text, and such as overlap', () => {
    assert.equal(applyChanges('abcd', [{ offset: 3, length: 2, text: '' }]), null);
    const overlapping = [
      { offset: 0, length: 3, text: '' },
      { offset: 2, length: 1, text: '' },
    ];
    assert.equal(applyChanges('abcd', overlapping), null);
  });

  it('puts a hundred thousand changes into a text at once', () => {
    const changes = Array.from({ length: 100_000 }, (_, i) => ({ offset: 2 * i, length: 1, text: 'xx' }));
    assert.equal(applyChanges('ab'.repeat(100_000), changes), 'xxb'.repeat(100_000));
  });
});
