/** What a host keeps for its windows, as files in one folder: it outlives the process. */
import { readFileSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Memory } from '../../../../src/consent/memory.ts';
import type { Log } from '../../../../src/editor/log.ts';
import { type DatasetTrouble, Sealer } from '../../../../src/editor/tasks/sealer.ts';
import { JournalFolder } from '../../../../src/session/journal/journalFolder.ts';

export function journalsIn(folder: string): JournalFolder {
  return new JournalFolder(join(folder, 'journal'));
}

/** That of a window. */
export function sealerIn(folder: string, workerFile: string, onDataset: (trouble: DatasetTrouble | null) => void) {
  return new Sealer({
    workerFile,
    journals: journalsIn(folder),
    key: new FileKey(folder),
    datasetFolder: () => join(folder, 'dataset'),
    graceTime: () => 0,
    log: { write: () => {} } as unknown as Log,
    onChange: () => {},
    onDataset,
  });
}

/** A keyring. */
export class FileKey {
  readonly #path: string;

  constructor(folder: string) {
    this.#path = join(folder, 'key');
  }

  async read(): Promise<Buffer | null> {
    return readFile(this.#path).catch(() => null);
  }

  async forget(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}

/** The memory of a workspace. */
export class FileMemory implements Memory {
  readonly #path: string;
  #values: Record<string, unknown> = {};

  constructor(folder: string) {
    this.#path = join(folder, 'memory.json');
    try {
      this.#values = JSON.parse(readFileSync(this.#path, 'utf8'));
    } catch {
      // Nothing is remembered yet.
    }
  }

  get(key: string): unknown {
    return this.#values[key];
  }

  async update(key: string, value: unknown): Promise<void> {
    this.#values = { ...this.#values, [key]: value };
    await writeFile(`${this.#path}.new`, JSON.stringify(this.#values));
    await rename(`${this.#path}.new`, this.#path);
  }
}
