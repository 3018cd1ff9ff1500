/** Texts as lines, and the places in which two of them differ. */
import { diffArrays } from 'diff';
import { fromCodePoints } from '../session/codePoints.ts';
import type { FileStates } from '../trajectory/fileStates.ts';
import type { OwnText } from './ownText.ts';

/** A line with its line break, if it has one. */
export interface FileLine {
  text: string;
  /** Its code points. */
  size: number;
  /** It holds text that is not the person's own. */
  foreign: boolean;
}

export interface Hunk {
  /** Number of the first line in the text before, 0-based. */
  from: number;
  old: FileLine[];
  now: FileLine[];
}

const newline = 10;

/** The lines of a file as it stands; null where it is absent. */
export function linesOf(states: FileStates, own: OwnText, file: number): FileLine[] | null {
  const points = states.points(file);
  return points && linesIn(states, own, file, 0, points.length);
}

/**
 * The lines of a file as it stands, after changes in [start, end) that left `before` alone elsewhere: only those lines
 * are read.
 */
export function linesAfter(
  before: readonly FileLine[],
  { start, end }: { start: number; end: number },
  states: FileStates,
  own: OwnText,
  file: number,
): FileLine[] {
  const length = states.points(file)?.length ?? 0;
  let head = 0;
  let from = 0;
  while (head < before.length && from + before[head].size <= start) from += before[head++].size;
  let tail = before.length;
  let to = length;
  while (tail > head && to - before[tail - 1].size >= end) to -= before[--tail].size;
  // A line that had no break and has one now, or the other way round, is read as well.
  if (head > 0 && !before[head - 1].text.endsWith('\n')) from -= before[--head].size;
  const isCut = to > from && states.points(file)?.at(to - 1) !== newline;
  if (isCut && tail < before.length) to += before[tail++].size;
  return [...before.slice(0, head), ...linesIn(states, own, file, from, to), ...before.slice(tail)];
}

function linesIn(states: FileStates, own: OwnText, file: number, from: number, to: number): FileLine[] {
  const points = states.points(file);
  const lines: FileLine[] = [];
  let start = from;
  let foreign = false;
  for (let i = from; points && i < to; i++) {
    foreign ||= own.isForeign(file, i);
    if (points.at(i) !== newline && i + 1 < to) continue;
    lines.push({ text: fromCodePoints(points.slice(start, i + 1)), size: i + 1 - start, foreign });
    start = i + 1;
    foreign = false;
  }
  return lines;
}

/** Line edits after which two texts count as unrelated: the search for a shorter way costs their square. */
const maxEditLength = 2000;
/** Equal lines between two differences that are told as one. */
const between = 2;

/** The places in which two texts differ, from top to bottom. */
export function hunksOf(before: readonly FileLine[], after: readonly FileLine[]): Hunk[] {
  let head = 0;
  while (head < Math.min(before.length, after.length) && before[head].text === after[head].text) head++;
  let tail = 0;
  while (
    tail < Math.min(before.length, after.length) - head &&
    before[before.length - 1 - tail].text === after[after.length - 1 - tail].text
  ) {
    tail++;
  }
  const old = before.slice(head, before.length - tail);
  const now = after.slice(head, after.length - tail);
  if (old.length + now.length === 0) return [];
  const comparator = (one: FileLine, other: FileLine) => one.text === other.text;
  const changes = diffArrays(old, now, { comparator, maxEditLength });
  if (!changes) return [{ from: head, old, now }];
  const hunks: Hunk[] = [];
  let oldAt = 0;
  let nowAt = 0;
  let oldEnd = Number.NEGATIVE_INFINITY;
  for (const { added, removed, value } of changes) {
    if (!added && !removed) {
      oldAt += value.length;
      nowAt += value.length;
      continue;
    }
    const last = hunks.at(-1);
    const gap = last && oldAt - oldEnd <= between ? now.slice(nowAt - (oldAt - oldEnd), nowAt) : null;
    const hunk = last && gap ? last : { from: head + oldAt, old: [], now: [] };
    hunk.old.push(...(gap ?? []));
    hunk.now.push(...(gap ?? []));
    if (hunk !== last) hunks.push(hunk);
    (removed ? hunk.old : hunk.now).push(...value);
    if (removed) oldAt += value.length;
    else nowAt += value.length;
    oldEnd = oldAt;
  }
  return hunks;
}

export function joined(lines: readonly FileLine[]): string {
  return lines.map(({ text }) => text).join('');
}
