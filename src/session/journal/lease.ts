/**
 * Who owns a journal. A lease is the file `<task id>.<generation>.lease` that names its owner's process and is touched
 * every second. A journal whose owner is gone is claimed by creating the next generation: the file system lets one
 * claimer win, no file is ever replaced, and a claimer that dies leaves a lease that runs out like any other.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

const heartbeatInterval = 1000;
const second = 1000;
const day = 24 * 60 * 60 * second;

const owner = z.strictObject({ pid: z.int().positive(), place: z.string() });
export type Owner = z.infer<typeof owner>;

/**
 * Where process ids mean the same: a boot of a machine and, on Linux, a pid namespace. Containers may share a home
 * folder but not their processes; after a restart of the machine a pid belongs to someone else.
 */
export const thisPlace: string = createHash('sha256')
  .update(
    [
      hostname(),
      quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
      quietly(() => readlinkSync('/proc/self/ns/pid')),
    ].join('\n'),
  )
  .digest('hex')
  .slice(0, 16);

/**
 * Whether the owner will not come back. Silence has no sign: of a clock that was set back its last beat lies ahead. A process that does not run is gone; ten seconds are for clocks that differ.
 * One that runs may only be asleep with its machine, or may be another one under the same id: it has a day. Of an owner
 * in another place, or whose lease is torn, nothing but the heartbeat is known.
 */
export function isGone(owner: Owner | null, silence: number, isRunning: (pid: number) => boolean): boolean {
  if (owner?.place !== thisPlace) return silence > 60 * second;
  return silence > (isRunning(owner.pid) ? day : 10 * second);
}

export class Lease {
  readonly #folder: string;
  readonly #taskId: string;
  readonly #timer: NodeJS.Timeout;

  private constructor(folder: string, taskId: string, path: string) {
    this.#folder = folder;
    this.#taskId = taskId;
    this.#timer = setInterval(() => {
      const now = new Date();
      // A beat that fails is made up for by the next one; if the file is gone, so is what it stood for.
      utimes(path, now, now).catch(() => {});
    }, heartbeatInterval);
  }

  /** The lease of a journal about to be written. */
  static async take(folder: string, taskId: string): Promise<Lease> {
    const lease = await Lease.#create(folder, taskId, 1);
    if (!lease) throw new Error('A task id was drawn twice.');
    return lease;
  }

  /** The lease of a journal left behind; null while its owner may live, or when another claimer was faster. */
  static async claim(folder: string, taskId: string): Promise<Lease | null> {
    const last = (await generations(folder, taskId)).at(-1) ?? 0;
    if (last > 0 && !(await isAbandoned(leasePath(folder, taskId, last)))) return null;
    return await Lease.#create(folder, taskId, last + 1);
  }

  /** Whether some process has it now: nobody waits here for one that may come back. */
  static async isHeld(folder: string, taskId: string): Promise<boolean> {
    const last = (await generations(folder, taskId)).at(-1) ?? 0;
    try {
      const path = leasePath(folder, taskId, last);
      const { pid, place } = owner.parse(JSON.parse(await readFile(path, 'utf8')));
      return place === thisPlace ? isRunning(pid) : !(await isAbandoned(path));
    } catch {
      return false;
    }
  }

  static async #create(folder: string, taskId: string, generation: number): Promise<Lease | null> {
    const path = leasePath(folder, taskId, generation);
    const owner: Owner = { pid: process.pid, place: thisPlace };
    await mkdir(folder, { recursive: true, mode: 0o700 });
    try {
      await writeFile(path, JSON.stringify(owner), { flag: 'wx', mode: 0o600 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
      throw error;
    }
    return new Lease(folder, taskId, path);
  }

  /** Stops renewing and removes the lease, with those that it followed on. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    await removeLeases(this.#folder, this.#taskId);
  }
}

async function removeLeases(folder: string, taskId: string): Promise<void> {
  // The newest goes last: a claimer in between must find it.
  for (const generation of await generations(folder, taskId)) {
    await rm(leasePath(folder, taskId, generation), { force: true });
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(path);
    const parsed = owner.safeParse(parseOrNull(await readFile(path, 'utf8')));
    return isGone(parsed.success ? parsed.data : null, Math.abs(Date.now() - mtimeMs), isRunning);
  } catch {
    // Released or unreadable right now: the next look will tell.
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Ascending. */
async function generations(folder: string, taskId: string): Promise<number[]> {
  const pattern = new RegExp(`^${taskId}\\.(\\d{1,6})\\.lease$`);
  const names = await readdir(folder);
  return names.flatMap((name) => Number(pattern.exec(name)?.[1] ?? [])).sort((a, b) => a - b);
}

function leasePath(folder: string, taskId: string, generation: number): string {
  return join(folder, `${taskId}.${generation}.lease`);
}

function parseOrNull(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function quietly(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
