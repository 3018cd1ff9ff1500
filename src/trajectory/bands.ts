/** Coarse time: all that a record tells of when and how fast someone worked. */
import type { Step } from './record.ts';

/** The band of a distance in milliseconds. */
export function timeBand(milliseconds: number): Step['elapsed'] {
  if (milliseconds < 1_000) return '<1s';
  if (milliseconds < 10_000) return '<10s';
  if (milliseconds < 60_000) return '<1m';
  if (milliseconds < 600_000) return '<10m';
  return 'longer';
}

/** Calendar quarter (UTC) of a time in milliseconds since the Unix epoch: `2031-Q2`. */
export function quarter(time: number): string {
  const date = new Date(time);
  return `${date.getUTCFullYear()}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
}
