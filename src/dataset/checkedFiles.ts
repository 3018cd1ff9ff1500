import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { failedWith } from './errors.ts';
import { issueText } from './issueText.ts';
import { readLines, readSmallFile, UnreadableError } from './lines.ts';
import { holdsLoneSurrogate } from './recordFaults.ts';

export interface Fault {
  /** Relative to the dataset, with forward slashes. */
  file: string;
  fault: string;
}

/** Reads the files of a dataset that may hold anything: what is wrong with them is noted, and never thrown. */
export class CheckedFiles {
  readonly faults: Fault[] = [];
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  note(file: string, fault: string): void {
    this.faults.push({ file, fault });
  }

  /** Null when it cannot be read. */
  async text(file: string): Promise<string | null> {
    return this.#read(file, null, () => readSmallFile(join(this.#folder, file)));
  }

  /** Sorted by name. */
  async entries(name: string): Promise<Dirent[]> {
    const entries = await this.#read(name, [], () => readdir(join(this.#folder, name), { withFileTypes: true }));
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The rows of a file that fit the schema, up to where it becomes unreadable. */
  async rows<Row extends z.ZodObject>(schema: Row, file: string): Promise<z.infer<Row>[]> {
    const rows: z.infer<Row>[] = [];
    let line = 0;
    await this.#read(file, undefined, async () => {
      for await (const text of readLines(join(this.#folder, file))) {
        const where = `row ${++line}: `;
        const row = this.parse(schema, file, text, where);
        if (row === null) continue;
        rows.push(row);
        // Twice the same key, keys in another order, spaces: readers disagree about such rows.
        if (JSON.stringify(row) !== text) this.note(file, `${where}not written as Understudy writes it`);
      }
      if (line === 0) this.note(file, 'empty');
    });
    return rows;
  }

  /** @param where stands in front of the fault */
  parse<Row extends z.ZodObject>(schema: Row, file: string, text: string, where = ''): z.infer<Row> | null {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.note(file, `${where}not JSON`);
      return null;
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      this.note(file, `${where}${issueText(parsed.error)}`);
      return null;
    }
    if (holdsLoneSurrogate(parsed.data)) this.note(file, `${where}a text holds a lone surrogate`);
    return parsed.data;
  }

  async #read<Result>(file: string, otherwise: Result, read: () => Promise<Result>): Promise<Result> {
    try {
      return await read();
    } catch (error) {
      if (failedWith(error, 'ENOENT')) this.note(file, 'missing');
      else if (failedWith(error, 'ENOTDIR')) this.note(file, 'not a folder');
      else
        this.note(
          file,
          error instanceof UnreadableError ? error.message : `cannot be read: ${(error as Error).message}`,
        );
      return otherwise;
    }
  }
}

/** What is wrong with an entry whose name or kind does not belong where it stands. */
export function strayFault(entry: Dirent): string {
  return entry.isSymbolicLink() ? 'a link; links are not followed' : 'does not belong here';
}
