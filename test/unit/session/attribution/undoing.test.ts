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

  it('takes edits together that go on in what the ones before put in, and does them again together', () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.string({ maxLength: 4 })), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), edits, (before, all) => {
        const stack = new UndoStack();
        let text = before;
        // What differs from before, in the text as it stands.
        let [start, end] = [before.length >> 1, before.length >> 1];
        // What the last edit put in.
        let last = { start, end };
        for (const [from, to, inserted] of all) {
          const offset = from % (last.end + 1);
          const least = Math.max(last.start, offset);
          const until = least + (to % (text.length - least + 1));
          const deleted = text.slice(offset, until);
          fc.pre(deleted !== inserted && stack.take([change(offset, deleted, inserted)]) === null);
          text = text.slice(0, offset) + inserted + text.slice(until);
          last = { start: offset, end: offset + inserted.length };
          [start, end] = [Math.min(start, offset), Math.max(end, until) + inserted.length - deleted.length];
        }
        const [was, is] = [before.slice(start, before.length - (text.length - end)), text.slice(start, end)];
        // One key may take back one of them.
        fc.pre(was !== is && was.length + is.length > 1);
        assert.equal(stack.take([change(start, is, was)]), 'undo');
        assert.equal(stack.take([change(start, was, is)]), 'redo');
      }),
      { numRuns: runs },
    );
  });

  it('takes words back one by one that were typed in one go, at several cursors too', () => {
    const stack = new UndoStack();
    for (const [index, key] of [...'one two'].entries())
      stack.take([change(index, '', key), change(9 + 2 * index, '', key)]);
    assert.equal(stack.take([change(3, ' two', ''), change(19, ' two', '')]), 'undo');
    assert.equal(stack.take([change(0, 'one', ''), change(12, 'one', '')]), 'undo');
    assert.equal(stack.take([change(0, '', 'one'), change(9, '', 'one')]), 'redo');
    assert.equal(stack.take([change(3, '', ' two'), change(15, '', ' two')]), 'redo');
  });

  it('knows no more to do again once something else was done', () => {
    const stack = new UndoStack();
    stack.take([change(0, '', 'pasted')]);
    stack.take([change(0, 'pasted', '')]);
    stack.take([change(3, 'ab', 'other')]);
    assert.equal(stack.take([change(0, '', 'pasted')]), null);
  });
});
