/** Everything that is held here about a person, in one zip that any tool opens. */
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Zip, ZipDeflate } from 'fflate';
import { JournalFolder } from '../session/journal/journalFolder.ts';
import { readJournal } from '../session/journal/readJournal.ts';
import { readSealedTimes } from '../session/journal/sealedTimes.ts';

export interface ExportRequest {
  /** Where to write the zip. What stands there is replaced. */
  out: string;
  datasetFolder: string;
  /** Folder of the journals, and their key in hex; null where it is gone. */
  journals: string;
  key: string | null;
  /** What only the editor knows, by its name in the zip. */
  texts: Record<string, string>;
}

export interface Exported {
  files: number;
  /** Journals that cannot be read. */
  unreadable: number;
}

/** @throws the error of `node:fs` when something cannot be read or written; nothing stands at `out` then. */
export async function exportHeld({ out, datasetFolder, journals, key, texts }: ExportRequest): Promise<Exported> {
  const folder = new JournalFolder(journals);
  const exported: Exported = { files: 0, unreadable: 0 };
  const archive = await Archive.create(`${out}.part`);
  try {
    for (const [name, text] of Object.entries(texts)) await archive.text(name, text);
    for await (const name of filesIn(datasetFolder)) {
      await archive.file(`dataset/${name}`, join(datasetFolder, name));
    }
    for (const { taskId, path, held, createdAt, withheld } of await folder.list()) {
      const journal = key && (await readJournal(path, Buffer.from(key, 'hex')).catch(() => null));
      const facts = {
        taskId,
        createdAt: new Date(createdAt).toISOString(),
        held,
        withheld,
        readable: Boolean(journal),
      };
      await archive.text(`journals/${taskId}.json`, `${JSON.stringify(facts, null, 2)}\n`);
      if (!journal) exported.unreadable++;
      else {
        const lines = [journal.header, ...journal.events].map((line) => `${JSON.stringify(line)}\n`);
        await archive.text(`journals/${taskId}.jsonl`, lines.join(''));
      }
    }
    if (key) {
      const times = await readSealedTimes(journals, Buffer.from(key, 'hex'));
      await archive.text('storage/step-times.json', `${JSON.stringify(times, null, 2)}\n`);
    }
    for (const name of (await namesIn(journals)).filter((name) => /\.(swept|takeback|mark)$/.test(name))) {
      await archive.file(`storage/${name}`, join(journals, name));
    }
    exported.files = await archive.end();
    await rename(`${out}.part`, out);
  } catch (error) {
    await archive.discard();
    throw error;
  }
  return exported;
}

/** Written as it is made: a dataset need not fit into memory. */
class Archive {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #zip: Zip;
  #made: Uint8Array[] = [];
  #files = 0;

  private constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
    this.#zip = new Zip((error, chunk) => {
      if (error) throw error;
      this.#made.push(chunk);
    });
  }

  static async create(path: string): Promise<Archive> {
    await rm(path, { force: true });
    return new Archive(await open(path, 'wx', 0o600), path);
  }

  async text(name: string, text: string): Promise<void> {
    await this.#add(name, [Buffer.from(text)]);
  }

  async file(name: string, path: string): Promise<void> {
    await this.#add(name, createReadStream(path));
  }

  /** @returns how many files it holds. */
  async end(): Promise<number> {
    this.#zip.end();
    await this.#write();
    await this.#file.sync();
    await this.#file.close();
    return this.#files;
  }

  async discard(): Promise<void> {
    await this.#file.close().catch(() => {});
    await rm(this.#path, { force: true });
  }

  async #add(name: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    const entry = new ZipDeflate(name, { level: 6 });
    // When something was written is nobody's business.
    entry.mtime = new Date(1980, 0, 1, 12);
    this.#zip.add(entry);
    for await (const chunk of chunks) {
      entry.push(chunk);
      await this.#write();
    }
    entry.push(new Uint8Array(), true);
    await this.#write();
    this.#files++;
  }

  async #write(): Promise<void> {
    const made = this.#made;
    this.#made = [];
    for (const chunk of made) await this.#file.writeFile(chunk);
  }
}

/** Paths of the files below a folder, with forward slashes. Links are not followed, and what is being built is left out. */
async function* filesIn(folder: string, inside = ''): AsyncGenerator<string> {
  const entries = await readdir(join(folder, inside), { withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const entry of entries) {
    const name = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (entry.isDirectory() && name !== '.tmp') yield* filesIn(folder, name);
    else if (entry.isFile()) yield name;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((): string[] => []);
}
