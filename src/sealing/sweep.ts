/**
 * Looks for values that have become known in the records that the workspace has sealed before.
 *
 * Which values were looked for already is kept beside the journals, as keyed hashes: without the journals' key they tell
 * nothing, and none of it ever comes near the dataset.
 */
import { createHmac } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { DatasetStore } from '../dataset/store.ts';
import type { KnownValue } from '../session/events.ts';
import { auditDataset } from './auditDataset.ts';

/** They are new with every commit, and no record from before can hold them. */
const everNew: ReadonlySet<KnownValue['type']> = new Set(['commit', 'ticket']);

const sweptFile = z.array(z.string().regex(/^[0-9a-f]{64}$/));

export interface Sweep {
  store: DatasetStore;
  projectId: string;
  known: readonly KnownValue[];
  /** Folder of the journals. */
  journals: string;
  key: Buffer;
}

/** Mends the project's records that hold a value not looked for before. @returns how many. */
export async function sweep({ store, projectId, known, journals, key }: Sweep): Promise<number> {
  const file = join(journals, `${projectId}.swept`);
  const hashOf = ({ type, value }: KnownValue) => createHmac('sha256', key).update(`${type}\n${value}`).digest('hex');
  const swept = new Set(await readSwept(file));
  const added = known.filter((value) => !everNew.has(value.type) && !swept.has(hashOf(value)));
  if (added.length === 0) return 0;
  let mended = 0;
  for await (const { fault } of auditDataset(store.folder, { known: added, store, projectId })) {
    if (fault === null) mended++;
  }
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, JSON.stringify([...new Set([...swept, ...added.map(hashOf)])]), { mode: 0o600 });
  return mended;
}

/** What cannot be read counts as nothing looked for: the search is done again. */
async function readSwept(file: string): Promise<string[]> {
  try {
    return sweptFile.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return [];
  }
}
