/** Where the cursors are in an edit. */
import { movePosition } from '../selections.ts';
import type { ChangeSeen, EditSeen, Range } from './seen.ts';

/** Whether a caret stands at the change or in it, or a selection is replaced by it: a key does nothing to a part of one. */
export function touches({ offset, deleted }: ChangeSeen, cursors: readonly Range[]): boolean {
  const changeEnd = offset + deleted.length;
  return cursors.some(({ start, end }) =>
    start === end ? offset <= end && changeEnd >= start : deleted !== '' && offset <= start && changeEnd >= end,
  );
}

/**
 * Whether more is taken away than one key does without a selection: that is a part of a line, or lines of which the caret
 * is in the first or the last.
 */
export function isTooMuch({ offset, deleted, lineBefore, lineAfter }: ChangeSeen, cursors: readonly Range[]): boolean {
  const hasText = (lines: string[]) => lines.filter((line) => line.trim() !== '');
  if (hasText(deleted.split('\n')).length <= 1) return false;
  const areWhole = (lineBefore === '' && deleted.endsWith('\n')) || (deleted.startsWith('\n') && lineAfter === '');
  return cursors.every(({ start, end }) => {
    const front = deleted.slice(0, Math.max(0, start - offset)).split('\n');
    const behind = deleted.slice(Math.max(0, start - offset)).split('\n');
    return start === end && !(areWhole && (front.length === 1 || hasText(behind.slice(1)).length === 0));
  });
}

/** Whether a cursor stands in a line of the change. */
export function isOnCursorLine(
  { offset, deleted, lineBefore, lineAfter }: ChangeSeen,
  cursors: readonly Range[],
): boolean {
  const [start, end] = [offset - lineBefore.length, offset + deleted.length + lineAfter.length];
  return cursors.some((cursor) => start <= cursor.end && end >= cursor.start);
}

/** The changes at the cursors, where each cursor is a mere caret; null otherwise, or when the cursors are not known. */
export function atCarets({ changes, cursors }: EditSeen): { change: ChangeSeen; caret: number }[] | null {
  if (!cursors?.length || cursors.some(({ start, end }) => start !== end)) return null;
  const found = changes.flatMap((change) => {
    const cursor = cursors.find((one) => touches(change, [one]));
    return cursor ? [{ change, caret: cursor.start }] : [];
  });
  return found.length === cursors.length ? found : null;
}

/** Where a change ends in the text after the event. */
function endOf(change: ChangeSeen, { changes }: EditSeen): number {
  let moved = 0;
  for (const other of changes) {
    if (other === change) break;
    moved += other.inserted.length - other.deleted.length;
  }
  return change.offset + moved + change.inserted.length;
}

/** Whether a change lies in what an edit right before it put in. */
export function isWithin(before: EditSeen, { offset, deleted }: ChangeSeen): boolean {
  return before.changes.some((change) => {
    const end = endOf(change, before);
    return end - change.inserted.length <= offset && offset + deleted.length <= end;
  });
}

/** Whether the last change of an edit ends at the offset afterwards. */
export function endsAt(edit: EditSeen, offset: number): boolean {
  const last = edit.changes.at(-1);
  return last !== undefined && endOf(last, edit) === offset;
}

/** Whether the cursors stood right behind the changes afterwards; also where nothing tells that they did not. */
export function endsBehind(edit: EditSeen, changes: readonly ChangeSeen[]): boolean {
  const after = edit.after?.cursors;
  return (
    !after || changes.every((change) => after.some(({ start, end }) => start === end && end === endOf(change, edit)))
  );
}

/** Whether the only cursor, a caret, came from elsewhere to stand right behind the last change. */
export function jumpsBehind(edit: EditSeen): boolean {
  const last = edit.changes.at(-1);
  const [before, after] = [edit.cursors, edit.after?.cursors];
  if (!last || before?.length !== 1 || after?.length !== 1) return false;
  const [{ start, end }] = before;
  if (start !== end || after[0].start !== after[0].end || after[0].end !== endOf(last, edit)) return false;
  const changes = edit.changes.map(({ offset, deleted, inserted }) => ({
    offset,
    length: deleted.length,
    text: inserted,
  }));
  return movePosition(start, changes) !== after[0].end;
}

/** Whether the cursor went into the text that was put in, or selected a part of it. */
export function endsInside(edit: EditSeen, change: ChangeSeen): boolean {
  const end = endOf(change, edit);
  const start = end - change.inserted.length;
  const [cursor] = edit.after?.cursors ?? [];
  return cursor !== undefined && cursor.start >= start && cursor.end <= end && cursor.start < end;
}

/** Whether every change is in a line of a cursor. */
export function isNear({ changes, cursors }: EditSeen): boolean {
  return cursors?.length ? changes.every((change) => isOnCursorLine(change, cursors)) : false;
}

/** Whether every change is at a cursor. */
export function isAtCursors({ changes, cursors }: EditSeen): boolean {
  return cursors?.length ? changes.every((change) => touches(change, cursors)) : false;
}

/** Whether the edit was made elsewhere than at the cursors. */
export function isAway({ changes, cursors }: EditSeen): boolean {
  if (!cursors) return changes.length > 1;
  const near = changes.filter((change) => touches(change, cursors));
  // What goes through the file may well pass by the cursor.
  return near.length < changes.length && near.length <= cursors.length;
}

/** Whether nobody's cursor is near any of the changes: no command of the line or the selection makes them. */
export function isElsewhere({ changes, cursors }: EditSeen): boolean {
  if (!cursors) return changes.length > 1;
  const carets = cursors.filter(({ start, end }) => start === end);
  return changes.every((change) => !touches(change, cursors) && !isOnCursorLine(change, carets));
}
