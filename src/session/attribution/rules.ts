/**
 * What made an edit: rules, of which the first that holds decides.
 *
 * Sources: what VS Code 1.100.3 and 1.139.1 were measured to tell (test/integration/attribution.test.ts holds them to
 * it), and the labelled recording that `npm run bench:attribution` measures with. What VS Code tells and the rules build on:
 * - Of all edits only typing and pasting are followed by a selection change of the kind `Keyboard`; a break of line, a
 *   paste over a selection, a command, a completion and another extension are followed by one without a kind, or by none.
 * - An edit of a clean document is told with `isDirty` false, and a moment later that it is dirty. One that comes from
 *   the disk stays clean.
 * - An accepted suggestion replaces the letters in front of the cursor, also by themselves; an inline suggestion often
 *   replaces its whole line up to there, or to its end; what a suggestion changes elsewhere (imports) is an event of its
 *   own. Taken word by word, its words and what stands between them are put in one after the other at the cursor.
 * - A suggestion of the next edit changes words wherever they are and takes the cursor behind the last of them; no edit of
 *   another extension, a formatter or a refactoring moves the cursor but along with the text.
 * - Edits of a rename or a formatter are cut down to the characters that differ.
 * - Format on save comes right before the save; a paste for which an extension adds imports looks like a suggestion. The
 *   editor indents a paste in the same turn.
 * - A recording made elsewhere tells neither the clipboard nor undo: the one is guessed, the other takes back the last edit.
 */
import type { Origin } from '../task.ts';
import type { Around } from './around.ts';
import {
  atCarets,
  endsAt,
  endsBehind,
  endsInside,
  isAway,
  isOnCursorLine,
  isTooMuch,
  jumpsBehind,
  touches,
} from './carets.ts';
import type { ChangeSeen, EditSeen, Range } from './seen.ts';
import {
  isAbbreviation,
  isChangingCase,
  isCommenting,
  isCopyingLine,
  isIndent,
  isIndenting,
  isKeystroke,
  isRearranging,
  isRespacing,
  isSpacing,
  isStyling,
  replacedWord,
  touchesImports,
  withoutSpace,
} from './shapes.ts';

export interface Rule {
  name: string;
  origin: Origin;
  /**
   * How often it is right. Of the labelled recording: `keys` 942 of 942, `suggestion` 34 of 34, `inline_suggestion` 21 of
   * 21, `clipboard` 19 of 21, `spacing` 5 of 5, `part_by_part` and `next_edit_suggestion` 3 of 3. The others are judged by
   * how much tells for them; where two explanations fit equally, 0.5.
   */
  confidence: number;
  holds(edit: EditSeen, around: Around): boolean;
}

/** Sooner no suggestion for which no letter was typed is asked for, shown and read; later it does not stand there. */
const readingTime = 1_000;
const standingTime = 60_000;
/** The editor indents what is pasted in the same turn; a formatter is asked first. */
const sameTurn = 5;
/** A code action changes little; in lines. */
const smallFix = 5;

