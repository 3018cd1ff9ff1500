/**
 * The values of one task, looked for everywhere else.
 *
 * A secret gives itself away by any piece of six characters that does not stand in ordinary code; so every such piece of
 * it and of its encodings is looked for. A value of ordinary characters, and an identity, is looked for whole.
 */
import type { KnownValue } from '../session/events.ts';
import { commonWords } from './commonWords.ts';
import { isPersonal } from './detectors/identifiers.ts';
import { KeywordScanner } from './detectors/keywordScanner.ts';
import type { ValueType } from './detectors/rule.ts';
import { isSecretValue } from './detectors/values.ts';
import { encodings } from './encodings.ts';
import { isRarePiece, pieceLength } from './rarity.ts';

export interface DictionaryEntry {
  /** What the caller calls the value. */
  value: number;
  type: ValueType;
  texts: Iterable<string>;
}

export interface Hit {
  /** UTF-16 offsets. */
  start: number;
  end: number;
  value: number;
}

const shortestWhole = 8;
const secretTypes: ReadonlySet<ValueType> = new Set(['secret', 'private_key']);
const longestPieces = 16_384;

export class Dictionary {
  readonly #pieces = new Map<string, number>();
  readonly #wholes: { text: string; value: number }[] = [];
  readonly #scanner: KeywordScanner | null;
  readonly #longest: number;

  constructor(entries: Iterable<DictionaryEntry>) {
    for (const { value, type, texts } of entries) {
      for (const text of texts) {
        if (secretTypes.has(type)) this.#addSecret(text, value);
        else if (standsForItself(type, text)) this.#wholes.push({ text, value });
      }
    }
    this.#scanner = this.#wholes.length > 0 ? new KeywordScanner(this.#wholes.map(({ text }) => text)) : null;
    this.#longest = this.#wholes.reduce((longest, { text }) => Math.max(longest, text.length), pieceLength);
  }

  get isEmpty(): boolean {
    return this.#pieces.size === 0 && this.#wholes.length === 0;
  }

  /** How much text on both sides of a change an entry may need to be seen, in characters. */
  get reach(): number {
    return Math.min(this.#longest, longestPieces);
  }

  #addSecret(text: string, value: number): void {
    let rare = false;
    for (const form of encodings(text.slice(0, longestPieces))) {
      for (let i = 0; i + pieceLength <= form.length; i++) {
        const piece = form.slice(i, i + pieceLength);
        if (!isRarePiece(piece)) continue;
        rare ||= form === text;
        if (!this.#pieces.has(piece)) this.#pieces.set(piece, value);
      }
    }
    const isOrdinary = !isSecretValue(text, 'config') || commonWords.has(text.toLowerCase());
    if (rare || (text.length >= shortestWhole && !isOrdinary)) this.#wholes.push({ text, value });
  }

  find(text: string): Hit[] {
    const hits: Hit[] = [];
    if (this.#pieces.size > 0) {
      for (let i = 0; i + pieceLength <= text.length; i++) {
        const value = this.#pieces.get(text.slice(i, i + pieceLength));
        if (value !== undefined) hits.push({ start: i, end: i + pieceLength, value });
      }
    }
    this.#scanner?.scan(text, (index, end) => {
      const { text: whole, value } = this.#wholes[index];
      const start = end - whole.length;
      if (text.startsWith(whole, start) && isWord(text, start, end)) hits.push({ start, end, value });
    });
    return hits;
  }
}

const wordCharacter = /[\p{L}\p{N}_]/u;

function isWord(text: string, start: number, end: number): boolean {
  const joins = (a: string | undefined, b: string | undefined) =>
    a !== undefined && b !== undefined && wordCharacter.test(a) && wordCharacter.test(b);
  return !joins(text[start - 1], text[start]) && !joins(text[end - 1], text[end]);
}

/** Whether an identity is looked for outside the places where identities stand: not when it is a frequent word. */
function standsForItself(type: ValueType, text: string): boolean {
  switch (type) {
    case 'email':
    case 'home':
      return true;
    case 'person':
      return /\S\s\S/.test(text.trim());
    case 'commit':
      return /^[0-9a-f]{7,64}$/.test(text);
    default:
      return text.length >= 3 && isPersonal(text);
  }
}

/** What the environment knows, as values: full commit hashes stand for their short forms too. */
export function knownTexts({ type, value }: KnownValue): string[] {
  if (type !== 'commit') return [value];
  return [value, ...[7, 8, 9, 10, 11, 12].map((length) => value.slice(0, length))];
}
