import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SecretStorage } from 'vscode';
import { keyBytes } from '../../session/journal/frames.ts';

export const journalKeyName = 'understudy.journalKey';

/**
 * The key of all journals on this machine, kept in the system's keyring. Where there is no keyring, the editor forgets it
 * when it closes: journals are then as good as kept in memory, for nobody can read what is left. VS Code does not say
 * whether there is one. So a mark of the key is left beside the journals, which tells whether it came back.
 */
export class JournalKey {
  readonly #secrets: SecretStorage;
  readonly #folder: string;
  #isLost = false;

  /** @param folder of the journals */
  constructor(secrets: SecretStorage, folder: string) {
    this.#secrets = secrets;
    this.#folder = folder;
  }

  /** Whether the key of before was gone when one was needed: no keyring keeps it, or it was taken out of there. */
  get isLost(): boolean {
    return this.#isLost;
  }

  async read(): Promise<Buffer | null> {
    const stored = Buffer.from((await this.#secrets.get(journalKeyName)) ?? '', 'hex');
    return stored.length === keyBytes ? stored : null;
  }

  /** Draws the key if there is none. Read back, so that windows that draw at once settle on one. */
  async readOrCreate(): Promise<Buffer> {
    const stored = await this.read();
    const mark = await readFile(this.#markPath, 'utf8').catch(() => null);
    if (mark !== null && (!stored || mark !== markOf(stored))) this.#isLost = true;
    if (stored && mark === markOf(stored)) return stored;
    const key = stored ?? (await this.#create());
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFile(this.#markPath, markOf(key), { mode: 0o600 });
    return key;
  }

  /** The next one is drawn anew. */
  async forget(): Promise<void> {
    await rm(this.#markPath, { force: true });
    await this.#secrets.delete(journalKeyName);
  }

  async #create(): Promise<Buffer> {
    await this.#secrets.store(journalKeyName, randomBytes(keyBytes).toString('hex'));
    const created = await this.read();
    if (!created) throw new Error('The secret storage keeps nothing.');
    return created;
  }

  get #markPath(): string {
    return join(this.#folder, 'key.mark');
  }
}

/** Tells nothing of the key: 256 random bits cannot be found by trying. */
function markOf(key: Buffer): string {
  return createHmac('sha256', key).update('understudy journal key').digest('hex').slice(0, 16);
}
