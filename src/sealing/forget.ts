/** Takes the last minutes out of what was sealed in them. */
import { readDataset } from '../dataset/dataset.ts';
import { DatasetError } from '../dataset/errors.ts';
import { type DatasetStore, openDataset } from '../dataset/store.ts';
import { readSealedTimes, type SealedTimes } from '../session/journal/sealedTimes.ts';
import { RevisionError, TrajectoryError } from '../trajectory/errors.ts';
import type { Revision } from '../trajectory/revision.ts';
import { reviseSealed } from './reviseSealed.ts';

export interface ForgetRequest {
  datasetFolder: string;
  /** Folder of the journals, and their key in hex. */
  journals: string;
  key: string;
  /** Milliseconds since the Unix epoch. */
  from: number;
}

export interface Forgotten {
  /** Records of which the end was cut off. */
  cut: number;
  /** Records that went whole. */
  withdrawn: number;
}

/**
 * @returns null where there is no dataset.
 * @throws DatasetError when the folder cannot be used
 */
export async function forget({ datasetFolder, journals, key, from }: ForgetRequest): Promise<Forgotten | null> {
  const times = await readSealedTimes(journals, Buffer.from(key, 'hex'));
  const late = times.filter(({ ends }) => ends.some((end) => end >= from));
  const there = await readDataset(datasetFolder).catch((error) => {
    if (error instanceof DatasetError && error.reason === 'no_dataset') return null;
    throw error;
  });
  if (!there) return null;
  const forgotten: Forgotten = { cut: 0, withdrawn: 0 };
  if (late.length === 0) return forgotten;
  const store = await openDataset(datasetFolder);
  const here = new Set<string>();
  for await (const id of store.trajectoryIds()) here.add(id);
  const withdraw = async (ids: string[]) => {
    await store.withdraw(ids);
    forgotten.withdrawn += ids.filter((id) => here.has(id)).length;
  };
  const [whole, begun]: [string[], typeof late] = [[], []];
  for (const record of late) {
    if (await isBegunBefore(store, record, from)) begun.push(record);
    else whole.push(record.trajectoryId);
  }
  // First what goes whole: behind a part that is cut no other may be left, or the text at its end would stay for the other's sake.
  await withdraw(whole);
  for (const record of begun) {
    if (await cutEnd(store, record, from)) forgotten.cut++;
    else await withdraw([record.trajectoryId]);
  }
  return forgotten;
}

/** Whether a cut leaves work in it. One that was revised since has lost its times: it goes whole. */
async function isBegunBefore(store: DatasetStore, { trajectoryId, ends }: SealedTimes[number], from: number) {
  const record = await store.readTrajectory(trajectoryId).catch(() => null);
  if (record?.steps.length !== ends.length) return false;
  return record.steps.slice(0, firstLate(ends, from)).some(({ kind }) => kind !== 'view');
}

/** Whether the record still replays behind the cut, and could be written. */
async function cutEnd(store: DatasetStore, { trajectoryId, ends }: SealedTimes[number], from: number) {
  const revisions: Revision[] = [{ kind: 'cut', from: firstLate(ends, from), to: ends.length - 1 }];
  try {
    const request = { datasetFolder: store.folder, trajectoryId, revisions, write: true };
    return (await reviseSealed(request)).withheld.length === 0;
  } catch (error) {
    if (error instanceof TrajectoryError || error instanceof DatasetError || error instanceof RevisionError)
      return false;
    throw error;
  }
}

function firstLate(ends: readonly number[], from: number): number {
  return ends.findIndex((end) => end >= from);
}
