/** The place of an edit, followed through the edits that come after it. */
import { codePointLength } from '../session/codePoints.ts';
import { hullOf } from '../trajectory/hull.ts';
import type { Step } from '../trajectory/record.ts';

export class Region {
  readonly #file: number | null;
  #start: number;
  /** Of each code point in it, whether the edit that made the region put it there. */
  #marks: boolean[];
  readonly #size: number;

  constructor(file: number | null, start: number, length: number) {
    this.#file = file;
    this.#start = start;
    this.#size = length;
    this.#marks = Array.from({ length }, () => true);
  }

  /** That of an edit, as it stands behind it. */
  static of({ file_id, changes }: Step): Region {
    const { start, inserted } = hullOf(changes);
    return new Region(file_id, start, inserted);
  }

  /** Moves on behind an edit. False when any of its changes lies elsewhere: the region is of no use then. */
  follow({ file_id, changes }: Step): boolean {
    return (
      file_id === this.#file &&
      changes.every(({ offset, deleted, inserted }) => this.#change(offset, deleted, inserted))
    );
  }

  #change(offset: number, deleted: number, inserted: string): boolean {
    const end = this.#start + this.#marks.length;
    if (offset > end || offset + deleted < this.#start) return false;
    const from = Math.max(0, offset - this.#start);
    const to = Math.min(end, offset + deleted) - this.#start;
    const put = Array.from({ length: codePointLength(inserted) }, () => false);
    this.#marks = [...this.#marks.slice(0, from), ...put, ...this.#marks.slice(to)];
    this.#start = Math.min(this.#start, offset);
    return true;
  }

  /** What was taken away of what the edit put in. */
  replaced(): { share: number; count: number } {
    const count = this.#size - this.#marks.filter(Boolean).length;
    return { share: this.#size === 0 ? 0 : count / this.#size, count };
  }

  /** The region as it stands, as if one edit had put all of it in. */
  restart(): Region {
    return new Region(this.#file, this.#start, this.#marks.length);
  }
}
