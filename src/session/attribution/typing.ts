/** What the keyboard does: keys, and commands of one key. */
import type { Around } from './around.ts';
import { endsBehind, isNear, isOnCursorLine, isTooMuch, jumpsBehind, touches } from './carets.ts';
import type { ChangeSeen, EditSeen, Range } from './seen.ts';
import {
  isChangingCase,
  isCommenting,
  isCopyingLine,
  isIndenting,
  isJoiningLines,
  isKeystroke,
  isMoving,
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

/**
 * Whether the text that the edit before put in gives way to other text, by no command: an input method shows what it
 * would write, and changes its mind.
 */
export function isComposed({ changes, cursors, after, active }: EditSeen, { before }: Around): boolean {
  if (active !== true || changes.length !== 1 || before?.changes.length !== 1) return false;
  if (after && after.cause !== 'keyboard') return false;
  const [[{ offset, deleted }], [last]] = [changes, before.changes];
  const isOfLast = offset === last.offset && deleted === last.inserted && deleted !== '';
  return isOfLast && cursors?.some(({ start, end }) => start === end && end === offset + deleted.length) === true;
}

/** Input methods write what no key does; other text that the keyboard puts in at once was selected before (X11). */
export function isByInputMethod(edit: EditSeen): boolean {
  return isByKeyboard(edit) && edit.changes.every(({ inserted }) => /[^\p{ASCII}]/u.test(inserted));
}

/** Every change a keystroke, and at a cursor, but for the white space that the editor clears away behind the person. */
export function isTyping(edit: EditSeen, { before }: Around): boolean {
  const { changes, cursors, active, after } = edit;
  if (!changes.every(isKeystroke)) return false;
  // Keys that another extension understands take away what they like; it then sets the cursor.
  if (cursors && after?.cause !== 'command' && changes.some((change) => isTooMuch(change, cursors))) return false;
  if (isByKeyboard(edit)) return true;
  if (active === false) return false;
  if (!cursors) return changes.length === 1 || changes.every(({ inserted }) => inserted === changes[0].inserted);
  // Cursors are told late at times, as when several keys come at once: then they stand where the last one found them.
  if (changes.length === 1 && before && isNextKey(before, changes[0], cursors)) return true;
  // Or where they went shows where they were. But no key takes away what it is not at.
  if (changes.length === 1 && withoutSpace(changes[0].deleted).length <= 1 && jumpsBehind(edit)) return true;
  const away = changes.filter((change) => !touches(change, cursors));
  const isCleared = ({ deleted, inserted }: ChangeSeen) => inserted === '' && withoutSpace(deleted) === '';
  return away.length < changes.length && away.length <= cursors.length && away.every(isCleared);
}

function isNextKey({ changes }: EditSeen, { offset, deleted }: ChangeSeen, cursors: readonly Range[]): boolean {
  const [last] = changes;
  if (changes.length > 1 || !isKeystroke(last) || last.inserted === '' || deleted !== '') return false;
  const isLate = cursors.some(({ start, end }) => start === end && start === last.offset);
  return isLate && offset === last.offset + last.inserted.length;
}

/** Whether a key may do by chance what takes back an edit: at the cursors, and within a line. */
export function isKeyAtCursors(edit: EditSeen, around: Around): boolean {
  const { changes, cursors } = edit;
  if (!isTyping(edit, around) || changes.some(({ deleted }) => /\n/.test(deleted.trim()))) return false;
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
      isMoving(changes) ||
      isSurrounding(changes, cursors) ||
      changes.every((change) => isDuplicating(change, cursors)) ||
      changes.every(isJoiningLines) ||
      changes.every(isCopyingLine) ||
      changes.every(isChangingCase))
  );
}

/** Whether what is selected is put in once more behind itself, or in front. Of the text no more is known than a line. */
function isDuplicating({ offset, deleted, inserted, lineBefore, lineAfter }: ChangeSeen, cursors: readonly Range[]) {
  const lines = inserted.split('\n');
  const isAgain = lineBefore.endsWith(lines.at(-1) ?? '') || lineAfter.startsWith(lines[0]);
  const isSelected = ({ start, end }: Range) =>
    end - start === inserted.length && (offset === start || offset === end) && start < end;
  return deleted === '' && isAgain && cursors.some(isSelected);
}

function isSurrounding(changes: readonly ChangeSeen[], cursors: readonly Range[]): boolean {
  const isAtEnd = ({ offset }: ChangeSeen) =>
    cursors.some(({ start, end }) => start < end && (offset === start || offset === end));
  return (
    changes.length === 2 * cursors.length &&
    changes.every((change) => isKeystroke(change) && change.deleted === '' && isAtEnd(change))
  );
}
