/** A document under edit in the editor's own units (UTF-16), told in code points. */
import { fromCodePoints } from './codePoints.ts';
import { GapBuffer } from './gapBuffer.ts';
import type { Change } from './task.ts';

const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;

export class RawDocument {
  readonly #units: GapBuffer;
  /** Low surrogates in the text: while there are none, units and code points are the same. */
  #lows = 0;

  constructor(text: string) {
    this.#units = new GapBuffer(unitsOf(text));
    this.#lows = countLows(unitsOf(text));
  }

  /** The text, well formed. */
  text(): string {
    return this.rawText().toWellFormed();
  }

  /** The text as the editor has it, lone surrogates included. */
  rawText(): string {
    return textOf(this.#units.slice(0, this.#units.length));
  }

  /** The units in [start, end), cut to what there is. */
  slice(start: number, end: number): string {
    const from = Math.min(Math.max(start, 0), this.#units.length);
    return textOf(this.#units.slice(from, Math.min(Math.max(end, from), this.#units.length)));
  }

  /** The code point at a UTF-16 offset; an offset inside a character counts as its start. */
  codePointOffset(offset: number): number {
    const end = Math.min(offset, this.#units.length);
    if (this.#lows === 0) return end;
    let pairs = 0;
    for (let i = 1; i <= end && i < this.#units.length; i++) {
      if (isLow(this.#units.at(i)) && isHigh(this.#units.at(i - 1))) {
        pairs++;
        i++;
      }
    }
    return end - pairs;
  }

  /**
   * Replaces `length` units and tells the change in code points, widened where it would cut a character.
   * @throws RangeError when the range lies outside the text.
   */
  replace(offset: number, length: number, text: string): Change<string> {
    const units = this.#units;
    let start = offset;
    let end = offset + length;
    if (end > units.length) {
      throw new RangeError(`change at ${offset}+${length} is outside a text of ${units.length} characters`);
    }
    if (start > 0 && isHigh(units.at(start - 1))) start--;
    if (end < units.length && isLow(units.at(end))) end++;
    const before = units.slice(start, end);
    const inserted = textOf(units.slice(start, offset)) + text + textOf(units.slice(offset + length, end));
    const change = {
      offset: this.codePointOffset(start),
      deleted: end - start - countPairs(before),
      inserted: inserted.toWellFormed(),
    };
    this.#lows += countLows(unitsOf(text)) - countLows(units.slice(offset, offset + length));
    units.replace(offset, length, unitsOf(text));
    return change;
  }
}

function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  return units;
}

/** `fromCodePoints` takes single units too: two halves of a pair join again. */
const textOf = (units: Int32Array) => fromCodePoints(units);

function countLows(units: ArrayLike<number>): number {
  let lows = 0;
  for (let i = 0; i < units.length; i++) if (isLow(units[i])) lows++;
  return lows;
}

function countPairs(units: ArrayLike<number>): number {
  let pairs = 0;
  for (let i = 1; i < units.length; i++) {
    if (isLow(units[i]) && isHigh(units[i - 1])) {
      pairs++;
      i++;
    }
  }
  return pairs;
}
