import type { Disposable, SecretStorage } from 'vscode';
import * as z from 'zod';
import { deniedLength } from '../../redaction/dictionary/deniedLength.ts';
import { holdsPlaceholder } from '../../redaction/placeholders.ts';
import type { KnownValue } from '../../session/events.ts';

const name = 'understudy.denylist';
const list = z.array(z.string().min(1));

/** The values that selected texts name; null when there is none, or one of them is too short, too long or redacted. */
export function deniedValues(selected: readonly string[]): string[] | null {
  const values = selected.filter((text) => text !== '').map((text) => text.trim());
  const fits = (value: string) =>
    value.length >= deniedLength.least && value.length <= deniedLength.most && !holdsPlaceholder(value);
  return values.length > 0 && values.every(fits) ? [...new Set(values)] : null;
}

/** The list is there, but it is not one: nothing may be recorded as if it were empty. */
export class DenylistError extends Error {
  override name = 'DenylistError';
}

/** What the person wants redacted always, in the system's keyring. It is never shown and never logged. */
export class Denylist implements Disposable {
  readonly #secrets: SecretStorage;
  readonly #onDidAdd: (values: KnownValue[]) => void;
  readonly #listener: Disposable;
  /** What whoever uses the list has heard of. */
  readonly #told = new Set<string>();
  /** Changes follow one another: two at once would lose one. */
  #queue: Promise<unknown> = Promise.resolve();

  /** @param onDidAdd told of values that were added here, or in another window, since `values` was asked for. */
  constructor(secrets: SecretStorage, onDidAdd: (values: KnownValue[]) => void) {
    this.#secrets = secrets;
    this.#onDidAdd = onDidAdd;
    this.#listener = secrets.onDidChange(({ key }) => {
      // A list that cannot be read is told of when it is asked for.
      if (key === name) void this.#enqueue(() => this.#tell()).catch(() => {});
    });
  }

  dispose(): void {
    this.#listener.dispose();
  }

  /** @throws DenylistError */
  values(): Promise<KnownValue[]> {
    return this.#enqueue(async () => {
      const values = await this.#read();
      for (const value of values) this.#told.add(value);
      return values.map(knownValue);
    });
  }

  /** @throws DenylistError */
  add(values: readonly string[]): Promise<void> {
    return this.#enqueue(async () => {
      await this.#secrets.store(name, JSON.stringify([...new Set([...(await this.#read()), ...values])]));
      await this.#tell();
    });
  }

  clear(): Promise<void> {
    return this.#enqueue(async () => {
      await this.#secrets.delete(name);
      this.#told.clear();
    });
  }

  async #tell(): Promise<void> {
    const added = (await this.#read()).filter((value) => !this.#told.has(value));
    for (const value of added) this.#told.add(value);
    if (added.length > 0) this.#onDidAdd(added.map(knownValue));
  }

  async #read(): Promise<string[]> {
    const stored = await this.#secrets.get(name);
    if (stored === undefined) return [];
    try {
      return list.parse(JSON.parse(stored));
    } catch {
      throw new DenylistError(
        'The list of always redacted values cannot be read. Run "Understudy: Forget Always Redacted Values" to begin a new one.',
      );
    }
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => {});
    return done;
  }
}

function knownValue(value: string): KnownValue {
  return { type: 'denied', value };
}
