/** What stands in the place of a value: fixed width for each type, numbered by first appearance in the record. */
import type { ValueType } from './detectors/rule.ts';

/** A value of digits alone that stands where a number must, stays a number. */
export type PlaceholderType = ValueType | 'number';

const forms: Record<PlaceholderType, (n: string, nonce: string) => string> = {
  secret: (n, nonce) => `REDACTED_SECRET_${nonce}${n}`,
  private_key: (n, nonce) => `REDACTED_KEY_${nonce}${n}`,
  number: (n, nonce) => `9${nonce ? '7' : '0'}0000${n}`,
  email: (n, nonce) => `user${nonce}${n}@example.com`,
  user: (n, nonce) => `user${nonce}${n}`,
  home: (n, nonce) => `/home/user${nonce}${n}`,
  host: (n, nonce) => `host${nonce}${n}.example.com`,
  person: (n, nonce) => `Person${nonce}${n}`,
  repository: (n, nonce) => `repo${nonce}${n}`,
  commit: (n, nonce) => `REDACTED_COMMIT_${nonce}${n}`,
};

/** Every form above, with or without a nonce. */
const anyForm =
  /REDACTED_(?:SECRET|KEY|COMMIT)_(?:[a-z]{4}_)?\d{4}|\b9[07]0000\d{4}\b|\b(?:user|host|repo|Person)(?:[a-z]{4}_)?\d{4}\b/;

export function holdsPlaceholder(text: string): boolean {
  return anyForm.test(text);
}

/** Hands out the placeholders of one record. */
export class Placeholders {
  readonly #nonce: string;
  readonly #given = new Map<number, { placeholder: string; type: PlaceholderType }>();
  readonly #numbers = new Map<PlaceholderType, number>();

  /** @param nonce four lower-case letters where the text already holds something that looks like a placeholder. */
  constructor(nonce: string | null) {
    this.#nonce = nonce ? `${nonce}_` : '';
  }

  /** The placeholder of a value, new at its first appearance. */
  of(value: number, type: PlaceholderType): string {
    let given = this.#given.get(value);
    if (!given) {
      const number = (this.#numbers.get(type) ?? 0) + 1;
      this.#numbers.set(type, number);
      given = { placeholder: forms[type](String(number).padStart(4, '0'), this.#nonce), type };
      this.#given.set(value, given);
    }
    return given.placeholder;
  }

  /** All that were given, in the order of their first appearance. */
  list(): { placeholder: string; type: PlaceholderType }[] {
    return [...this.#given.values()];
  }
}
