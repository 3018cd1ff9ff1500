import { type SaxesOptions, SaxesParser, type SaxesTagPlain } from 'saxes';
import { Tally, type TestResults } from '../../../testResults.ts';
import { type Format, formats } from './formats.ts';

/** Elements inside of each other. */
const deepest = 64;

/** What XML 1.0 forbids, as a character and as a reference; tools write it nevertheless, in what tests print. */
const forbidden =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[\da-f]));/gi;
/** A reference whose end is still to come. */
const begunReference = /&[#\w]{0,12}$/;

/**
 * Reads the results out of a test report, piece by piece. A document with a DTD is none: no entity but XML's own is ever
 * expanded. Nothing of it is kept but names and statuses.
 */
export class ReportReader {
  readonly #parser = new SaxesParser<SaxesOptions & { xmlns: false }>({ position: false, xmlns: false });
  readonly #tally = new Tally();
  readonly #open: string[] = [];
  #format: Format | null = null;
  #pending = '';
  #failed = false;

  constructor() {
    const parser = this.#parser;
    parser.on('error', () => this.#refuse());
    parser.on('doctype', () => this.#refuse());
    parser.on('opentag', (tag: SaxesTagPlain) => this.#begin(tag));
    parser.on('closetag', ({ name }: SaxesTagPlain) => {
      this.#open.pop();
      this.#format?.close?.(name);
    });
  }

  /** False once it is certain that the rest tells nothing. */
  write(piece: string): boolean {
    const text = this.#pending + piece;
    this.#pending = begunReference.exec(text)?.[0] ?? '';
    this.#parse(() => this.#parser.write(text.slice(0, text.length - this.#pending.length).replace(forbidden, '')));
    return !this.#failed;
  }

  /** Null for what is no test report. One that is torn tells of no test, but that it is incomplete. */
  end(): TestResults | null {
    this.#parse(() => this.#parser.write(this.#pending).close());
    if (!this.#format) return null;
    return this.#failed ? { results: [], complete: false } : { results: this.#tally.list(), complete: true };
  }

  #begin({ name, attributes }: SaxesTagPlain): void {
    if (this.#open.length === 0) {
      this.#format = formats.get(name)?.((test, status) => this.#tally.add(test, status)) ?? null;
      const { text } = this.#format ?? {};
      // Without a listener the text is not even collected.
      if (text) this.#parser.on('text', (words) => text(words));
    }
    if (!this.#format || this.#open.length >= deepest) this.#refuse();
    this.#format?.open(name, attributes, this.#open.at(-1));
    this.#open.push(name);
  }

  #refuse(): never {
    throw new Refusal();
  }

  #parse(step: () => void): void {
    if (this.#failed) return;
    try {
      step();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#failed = true;
    }
  }
}

class Refusal extends Error {}
