/** Undo and redo where nothing names them: an edit that takes back the last one exactly, or does again what was taken back. */
import type { ChangeSeen } from './seen.ts';
import { isKeystroke } from './shapes.ts';

type Change = Pick<ChangeSeen, 'offset' | 'deleted' | 'inserted'>;
interface Done {
  changes: readonly Change[];
  /** Keys that go on from each other are taken back together. */
  keys: boolean;
}

/** What can be taken back in one file. */
export class UndoStack {
  readonly #done: Done[] = [];
  readonly #undone: Done[] = [];

  /** @returns whether the edit takes something back or does it again; a key may do the same by chance. */
  take(changes: readonly ChangeSeen[]): 'undo' | 'redo' | null {
    if (changes.every(({ deleted, inserted }) => deleted === inserted)) return null;
    const last = this.#done.at(-1);
    if (last && areSame(changes, inverse(last.changes))) {
      this.#undone.push(last);
      this.#done.pop();
      return 'undo';
    }
    const next = this.#undone.at(-1);
    if (next && areSame(changes, next.changes)) {
      this.#done.push(next);
      this.#undone.pop();
      return 'redo';
    }
    this.#undone.length = 0;
    const keys = changes.length === 1 && isKeystroke(changes[0]);
    const joined = keys && last?.keys ? join(last.changes[0], changes[0]) : null;
    if (joined) this.#done.pop();
    this.#done.push({ changes: joined ? [joined] : changes, keys });
    return null;
  }
}

function inverse(changes: readonly Change[]): Change[] {
  let moved = 0;
  return changes.map(({ offset, deleted, inserted }) => {
    const back = { offset: offset + moved, deleted: inserted, inserted: deleted };
    moved += inserted.length - deleted.length;
    return back;
  });
}

function areSame(some: readonly Change[], others: readonly Change[]): boolean {
  const isSame = (a: Change, b: Change) =>
    a.offset === b.offset && a.deleted === b.deleted && a.inserted === b.inserted;
  return some.length === others.length && some.every((change, index) => isSame(change, others[index]));
}

/** Two keystrokes as one change, where the second goes on at the end of the first or takes away what is next to it. */
function join(first: Change, second: Change): Change | null {
  const end = first.offset + first.inserted.length;
  const secondEnd = second.offset + second.deleted.length;
  if (secondEnd === end && second.deleted.length <= first.inserted.length) {
    const kept = first.inserted.slice(0, first.inserted.length - second.deleted.length);
    return { ...first, inserted: kept + second.inserted };
  }
  if (first.inserted !== '' || second.inserted !== '') return null;
  if (secondEnd === first.offset) return { ...second, deleted: second.deleted + first.deleted };
  return second.offset === first.offset ? { ...first, deleted: first.deleted + second.deleted } : null;
}
