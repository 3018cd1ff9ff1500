import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChangeSeen } from '../../../../src/session/attribution/seen.ts';
import { UndoStack } from '../../../../src/session/attribution/undoing.ts';
import { runs } from '../../../support/runs.ts';

const change = (offset: number, deleted: string, inserted: string): ChangeSeen => ({
  ...{ offset, deleted, inserted },
  ...{ lineBefore: '', lineAfter: '' },
});

describe('UndoStack', () => {
  it('goes back through edits one by one, and forth again', () => {
    const words = fc.string({ minLength: 2, maxLength: 9 }).filter((text) => /\w\w/.test(text));
    const edits = fc.array(fc.tuple(fc.nat(50), words, words), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(edits, (all) => {
        const stack = new UndoStack();
        // Never the one before taken back: each puts in what none has put in yet.
        const done = all.map(([offset, deleted, inserted], index) => [offset, deleted, `${inserted}${index}`] as const);
        for (const [offset, deleted, inserted] of done)
          assert.equal(stack.take([change(offset, deleted, inserted)]), null);
        for (const [offset, deleted, inserted] of done.toReversed())
          assert.equal(stack.take([change(offset, inserted, deleted)]), 'undo');
        for (const [offset, deleted, inserted] of done)
          assert.equal(stack.take([change(offset, deleted, inserted)]), 'redo');
      }),
      { numRuns: runs },
    );
  });

  it('takes back several changes at once, each where it went', () => {
    const stack = new UndoStack();
    stack.take([change(0, 'one', 'a'), change(5, '', 'longer'), change(9, 'xy', '')]);
    assert.equal(stack.take([change(0, 'a', 'one'), change(3, 'longer', ''), change(13, '', 'xy')]), 'undo');
  });

  it('takes keys that go on from each other together, also over a selection and with corrections', () => {
    const stack = new UndoStack();
    const keys: [number, string, string][] = [
      [4, 'alpha', 'b'],
      [5, '', 'x'],
      [5, 'x', ''],
      [5, '', 'c'],
    ];
    for (const [offset, deleted, inserted] of keys) stack.take([change(offset, deleted, inserted)]);
    assert.equal(stack.take([change(4, 'bc', 'alpha')]), 'undo');
    for (const offset of [3, 2, 1]) stack.take([change(offset, 'd', '')]);
    assert.equal(stack.take([change(1, '', 'ddd')]), 'undo');
  });

  it('knows no more to do again once something else was done', () => {
    const stack = new UndoStack();
    stack.take([change(0, '', 'pasted')]);
    stack.take([change(0, 'pasted', '')]);
    stack.take([change(3, 'ab', 'other')]);
    assert.equal(stack.take([change(0, '', 'pasted')]), null);
  });
});
