/** What the keyboard does: keys, and commands of one key. */
import { endsBehind, isNear, isOnCursorLine, isTooMuch, jumpsBehind, touches } from './carets.ts';
import type { ChangeSeen, EditSeen, Range } from './seen.ts';
import {
  isChangingCase,
  isCommenting,
  isCopyingLine,
  isIndenting,
  isKeystroke,
  isRearranging,
  isSpacing,
  withoutSpace,
} from './shapes.ts';

/** Whether the editor says that the keyboard, a paste included, took the cursor behind what was put in. */
export function isByKeyboard(edit: EditSeen): boolean {
  return (
    edit.after?.cause === 'keyboard' &&
    endsBehind(
      edit,
      edit.changes.filter(({ inserted }) => inserted !== ''),
    )
  );
}

/** Every change a keystroke, and at a cursor, but for the white space that the editor clears away behind the person. */
export function isTyping(edit: EditSeen): boolean {
  const { changes, cursors, active, after } = edit;
  if (!changes.every(isKeystroke)) return false;
  // Keys that another extension understands take away what they like; it then sets the cursor.
  if (cursors && after?.cause !== 'command' && changes.some((change) => isTooMuch(change, cursors))) return false;
  if (isByKeyboard(edit)) return true;
  if (active === false) return false;
  if (!cursors) return changes.length === 1 || changes.every(({ inserted }) => inserted === changes[0].inserted);
  // Cursors are told late at times: where they went shows where they were. But no key takes away what it is not at.
  if (changes.length === 1 && withoutSpace(changes[0].deleted).length <= 1 && jumpsBehind(edit)) return true;
  const away = changes.filter((change) => !touches(change, cursors));
  const isCleared = ({ deleted, inserted }: ChangeSeen) => inserted === '' && withoutSpace(deleted) === '';
  return away.length < changes.length && away.length <= cursors.length && away.every(isCleared);
}

/** Whether a key may do by chance what takes back an edit: at the cursors, and within a line. */
export function isKeyAtCursors(edit: EditSeen): boolean {
  const { changes, cursors } = edit;
  if (!isTyping(edit) || changes.some(({ deleted }) => /\n/.test(deleted.trim()))) return false;
  return !cursors || changes.some((change) => touches(change, cursors));
}

/** What the editor does to the lines of the cursor or the selection when told so by one key. */
export function isLineCommand(edit: EditSeen): boolean {
  const { changes, cursors, active } = edit;
  if (active === false || !cursors) return false;
  // Text may be dragged out of the lines of the cursor.
  const isMoved = isRearranging(changes) && !changes.every(isSpacing);
  if (isMoved && changes.some((change) => isOnCursorLine(change, cursors))) return true;
  return (
    isNear(edit) &&
    (isIndenting(changes) ||
      isCommenting(changes) ||
      isSurrounding(changes, cursors) ||
      changes.every(isCopyingLine) ||
      changes.every(isChangingCase))
  );
}

function isSurrounding(changes: readonly ChangeSeen[], cursors: readonly Range[]): boolean {
  const isAtEnd = ({ offset }: ChangeSeen) =>
    cursors.some(({ start, end }) => start < end && (offset === start || offset === end));
  return (
    changes.length === 2 * cursors.length &&
    changes.every((change) => isKeystroke(change) && change.deleted === '' && isAtEnd(change))
  );
}
