/** A sequence of 32-bit numbers in which edits near each other cost little: the gap moves to where the editing is. */
export class GapBuffer {
  #data: Int32Array;
  #gapStart: number;
  #gapEnd: number;

  constructor(initial: ArrayLike<number> = []) {
    this.#data = new Int32Array(initial.length + 1024);
    this.#data.set(initial);
    this.#gapStart = initial.length;
    this.#gapEnd = this.#data.length;
  }

  get length(): number {
    return this.#data.length - (this.#gapEnd - this.#gapStart);
  }

  at(index: number): number {
    return this.#data[index < this.#gapStart ? index : index + this.#gapEnd - this.#gapStart];
  }

  /** The numbers in [start, end). */
  slice(start: number, end: number): Int32Array {
    const out = new Int32Array(end - start);
    const gap = this.#gapEnd - this.#gapStart;
    const head = Math.min(end, this.#gapStart);
    if (start < head) out.set(this.#data.subarray(start, head));
    const tail = Math.max(start, this.#gapStart);
    if (tail < end) out.set(this.#data.subarray(tail + gap, end + gap), tail - start);
    return out;
  }

  /** Replaces `deleted` numbers at `offset`. @throws RangeError when the range is not inside the sequence. */
  replace(offset: number, deleted: number, inserted: ArrayLike<number>): void {
    if (offset < 0 || deleted < 0 || offset + deleted > this.length) {
      throw new RangeError(`change at ${offset}+${deleted} is outside a text of ${this.length} characters`);
    }
    this.#moveGap(offset);
    this.#gapEnd += deleted;
    if (this.#gapEnd - this.#gapStart < inserted.length) this.#grow(inserted.length);
    for (let i = 0; i < inserted.length; i++) this.#data[this.#gapStart++] = inserted[i];
  }

  #moveGap(to: number): void {
    const by = to - this.#gapStart;
    if (by === 0) return;
    if (by < 0) this.#data.copyWithin(this.#gapEnd + by, to, this.#gapStart);
    else this.#data.copyWithin(this.#gapStart, this.#gapEnd, this.#gapEnd + by);
    this.#gapStart += by;
    this.#gapEnd += by;
  }

  #grow(need: number): void {
    const length = this.length;
    const grown = new Int32Array(2 * (length + need) + 1024);
    const tail = this.#data.subarray(this.#gapEnd);
    grown.set(this.#data.subarray(0, this.#gapStart));
    grown.set(tail, grown.length - tail.length);
    this.#gapEnd = grown.length - tail.length;
    this.#data = grown;
  }
}
