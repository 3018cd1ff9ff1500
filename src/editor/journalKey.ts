import { randomBytes } from 'node:crypto';
import type { SecretStorage } from 'vscode';
import { keyBytes } from '../session/journal/frames.ts';

const name = 'understudy.journalKey';

/**
 * The key of all journals on this machine, kept in the system's keyring. Where there is no keyring, the editor forgets it
 * when it closes: journals are then as good as kept in memory, for nobody can read what a crash leaves.
 */
export class JournalKey {
  readonly #secrets: SecretStorage;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  async read(): Promise<Buffer | null> {
    const stored = Buffer.from((await this.#secrets.get(name)) ?? '', 'hex');
    return stored.length === keyBytes ? stored : null;
  }

  /** Draws the key if there is none. Read back, so that windows that draw at once settle on one. */
  async readOrCreate(): Promise<Buffer> {
    const stored = await this.read();
    if (stored) return stored;
    await this.#secrets.store(name, randomBytes(keyBytes).toString('hex'));
    const created = await this.read();
    if (!created) throw new Error('The secret storage keeps nothing.');
    return created;
  }
}
