import { lineDiff } from '../lineDiff.ts';
import type { TextChanges } from '../textChanges.ts';

/**
 * What makes one text of another, line by line, each change cut down to the characters that differ. Offsets are UTF-16
 * units of the text before; the changes stand in ascending order and do not overlap.
 */
export function changesBetween(before: string, after: string): TextChanges {
  let offset = 0;
  return lineDiff(before, after).flatMap(({ kept, deleted, inserted }) => {
    offset += kept.length;
    const changes = trimmed(offset, deleted, inserted);
    offset += deleted.length;
    return changes;
  });
}

function trimmed(offset: number, deleted: string, inserted: string): TextChanges {
  if (deleted === inserted) return [];
  const most = Math.min(deleted.length, inserted.length);
  let start = 0;
  while (start < most && deleted[start] === inserted[start]) start++;
  let end = 0;
  while (end < most - start && deleted.at(-1 - end) === inserted.at(-1 - end)) end++;
  return [
    {
      offset: offset + start,
      length: deleted.length - start - end,
      text: inserted.slice(start, inserted.length - end),
    },
  ];
}
