/** Finds strings of one length in a text, in one pass: by a rolling hash, and by the string itself where that is known. */
export class PieceIndex {
  readonly #length: number;
  readonly #pieces = new Map<string, number[]>();
  /** One bit for each hash, cut to `#mask`. */
  #filter = new Int32Array(1);
  #mask = 0;

  constructor(length: number) {
    this.#length = length;
  }

  get isEmpty(): boolean {
    return this.#pieces.size === 0;
  }

  /** Values that begin alike share pieces: each is told, up to a few. */
  add(piece: string, value: number): void {
    const values = this.#pieces.get(piece);
    if (!values) this.#pieces.set(piece, [value]);
    else if (values.length < mostValues && !values.includes(value)) values.push(value);
  }

  /** Makes ready for `find`, after the last `add`. */
  freeze(): void {
    let bits = 1 << 12;
    while (bits < 16 * this.#pieces.size && bits < 1 << 24) bits *= 2;
    this.#mask = bits - 1;
    this.#filter = new Int32Array(bits >>> 5);
    for (const piece of this.#pieces.keys()) {
      let hash = 0;
      for (let i = 0; i < this.#length; i++) hash = (Math.imul(hash, base) + piece.charCodeAt(i)) | 0;
      const slot = mix(hash) & this.#mask;
      this.#filter[slot >>> 5] |= 1 << (slot & 31);
    }
  }

  find(text: string, onHit: (start: number, value: number) => void): void {
    const length = this.#length;
    if (this.#pieces.size === 0 || text.length < length) return;
    let leaving = 1;
    for (let i = 0; i < length; i++) leaving = Math.imul(leaving, base);
    let hash = 0;
    for (let i = 0; i < text.length; i++) {
      hash = (Math.imul(hash, base) + text.charCodeAt(i)) | 0;
      if (i >= length) hash = (hash - Math.imul(text.charCodeAt(i - length), leaving)) | 0;
      if (i < length - 1) continue;
      const slot = mix(hash) & this.#mask;
      if ((this.#filter[slot >>> 5] & (1 << (slot & 31))) === 0) continue;
      const start = i - length + 1;
      for (const value of this.#pieces.get(text.slice(start, i + 1)) ?? []) onHit(start, value);
    }
  }
}

const base = 0x01000193;
const mostValues = 8;

function mix(hash: number): number {
  return hash ^ (hash >>> 15);
}
