import assert from 'node:assert/strict';
import { editCalls } from '../../../src/examples/editCalls.ts';
import { text } from '../../support/tasks.ts';

const line = (words: string) => ({ text: words, size: words.length, foreign: false });

describe('calls of an edit', () => {
  it('look at no line above the first, where those in view have moved up beyond it', () => {
    const before = Array.from({ length: 30 }, (_, i) => line(`line ${i}\n`));
    const after = [...before.slice(8, 25), line('other\n'), ...before.slice(26)];
    const visible = [{ start: 2, end: 29 }];
    const calls = editCalls({ path: text('a.txt'), before, after, visible, errors: null, own: true });
    const looks = calls.flatMap(({ function: { arguments: given } }) =>
      'view_range' in given ? [given.view_range] : [],
    );
    assert.deepEqual(looks, [
      [1, 18],
      [1, 22],
    ]);
  });
});
