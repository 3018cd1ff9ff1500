/**
 * What made an edit: rules, of which the first that holds decides.
 *
 * Sources: what VS Code 1.100.3 and 1.139.1 were measured to tell (`attribution.test.ts` and `oddEdits.test.ts` in
 * test/integration hold them to it), and the labelled recording that `npm run bench:attribution` measures with. What VS Code tells and the rules build on:
 * - Of all edits only typing, pasting and input methods are followed by a selection change of the kind `Keyboard`; a break
 *   of line, a paste of lines or over a selection, a command, a completion and another extension are followed by one
 *   without a kind, or by none. An input method puts other text in place of what it put in last.
 * - An edit of a clean document is told with `isDirty` false, and a moment later that it is dirty. One that comes from
 *   the disk stays clean.
 * - An accepted suggestion replaces the letters in front of the cursor, also by themselves; an inline suggestion often
 *   replaces its whole line up to there, or to its end; what a suggestion changes elsewhere (imports) is an event of its
 *   own. Taken word by word, its words and what stands between them are put in one after the other at the cursor.
 * - A suggestion of the next edit changes words wherever they are and takes the cursor behind the last of them; no edit of
 *   another extension, a formatter or a refactoring moves the cursor but along with the text.
 * - Edits of a rename or a formatter are cut down to the characters that differ.
 * - Format on save comes right before the save, and so does a last break of line, which the cursor does not follow. The
 *   editor indents a paste in the same turn; a paste for which an extension adds imports looks like a suggestion.
 * - What another extension puts in place of a selection stays selected; a snippet around it, or what the find box puts
 *   there, does not.
 * - At the cursor, what another extension inserts, a suggestion of which no letter was typed, and an item of which only the
 *   case differs look like each other.
 * - A recording made elsewhere tells neither the clipboard nor undo: the one is guessed, the other takes back the last
 *   edits, as many as are put together to what it does.
 */
import type { Origin } from '../task.ts';
import type { Around } from './around.ts';
import { endsBehind, isAtCursors, isAway, isNear, jumpsBehind, touches } from './carets.ts';
import {
  completed,
  isChoice,
  isInsertion,
  isLineCompleted,
  isMember,
  isPickedFromList,
  isReplacement,
  isRewriting,
  isSnippet,
  isSuggestion,
  isTimeToRead,
  isWholeLines,
  isWordCompleted,
  mayComplete,
} from './completions.ts';
import type { ChangeSeen, EditSeen } from './seen.ts';
import {
  isIndent,
  isKeystroke,
  isReplacingAll,
  isRespacing,
  isSpacing,
  isStyling,
  replacedWord,
  touchesImports,
  withoutSpace,
} from './shapes.ts';
import { isByInputMethod, isByKeyboard, isComposed, isKeyAtCursors, isLineCommand, isTyping } from './typing.ts';

export interface Rule {
  name: string;
  origin: Origin;
  /**
   * How often it is right. Of the labelled recording: `keys` 942 of 942, `suggestion` 34 of 34, `inline_suggestion` 21 of
   * 21, `clipboard` 13 of 15, `spacing` 5 of 5, `part_by_part` and `next_edit_suggestion` 3 of 3. The others are judged by
   * how much tells for them; where two explanations fit equally, 0.5.
   */
  confidence: number;
  holds(edit: EditSeen, around: Around): boolean;
}

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
    holds: (edit, around) => edit.active === null && around.repeats === 'undo' && !isKeyAtCursors(edit, around),
  },
  {
    name: 'done_again',
    origin: 'redo',
    confidence: 0.8,
    holds: (edit, around) => edit.active === null && around.repeats === 'redo' && !isKeyAtCursors(edit, around),
  },
  { name: 'paste_indented', origin: 'pasted', confidence: 0.8, holds: isIndentingPaste },
  {
    name: 'tidied',
    origin: 'formatter',
    confidence: 0.8,
    holds: (edit, { saved }) => saved && edit.active !== null && isTidied(edit),
  },
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
    // A line that was copied whole goes above the line of the cursor.
    holds: (edit) => edit.clipboard === true && isNear(edit) && !edit.changes.every(isKeystroke),
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
  {
    name: 'replaced',
    origin: 'typed',
    confidence: 0.5,
    holds: (edit) => edit.clipboard === false && isReplacement(edit),
  },
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
    holds: (edit, around) => isComposed(edit, around) || (edit.clipboard === false && isByInputMethod(edit)),
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
    holds: (edit) => edit.after?.cause === 'none' && isSuggestion(edit),
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
    holds: (edit, around) => edit.after?.cause !== 'none' && isSuggestion(edit) && isTimeToRead(edit, around),
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

/** White space at the ends of lines, or the last break of line, is mended when a file is saved: more than one key does. */
function isTidied(edit: EditSeen): boolean {
  const { changes, cursors, after } = edit;
  const isTrimmed = ({ deleted, inserted, lineAfter }: ChangeSeen) =>
    inserted === '' && withoutSpace(deleted) === '' && lineAfter === '';
  const isEnded = ({ deleted, inserted, lineAfter }: ChangeSeen) =>
    deleted === '' && /^(?:\r?\n)+$/.test(inserted) && lineAfter === '';
  if (!changes.every((change) => isTrimmed(change) || isEnded(change))) return false;
  if (!cursors || changes.length > cursors.length) return true;
  const isByKey = (change: ChangeSeen) =>
    isEnded(change) ? after !== null && endsBehind(edit, [change]) : change.deleted.length === 1;
  return changes.every((change) => !touches(change, cursors) || !isByKey(change));
}

/** Text at the cursors of which the clipboard is not known; lines, or over a selection, a paste may come without a kind. */
function isPutIn(edit: EditSeen): boolean {
  const isOverSelection = edit.cursors?.every(({ start, end }) => start < end) === true;
  const mayLackKind = isOverSelection || edit.changes.some(({ inserted }) => inserted.endsWith('\n'));
  if (edit.clipboard === false || (edit.after?.cause === 'none' && !mayLackKind)) return false;
  const isOverNothing = edit.changes.every(({ deleted }) => deleted === '');
  return (isOverSelection || isOverNothing) && isAtCursors(edit) && endsBehind(edit, edit.changes);
}

function isRename(edit: EditSeen, { wordsElsewhere }: Around): boolean {
  const word = replacedWord(edit.changes);
  const isOverSelections = edit.cursors?.every(({ start, end }) => start < end) === true && isAtCursors(edit);
  if (isByKeyboard(edit) || (isOverSelections && edit.after?.cause !== 'none')) return false;
  if (!word) return isReplacingAll(edit.changes);
  if (word.places > 1 || wordsElsewhere.has(`${word.from}\n${word.to}`)) return true;
  return edit.after?.cause === 'none' && isAtCursors(edit) && !edit.changes.every(isKeystroke);
}

/** Something small, where the person is or where an error was shown. */
function isFix(edit: EditSeen): boolean {
  const lines = edit.changes.reduce((sum, { inserted }) => sum + inserted.split('\n').length - 1, 0);
  return edit.active === true && lines <= smallFix && (edit.onDiagnostic || (isNear(edit) && !isAtCursors(edit)));
}
