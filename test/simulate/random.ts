import { createHash } from 'node:crypto';

/** Numbers that look drawn at random and are the same for the same name. */
export class Random {
  #state: number;
  readonly #name: string;
  #ids = 0;

  constructor(name: string) {
    this.#name = name;
    this.#state = createHash('sha256').update(name).digest().readUInt32LE();
  }

  /** From 0 up to 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let value = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)];
  }

  id(): string {
    return createHash('sha256')
      .update(`${this.#name}:${this.#ids++}`)
      .digest('hex')
      .slice(0, 32);
  }
}
