/**
 * Writing files and folders so that they survive a crash whole, are readable by their owner alone, and carry no time:
 * when a person worked must not be told by a file system either.
 */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, rename, rm, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatasetError, failedWith } from './errors.ts';
import { temporaryFolder } from './layout.ts';

const fileMode = 0o600;
const folderMode = 0o700;
const epoch = Date.UTC(1980, 0, 1);

/**
 * The one time of all files. A file that is written anew under its name counts its revisions in seconds, and what is
 * derived by a newer version its versions in hours: caches and copying tools take a file of the same time for the same
 * file.
 */
export function fixedTime(revision = 0, deriver = 1): Date {
  return new Date(epoch + revision * 1000 + (deriver - 1) * 3_600_000);
}

/** Creates a file and does not return before it is on the disk. @throws when something stands under the name. */
export async function createFile(file: string, text: string, time = fixedTime()): Promise<void> {
  const handle = await open(file, 'wx', fileMode);
  try {
    await handle.writeFile(text);
    await handle.utimes(time, time);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Appends in one write, so that lines of two processes do not mix. */
export async function appendToFile(file: string, text: string): Promise<void> {
  const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = constants;
  const handle = await open(file, O_APPEND | O_CREAT | O_WRONLY | (O_NOFOLLOW ?? 0), fileMode);
  try {
    await handle.write(text);
    await handle.utimes(fixedTime(), fixedTime());
    await handle.sync();
  } finally {
    await handle.close();
  }
  await settleFolder(dirname(file));
}

/** Puts a file in place in one rename: readers see the old text or the new one. A symlink there is replaced, not followed. */
export async function replaceFile(dataset: string, name: string, text: string): Promise<void> {
  const temporary = await temporaryPath(dataset, 'file');
  await createFile(temporary, text);
  await rename(temporary, join(dataset, name));
  await settleFolder(dirname(join(dataset, name)));
  await settleFolder(dirname(temporary));
}

/**
 * Creates a folder with all above it. Node's own way never ends where the system takes no folder although the one above is there,
 * as in `/proc` and in places that are mounted when they are asked for.
 */
export async function makeAll(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: folderMode });
  } catch (error) {
    if (failedWith(error, 'EEXIST')) return;
    if (!failedWith(error, 'ENOENT') || folder === dirname(folder)) throw error;
    await makeAll(dirname(folder));
    await mkdir(folder, { mode: folderMode });
  }
}

/** Creates the folders of `name` below the dataset, one by one. @throws DatasetError when something else is in the way. */
export async function makeFolders(dataset: string, name: string): Promise<void> {
  if (name === '.') return;
  await makeFolders(dataset, dirname(name));
  const folder = join(dataset, name);
  try {
    await mkdir(folder, { mode: folderMode });
    await settleFolder(folder);
    await settleFolder(dirname(folder));
  } catch (error) {
    if (!failedWith(error, 'EEXIST')) throw error;
    const found = await lstat(folder);
    if (found.isSymbolicLink())
      throw new DatasetError('symlink', `${folder} is a link. Remove it: links are not followed.`);
    if (!found.isDirectory()) throw new DatasetError('not_a_folder', `${folder} is not a folder. Move it away.`);
  }
}

/** @throws DatasetError when a folder on the way to `name` is a link: what stands behind it is not the dataset's. */
export async function requireNoLinks(dataset: string, name: string): Promise<void> {
  if (name === '.') return;
  await requireNoLinks(dataset, dirname(name));
  const found = await lstat(join(dataset, name)).catch(() => null);
  if (found?.isSymbolicLink()) {
    throw new DatasetError('symlink', `${join(dataset, name)} is a link. Remove it: links are not followed.`);
  }
}

/** A name for something that is built or deleted beside the dataset's files, on the same file system. */
export async function temporaryPath(dataset: string, purpose: 'task' | 'file' | 'withdrawn'): Promise<string> {
  await makeFolders(dataset, temporaryFolder);
  return join(dataset, temporaryFolder, `${purpose}-${randomBytes(16).toString('hex')}`);
}

/** Makes a folder's entries durable and takes the time of the change off it. */
export async function settleFolder(folder: string): Promise<void> {
  // Windows neither opens nor syncs folders.
  if (process.platform !== 'win32') {
    const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
  await utimes(folder, fixedTime(), fixedTime());
}

/** Moves a folder out of sight in one rename, then deletes it. False when another process was faster. */
export async function removeFolder(dataset: string, name: string): Promise<boolean> {
  await requireNoLinks(dataset, dirname(name));
  const grave = await temporaryPath(dataset, 'withdrawn');
  try {
    await rename(join(dataset, name), grave);
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return false;
    throw error;
  }
  await settleFolder(dirname(join(dataset, name)));
  await rm(grave, { recursive: true, force: true });
  await settleFolder(join(dataset, temporaryFolder));
  return true;
}
