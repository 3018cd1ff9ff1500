/** Takes the last minutes out of what was sealed in them. */
import { readDataset } from '../dataset/dataset.ts';
import { DatasetError } from '../dataset/errors.ts';
import { type DatasetStore, openDataset } from '../dataset/store.ts';
import { readSealedTimes, type SealedTimes } from '../session/journal/sealedTimes.ts';
import { RevisionError, TrajectoryError } from '../trajectory/errors.ts';
import type { Revision } from '../trajectory/revise.ts';
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
  const whole: string[] = [];
  for (const record of late) {
    if (await cutEnd(store, record, from)) forgotten.cut++;
    else whole.push(record.trajectoryId);
  }
  const here = new Set<string>();
  for await (const id of store.trajectoryIds()) here.add(id);
  forgotten.withdrawn = whole.filter((id) => here.has(id)).length;
  await store.withdraw(whole);
  return forgotten;
}

/** Whether something is left of the record that still replays. One that was revised since has lost its times: it goes whole. */
async function cutEnd(
  store: DatasetStore,
  { trajectoryId, ends }: SealedTimes[number],
  from: number,
): Promise<boolean> {
  const record = await store.readTrajectory(trajectoryId).catch(() => null);
  const first = ends.findIndex((end) => end >= from);
  if (record?.steps.length !== ends.length) return false;
  if (record.steps.slice(0, first).every(({ kind }) => kind === 'view')) return false;
  const revisions: Revision[] = [{ kind: 'cut', from: first, to: ends.length - 1 }];
  try {
    const request = { datasetFolder: store.folder, trajectoryId, revisions, write: true };
    return (await reviseSealed(request)).withheld.length === 0;
  } catch (error) {
    if (error instanceof TrajectoryError || error instanceof DatasetError || error instanceof RevisionError)
      return false;
    throw error;
  }
}
