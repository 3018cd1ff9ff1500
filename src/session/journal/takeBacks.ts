/**
 * What a person takes back, kept as a file beside the journals until it is done: a window that is busy, gone or not yet
 * started honours it when it comes to it. Ids and times only.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { randomId } from '../../consent/receipt.ts';

const time = z.int().nonnegative();
const common = {
  id: randomId,
  /** It is about journals begun by then, in milliseconds since the Unix epoch. */
  until: time,
  /** And about these, which were begun under a clock that has been set back since. */
  also: z.array(randomId),
  /** Whether the dataset has still to be gone through. */
  dataset: z.boolean(),
};

/** How far it goes: the records alone; the agreement too; the ids and the key of the journals as well. */
const extent = z.enum(['records', 'agreement', 'ids']);
export type Extent = z.infer<typeof extent>;

export const takeBack = z.discriminatedUnion('kind', [
  /** What was recorded from this time on, in all workspaces. */
  z.strictObject({ kind: z.literal('forget'), from: time, ...common }),
  /** One task that is held, and what is being sealed of it. */
  z.strictObject({ kind: z.literal('task'), taskId: randomId, ...common }),
  /** Records: those of a task that is sealed. */
  z.strictObject({ kind: z.literal('records'), trajectoryIds: z.array(randomId), ...common }),
  /** Everything of a workspace. `key`: whether the key has still to be drawn anew, if nothing else needs it. */
  z.strictObject({ kind: z.literal('project'), projectId: randomId, extent, key: z.boolean(), ...common }),
]);
export type TakeBack = z.infer<typeof takeBack>;

/** What is wanted, before it is written down. */
export type Wanted =
  | { kind: 'forget'; from: number }
  | { kind: 'task'; taskId: string }
  | { kind: 'records'; trajectoryIds: string[] }
  | { kind: 'project'; projectId: string; extent: Extent };

export class TakeBacks {
  readonly #folder: string;

  /** @param folder of the journals */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<TakeBack[]> {
    const names = await readdir(this.#folder).catch((): string[] => []);
    const found = names.filter((name) => /^[0-9a-f]{32}\.takeback$/.test(name));
    const read = await Promise.all(found.map((name) => this.#read(name)));
    return read.filter((one) => one !== null);
  }

  /** @param also tasks that are meant although their journals seem to be younger. */
  async add(wanted: Wanted, until: number, also: string[]): Promise<TakeBack> {
    const common = { id: randomBytes(16).toString('hex'), until, also, dataset: true };
    const one: TakeBack =
      wanted.kind === 'project' ? { ...wanted, ...common, key: wanted.extent === 'ids' } : { ...wanted, ...common };
    await this.write(one);
    return one;
  }

  async write(one: TakeBack): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const path = this.#path(one.id);
    await writeFile(`${path}.new`, JSON.stringify(takeBack.parse(one)), { mode: 0o600, flush: true });
    await rename(`${path}.new`, path);
  }

  async remove({ id }: TakeBack): Promise<void> {
    await rm(this.#path(id), { force: true });
  }

  async #read(name: string): Promise<TakeBack | null> {
    try {
      return takeBack.parse(JSON.parse(await readFile(join(this.#folder, name), 'utf8')));
    } catch {
      return null;
    }
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.takeback`);
  }
}
