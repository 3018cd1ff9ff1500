/** How completions look: suggestions of a list or in the text, of the next edit, and snippets. */
import type { Around } from './around.ts';
import { atCarets, endsAt, endsBehind, endsInside, isAtCursors, isWithin } from './carets.ts';
import type { ChangeSeen, EditSeen } from './seen.ts';
import { isAbbreviation, isChangingCase, isKeystroke, replacedWord } from './shapes.ts';

/** Sooner no suggestion for which no letter was typed is asked for, shown and read, and no item of a list picked. */
const readingTime = 500;
const pickingTime = 1_000;
/** Longer none stands there. */
const standingTime = 30_000;

/** Whether a suggestion may have been read where the cursor came to stand after the edit before, and still stand there. */
export function isTimeToRead({ still }: EditSeen, { sinceEdit }: Around): boolean {
  return Math.min(sinceEdit, still ?? sinceEdit) > readingTime && sinceEdit < standingTime;
}

/** Whether nothing tells that a key, a paste or a stream of edits made the edit, out of sight or in it. */
export function mayComplete(edit: EditSeen, { streamed }: Around): boolean {
  const cause = edit.after?.cause ?? 'none';
  return edit.active !== false && cause === 'none' && !streamed;
}

type Completed = (change: ChangeSeen, typed: string, rest: string, edit: EditSeen) => boolean;

/** At the first of several cursors the text in front of it is put down anew, at the others the new part is added. */
export function completed(edit: EditSeen, holds: Completed): boolean {
  const places = atCarets(edit);
  // A word that is renamed changes where no cursor is, too.
  if ((replacedWord(edit.changes)?.places ?? 0) > (places?.length ?? 0)) return false;
  const whole = places?.filter(({ change, caret }) => {
    const typed = change.deleted.slice(0, caret - change.offset);
    return typed !== '' && holds(change, typed, change.deleted.slice(typed.length), edit);
  });
  if (!places || !whole?.length) return false;
  const isAdded = ({ change }: (typeof places)[number]) =>
    change.deleted === '' && change.inserted !== '' && whole[0].change.inserted.endsWith(change.inserted);
  return places.every((place) => whole.includes(place) || isAdded(place));
}