export const rules: readonly Rule[] = [
  { name: 'undo', origin: 'undo', confidence: 1, holds: ({ reason }) => reason === 'undo' },
  { name: 'redo', origin: 'redo', confidence: 1, holds: ({ reason }) => reason === 'redo' },
  { name: 'git', origin: 'git', confidence: 0.9, holds: ({ dirty }, { git }) => dirty === false && git },
  { name: 'disk', origin: 'external', confidence: 0.9, holds: ({ dirty }) => dirty === false },
  {
    name: 'taken_back',
    origin: 'undo',
    confidence: 0.8,
    holds: (edit, { repeats }) => edit.active === null && repeats === 'undo' && !isKeyAtCursors(edit),
  },
  {
    name: 'done_again',
    origin: 'redo',
    confidence: 0.8,
    holds: (edit, { repeats }) => edit.active === null && repeats === 'redo' && !isKeyAtCursors(edit),
  },
  { name: 'paste_indented', origin: 'pasted', confidence: 0.8, holds: isIndentingPaste },
  {
    name: 'suggestion',
    origin: 'completion',
    confidence: 0.95,
    holds: (edit, around) => mayComplete(edit, around) && completed(edit, isWordCompleted),
  },
  {
    name: 'inline_suggestion',
    origin: 'completion',
    confidence: 0.95,
    holds: (edit, around) => mayComplete(edit, around) && completed(edit, isLineCompleted),
  },
  {
    name: 'part_by_part',
    origin: 'completion',
    confidence: 0.8,
    holds: (edit, around) => mayComplete(edit, around) && around.isPart,
  },
  {
    name: 'list',
    origin: 'completion',
    confidence: 0.7,
    holds: isPickedFromList,
  },
  {
    name: 'clipboard',
    origin: 'pasted',
    confidence: 0.9,
    holds: (edit) => edit.clipboard === true && !edit.changes.every(isKeystroke),
  },
  { name: 'keys', origin: 'typed', confidence: 0.98, holds: isTyping },
  {
    name: 'next_edit_suggestion',
    origin: 'completion',
    confidence: 0.85,
    holds: (edit, around) => mayComplete(edit, around) && jumpsBehind(edit) && !edit.changes.every(isWholeLines),
  },
  {
    name: 'streamed',
    origin: 'agent',
    confidence: 0.75,
    holds: (_edit, { streamed }) => streamed,
  },
  { name: 'line_command', origin: 'typed', confidence: 0.6, holds: isLineCommand },
  {
    name: 'spacing',
    origin: 'formatter',
    confidence: 0.85,
    holds: (edit) =>
      isPlaced(edit) && edit.changes.every(isSpacing) && (isAway(edit) || edit.changes.some(isRespacing)),
  },
  {
    name: 'styling',
    origin: 'formatter',
    confidence: 0.8,
    holds: (edit, { saved }) =>
      isPlaced(edit) && edit.changes.every(isStyling) && isAway(edit) && (saved || edit.changes.length > 1),
  },
  { name: 'choice', origin: 'completion', confidence: 0.7, holds: isChoice },
  { name: 'rename', origin: 'refactoring', confidence: 0.8, holds: isRename },
  {
    name: 'imports',
    origin: 'refactoring',
    confidence: 0.75,
    holds: (edit) => edit.active !== false && touchesImports(edit.changes) && isAway(edit),
  },
  { name: 'background', origin: 'agent', confidence: 0.8, holds: ({ active }) => active === false },
  {
    name: 'input_method',
    origin: 'typed',
    confidence: 0.6,
    holds: (edit) => isByKeyboard(edit) && edit.clipboard === false,
  },
  { name: 'paste', origin: 'pasted', confidence: 0.85, holds: isByKeyboard },
  {
    name: 'snippet',
    origin: 'completion',
    confidence: 0.85,
    holds: isSnippet,
  },
  {
    name: 'insertion',
    origin: 'completion',
    confidence: 0.7,
    holds: (edit) => edit.after?.cause === 'none' && isInsertion(edit),
  },
  {
    name: 'member',
    origin: 'completion',
    confidence: 0.7,
    holds: (edit) => edit.after?.cause !== 'none' && isInsertion(edit) && edit.changes.every(isMember),
  },
  {
    name: 'rewritten',
    origin: 'completion',
    confidence: 0.5,
    holds: (edit, around) => mayComplete(edit, around) && isRewriting(edit),
  },
  {
    name: 'reread',
    origin: 'external',
    confidence: 0.5,
    holds: (edit) =>
      edit.active === null && edit.cursors !== null && edit.changes.every(isWholeLines) && !isInsertion(edit),
  },
  {
    name: 'read_insertion',
    origin: 'completion',
    confidence: 0.5,
    holds: (edit, { sinceEdit }) =>
      edit.after?.cause !== 'none' &&
      isInsertion(edit) &&
      !edit.changes.some(({ inserted }) => inserted.endsWith('\n')) &&
      sinceEdit > readingTime &&
      sinceEdit < standingTime,
  },
  {
    name: 'put_in',
    origin: 'pasted',
    confidence: 0.5,
    holds: isPutIn,
  },
  { name: 'code_action', origin: 'refactoring', confidence: 0.5, holds: isFix },
  {
    name: 'applied',
    origin: 'agent',
    confidence: 0.7,
    holds: ({ active }) => active === true,
  },
];

