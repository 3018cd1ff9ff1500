import type { SessionEventOf } from './events.ts';

export type TextChanges = SessionEventOf<'edit'>['changes'];

/** The changes of one event in the order in which none moves another: all offsets speak of the text before. */
export function fromTheEnd(changes: TextChanges): TextChanges {
  return changes.length === 1 ? changes : changes.toSorted((a, b) => b.offset - a.offset || b.length - a.length);
}