/** The letters in front of the cursor become the word that they stand for, or stay what they are. */
export function isWordCompleted(change: ChangeSeen, typed: string, rest: string, edit: EditSeen): boolean {
  const { inserted, lineBefore } = change;
  // A line that goes on from its beginning, with nothing to fill in, is no item of a list.
  if (lineBefore === '' && /\s/.test(inserted) && inserted.startsWith(typed) && !endsInside(edit, change)) return false;
  if (/[\w$]$/.test(lineBefore) && /^[\w$]/.test(typed)) return false;
  // One key swaps the letters around the cursor, and a command changes the case of the word around it.
  if (rest !== '' && (isKeystroke(change) || isChangingCase(change))) return false;
  return (
    /^\S+$/.test(typed) && /^[\w$-]*["'`]?$/.test(rest) && /[\w$]/.test(inserted) && isAbbreviation(typed, inserted)
  );
}

/** The line goes on behind the cursor, indented otherwise perhaps. No key puts down anew what stands in front of it. */
export function isLineCompleted(change: ChangeSeen, typed: string, rest: string): boolean {
  const goesOn = change.inserted.trimStart().startsWith(typed.trimStart());
  return !/\n/.test(typed + rest) && goesOn && !isKeystroke(change);
}

/** Whether something is put in at each cursor; an import may come elsewhere with it. */
export function isInsertion(edit: EditSeen): boolean {
  const changes = atCarets(edit)?.map(({ change }) => change);
  return (
    changes?.every(({ deleted, inserted }) => deleted === '' && inserted !== '') === true && endsBehind(edit, changes)
  );
}

/** Whether it may be a suggestion: none ends with a break of line. */
export function isSuggestion(edit: EditSeen): boolean {
  return isInsertion(edit) && atCarets(edit)?.some(({ change }) => change.inserted.endsWith('\n')) === false;
}

/**
 * Text that replaces what was typed in front of the cursor, if anything, or surrounds what was selected, and keeps the
 * cursor in a place of its own.
 */
export function isSnippet(edit: EditSeen): boolean {
  const { changes, cursors, after } = edit;
  const isInFront = ({ offset, deleted, inserted }: ChangeSeen) =>
    cursors?.some(({ start, end }) => {
      if (end !== offset + deleted.length) return false;
      // What another extension puts in place of a selection stays selected.
      const isSelected = after?.cursors.some((cursor) => cursor.end - cursor.start === inserted.length) === true;
      return start === end || (start === offset && !isSelected);
    }) === true;
  return changes.some((change) => change.inserted !== '' && isInFront(change) && endsInside(edit, change));
}

/** Members behind a dot and files behind a slash are offered before a letter is typed. */
export const isMember = ({ inserted, lineBefore }: ChangeSeen) =>
  (/(?:\.|->|::)$/.test(lineBefore) && /^[\w$]+(?:\([^\n]*\))?$/.test(inserted)) ||
  (/["'`][^"'`\s]*\/$/.test(lineBefore) && /^[\w.-]+$/.test(inserted));

/**
 * Whether a member or a file stands where it is offered, and there was time to pick it; a recording without a clipboard
 * only guesses what was copied.
 */
export function isPickedFromList(edit: EditSeen, around: Around): boolean {
  const { before, sinceEdit } = around;
  if (edit.active !== null || !before || !isTimeToRead(edit, around) || sinceEdit < pickingTime) return false;
  const isOffered = (change: ChangeSeen) => isMember(change) && !isKeystroke(change);
  return isInsertion(edit) && edit.changes.every(isOffered) && endsAt(before, edit.changes[0].offset);
}

/** What a place of a snippet offers takes the place of what is selected there, in what was put in right before. */
export function isChoice(edit: EditSeen, { before }: Around): boolean {
  const isOffered = edit.changes.every((change) => before !== null && isWithin(before, change));
  return isOffered && isReplacement(edit) && replacedWord(edit.changes) !== null;
}

/** Other text than the clipboard's instead of what was selected, by no key; another extension leaves it selected. */
export function isReplacement(edit: EditSeen): boolean {
  const { changes, cursors, clipboard, after, active } = edit;
  const isOverSelection = cursors?.every(({ start, end }) => start < end) === true && isAtCursors(edit);
  if (active !== true || clipboard === true || after?.cause !== 'none' || !isOverSelection) return false;
  return endsBehind(edit, changes);
}

/**
 * Whether text at the cursor, or around it, gives way to other text without being selected: no key and no paste does so.
 * What is only taken away ends at the cursor where that is undone, too.
 */
export function isRewriting(edit: EditSeen): boolean {
  const changes = atCarets(edit)?.map(({ change }) => change);
  const isAround = ({ offset, deleted }: ChangeSeen) =>
    edit.cursors?.some(({ start }) => offset < start && start < offset + deleted.length) === true;
  const isRewritten = (change: ChangeSeen) => change.deleted !== '' && (change.inserted !== '' || isAround(change));
  if (edit.onDiagnostic || !changes?.every(isRewritten)) return false;
  // Where text is only taken away, the cursor goes along to where it would be put.
  if (!edit.after && changes.some(({ inserted }) => inserted !== '')) return false;
  return endsBehind(edit, edit.changes.slice(-1)) && !edit.changes.every(isWholeLines);
}

/** As a file is read anew from the disk; a suggestion tells only the words that differ. */
export function isWholeLines({ deleted, inserted, lineBefore }: ChangeSeen): boolean {
  return lineBefore === '' && inserted.endsWith('\n') && (deleted === '' || deleted.endsWith('\n'));
}
