import type { Translate } from '../../consent/statusText.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export function counted(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}

/** A distance in time, in the largest unit that fits; what is left of the smaller one counts as a whole. */
export function durationText(milliseconds: number, t: Translate): string {
  const whole = (unit: number) => Math.max(1, Math.ceil(milliseconds / unit));
  if (milliseconds < minute) return t('less than a minute');
  if (milliseconds < hour) return counted(whole(minute), t('1 minute'), t('{0} minutes', String(whole(minute))));
  if (milliseconds < day) return counted(whole(hour), t('1 hour'), t('{0} hours', String(whole(hour))));
  return counted(whole(day), t('1 day'), t('{0} days', String(whole(day))));
}

export function sizeText(bytes: number, t: Translate): string {
  if (bytes < 1000) return t('{0} bytes', String(bytes));
  return bytes < 1_000_000
    ? t('{0} kB', String(Math.round(bytes / 1000)))
    : t('{0} MB', (bytes / 1_000_000).toFixed(1));
}

const longestLabel = 120;

/** What could turn the order of words around; a dataset folder may come from anywhere. */
const turning = /(?!\n)[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

export function plain(text: string): string {
  return text.replace(turning, ' ');
}

/** How a text begins, as a label. */
export function firstLine(text: string, longest = longestLabel): string {
  const line = plain(text.trim()).split('\n', 1)[0];
  return line.length > longest ? `${line.slice(0, longest).trimEnd()}…` : line;
}
