/** No recording is older than the editors that made it: an earlier time stands for none. */
const earliest = Date.UTC(1990, 0);

/**
 * Times for events that may lack one, in milliseconds since the Unix epoch, never going back: a missing time is one
 * millisecond after the one before, and at the beginning that of the first event that has one.
 */
export function fillTimes(times: readonly (number | null)[]): number[] {
  const isKnown = (time: number | null) => time !== null && time >= earliest;
  let now = (times.find(isKnown) ?? 1) - 1;
  return times.map((time) => {
    now = isKnown(time) ? Math.max(now, time as number) : now + 1;
    return now;
  });
}
