import { diffArrays } from 'diff';
import type { TextChanges } from '../textChanges.ts';

/** Texts that differ in more lines are told as one change: to look for more would take time that grows with its square. */
const mostLines = 1000;

/**
 * What makes one text of another, line by line, each change cut down to the characters that differ. Offsets are UTF-16
 * units of the text before; the changes stand in ascending order and do not overlap.
 */
export function changesBetween(before: string, after: string): TextChanges {
  const [from, to] = [linesOf(before), linesOf(after)];
  const hunks = diffArrays(from, to, { maxEditLength: mostLines });
  if (!hunks) return trimmed(0, before, after);
  const changes: TextChanges = [];
  let offset = 0;
  let deleted = '';
  let inserted = '';
  const flush = () => {
    changes.push(...trimmed(offset, deleted, inserted));
    offset += deleted.length;
    deleted = '';
    inserted = '';
  };
  for (const { added, removed, value } of hunks) {
    const text = value.join('');
    if (removed) deleted += text;
    else if (added) inserted += text;
    else {
      flush();
      offset += text.length;
    }
  }
  flush();
  return changes;
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
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