/** Edits put together to one later are told without cursors. */
const isPlaced = ({ active, cursors }: EditSeen) => active !== null || cursors !== null;

function isNear({ changes, cursors }: EditSeen): boolean {
  return cursors?.length ? changes.every((change) => isOnCursorLine(change, cursors)) : false;
}

function isAtCursors({ changes, cursors }: EditSeen): boolean {
  return cursors?.length ? changes.every((change) => touches(change, cursors)) : false;
}

function isByKeyboard(edit: EditSeen): boolean {
  return (
    edit.after?.cause === 'keyboard' &&
    endsBehind(
      edit,
      edit.changes.filter(({ inserted }) => inserted !== ''),
    )
  );
}

/** Every change a keystroke, and at a cursor, but for the white space that the editor clears away behind the person. */
function isTyping(edit: EditSeen): boolean {
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
function isKeyAtCursors(edit: EditSeen): boolean {
  const { changes, cursors } = edit;
  if (!isTyping(edit) || changes.some(({ deleted }) => /\n/.test(deleted.trim()))) return false;
  return !cursors || changes.some((change) => touches(change, cursors));
}

/** Whether the lines of a paste right before are indented anew, and nothing else. */
function isIndentingPaste({ changes }: EditSeen, { before, sinceEdit }: Around): boolean {
  if (!before || sinceEdit > sameTurn || before.changes.length !== 1) return false;
  const [{ offset, inserted }] = before.changes;
  const isOfPaste = (change: ChangeSeen) =>
    change.offset > offset && change.offset + change.deleted.length < offset + inserted.length;
  return (
    /\n/.test(inserted) &&
    !isKeystroke(before.changes[0]) &&
    changes.every((change) => isIndent(change) && isOfPaste(change))
  );
}

function mayComplete(edit: EditSeen, { streamed }: Around): boolean {
  const cause = edit.after?.cause ?? 'none';
  return edit.active !== false && cause === 'none' && !streamed;
}

/** As a file is read anew from the disk; a suggestion tells only the words that differ. */
function isWholeLines({ deleted, inserted, lineBefore }: ChangeSeen): boolean {
  return lineBefore === '' && inserted.endsWith('\n') && (deleted === '' || deleted.endsWith('\n'));
}

type Completed = (change: ChangeSeen, typed: string, rest: string, edit: EditSeen) => boolean;

/** At the first of several cursors the text in front of it is put down anew, at the others the new part is added. */
function completed(edit: EditSeen, holds: Completed): boolean {
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
function isWordCompleted(change: ChangeSeen, typed: string, rest: string, edit: EditSeen): boolean {
  const { inserted, lineBefore } = change;
  // A line that goes on from its beginning, with nothing to fill in, is no item of a list.
  if (lineBefore === '' && /\s/.test(inserted) && inserted.startsWith(typed) && !endsInside(edit, change)) return false;
  if (/[\w$]$/.test(lineBefore) && /^[\w$]/.test(typed)) return false;
  return (
    /^\S+$/.test(typed) && /^[\w$-]*["'`]?$/.test(rest) && /[\w$]/.test(inserted) && isAbbreviation(typed, inserted)
  );
}

/** The line goes on behind the cursor, indented otherwise perhaps. No key puts down anew what stands in front of it. */
function isLineCompleted(change: ChangeSeen, typed: string, rest: string): boolean {
  const goesOn = change.inserted.trimStart().startsWith(typed.trimStart());
  return !/\n/.test(typed + rest) && goesOn && !isKeystroke(change);
}

/** Whether something is put in at each cursor; an import may come elsewhere with it. */
function isInsertion(edit: EditSeen): boolean {
  const changes = atCarets(edit)?.map(({ change }) => change);
  return (
    changes?.every(({ deleted, inserted }) => deleted === '' && inserted !== '') === true && endsBehind(edit, changes)
  );
}

/**
 * Whether text at the cursor, or around it, gives way to other text without being selected: no key and no paste does so.
 * What is only taken away ends at the cursor where that is undone, too.
 */
function isRewriting(edit: EditSeen): boolean {
  const changes = atCarets(edit)?.map(({ change }) => change);
  const [caret] = edit.cursors ?? [];
  const isRewritten = ({ offset, deleted, inserted }: ChangeSeen) =>
    deleted !== '' && (inserted !== '' || (offset < caret.start && caret.start < offset + deleted.length));
  if (edit.onDiagnostic || !changes?.every(isRewritten)) return false;
  // Where text is only taken away, the cursor goes along to where it would be put.
  if (!edit.after && changes.some(({ inserted }) => inserted !== '')) return false;
  return endsBehind(edit, edit.changes.slice(-1)) && !edit.changes.every(isWholeLines);
}

/** What a place of a snippet offers takes the place of what is selected there; a rename leaves it selected. */
function isChoice(edit: EditSeen): boolean {
  const { changes, cursors, clipboard, after, active } = edit;
  const isOverSelection = cursors?.every(({ start, end }) => start < end) === true && isAtCursors(edit);
  if (active !== true || clipboard !== false || after?.cause !== 'none' || !isOverSelection) return false;
  return replacedWord(changes) !== null && endsBehind(edit, changes);
}

/** Text at the cursors of which the clipboard is not known; over a selection a paste may come without a kind. */
function isPutIn(edit: EditSeen): boolean {
  const isOverSelection = edit.cursors?.every(({ start, end }) => start < end) === true;
  if (edit.clipboard === false || (edit.after?.cause === 'none' && !isOverSelection)) return false;
  const isOverNothing = edit.changes.every(({ deleted }) => deleted === '');
  return (isOverSelection || isOverNothing) && isAtCursors(edit) && endsBehind(edit, edit.changes);
}

/** Text that replaces what was typed in front of the cursor, if anything, and keeps the cursor in a place of its own. */
function isSnippet(edit: EditSeen): boolean {
  const places = atCarets(edit) ?? [];
  return places.some(
    ({ change, caret }) =>
      change.inserted !== '' && caret === change.offset + change.deleted.length && endsInside(edit, change),
  );
}

/**
 * Whether a member or a file stands where it is offered, and there was time to pick it; a recording without a clipboard
 * only guesses what was copied.
 */
function isPickedFromList(edit: EditSeen, { before, sinceEdit }: Around): boolean {
  if (edit.active !== null || !before || sinceEdit < readingTime || sinceEdit > standingTime) return false;
  const isOffered = (change: ChangeSeen) => isMember(change) && !isKeystroke(change);
  return isInsertion(edit) && edit.changes.every(isOffered) && endsAt(before, edit.changes[0].offset);
}

/** Members behind a dot and files behind a slash are offered before a letter is typed. */
const isMember = ({ inserted, lineBefore }: ChangeSeen) =>
  (/(?:\.|->|::)$/.test(lineBefore) && /^[\w$]+(?:\([^\n]*\))?$/.test(inserted)) ||
  (/["'`][^"'`\s]*\/$/.test(lineBefore) && /^[\w.-]+$/.test(inserted));

function isRename(edit: EditSeen, { wordsElsewhere }: Around): boolean {
  const word = replacedWord(edit.changes);
  if (!word || isByKeyboard(edit)) return false;
  if (word.places > 1 || wordsElsewhere.has(`${word.from}\n${word.to}`)) return true;
  return edit.after?.cause === 'none' && isAtCursors(edit) && !edit.changes.every(isKeystroke);
}

/** What the editor does to the lines of the cursor or the selection when told so by one key. */
function isLineCommand(edit: EditSeen): boolean {
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

/** Something small, where the person is or where an error was shown. */
function isFix(edit: EditSeen): boolean {
  const lines = edit.changes.reduce((sum, { inserted }) => sum + inserted.split('\n').length - 1, 0);
  return edit.active === true && lines <= smallFix && (edit.onDiagnostic || (isNear(edit) && !isAtCursors(edit)));
}
