/** Reading a dataset folder. Whatever stands in it may be hostile: nothing is believed before it is checked. */
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { type Verification, verification, verificationFaults } from '../examples/verification.ts';
import { type Trajectory, trajectory } from '../trajectory/record.ts';
import { withdrawnKeys } from './consentFiles.ts';
import { DatasetError, failedWith } from './errors.ts';
import { requireDataset } from './folder.ts';
import { otherVersion } from './issueText.ts';
import {
  bucketPattern,
  dataFolder,
  idPattern,
  taskFolder,
  trajectoryFileName,
  verificationFileName,
  withdrawalsFile,
} from './layout.ts';
import { readIfThere, readSmallFile } from './lines.ts';
import { type RecordHead, readRecordHead } from './recordHead.ts';

export class Dataset {
  readonly folder: string;

  /** Use `readDataset` or `openDataset`, which check the folder. */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** Ids of all records, in ascending order. */
  async *trajectoryIds(): AsyncGenerator<string> {
    for (const bucket of await subfolders(join(this.folder, dataFolder))) {
      if (!bucketPattern.test(bucket)) continue;
      for (const id of await subfolders(join(this.folder, dataFolder, bucket))) {
        if (idPattern.test(id) && id.startsWith(bucket)) yield id;
      }
    }
  }

  /** What was taken back: ids of records, of projects and receipts, and keys of repositories. */
  async withdrawn(): Promise<Set<string>> {
    return withdrawnKeys((await readIfThere(join(this.folder, withdrawalsFile))) ?? '');
  }

  /** @throws DatasetError with the reason `no_record` or `broken_record`. */
  async readTrajectory(id: string): Promise<Trajectory> {
    const file = join(taskFolder(id), trajectoryFileName);
    try {
      return trajectory.parse(JSON.parse(await readSmallFile(join(this.folder, file))));
    } catch (error) {
      if (failedWith(error, 'ENOENT')) {
        throw new DatasetError('no_record', `There is no record ${id} in ${this.folder}.`);
      }
      throw new DatasetError('broken_record', `${join(this.folder, file)} ${whyUnread(error)}`);
    }
  }

  /** The ids that a record begins with. */
  readHead(id: string): Promise<RecordHead> {
    return readRecordHead(join(this.folder, taskFolder(id), trajectoryFileName));
  }

  /** What running the record's task again showed; null where that was not done, or of another revision. */
  async readVerification(record: Trajectory): Promise<Verification | null> {
    const file = join(this.folder, taskFolder(record.trajectory_id), verificationFileName);
    try {
      const text = await readIfThere(file);
      const row = text === null ? null : verification.parse(JSON.parse(text));
      return row && verificationFaults(row, record).length === 0 ? row : null;
    } catch {
      // For `validate` to tell of: what cannot be read shows nothing.
      return null;
    }
  }
}

function whyUnread(error: unknown): string {
  const version = error instanceof z.ZodError ? otherVersion(error) : null;
  if (version !== null) return `is ${version}`;
  if (error instanceof Error && 'code' in error) return `cannot be read: the system says ${error.code}`;
  return 'is broken. Run: understudy validate';
}

/** Opens a dataset to read it, wherever it lies and whoever made it. @throws DatasetError when there is none. */
export async function readDataset(path: string): Promise<Dataset> {
  const folder = resolve(path);
  await requireDataset(folder);
  return new Dataset(folder);
}

/** Names of the folders in a folder, sorted; links are none. */
async function subfolders(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (failedWith(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}
