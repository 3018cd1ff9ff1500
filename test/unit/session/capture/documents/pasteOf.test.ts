import assert from 'node:assert/strict';
import { isPasteOf } from '../../../../../src/session/capture/documents/pasteOf.ts';

describe('isPasteOf', () => {
  const changes = (...texts: string[]) => texts.map((text, offset) => ({ offset, length: 0, text }));

  it('knows a text at one cursor and at each of several, whatever ends its lines', () => {
    assert.ok(isPasteOf('a();\r\nb();\r\n', changes('a();\nb();')));
    assert.ok(isPasteOf('name', changes('name', 'name')));
  });

  it('knows lines that are given to one cursor each, in either order', () => {
    assert.ok(isPasteOf('one\ntwo', changes('one', 'two')));
    assert.ok(isPasteOf('one\ntwo', changes('two', 'one')));
  });

  it('takes nothing for a paste that is not whole, or of nothing', () => {
    assert.ok(!isPasteOf('name', changes('name', 'other')));
    assert.ok(!isPasteOf('names', changes('name')));
    assert.ok(!isPasteOf('', changes('')));
    assert.ok(!isPasteOf(' ', changes('  ')));
  });
});
