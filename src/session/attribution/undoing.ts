/** Undo and redo where nothing names them: an edit that takes back the last ones exactly, or does again what was taken back. */
import type { ChangeSeen } from './seen.ts';

type Change = Pick<ChangeSeen, 'offset' | 'deleted' | 'inserted'>;
type Changes = readonly Change[];

/** An editor takes back keys that go on from each other together, a word or so at once. */
const mostTogether = 500;

/** What can be taken back in one file. */
export class UndoStack {
  readonly #done: Changes[] = [];
  readonly #undone: Changes[] = [];

  /** @returns whether the edit takes something back or does it again; a key may do the same by chance. */
  take(changes: Changes): 'undo' | 'redo' | null {
    if (changes.every(({ deleted, inserted }) => deleted === inserted)) return null;
    const back = inverse(changes);
    const count = this.#countOf(back);
    if (count > 0) {
      this.#done.length -= count;
      this.#undone.push(back);
      return 'undo';
    }
    const next = this.#undone.at(-1);
    this.#done.push(changes);
    if (next && areSame(changes, next)) {
      this.#undone.pop();
      return 'redo';
    }
    this.#undone.length = 0;
    return null;
  }

  /** How many of the last edits are the same as these changes, put together; 0 for none. */
  #countOf(changes: Changes): number {
    const last = this.#done.at(-1);
    if (!last) return 0;
    if (areSame(last, changes)) return 1;
    // One key takes no more away than was put in, or taken away, by one.
    if (changes.every(({ deleted, inserted }) => deleted.length + inserted.length <= 1)) return 0;
    let together: Changes | null = last;
    for (let count = 2; together && count <= Math.min(this.#done.length, mostTogether); count++) {
      together = join(this.#done[this.#done.length - count], together);
      if (together && areSame(together, changes)) return count;
    }
    return 0;
  }
}

function inverse(changes: Changes): Change[] {
  let moved = 0;
  return changes.map(({ offset, deleted, inserted }) => {
    const back = { offset: offset + moved, deleted: inserted, inserted: deleted };
    moved += inserted.length - deleted.length;
    return back;
  });
}

function areSame(some: Changes, others: Changes): boolean {
  const isSame = (a: Change, b: Change) =>
    a.offset === b.offset && a.deleted === b.deleted && a.inserted === b.inserted;
  return some.length === others.length && some.every((change, index) => isSame(change, others[index]));
}

/** Two edits as one, where each change of the second goes on at or in what one of the first put in. */
function join(first: Changes, second: Changes): Changes | null {
  if (first.length !== second.length) return null;
  const joined: Change[] = [];
  let moved = 0;
  for (const [index, change] of first.entries()) {
    const { offset } = second[index];
    const one = joinChanges(change, { ...second[index], offset: offset - moved });
    if (!one) return null;
    joined.push(one);
    moved += change.inserted.length - change.deleted.length;
  }
  return joined;
}

function joinChanges(first: Change, second: Change): Change | null {
  const end = first.offset + first.inserted.length;
  const secondEnd = second.offset + second.deleted.length;
  if (second.offset > end || secondEnd < first.offset) return null;
  const front = second.deleted.slice(0, Math.max(0, first.offset - second.offset));
  const behind = second.deleted.slice(second.deleted.length - Math.max(0, secondEnd - end));
  const kept = first.inserted.slice(0, Math.max(0, second.offset - first.offset));
  return {
    offset: Math.min(first.offset, second.offset),
    deleted: front + first.deleted + behind,
    inserted: kept + second.inserted + first.inserted.slice(secondEnd - first.offset),
  };
}
