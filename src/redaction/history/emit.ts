/**
 * The redacted form of a text and of its edits.
 *
 * Clean atoms stand for themselves, each unbroken run of one value for its placeholder. An edit is widened over the runs
 * that it touches, rendered before and after, and trimmed where both agree; what then changes nothing is left out.
 */
import { codePoints, fromCodePoints } from '../../session/codePoints.ts';
import { GapBuffer } from '../../session/gapBuffer.ts';
import type { Change, LineRange, Selection } from '../../session/task.ts';
import { mint } from '../mint.ts';
import { type Placeholders, type PlaceholderType, placeholderType } from '../placeholders.ts';
import type { Redacted } from '../redacted.ts';
import type { AtomList, Atoms } from './atoms.ts';
import type { AtomEdit, TextHistory } from './textHistory.ts';

/** A maximal run of one value's atoms in the current version: atoms [start, end). */
interface Run {
  start: number;
  end: number;
  /** Code points of its placeholder. */
  width: number;
  /** Line breaks that it hides. */
  lines: number;
}

const newline = 10;

export class Emitter {
  readonly #atoms: Atoms;
  readonly #placeholders: Placeholders;

  constructor(atoms: Atoms, placeholders: Placeholders) {
    this.#atoms = atoms;
    this.#placeholders = placeholders;
  }

  text(list: AtomList): Redacted {
    return mint(fromCodePoints(this.points(list)));
  }

  points(list: AtomList): number[] {
    const out: number[] = [];
    for (let i = 0; i < list.length; ) {
      const end = this.#runEnd(list, i);
      if (end === i) out.push(this.#atoms.point(list[i++]));
      else {
        out.push(...codePoints(this.#placeholder(list[i])));
        i = end;
      }
    }
    return out;
  }

  /** End of the run that begins at `start`; `start` itself where the atom is clean. */
  #runEnd(list: AtomList, start: number): number {
    const value = this.#atoms.owner(list[start]);
    let end = start;
    while (value >= 0 && end < list.length && this.#atoms.owner(list[end]) === value) end++;
    return end;
  }

  #placeholder(atom: number): string {
    const owner = this.#atoms.owner(atom);
    return this.#placeholders.of(owner, this.#type(owner));
  }

  #type(owner: number): PlaceholderType {
    const { type, texts } = this.#atoms.value(owner);
    return placeholderType(type, texts);
  }

  runs(list: AtomList, offset: number): Run[] {
    const out: Run[] = [];
    for (let i = 0; i < list.length; ) {
      const end = this.#runEnd(list, i);
      if (end > i) {
        let lines = 0;
        for (let j = i; j < end; j++) if (this.#atoms.point(list[j]) === newline) lines++;
        out.push({ start: offset + i, end: offset + end, width: codePoints(this.#placeholder(list[i])).length, lines });
      }
      i = Math.max(end, i + 1);
    }
    return out;
  }

  isTainted(atom: number): boolean {
    return this.#atoms.isTainted(atom);
  }

  isClean(list: AtomList): boolean {
    return !list.some((atom) => this.#atoms.isTainted(atom));
  }

  isNewline(atom: number): boolean {
    return this.#atoms.point(atom) === newline;
  }
}

/** Walks a text's versions once more and tells its edits and positions in the redacted text's own terms. */
export class EditEmitter {
  readonly #emitter: Emitter;
  readonly #buffer: GapBuffer;
  #runs: Run[];
  /** The current version, once it was asked for. */
  #text: Redacted | null = null;

  constructor(history: TextHistory, emitter: Emitter) {
    this.#emitter = emitter;
    this.#buffer = new GapBuffer(history.base);
    this.#runs = emitter.runs(history.base, 0);
  }

  /** The redacted edit; null where it changes nothing that can be seen. */
  edit({ offset, deleted, inserted }: AtomEdit): Change<Redacted> | null {
    const buffer = this.#buffer;
    let start = offset;
    while (start > 0 && this.#emitter.isTainted(buffer.at(start - 1))) start--;
    let end = offset + deleted;
    while (end < buffer.length && this.#emitter.isTainted(buffer.at(end))) end++;

    const redactedStart = this.position(start);
    const grown = inserted.length - deleted;
    const before = buffer.slice(start, end);
    buffer.replace(offset, deleted, inserted);
    this.#text = null;
    const after = buffer.slice(start, end + grown);
    const change =
      this.#emitter.isClean(before) && this.#emitter.isClean(after)
        ? { offset: redactedStart, deleted, inserted: this.#emitter.text(inserted) }
        : trimmed(redactedStart, this.#emitter.points(before), this.#emitter.points(after));

    const left = this.#runs.filter((run) => run.end <= start);
    const right = this.#runs.filter((run) => run.start >= end);
    for (const run of right) {
      run.start += grown;
      run.end += grown;
    }
    this.#runs = [...left, ...this.#emitter.runs(after, start), ...right];
    return change;
  }

  /** An offset of the current version in the redacted text; inside a run, the run's start. */
  position(offset: number): number {
    let shift = 0;
    for (const run of this.#runs) {
      if (run.start >= offset) break;
      if (run.end > offset) return run.start + shift;
      shift += run.width - (run.end - run.start);
    }
    return offset + shift;
  }

  /** Lines of the current version as lines of the redacted text. */
  lines(range: LineRange): LineRange {
    if (this.#runs.every((run) => run.lines === 0)) return range;
    return { start: this.#line(range.start), end: this.#line(range.end) };
  }

  #line(line: number): number {
    let seen = 0;
    let hidden = 0;
    let next = 0;
    for (let at = 0; at < this.#buffer.length && seen < line; at++) {
      if (!this.#emitter.isNewline(this.#buffer.at(at))) continue;
      seen++;
      while (next < this.#runs.length && this.#runs[next].end <= at) next++;
      if (next < this.#runs.length && this.#runs[next].start <= at) hidden++;
    }
    return line - hidden;
  }

  selection({ anchor, active }: Selection): Selection {
    return { anchor: this.position(anchor), active: this.position(active) };
  }

  /** The redacted text of the current version. */
  text(): Redacted {
    this.#text ??= this.#emitter.text(this.#buffer.slice(0, this.#buffer.length));
    return this.#text;
  }
}

function trimmed(offset: number, before: number[], after: number[]): Change<Redacted> | null {
  let head = 0;
  const shorter = Math.min(before.length, after.length);
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const deleted = before.length - head - tail;
  const inserted = after.slice(head, after.length - tail);
  if (deleted === 0 && inserted.length === 0) return null;
  return { offset: offset + head, deleted, inserted: mint(fromCodePoints(inserted)) };
}
