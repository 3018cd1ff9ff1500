/** Where an export is written, row by row. */
import { type FileHandle, mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Rendered, Rendering } from '../examples/renderings/rendering.ts';
import { isInside } from '../examples/taskPlan.ts';
import { CliError } from './cliError.ts';
import { exportCard } from './exportCard.ts';
import { requireOutside } from './requireOutside.ts';

/** Tells of each row where it comes from, and what it may be used for. */
const sourcesFile = 'sources.jsonl';
/** Tells of each record without a row what it lacks. */
const leftOutFile = 'left-out.jsonl';

export class ExportFolder {
  readonly #path: string;
  readonly #rendering: Rendering;
  readonly #open = new Map<string, FileHandle>();
  #rows = 0;

  private constructor(path: string, rendering: Rendering) {
    this.#path = path;
    this.#rendering = rendering;
  }

  /** @throws CliError when the folder is not free, or lies in the dataset. */
  static async open(path: string, rendering: Rendering, dataset: string): Promise<ExportFolder> {
    const place = resolve(path);
    requireOutside('--out', path, dataset);
    const fail = (error: Error) => {
      throw new CliError(`--out ${path} cannot be written: ${error.message}. Choose another folder.`);
    };
    await mkdir(place, { recursive: true, mode: 0o700 }).catch(fail);
    if ((await readdir(place).catch(fail)).length > 0) {
      throw new CliError(`--out ${path} is not empty. Choose an empty folder or a new one.`);
    }
    return new ExportFolder(place, rendering);
  }

  /** Names of what was written. */
  get files(): string[] {
    const own = this.#rows > 0 && this.#rendering.layout !== 'lines' ? [`${this.#rows} ${this.#rendering.layout}`] : [];
    return [...own, ...this.#open.keys()];
  }

  async add({ source, value }: Rendered): Promise<void> {
    const { name, layout } = this.#rendering;
    const { trajectory_id, step_start, step_end, license, consent_uses } = source;
    if (layout === 'lines') await this.#append(`${name}.jsonl`, value);
    if (layout === 'files') await this.#write(`${trajectory_id}.json`, `${JSON.stringify(value, null, 2)}\n`);
    if (layout === 'folders') {
      for (const [folder, files] of Object.entries(value as Record<string, Record<string, string>>)) {
        for (const [path, text] of Object.entries(files)) await this.#write(`${folder}/${path}`, text);
      }
    }
    await this.#append(sourcesFile, { row: this.#rows++, trajectory_id, step_start, step_end, license, consent_uses });
  }

  async leaveOut(trajectory_id: string, lacks: string): Promise<void> {
    await this.#append(leftOutFile, { trajectory_id, lacks });
  }

  /** Adds the card for what loaders read: a folder that is not whole has none. */
  async finish(): Promise<void> {
    const card = this.#rows > 0 ? exportCard(this.#rendering.name) : null;
    if (card !== null) await this.#write('README.md', card);
  }

  async close(): Promise<void> {
    for (const handle of this.#open.values()) await handle.close();
  }

  async #append(name: string, value: object): Promise<void> {
    const handle = this.#open.get(name) ?? (await open(join(this.#path, name), 'wx', 0o600));
    this.#open.set(name, handle);
    await handle.write(`${lineOf(value)}\n`);
  }

  /** Paths come from records, which may be anybody's. */
  async #write(path: string, text: string): Promise<void> {
    if (!isInside(path)) throw new CliError(`the path ${path} leads out of the folder`);
    const file = join(this.#path, path);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, text, { flag: 'wx', mode: 0o600 });
  }
}

/** Many readers split lines at characters that JSON leaves as they are, such as `splitlines` of Python. */
function lineOf(value: object): string {
  return JSON.stringify(value).replace(/[\x85\u2028\u2029]/g, (one) => {
    return `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
