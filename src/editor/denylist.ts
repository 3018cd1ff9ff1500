import type { SecretStorage } from 'vscode';
import * as z from 'zod';
import type { KnownValue } from '../session/events.ts';

const name = 'understudy.denylist';
const list = z.array(z.string().min(1));

/** The list is there, but it is not one: nothing may be recorded as if it were empty. */
export class DenylistError extends Error {
  override name = 'DenylistError';
}

/** What the person wants redacted always, in the system's keyring. It is never shown and never logged. */
export class Denylist {
  readonly #secrets: SecretStorage;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  /** @throws DenylistError */
  async values(): Promise<KnownValue[]> {
    return (await this.#read()).map((value) => ({ type: 'denied', value }));
  }

  /** @throws DenylistError */
  async add(value: string): Promise<void> {
    await this.#secrets.store(name, JSON.stringify([...new Set([...(await this.#read()), value])]));
  }

  async clear(): Promise<void> {
    await this.#secrets.delete(name);
  }

  async #read(): Promise<string[]> {
    const stored = await this.#secrets.get(name);
    if (stored === undefined) return [];
    try {
      return list.parse(JSON.parse(stored));
    } catch {
      throw new DenylistError('The list of always redacted values cannot be read.');
    }
  }
}
