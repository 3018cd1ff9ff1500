import assert from 'node:assert/strict';
import { exampleFields } from '../../../src/review/exampleFields.ts';

const read = (row: object) =>
  exampleFields(row).map((field) => [field.kind, field.name, 'value' in field ? field.value : field.messages.length]);

describe('the fields of an example', () => {
  it('are told one by one, with texts as they are', () => {
    assert.deepEqual(read({ a: 1, b: { c: null, d: 'two\nlines' }, e: ['x', 'y'] }), [
      ['word', 'a', '1'],
      ['word', 'b.c', '–'],
      ['text', 'b.d', 'two\nlines'],
      ['word', 'e', 'x, y'],
    ]);
    assert.deepEqual(
      read({
        edit_history: [
          { path: 'a', patch: '@@\n-1\n+2' },
          { path: 'b', patch: '@@\n-3\n+4' },
        ],
      }),
      [
        ['word', 'edit_history.1.path', 'a'],
        ['text', 'edit_history.1.patch', '@@\n-1\n+2'],
        ['word', 'edit_history.2.path', 'b'],
        ['text', 'edit_history.2.patch', '@@\n-3\n+4'],
      ],
    );
    assert.deepEqual(read({ prompt: [{ role: 'user', content: 'Do it' }] }), [['messages', 'prompt', 1]]);
  });
});
