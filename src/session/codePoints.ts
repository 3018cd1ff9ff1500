/** Strings as sequences of Unicode code points: the unit in which records count. */
import { GapBuffer } from './gapBuffer.ts';
import type { Change } from './task.ts';

const surrogate = /[\ud800-\udfff]/;

export function codePoints(text: string): number[] {
  const out: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i) as number;
    if (point > 0xffff) i++;
    out.push(point);
  }
  return out;
}

export function codePointLength(text: string): number {
  if (!surrogate.test(text)) return text.length;
  let length = 0;
  for (const _ of text) length++;
  return length;
}

export function fromCodePoints(points: readonly number[] | Int32Array): string {
  // As many as fit into the arguments of one call.
  const chunk = 8192;
  if (points.length <= chunk) return String.fromCodePoint.apply(null, points as number[]);
  let out = '';
  for (let i = 0; i < points.length; i += chunk) out += fromCodePoints(points.slice(i, i + chunk));
  return out;
}

/** A text under edit, in code points. */
export class TextBuffer {
  readonly #points: GapBuffer;

  constructor(text = '') {
    this.#points = new GapBuffer(codePoints(text));
  }

  get length(): number {
    return this.#points.length;
  }

  /** @throws RangeError when the change lies outside the text. */
  apply(change: Change<string>): void {
    this.#points.replace(change.offset, change.deleted, codePoints(change.inserted));
  }

  slice(start: number, end: number): string {
    return fromCodePoints(this.#points.slice(start, end));
  }

  toString(): string {
    return this.slice(0, this.length);
  }
}
