/** Selections that an edit moves along with the text. */
import type { SessionEventOf } from './events.ts';

type Edit = SessionEventOf<'edit'>;

/** Where a position goes with the text around it. */
export function movePosition(position: number, changes: Edit['changes']): number {
  let by = 0;
  for (const { offset, length, text } of changes) {
    if (offset + length <= position) by += text.length - length;
    else if (offset < position) by += offset - position + Math.min(position - offset, text.length);
  }
  return Math.max(0, position + by);
}

/** Where the selections stand after the changes; the editor moves them so but need not tell it. */
export function moveSelections(selections: Edit['selections'], changes: Edit['changes']): Edit['selections'] {
  return (
    selections?.map(({ anchor, active }) => ({
      anchor: movePosition(anchor, changes),
      active: movePosition(active, changes),
    })) ?? null
  );
}
