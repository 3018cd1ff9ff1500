/** A pause: of all windows of the host, until it ends by itself or somebody resumes. */
import * as z from 'zod';

/** `until` in milliseconds since the Unix epoch; null: until resumed. */
export const pause = z.strictObject({ until: z.number().nullable() });
export type Pause = z.infer<typeof pause>;

export const untilResumed: Pause = { until: null };

const hour = 60 * 60 * 1000;
const morning = 6;

export function isOver({ until }: Pause, now: number): boolean {
  return until !== null && now >= until;
}

export function inMinutes(minutes: number, now: Date): Pause {
  return { until: now.getTime() + minutes * 60_000 };
}

/** The next morning, by the local clock: who works past midnight or rises early has not begun a new day. */
export function untilTomorrow(now: Date): Pause {
  const end = new Date(now);
  end.setHours(morning, 0, 0, 0);
  while (end.getTime() - now.getTime() < 4 * hour) end.setDate(end.getDate() + 1);
  return { until: end.getTime() };
}

/** What a file tells of a pause. One that cannot be understood pauses: somebody wanted to. @param text null for no file. */
export function parsePause(text: string | null): Pause | null {
  if (text === null) return null;
  try {
    return pause.parse(JSON.parse(text));
  } catch {
    return untilResumed;
  }
}
