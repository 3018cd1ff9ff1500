import type { SessionEventOf } from './events.ts';

export type TextChanges = SessionEventOf<'edit'>['changes'];

/** The changes of one event in the order in which none moves another: all offsets speak of the text before. */
export function fromTheEnd(changes: TextChanges): TextChanges {
  return changes.toSorted((a, b) => b.offset - a.offset || b.length - a.length);
}

/** The text after the changes of one event, in time that grows with their number. Null if one lies outside or two overlap. */
export function applyChanges(text: string, changes: TextChanges): string | null {
  const pieces: string[] = [];
  let taken = 0;
  for (const { offset, length, text: inserted } of fromTheEnd(changes).reverse()) {
    if (offset < taken || offset + length > text.length) return null;
    pieces.push(text.slice(taken, offset), inserted);
    taken = offset + length;
  }
  pieces.push(text.slice(taken));
  return pieces.join('');
}
