/** What became of each edit: labels that need exact times, made before time is coarsened. */
import type { Redacted } from '../redaction/redacted.ts';
import { codePointLength, codePoints } from '../session/codePoints.ts';
import { GapBuffer } from '../session/gapBuffer.ts';
import type { Draft } from './drafts.ts';
import { FileStates } from './fileStates.ts';
import { type Hull, hullOf, trimmed } from './hull.ts';
import type { Step } from './record.ts';

/** How long, in milliseconds, an edit's region must stay untouched for the edit to count as settled. */
export const settleTime = 10_000;

export type Fate = Pick<Step, 'settled' | 'surviving_10s' | 'surviving_30s' | 'surviving_300s' | 'surviving_end'>;

/**
 * The fate of each draft that is an edit, null for the others.
 *
 * - `settled`: for 10 s after the edit's last change, or until the end of the task, no change touched or adjoined the
 *   region between the first and the last code point that the edit changed.
 * - `surviving_T`: at least half of the code points that the edit had put into the text, and that stood when the edit was
 *   over, still stood T after it, or at the end of the task where that came first. Code points are followed by identity:
 *   what a change takes out and puts back in the same place still stands, what an undo brings back is the undo's. Null
 *   when the edit left no code points: a deletion cannot survive.
 *
 * `bases` are the texts of the files before the first draft.
 */
export function fatesOf(drafts: readonly Draft[], bases: readonly (Redacted | null)[]): (Fate | null)[] {
  const survival = new Survival(drafts, bases);
  const settling = new Settling(bases.length);
  const states = new FileStates(bases);
  for (const [number, { step, times, end }] of drafts.entries()) {
    const { file_id: file } = step;
    if (file === null) continue;
    if (step.changes.length === 0) {
      if (step.kind === 'file' && step.action === 'delete') {
        survival.erase(file, end);
        settling.touchAll(file, end);
      }
      states.apply(step);
      continue;
    }
    if (step.kind === 'resync') states.apply({ ...step, changes: [] });
    for (const [i, change] of step.changes.entries()) {
      const points = states.points(file);
      const inserted = codePoints(change.inserted);
      const deleted = points?.slice(change.offset, change.offset + change.deleted) ?? [];
      const net = trimmed(change.offset, deleted, inserted);
      survival.change(number, file, times[i], net);
      settling.change(file, times[i], net);
      states.change(file, change);
    }
    if (step.kind === 'edit') {
      survival.over(number, end);
      settling.over(number, file, end, hullOf(step.changes));
    }
  }
  return drafts.map(({ step }, number) =>
    step.kind === 'edit' ? { settled: settling.settled(number), ...survival.of(number) } : null,
  );
}

const marks = [10_000, 30_000, 300_000, Number.POSITIVE_INFINITY] as const;

/** Each code point carries the number of the draft that put it there; `standing` counts them by draft. */
class Survival {
  readonly #owners: GapBuffer[];
  readonly #standing: Int32Array;
  /** Code points standing when the edit was over, and at each mark after it. */
  readonly #net: Int32Array;
  readonly #atMark: Int32Array[];
  /** Edits that are over, in order, and how many of them have passed each mark. */
  readonly #over: { number: number; end: number }[] = [];
  readonly #passed = marks.map(() => 0);

  constructor(drafts: readonly Draft[], bases: readonly (string | null)[]) {
    this.#owners = bases.map((text) => new GapBuffer(new Int32Array(codePointLength(text ?? '')).fill(-1)));
    this.#standing = new Int32Array(drafts.length);
    this.#net = new Int32Array(drafts.length);
    this.#atMark = marks.map(() => new Int32Array(drafts.length));
  }

  change(number: number, file: number, time: number, { start, deleted, inserted }: Hull): void {
    this.#passMarks(time);
    const owners = this.#owners[file];
    for (const owner of owners.slice(start, start + deleted)) if (owner >= 0) this.#standing[owner]--;
    owners.replace(start, deleted, new Int32Array(inserted).fill(number));
    this.#standing[number] += inserted;
  }

  erase(file: number, time: number): void {
    this.change(0, file, time, { start: 0, deleted: this.#owners[file].length, inserted: 0 });
  }

  over(number: number, end: number): void {
    this.#net[number] = this.#standing[number];
    this.#over.push({ number, end });
  }

  of(number: number): Omit<Fate, 'settled'> {
    this.#passMarks(Number.POSITIVE_INFINITY);
    const net = this.#net[number];
    const [at10, at30, at300, atEnd] = this.#atMark.map((at) => (net === 0 ? null : 2 * at[number] >= net));
    return { surviving_10s: at10, surviving_30s: at30, surviving_300s: at300, surviving_end: atEnd };
  }

  /** Notes what stands for each edit whose mark lies before `time`. Time never goes back, so edits pass in order. */
  #passMarks(time: number): void {
    for (const [m, mark] of marks.entries()) {
      for (; this.#passed[m] < this.#over.length; this.#passed[m]++) {
        const { number, end } = this.#over[this.#passed[m]];
        if (time !== Number.POSITIVE_INFINITY && end + mark >= time) break;
        this.#atMark[m][number] = this.#standing[number];
      }
    }
  }
}

interface Region {
  number: number;
  start: number;
  end: number;
  /** Until when a touch unsettles it. */
  until: number;
}

/** Regions of edits that are over and not yet settled, by file; positions follow the changes around them. */
class Settling {
  readonly #open: Region[][];
  readonly #unsettled = new Set<number>();

  constructor(files: number) {
    this.#open = Array.from({ length: files }, () => []);
  }

  change(file: number, time: number, { start, deleted, inserted }: Hull): void {
    if (deleted === 0 && inserted === 0) return;
    this.#open[file] = this.#open[file].filter((region) => {
      if (region.until < time) return false;
      if (start > region.end) return true;
      if (start + deleted < region.start) {
        region.start += inserted - deleted;
        region.end += inserted - deleted;
        return true;
      }
      this.#unsettled.add(region.number);
      return false;
    });
  }

  touchAll(file: number, time: number): void {
    for (const { number, until } of this.#open[file]) if (until >= time) this.#unsettled.add(number);
    this.#open[file] = [];
  }

  over(number: number, file: number, end: number, { start, inserted }: Hull): void {
    this.#open[file].push({ number, start, end: start + inserted, until: end + settleTime });
  }

  settled(number: number): boolean {
    return !this.#unsettled.has(number);
  }
}
