import { codePointLength } from '../session/codePoints.ts';
import type { Change } from '../session/task.ts';

/** `deleted` code points at `start` of the text before became `inserted` code points at `start` of the text after. */
export interface Hull {
  start: number;
  deleted: number;
  inserted: number;
}

/** The smallest single replacement that covers changes made one after the other; at least one is needed. */
export function hullOf(changes: readonly Change<string>[]): Hull {
  let start = changes[0].offset;
  let before = start;
  let after = start;
  for (const { offset, deleted, inserted } of changes) {
    start = Math.min(start, offset);
    before += Math.max(0, offset + deleted - after);
    after = Math.max(after, offset + deleted) + codePointLength(inserted) - deleted;
  }
  return { start, deleted: before - start, inserted: after - start };
}

/**
 * A replacement without the characters that it puts back at both ends, as completions and formatters do.
 * `deleted`: the code points that stood there.
 */
export function trimmed(offset: number, deleted: ArrayLike<number>, inserted: ArrayLike<number>): Hull {
  const shorter = Math.min(deleted.length, inserted.length);
  let head = 0;
  while (head < shorter && deleted[head] === inserted[head]) head++;
  let tail = 0;
  while (tail < shorter - head && deleted[deleted.length - 1 - tail] === inserted[inserted.length - 1 - tail]) tail++;
  const kept = head + tail;
  return { start: offset + head, deleted: deleted.length - kept, inserted: inserted.length - kept };
}
