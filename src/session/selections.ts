/** Selections that an edit moves along with the text. */
import type { SessionEventOf } from './events.ts';

type Edit = SessionEventOf<'edit'>;

/** Where the selections stand after the changes; the editor moves them so but need not tell it. */
export function moveSelections(selections: Edit['selections'], changes: Edit['changes']): Edit['selections'] {
  const move = (position: number) => {
    let by = 0;
    for (const { offset, length, text } of changes) {
      if (offset + length <= position) by += text.length - length;
      else if (offset < position) by += offset - position + Math.min(position - offset, text.length);
    }
    return Math.max(0, position + by);
  };
  return selections?.map(({ anchor, active }) => ({ anchor: move(anchor), active: move(active) })) ?? null;
}
