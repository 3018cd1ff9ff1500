/**
 * What stands in the place of a value: fixed width for each type, numbered by first appearance in the record.
 *
 * A text may hold placeholder forms already. Forms made of a word then take a nonce; the others have no room for one and
 * leave out the numbers that are taken. Ranges that end go on: words with a fifth digit, addresses in the next range that
 * belongs to nobody.
 */
import { createHash, randomInt } from 'node:crypto';
import type { ValueType } from './detectors/rule.ts';

/** A value of digits alone that stands where a number must, stays a number. */
export type PlaceholderType = ValueType | 'number';

type Form = (n: number, nonce: string) => string;

const digits = (n: number, width = 4) => String(n).padStart(width, '0');
const hex = (n: number) => n.toString(16).toUpperCase().padStart(2, '0');

const forms: Record<PlaceholderType, Form> = {
  secret: (n, nonce) => `REDACTED_SECRET_${nonce}${digits(n)}`,
  private_key: (n, nonce) => `REDACTED_KEY_${nonce}${digits(n)}`,
  card: (n, nonce) => `REDACTED_CARD_${nonce}${digits(n)}`,
  iban: (n, nonce) => `REDACTED_IBAN_${nonce}${digits(n)}`,
  ssn: (n, nonce) => `REDACTED_SSN_${nonce}${digits(n)}`,
  commit: (n, nonce) => `REDACTED_COMMIT_${nonce}${digits(n)}`,
  email: (n, nonce) => `user${nonce}${digits(n)}@example.com`,
  user: (n, nonce) => `user${nonce}${digits(n)}`,
  home: (n, nonce) => `/home/user${nonce}${digits(n)}`,
  host: (n, nonce) => `host${nonce}${digits(n)}.example.com`,
  person: (n, nonce) => `Person${nonce}${digits(n)}`,
  repository: (n, nonce) => `repo${nonce}${digits(n)}`,
  ticket: (n, nonce) => `TICKET-${nonce}${digits(n)}`,
  workspace: (n, nonce) => `/workspace${nonce}${digits(n)}`,
  // The same for all: they stand for no value.
  column: () => '0',
  caret: () => '^',
  number: (n) => `900000${digits(n)}`,
  ip: ipv4,
  ipv6: (n) => `2001:db8::${n > 0xffff ? `${(n >>> 16).toString(16)}:` : ''}${(n & 0xffff).toString(16)}`,
  mac,
  // Without an area code, which no number that can be dialled lacks: there is room for all of 555.
  phone: (n) => `+1-555-${digits(n + 99)}`,
};

/** RFC 5737, then the range for benchmarks of RFC 2544. */
function ipv4(n: number): string {
  const ranges = ['192.0.2', '198.51.100', '203.0.113'];
  const perRange = 254;
  const range = ranges[Math.floor((n - 1) / perRange)];
  if (range) return `${range}.${((n - 1) % perRange) + 1}`;
  const rest = n - ranges.length * perRange;
  return `198.${18 + (rest >>> 16)}.${(rest >>> 8) & 255}.${rest & 255}`;
}

/** RFC 9542, then locally administered addresses, which name no maker. */
function mac(n: number): string {
  if (n <= 255) return `00:00:5E:00:53:${hex(n)}`;
  const rest = n - 255;
  return `02:00:00:${hex((rest >>> 16) & 255)}:${hex((rest >>> 8) & 255)}:${hex(rest & 255)}`;
}

