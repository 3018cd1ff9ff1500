/**
 * The values of one task, looked for everywhere else.
 *
 * A secret gives itself away by any piece of six characters that does not stand in ordinary code; so every such piece of
 * it and of its encodings is looked for. A value of ordinary characters, and an identity, is looked for whole.
 */
import { KeywordScanner } from '../detectors/keywordScanner.ts';
import { pieceLength } from '../detectors/rarity.ts';
import type { ValueType } from '../detectors/rule.ts';
import { deniedLength } from './deniedLength.ts';
import { embeddings, escapes } from './encodings.ts';
import { type Form, identityForms, type Surroundings } from './identityForms.ts';
import { PieceIndex } from './pieceIndex.ts';
import { isTellingPiece, secretParts, valueTier } from './valueTier.ts';

export interface DictionaryEntry {
  /** What the caller calls the value. */
  value: number;
  type: ValueType;
  texts: Iterable<string>;
  /** Whether it is looked for although it is an ordinary word. */
  isDenied?: boolean;
}

export interface Hit {
  /** UTF-16 offsets. */
  start: number;
  end: number;
  value: number;
}

/** A text that is looked for whole. */
interface Whole extends Form {
  value: number;
  /** Whether it counts inside a longer word too. */
  isEmbedded: boolean;
  /** A hash, which may be cut off behind its first characters. */
  isHash: boolean;
}

/** Of a longer value, pieces are taken from so many characters. */
const longestSecret = 16_384;
/** A longer text is looked for in stretches, so that little text must be seen at once. */
const stretchLength = 64;
/** The automaton holds the beginnings; what follows is compared. */
const anchorLength = 8;
const shortestHash = 7;
const shortestEmbedding = 8;

/** Whether pieces of a value of this type give it away; others are looked for whole. */
export function isSecretType(type: ValueType): boolean {
  return type === 'secret' || type === 'private_key';
}

export class Dictionary {
  readonly #pieces = new PieceIndex(pieceLength);
  readonly #anchors = new Map<string, Whole[]>();
  readonly #parts = new Map<string, number>();
  readonly #scanner: KeywordScanner | null;
  readonly #wholes: Whole[][];
  #longest = pieceLength;

  constructor(entries: Iterable<DictionaryEntry>) {
    const list = [...entries].map((entry) => ({ ...entry, texts: [...entry.texts].flatMap(spellings) }));
    const around = surroundingsOf(list);
    for (const { value, type, texts } of list) {
      for (const text of texts) if (type === 'repository' && !text.includes('/')) this.#parts.set(text, value);
    }
    for (const { value, type, texts, isDenied } of list) {
      for (const text of texts) {
        if (isDenied) this.#addDenied(text, value);
        else if (isSecretType(type)) this.#addSecret(text, value);
        else this.#addIdentity(type, text, value, around);
      }
    }
    this.#pieces.freeze();
    this.#scanner = this.#anchors.size > 0 ? new KeywordScanner([...this.#anchors.keys()]) : null;
    this.#wholes = [...this.#anchors.values()];
  }

  get isEmpty(): boolean {
    return this.#pieces.isEmpty && this.#wholes.length === 0;
  }

  /** How much text on both sides of a change an entry may need to be seen, in characters. */
  get reach(): number {
    return this.#longest;
  }

