import { fromCodePoints } from '../../codePoints.ts';
import { GapBuffer } from '../../gapBuffer.ts';
import { fromTheEnd, type TextChanges } from '../../textChanges.ts';

/** A text that is read seldom and changed often, in UTF-16 units: a change costs no copy of the whole. */
export class EditedText {
  #text: string;
  /** While there is one, it is the text. */
  #units: GapBuffer | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  get length(): number {
    return this.#units?.length ?? this.#text.length;
  }

  /** Whether no change lies outside the text, and no two overlap. */
  fits(changes: TextChanges): boolean {
    let end = this.length;
    return fromTheEnd(changes).every(({ offset, length }) => {
      const fits = offset + length <= end;
      end = offset;
      return fits;
    });
  }

  /** Makes the changes of one event, which fit. */
  change(changes: TextChanges): void {
    this.#units ??= new GapBuffer(unitsOf(this.#text, new Uint16Array(this.#text.length)));
    // Most texts are a character long: a plain array costs least.
    for (const { offset, length, text } of fromTheEnd(changes)) this.#units.replace(offset, length, unitsOf(text, []));
  }

  toString(): string {
    if (this.#units) {
      this.#text = fromCodePoints(this.#units.slice(0, this.#units.length));
      this.#units = null;
    }
    return this.#text;
  }
}

function unitsOf(text: string, units: Uint16Array | number[]): ArrayLike<number> {
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  return units;
}
