/** Whether a folder may hold a dataset, and whether it holds one. */
import type { Stats } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, parse } from 'node:path';
import { DatasetError, failedWith } from './errors.ts';
import { requireNoLinks } from './files.ts';
import { dataFolder, markerFile, markerText, policiesFolder, receiptsFolder, temporaryFolder } from './layout.ts';
import { readSmallFile } from './lines.ts';

/** What all that is read, written and deleted stands in. */
const topFolders = [dataFolder, 'schema', temporaryFolder, receiptsFolder, policiesFolder];

/** @throws DatasetError unless a dataset of this format stands in the folder. */
export async function requireDataset(folder: string): Promise<void> {
  const found = await statOf(folder);
  if (!found) throw new DatasetError('no_dataset', `${folder} does not exist. Name a dataset folder.`);
  if (!(await holdsDataset(folder, found))) {
    throw new DatasetError('no_dataset', `${folder} is no dataset: it has no ${markerFile}. Name a dataset folder.`);
  }
}

/**
 * Whether a dataset stands in the folder; false when it is free for a new one.
 * @throws DatasetError when the folder must not be written to.
 */
export async function requireWritable(folder: string): Promise<boolean> {
  const found = await statOf(folder);
  const place = await realPlace(folder);
  if (place === parse(place).root || place === (await realPlace(homedir()))) {
    throw new DatasetError('unsafe_place', `${folder} is not a place for a dataset. Choose a folder of its own.`);
  }
  const isDataset = found !== null && (await holdsDataset(folder, found));
  if (!isDataset && found && !(await isFree(folder))) {
    throw new DatasetError('not_empty', `${folder} holds other files. Choose an empty folder or a new one.`);
  }
  const workTree = await gitWorkTree(place);
  if (workTree) {
    throw new DatasetError(
      'git_work_tree',
      `${folder} lies in the git work tree ${workTree}, where it could be committed. Choose a folder outside of it.`,
    );
  }
  if (found && process.platform !== 'win32' && found.mode & 0o022) {
    throw new DatasetError('writable_by_others', `Others can write to ${folder}. Run: chmod go-w '${folder}'`);
  }
  return isDataset;
}

async function holdsDataset(folder: string, found: Stats): Promise<boolean> {
  if (found.isSymbolicLink()) {
    throw new DatasetError('symlink', `${folder} is a link. Name the folder itself: links are not followed.`);
  }
  if (!found.isDirectory()) throw new DatasetError('not_a_folder', `${folder} is not a folder. Choose a folder.`);
  let marker: string;
  try {
    marker = await readSmallFile(join(folder, markerFile));
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return false;
    throw new DatasetError('no_dataset', `${join(folder, markerFile)} cannot be read: ${(error as Error).message}`);
  }
  if (marker === markerText) {
    for (const name of topFolders) await requireNoLinks(folder, name);
    return true;
  }
  throw new DatasetError(
    'unknown_format',
    `${join(folder, markerFile)} is no marker that this version of Understudy knows. Update it, or name another folder.`,
  );
}

/** A second process may be about to create the dataset. */
async function isFree(folder: string): Promise<boolean> {
  return (await readdir(folder)).every((name) => name === temporaryFolder);
}

async function gitWorkTree(place: string): Promise<string | null> {
  if (await statOf(join(place, '.git'))) return place;
  return place === dirname(place) ? null : gitWorkTree(dirname(place));
}

/** The path without links, also of a folder that does not exist yet. */
async function realPlace(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!failedWith(error, 'ENOENT') || path === dirname(path)) throw error;
    return join(await realPlace(dirname(path)), basename(path));
  }
}

async function statOf(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return null;
    if (failedWith(error, 'ENOTDIR')) throw new DatasetError('not_a_folder', `${dirname(path)} is not a folder.`);
    throw error;
  }
}
