/**
 * The folder of a packed set. All is built in `.pack` below it, and moved into place when it is whole; an interrupted
 * pack leaves that folder, from which the next one goes on.
 */
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { failedWith } from '../dataset/errors.ts';
import { PackError } from './errors.ts';

const workName = '.pack';
/** Below the work folder: what is whole and only has to be moved. */
const doneName = 'done';

export class OutFolder {
  readonly path: string;
  readonly work: string;

  private constructor(path: string) {
    this.path = path;
    this.work = join(path, workName);
  }

  /** @throws PackError when the folder holds anything but an interrupted pack, or lies in one of the sources. */
  static async open(path: string, sources: readonly string[]): Promise<OutFolder> {
    const place = resolve(path);
    const around = sources.find((source) => `${place}${sep}`.startsWith(`${source}${sep}`));
    if (around) throw new PackError(`--out ${path} lies in ${around}. Choose a folder outside of the datasets.`);
    await mkdir(place, { recursive: true, mode: 0o700 }).catch((error) => {
      throw new PackError(`--out ${path} cannot be made: ${error.message}. Choose another folder.`);
    });
    const names = await readdir(place);
    if (names.length > 0 && !names.includes(workName)) {
      throw new PackError(`--out ${path} is not empty. Choose an empty folder or a new one.`);
    }
    if (await moveDone(place)) {
      throw new PackError(
        `--out ${path} held a set that only had to be moved into place: it is whole now. Look at it.`,
      );
    }
    const folder = new OutFolder(place);
    await mkdir(join(folder.work, 'out'), { recursive: true });
    return folder;
  }

  /** Where a file of the finished set is built. */
  async place(...names: string[]): Promise<string> {
    const file = join(this.work, 'out', ...names);
    await mkdir(join(file, '..'), { recursive: true });
    return file;
  }

  /** Moves what was built into place. */
  async finish(): Promise<void> {
    await rename(join(this.work, 'out'), join(this.work, doneName));
    await moveDone(this.path);
  }

  /** Takes back what was made, where nothing came of it. */
  async abandon(): Promise<void> {
    await rm(this.work, { recursive: true, force: true });
    // Only where it is empty.
    await rmdir(this.path).catch(() => {});
  }
}

/** False when there is nothing to move. */
async function moveDone(path: string): Promise<boolean> {
  const done = join(path, workName, doneName);
  const names = await readdir(done).catch((error): string[] | null => {
    if (failedWith(error, 'ENOENT')) return null;
    throw error;
  });
  if (names === null) return false;
  for (const name of names) await rename(join(done, name), join(path, name));
  await rm(join(path, workName), { recursive: true, force: true });
  return true;
}
