import { readdir, rmdir, unlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { failedWith } from './errors.ts';
import { requireDataset } from './folder.ts';
import { type Known, knownEntries } from './knownEntries.ts';
import { markerFile } from './layout.ts';

/**
 * Deletes a dataset: what Understudy wrote there, and the folder if nothing else is in it. Links are not followed.
 * @returns what was left in place because it is not ours, as paths relative to the folder
 * @throws DatasetError when the folder holds no dataset
 */
export async function deleteDataset(path: string): Promise<string[]> {
  const folder = resolve(path);
  await requireDataset(folder);
  const left = await deleteKnown(folder, '', knownEntries);
  // The marker goes last: what an interruption leaves is still known as ours.
  await unlink(join(folder, markerFile));
  const foreign = left.filter((name) => name !== markerFile);
  if (foreign.length === 0) await rmdir(folder);
  return foreign;
}

async function deleteKnown(dataset: string, inside: string, known: Known): Promise<string[]> {
  const left: string[] = [];
  for (const entry of await readdir(join(dataset, inside), { withFileTypes: true })) {
    const name = inside === '' ? entry.name : `${inside}/${entry.name}`;
    const subfolder = entry.isDirectory() ? known.folder?.(entry.name) : undefined;
    if (subfolder) {
      left.push(...(await deleteKnown(dataset, name, subfolder)));
      await rmdir(join(dataset, name)).catch(ignoreNotEmpty);
    } else if (entry.isFile() && known.file?.(entry.name)) {
      await unlink(join(dataset, name));
    } else {
      left.push(name);
    }
  }
  return left;
}

function ignoreNotEmpty(error: unknown): void {
  if (!failedWith(error, 'ENOTEMPTY', 'EEXIST')) throw error;
}
