/**
 * The folder of the journals, `<task id>.journal` each, with the leases and, beside those of held tasks, what is known of
 * the holding and why sealing refused them.
 */
import { open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePreamble, preambleBytes } from './frames.ts';
import { deadline, type HeldTask, heldTask } from './heldTasks.ts';
import { Lease } from './lease.ts';
import { sealedTimesAge } from './sealedTimes.ts';

const minute = 60_000;
const tenSeconds = 10_000;

export interface StoredJournal {
  taskId: string;
  path: string;
  createdAt: number;
  /** Of a task that has ended; null while it is open, or when its owner died. */
  held: HeldTask | null;
  /** Why sealing refused the task: a code. Null for a journal that was not sealed yet. */
  withheld: string | null;
}

/** Whether a journal is so young that its owner's lease may still be on its way. */
export function isNew({ held, createdAt }: StoredJournal, now: number): boolean {
  return held === null && Math.abs(now - createdAt) < tenSeconds;
}

export class JournalFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  journalPath(taskId: string): string {
    return join(this.path, `${taskId}.journal`);
  }

  async list(): Promise<StoredJournal[]> {
    const names = await readdir(this.path).catch((): string[] => []);
    const ids = names.flatMap((name) => /^([0-9a-f]{32})\.journal$/.exec(name)?.[1] ?? []);
    const journals = await Promise.all(ids.map((id) => this.describe(id)));
    return journals.filter((journal) => journal !== null);
  }

  /** Null where it is not there. */
  async describe(taskId: string): Promise<StoredJournal | null> {
    const path = this.journalPath(taskId);
    try {
      const withheld = await readFile(this.#reasonPath(taskId), 'utf8').catch(() => null);
      return { taskId, path, createdAt: await createdAt(path), held: await this.held(taskId), withheld };
    } catch {
      return null;
    }
  }

  /** The task has ended; its journal is on the disk. */
  async hold(task: HeldTask): Promise<void> {
    const path = this.#heldPath(task.taskId);
    await writeFile(`${path}.new`, JSON.stringify(task), { mode: 0o600 });
    await rename(`${path}.new`, path);
  }

  /** Removes what interrupted work left, and what is too old to be of use. */
  async tidy(now: number): Promise<void> {
    const names = await readdir(this.path).catch((): string[] => []);
    for (const name of names) {
      const [, id, ending] = /^([0-9a-f]{32})\.(?:\d+\.)?([a-z.]+)$/.exec(name) ?? [];
      const isOrphan = !names.includes(`${id}.journal`);
      const limit = limitOf(name.endsWith('.new') ? 'new' : (ending ?? ''), isOrphan);
      const path = join(this.path, name);
      const { mtimeMs } = (await stat(path).catch(() => null)) ?? { mtimeMs: now };
      // Also of a time that lies ahead: the clock was set back.
      if (Math.abs(now - mtimeMs) > limit) await rm(path, { force: true });
    }
  }

  /** Whether the journal is there. */
  async has(taskId: string): Promise<boolean> {
    return stat(this.journalPath(taskId)).then(
      () => true,
      () => false,
    );
  }

  /** Sealing refused the task: its journal waits for its deadline, for the person to mend what stood in the way. */
  async withhold(taskId: string, reason: string): Promise<void> {
    await writeFile(this.#reasonPath(taskId), reason, { mode: 0o600 });
  }

  /** Which values were looked for in what the project has sealed. */
  async forgetProject(projectId: string): Promise<void> {
    await rm(join(this.path, `${projectId}.swept`), { force: true });
  }

  /** Whether anything is left for which the key is needed; what tells nothing without those goes. */
  async isUsed(): Promise<boolean> {
    const names = await readdir(this.path).catch((): string[] => []);
    if (names.some((name) => name.endsWith('.journal'))) return true;
    const leases = new Set(names.flatMap((name) => /^([0-9a-f]{32})\.\d+\.lease$/.exec(name)?.[1] ?? []));
    for (const taskId of leases) if (await Lease.isHeld(this.path, taskId)) return true;
    for (const name of names) if (/\.(swept|sealed)$/.test(name)) await rm(join(this.path, name), { force: true });
    return false;
  }

  /** Its lease goes by itself or with its holder. */
  async delete(taskId: string): Promise<void> {
    for (const path of [this.journalPath(taskId), this.#heldPath(taskId), this.#reasonPath(taskId)]) {
      await rm(path, { force: true });
    }
  }

  /** What is not as it was written counts as absent: the journal's header tells the same. */
  async held(taskId: string): Promise<HeldTask | null> {
    try {
      const held = heldTask.parse(JSON.parse(await readFile(this.#heldPath(taskId), 'utf8')));
      return held.taskId === taskId ? held : null;
    } catch {
      return null;
    }
  }

  #heldPath(taskId: string): string {
    return join(this.path, `${taskId}.held`);
  }

  #reasonPath(taskId: string): string {
    return join(this.path, `${taskId}.withheld`);
  }
}

/** How old a file may be, in milliseconds. A lease without a journal is that of an owner who had written nothing yet, or died. */
function limitOf(ending: string, isOrphan: boolean): number {
  if (ending === 'new' || (isOrphan && (ending === 'held' || ending === 'withheld'))) return minute;
  if (ending === 'sealed') return sealedTimesAge;
  return isOrphan && ending === 'lease' ? deadline : Number.POSITIVE_INFINITY;
}

/** As the journal says; of a torn one, as the file system says. */
async function createdAt(path: string): Promise<number> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(preambleBytes), 0, preambleBytes, 0);
    return decodePreamble(buffer.subarray(0, bytesRead)).createdAt;
  } catch {
    return (await stat(path)).mtimeMs;
  } finally {
    await file.close();
  }
}
