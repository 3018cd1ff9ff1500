/**
 * A task that has ended is held: its journal stays, and `<task id>.held` beside it says since when. It is sealed when the
 * person keeps it or when its grace time is over; one that waits for review is sealed only when it is kept.
 */
import * as z from 'zod';
import { randomId } from '../../consent/receipt.ts';

const hour = 60 * 60 * 1000;

/** Raw text is kept no longer than this behind the beginning of its task, unless it waits for review. */
export const deadline = 24 * hour;
/** A task that waits for review is discarded so long behind its end. */
export const reviewTime = 7 * 24 * hour;

export const heldTask = z.strictObject({
  taskId: randomId,
  projectId: randomId,
  /** Milliseconds since the Unix epoch. */
  endedAt: z.int().nonnegative(),
  /** Whether it waits for review; else it is sealed behind the grace time. */
  review: z.boolean(),
});
export type HeldTask = z.infer<typeof heldTask>;

/** Null for a task that waits for review. @param grace in milliseconds. */
export function sealsAt({ endedAt, review }: HeldTask, grace: number): number | null {
  return review ? null : endedAt + grace;
}

/** When its raw text must be gone. @param held null while the task is open. */
export function discardedAt(held: HeldTask | null, createdAt: number): number {
  return held?.review ? held.endedAt + reviewTime : createdAt + deadline;
}