  /** Everything that stands in the text: the longest first, so that a part of a value does not hide the whole. */
  find(text: string): Hit[] {
    const hits: Hit[] = [];
    this.#scanner?.scan(text, (anchor, end) => {
      for (const whole of this.#wholes[anchor]) this.#match(whole, text, end, hits);
    });
    hits.sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start || a.value - b.value);
    this.#pieces.find(text, (start, value) => hits.push({ start, end: start + pieceLength, value }));
    return hits;
  }

  /** In all its forms, inside of words too, and its rare pieces if it has any. */
  #addDenied(text: string, value: number): void {
    const isEmbedded = text.length >= deniedLength.least;
    for (const form of [...escapes(text), ...embeddings(text)]) {
      const whole = { text: form, from: 0, to: form.length, isCaseBlind: false };
      if (form.length > stretchLength) this.#addStretches(whole, value, true);
      else this.#add({ ...whole, value, isEmbedded, isHash: false });
    }
    this.#addSecret(text, value);
  }

  #addSecret(secret: string, value: number): void {
    const text = secret.slice(0, longestSecret);
    for (const part of new Set([text, ...secretParts(text)])) {
      const tier = valueTier(part);
      if (tier === 'placed') continue;
      const isPublic = part === text && secretParts(text)[0] !== text;
      const [plain, encoded] = [escapes(part), embeddings(part)];
      for (const form of plain) {
        this.#addStretches({ text: form, from: 0, to: form.length, isCaseBlind: false }, value, tier === 'pieces');
      }
      for (const form of encoded) {
        this.#addStretches({ text: form, from: 0, to: form.length, isCaseBlind: false }, value, true);
      }
      if (isPublic || tier === 'whole') continue;
      for (const form of [...plain, ...encoded]) {
        const address = form !== part && plain.includes(form) ? withBlanks(form) : null;
        for (let i = 0; i + pieceLength <= form.length; i++) {
          const piece = form.slice(i, i + pieceLength);
          const tells = isTellingPiece(piece) && (!address || isTellingPiece(address.slice(i, i + pieceLength)));
          if (tells) this.#pieces.add(piece, value);
        }
      }
    }
  }

  #addStretches(form: Form, value: number, isEmbedded: boolean): void {
    const { text } = form;
    if (isEmbedded && text.length < pieceLength) return;
    if (text.length <= stretchLength) {
      this.#add({ ...form, value, isEmbedded, isHash: false });
      return;
    }
    for (let at = 0; at < text.length - stretchLength / 2; at += stretchLength / 2) {
      const start = Math.min(at, text.length - stretchLength);
      const stretch = text.slice(start, start + stretchLength);
      this.#add({ ...form, text: stretch, to: stretchLength, value, isEmbedded: true, isHash: false });
    }
  }

  #addIdentity(type: ValueType, text: string, value: number, around: Surroundings): void {
    for (const form of identityForms(type, text, around)) {
      for (const escaped of escapes(form.text)) {
        const isPlain = escaped === form.text;
        if (!isPlain && form.to - form.from < form.text.length) continue;
        const to = isPlain ? form.to : escaped.length;
        this.#add({ ...form, text: escaped, to, value, isEmbedded: false, isHash: type === 'commit' });
      }
      if (type === 'commit' || form.to - form.from < form.text.length) continue;
      for (const encoded of embeddings(form.text)) {
        if (encoded.length < shortestEmbedding) continue;
        this.#add({
          text: encoded,
          from: 0,
          to: encoded.length,
          isCaseBlind: false,
          value,
          isEmbedded: true,
          isHash: false,
        });
      }
    }
  }

  #add(whole: Whole): void {
    const anchor = whole.text.slice(0, whole.isHash ? shortestHash : anchorLength);
    const known = this.#anchors.get(anchor);
    if (known) known.push(whole);
    else this.#anchors.set(anchor, [whole]);
    this.#longest = Math.max(this.#longest, whole.text.length);
  }

  #match(whole: Whole, text: string, anchorEnd: number, hits: Hit[]): void {
    const start = anchorEnd - Math.min(whole.text.length, whole.isHash ? shortestHash : anchorLength);
    const end = whole.isHash ? endOfHash(whole.text, text, start) : start + whole.text.length;
    if (!whole.isHash && !equal(text.slice(start, end), whole)) return;
    if (!whole.isEmbedded && !isWord(text, start, end)) return;
    if (whole.behind && !whole.behind.test(text.slice(Math.max(0, start - 100), start))) return;
    if (!this.#hitParts(whole, start, hits)) {
      hits.push({ start: start + whole.from, end: whole.isHash ? end : start + whole.to, value: whole.value });
    }
  }

  /** The path of a repository is covered in its parts. */
  #hitParts({ text, value }: Whole, start: number, hits: Hit[]): boolean {
    if (!text.includes('/') || this.#parts.size === 0) return false;
    const parts = text.split('/').map((part) => ({ part, value: this.#parts.get(part) }));
    if (parts.some((each) => each.value === undefined)) return false;
    let at = start;
    for (const each of parts) {
      hits.push({ start: at, end: at + each.part.length, value: each.value ?? value });
      at += each.part.length + 1;
    }
    return true;
  }
}

/** Systems and programs compose accents differently: macOS takes them apart in the names of files. */
function spellings(text: string): string[] {
  return [...new Set([text, text.normalize('NFC'), text.normalize('NFD')])];
}

function surroundingsOf(entries: readonly { type: ValueType; texts: string[] }[]): Surroundings {
  const of = (type: ValueType) => new Set(entries.filter((entry) => entry.type === type).flatMap(({ texts }) => texts));
  return { users: of('user'), hosts: of('host'), homes: of('home') };
}

function equal(found: string, { text, isCaseBlind }: Whole): boolean {
  return found === text || (isCaseBlind && found.toLowerCase() === text.toLowerCase());
}

function endOfHash(hash: string, text: string, start: number): number {
  let length = shortestHash;
  while (length < hash.length && text[start + length]?.toLowerCase() === hash[length]) length++;
  return start + length;
}

/** An address writes a blank as `+`, as an added line of a patch begins: what is ordinary behind a blank gives nothing away. */
function withBlanks(address: string): string {
  return address.replace(/\+|%20/g, (blank) => ' '.repeat(blank.length));
}

const wordCharacter = /[\p{L}\p{N}_]/u;
const escapeBefore = /(?:%[\da-f]{2}|\\[nrt]|\\u[\da-f]{4}|\\x[\da-f]{2})$/i;

function isWord(text: string, start: number, end: number): boolean {
  const joins = (a: string | undefined, b: string | undefined) =>
    a !== undefined && b !== undefined && wordCharacter.test(a) && wordCharacter.test(b);
  if (joins(text[end - 1], text[end])) return false;
  return !joins(text[start - 1], text[start]) || escapeBefore.test(text.slice(Math.max(0, start - 6), start));
}
