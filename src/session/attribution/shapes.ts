/** What the texts of an edit look like. */
import type { ChangeSeen, EditSeen } from './seen.ts';

const pairs = new Set(['()', '[]', '{}', '""', "''", '``', '<>', '****', '____', '** */', '/** */', '/**/', '""""""']);
/** What an editor adds to a line break: indentation, the comment or list sign of the line, the line that it pushes down. */
const lineBreak = /^\r?\n[ \t]*(?:\*|\/\/[/!]?|#|--|[-+>]|\d+[.)])?[ \t]*(?:\r?\n[ \t]*(?:\*\/)?)?$/;
const closingTag = /^<\/[\w:.-]*>$/;
const commentSign = /^ ?(?:\/\/|#|--|;|%|\/\*|\*\/|\/\* {2}\*\/|<!--|-->|<!-- {2}-->|"|'|REM)? ?$/;
const importLine =
  /^[ \t]*(?:import\b|from\b.*\bimport\b|export\b.*\bfrom\b|use\s.*;|using\b.*;|#include\b|(?:const|var|let)\b.*\brequire\()/m;

export const withoutSpace = (text: string): string => text.replace(/\s+/g, '');
/** Without what formatters add and take away: space, quotes, semicolons, commas, parentheses. */
const withoutStyle = (text: string) => text.replace(/[\s;,"'`()]+/g, '');
const sum = (changes: readonly ChangeSeen[], side: 'deleted' | 'inserted') =>
  changes.map((change) => change[side]).join('');

/** Whether one key may put in the text, wherever that is. */
export function mayBeKeys(inserted: string): boolean {
  return inserted.length <= 1 || pairs.has(inserted) || lineBreak.test(inserted);
}

/** Whether one key could have made the change: a character, its pair, a line break with what the editor adds, a swap of two. */
export function isKeystroke({ deleted, inserted, lineBefore }: ChangeSeen): boolean {
  if (mayBeKeys(inserted) || [...inserted].length === 1) return true;
  if (closingTag.test(inserted)) return /[>/]$/.test(lineBefore) && deleted === '';
  if (deleted.length === 2 && inserted === deleted[1] + deleted[0]) return true;
  // The editor indents anew with the key: a brace goes back to its block.
  return /^\s*\S?$/.test(inserted) && withoutSpace(deleted) === '';
}

/** Whether nothing but white space differs. */
export function isSpacing({ deleted, inserted }: ChangeSeen): boolean {
  return withoutSpace(deleted) === withoutSpace(inserted);
}

/** Whether text stays and the white space in it changes; a single sign goes back to its block with the key. */
export function isRespacing(change: ChangeSeen): boolean {
  return isSpacing(change) && change.deleted !== change.inserted && withoutSpace(change.deleted).length > 1;
}

/** Whether a line begins otherwise, with nothing but white space. */
export function isIndent({ deleted, inserted, lineBefore }: ChangeSeen): boolean {
  return withoutSpace(lineBefore + deleted + inserted) === '';
}

/** Whether lines are all moved right or all moved left, to the next stop perhaps. */
export function isIndenting(changes: readonly ChangeSeen[]): boolean {
  const directionOf = ({ inserted, deleted }: ChangeSeen) => Math.sign(inserted.length - deleted.length);
  const direction = directionOf(changes[0]);
  return direction !== 0 && changes.every((change) => isIndent(change) && directionOf(change) === direction);
}

/** Whether nothing but white space and punctuation of style differs. */
export function isStyling({ deleted, inserted }: ChangeSeen): boolean {
  return withoutStyle(deleted) === withoutStyle(inserted);
}

/** Whether the same lines stand there afterwards, in another order, indented otherwise, or each of them once. */
export function isRearranging(changes: readonly ChangeSeen[]): boolean {
  const linesOf = (text: string) => new Set(text.split(/\r?\n/).map(withoutSpace).filter(Boolean));
  const [before, after] = [linesOf(sum(changes, 'deleted')), linesOf(sum(changes, 'inserted'))];
  return before.size > 0 && before.size === after.size && [...before].every((line) => after.has(line));
}

/** Whether one text takes the place of another wherever something changes. */
export function isReplacingAll(changes: readonly ChangeSeen[]): boolean {
  const [{ deleted, inserted }] = changes;
  const isSame = (change: ChangeSeen) => change.deleted === deleted && change.inserted === inserted;
  return changes.length > 1 && withoutSpace(deleted) !== '' && changes.every(isSame);
}

/** Whether a text goes from one place to another. */
export function isMoving(changes: readonly ChangeSeen[]): boolean {
  return changes.length > 1 && sum(changes, 'deleted') === sum(changes, 'inserted');
}

/** Whether a line is put behind the one above it. */
export function isJoiningLines({ deleted, inserted }: ChangeSeen): boolean {
  return ['', ' '].some((gap) => deleted.replace(/[ \t]*\r?\n[ \t]*/, gap) === inserted) && /\S/.test(inserted);
}

/** Whether lines are made comments, or no longer. */
export function isCommenting(changes: readonly ChangeSeen[]): boolean {
  return changes.every(({ deleted, inserted }) => {
    const sign = deleted === '' ? inserted : inserted === '' ? deleted : '?';
    return withoutSpace(sign) !== '' && commentSign.test(sign);
  });
}

/** Whether a line is copied above or below itself. */
export function isCopyingLine({ deleted, inserted, lineBefore, lineAfter }: ChangeSeen): boolean {
  const line = lineBefore + lineAfter;
  return deleted === '' && line.trim() !== '' && inserted.replace(/^\r?\n|\r?\n$/, '') === line;
}

export function isChangingCase({ deleted, inserted }: ChangeSeen): boolean {
  return deleted !== inserted && deleted.toLowerCase() === inserted.toLowerCase();
}

export function touchesImports(changes: readonly ChangeSeen[]): boolean {
  const isOfImport = ({ deleted, inserted, lineBefore, lineAfter }: ChangeSeen) =>
    importLine.test(inserted) || importLine.test(deleted) || importLine.test(lineBefore + deleted + lineAfter);
  return changes.some(isOfImport) && changes.every((change) => isOfImport(change) || isSpacing(change));
}

/** Whether all letters stand in the text, in this order: how a list of suggestions is filtered by what was typed. */
export function isAbbreviation(letters: string, text: string): boolean {
  const [wanted, given] = [withoutSpace(letters).toLowerCase(), text.toLowerCase()];
  let found = 0;
  for (const letter of given) if (letter === wanted[found]) found++;
  return found === wanted.length;
}

/** Words as the editor cuts them where a language does not say otherwise, what stands between them, the rest of a line. */
const partOfText = /^(?:([^\s`~!@%^&*()=+[{\]}\\|;:'",.<>/?-]+)|([\s`~!@%^&*()=+[{\]}\\|;:'",.<>/?-]+)|.+\n)$/;

/** What the edit puts in at its only caret and nothing else, where a suggestion taken in parts may put it in. */
export function partOf({ changes, cursors }: EditSeen): 'word' | 'between' | 'line' | null {
  const [{ offset, deleted, inserted }] = changes;
  const isPutIn = changes.length === 1 && deleted === '' && cursors?.length === 1;
  if (!isPutIn || cursors[0].start !== offset || cursors[0].end !== offset) return null;
  const part = partOfText.exec(inserted);
  if (!part) return null;
  return part[1] ? 'word' : part[2] ? 'between' : 'line';
}

const wordStart = /[\w$-]*$/;
const wordEnd = /^[\w$-]*/;
const word = /^[\w$-]+$/;

/**
 * The word that the edit replaces by another wherever it changes something; null when it does anything else. The editor
 * tells only the letters that differ, so the words are put together from what stands around them.
 */
export function replacedWord(changes: readonly ChangeSeen[]): { from: string; to: string; places: number } | null {
  let places = 0;
  let from: string | null = null;
  let to = '';
  for (let first = 0; first < changes.length; places++) {
    let { offset, deleted, inserted, lineBefore, lineAfter } = changes[first];
    const head = wordStart.exec(lineBefore)?.[0] ?? '';
    let [old, now] = [head + deleted, head + inserted];
    let next = first + 1;
    for (; next < changes.length; next++) {
      const gap = changes[next].offset - offset - deleted.length;
      if (gap > (wordEnd.exec(lineAfter)?.[0].length ?? 0)) break;
      const between = lineAfter.slice(0, gap);
      ({ offset, deleted, inserted, lineAfter } = changes[next]);
      old += between + deleted;
      now += between + inserted;
    }
    const tail = wordEnd.exec(lineAfter)?.[0] ?? '';
    [old, now] = [old + tail, now + tail];
    if (!word.test(old) || !word.test(now) || old === now) return null;
    if (from !== null && (from !== old || to !== now)) return null;
    [from, to, first] = [old, now, next];
  }
  return from === null ? null : { from, to, places };
}
