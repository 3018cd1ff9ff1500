import { readdir, rmdir, unlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { exampleFormats } from '../examples/formats.ts';
import { policyVersionPattern } from './consentFiles.ts';
import { failedWith } from './errors.ts';
import { requireDataset } from './folder.ts';
import {
  bucketPattern,
  cardFile,
  exampleFile,
  featuresFileName,
  idPattern,
  markerFile,
  temporaryFolder,
  trajectoryFileName,
  verificationFileName,
} from './layout.ts';

/** What may stand in a folder that we made: files by name, folders by name and content. */
interface Known {
  file?: (name: string) => boolean;
  folder?: (name: string) => Known | undefined;
}

const taskFiles = [
  trajectoryFileName,
  featuresFileName,
  verificationFileName,
  ...exampleFormats.map(({ name }) => exampleFile(name)),
];
const task: Known = { file: (name) => taskFiles.includes(name) };
const bucket: Known = { folder: (name) => (idPattern.test(name) ? task : undefined) };
const underConstruction: Known = {
  file: (name) => /^file-[0-9a-f]{32}$/.test(name),
  folder: (name) => (/^(task|withdrawn|replaced)-[0-9a-f]{32}$/.test(name) ? task : undefined),
};
const consentFolders = new Map<string, Known>([
  ['policies', { file: (name) => name.endsWith('.md') && policyVersionPattern.test(name.slice(0, -3)) }],
  ['receipts', { file: (name) => name.endsWith('.json') && idPattern.test(name.slice(0, -5)) }],
]);
const folders = new Map<string, Known>([
  ['data', { folder: (name) => (bucketPattern.test(name) ? bucket : undefined) }],
  ['consent', { file: (name) => name === 'withdrawals.jsonl', folder: (name) => consentFolders.get(name) }],
  ['schema', { file: (name) => /^[a-z_]+\.schema\.json$/.test(name) }],
  [temporaryFolder, underConstruction],
]);

/**
 * Deletes a dataset: what Understudy wrote there, and the folder if nothing else is in it. Links are not followed.
 * @returns what was left in place because it is not ours, as paths relative to the folder
 * @throws DatasetError when the folder holds no dataset
 */
export async function deleteDataset(path: string): Promise<string[]> {
  const folder = resolve(path);
  await requireDataset(folder);
  const left = await deleteKnown(folder, '', {
    file: (name) => name === cardFile,
    folder: (name) => folders.get(name),
  });
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