const worded = String.raw`REDACTED_(?:SECRET|KEY|CARD|IBAN|SSN|COMMIT)_(?:[a-z]{4}_)?\d{4,6}|\b(?:user|host|repo|Person|TICKET-|workspace)(?:[a-z]{4}_)?\d{4,6}(?!\d)(?:@example\.com|\.example\.com)?`;
const bare = String.raw`\b900000\d{4,6}\b|(?<![\w.])(?:192\.0\.2|198\.51\.100|203\.0\.113|198\.1[89]\.\d{1,3})\.\d{1,3}(?!\.?\d)|(?<![\w:])2001:db8::[\da-f]{1,4}(?::[\da-f]{1,4})?(?![\w:])|\b(?:00:00:5E:00:53|02:00:00:[\dA-F]{2}:[\dA-F]{2}):[\dA-F]{2}\b|(?<![\w+])\+1-555-\d{4,6}(?!\d)`;
const anyForm = new RegExp(`${worded}|${bare}`);
const eachForm = new RegExp(anyForm, 'g');
const wordedForm = new RegExp(`^(?:${worded})`);

/** Behind nothing that belongs to a path; JSON writes tabs and line breaks with a backslash. */
const workspaceFolder = /(?:(?<![\w./\\-])|(?<=\\[tnr]))\/workspace(?:[a-z]{4}_)?\d{4,6}(?=[\\/]|$)[\\/]*/;

/** What stands behind the folder of a workspace in a printed path; null for paths that lead elsewhere, or are relative. */
export function behindWorkspace(path: string): string | null {
  const folder = workspaceFolder.exec(path);
  return folder && path.slice(folder.index + folder[0].length);
}

export function holdsPlaceholder(text: string): boolean {
  return anyForm.test(text);
}

/** All placeholder forms that a text holds, with or without a nonce. */
export function placeholdersIn(text: string): string[] {
  return text.match(eachForm) ?? [];
}

/** Where they stand: [start, end) in UTF-16 units. */
export function placeholderSpans(text: string): [number, number][] {
  return Array.from(text.matchAll(eachForm), ({ 0: form, index }) => [index, index + form.length]);
}

/** The type of a value's placeholder, given all forms in which the value was seen. */
export function placeholderType(type: ValueType, texts: Iterable<string>): PlaceholderType {
  if (type !== 'secret' && type !== 'card') return type;
  return [...texts].every((text) => /^\d+$/.test(text)) ? 'number' : type;
}

/** Hands out the placeholders of one record. */
export class Placeholders {
  readonly #taken: ReadonlySet<string>;
  readonly #nonce: string;
  readonly #given = new Map<number, { placeholder: string; type: PlaceholderType }>();
  readonly #numbers = new Map<PlaceholderType, number>();

  /** @param taken placeholder forms that the record's texts hold already: see `placeholdersIn`. */
  constructor(taken: Iterable<string> = [], drawNonce = fourLetters) {
    this.#taken = new Set(taken);
    this.#nonce = [...this.#taken].some((form) => wordedForm.test(form)) ? `${drawNonce()}_` : '';
  }

  /** The placeholder of a value, new at its first appearance. */
  of(value: number, type: PlaceholderType): string {
    let given = this.#given.get(value);
    if (!given) {
      given = { placeholder: this.#next(type), type };
      this.#given.set(value, given);
    }
    return given.placeholder;
  }

  #next(type: PlaceholderType): string {
    for (let number = (this.#numbers.get(type) ?? 0) + 1; ; number++) {
      const placeholder = forms[type](number, this.#nonce);
      if (this.#taken.has(placeholder)) continue;
      this.#numbers.set(type, number);
      return placeholder;
    }
  }

  /** All that were given, in the order of their first appearance. */
  list(): { value: number; placeholder: string; type: PlaceholderType }[] {
    return [...this.#given]
      .map(([value, given]) => ({ value, ...given }))
      .filter(({ type }) => type !== 'column' && type !== 'caret');
  }
}

/** Draws the nonce that is always the same for a seed: what is redacted twice then reads the same. */
export function seededNonce(seed: string): () => string {
  const bytes = createHash('sha256').update(seed).digest();
  return () => String.fromCharCode(...bytes.subarray(0, 4).map((byte) => 0x61 + (byte % 26)));
}

function fourLetters(): string {
  return Array.from({ length: 4 }, () => String.fromCharCode(0x61 + randomInt(26))).join('');
}
