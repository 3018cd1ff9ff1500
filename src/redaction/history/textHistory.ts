/** One text and all its versions, as atoms. A stream that is never edited has one version. */
import { codePointLength } from '../../session/codePoints.ts';
import { GapBuffer } from '../../session/gapBuffer.ts';
import type { Change } from '../../session/task.ts';
import type { Context } from '../detectors/rule.ts';
import type { AtomList, Atoms } from './atoms.ts';

export interface AtomEdit {
  offset: number;
  deleted: number;
  inserted: AtomList;
}

/** A window into the current version: atoms [start, end), and the part of it that the edit just wrote. */
export interface Window {
  buffer: GapBuffer;
  start: number;
  end: number;
  written: { start: number; end: number };
}

/** How much is looked at around the lines of an edit, in atoms. */
export interface Reach {
  before: number;
  behind: number;
}

const newline = 10;
const longestLine = 4096;

export class TextHistory {
  readonly context: Context;
  readonly base: AtomList;
  readonly edits: AtomEdit[] = [];
  readonly #atoms: Atoms;
  readonly #current: GapBuffer;
  /** What recent edits removed, newest last: an undo brings the very same characters back. */
  readonly #removed: { text: string; atoms: AtomList }[] = [];

  constructor(atoms: Atoms, base: string, context: Context) {
    this.#atoms = atoms;
    this.context = context;
    this.base = atoms.add(base);
    this.#current = new GapBuffer(this.base);
  }

  /** Adds an edit. `revives` is true for undo and redo. */
  edit(change: Change<string>, revives: boolean): AtomEdit {
    const { offset, deleted } = change;
    const removed = this.#current.slice(offset, offset + deleted);
    const inserted = (revives && this.#revive(change.inserted)) || this.#atoms.add(change.inserted);
    if (deleted > 0) {
      this.#removed.push({ text: this.#atoms.text(removed), atoms: removed });
      if (this.#removed.length > 256) this.#removed.shift();
    }
    this.#current.replace(offset, deleted, inserted);
    const edit = { offset, deleted, inserted };
    this.edits.push(edit);
    this.#atoms.inserts.push(inserted);
    return edit;
  }

  #revive(text: string): AtomList | null {
    const index = this.#removed.findLastIndex((removed) => removed.text === text);
    return index < 0 ? null : this.#removed.splice(index, 1)[0].atoms;
  }

  /** All atoms of the last version. */
  final(): AtomList {
    return this.#current.slice(0, this.#current.length);
  }

  /**
   * Calls back for the base as a whole, and then after each edit with the lines that it touched, and so many atoms before
   * and behind them as `reach` says, rounded up to whole lines.
   */
  walk(visit: (window: Window) => void, reach: () => Reach = () => ({ before: 0, behind: 0 })): void {
    const buffer = new GapBuffer(this.base);
    visit({ buffer, start: 0, end: buffer.length, written: { start: 0, end: 0 } });
    for (const { offset, deleted, inserted } of this.edits) {
      buffer.replace(offset, deleted, inserted);
      const { before, behind } = reach();
      const start = this.#lineStart(buffer, Math.max(0, this.#lineStart(buffer, offset) - before));
      const lastEnd = this.#lineEnd(buffer, offset + inserted.length);
      const end = this.#lineEnd(buffer, Math.min(buffer.length, lastEnd + behind));
      visit({ buffer, start, end, written: { start: offset, end: offset + inserted.length } });
    }
  }

  #lineStart(buffer: GapBuffer, from: number): number {
    let i = from;
    while (i > 0 && from - i < longestLine && this.#atoms.point(buffer.at(i - 1)) !== newline) i--;
    return i;
  }

  #lineEnd(buffer: GapBuffer, from: number): number {
    let i = from;
    while (i < buffer.length && i - from < longestLine && this.#atoms.point(buffer.at(i)) !== newline) i++;
    return i;
  }
}

/** Maps UTF-16 offsets of a text to code points; most texts need no map. */
export function codePointMap(text: string): (offset: number) => number {
  if (codePointLength(text) === text.length) return (offset) => offset;
  const map = new Int32Array(text.length + 1);
  let points = 0;
  for (let i = 0; i < text.length; i++) {
    map[i] = points;
    const wide = (text.codePointAt(i) as number) > 0xffff;
    if (wide) map[++i] = points;
    points++;
  }
  map[text.length] = points;
  return (offset) => map[offset];
}
