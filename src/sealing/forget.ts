/** Takes the last minutes out of what was sealed in them. */
import { readDataset } from '../dataset/dataset.ts';
import { DatasetError } from '../dataset/errors.ts';
import { type DatasetStore, openDataset } from '../dataset/store.ts';
import { TaskIndex } from '../dataset/taskIndex.ts';
import { addSealedTimes, readSealedTimes } from '../session/journal/sealedTimes.ts';
import { RevisionError, TrajectoryError } from '../trajectory/errors.ts';
import type { Trajectory } from '../trajectory/record.ts';
import { reviseSealed } from './reviseSealed.ts';
import type { ReviseRequest } from './workerRequest.ts';

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
 * It may be interrupted and begun again: what was cut already is left as it is.
 * @returns null where there is no dataset.
 * @throws DatasetError when the folder cannot be used
 */
export async function forget({ datasetFolder, journals, key, from }: ForgetRequest): Promise<Forgotten | null> {
  const there = await readDataset(datasetFolder).catch((error) => {
    if (error instanceof DatasetError && error.reason === 'no_dataset') return null;
    throw error;
  });
  if (!there) return null;
  const forgotten: Forgotten = { cut: 0, withdrawn: 0 };
  const times = await readSealedTimes(journals, Buffer.from(key, 'hex'));
  const late = new Set(times.filter(({ ends }) => isLate(ends, from)).map(({ trajectoryId }) => trajectoryId));
  if (late.size === 0) return forgotten;
  const store = await openDataset(datasetFolder);
  await store.removeUnfinished(({ trajectoryId }) => trajectoryId !== null && late.has(trajectoryId));
  const [whole, begun]: [string[], { record: Trajectory; ends: number[] }[]] = [[], []];
  for (const id of late) {
    const record = await store.readTrajectory(id).catch(() => null);
    // One that was revised by other means since has lost its times: it goes whole.
    const ends = times.find((one) => one.trajectoryId === id && one.ends.length === record?.steps.length)?.ends;
    if (!record || !ends || (isLate(ends, from) && !isBegunBefore(record, ends, from))) whole.push(id);
    else if (isLate(ends, from)) begun.push({ record, ends });
  }
  const withdraw = async (ids: string[]) => {
    const here = new Set<string>();
    for await (const id of store.trajectoryIds()) here.add(id);
    await store.withdraw(ids);
    forgotten.withdrawn += ids.filter((id) => here.has(id)).length;
  };
  // First what goes whole: behind a part that is cut no other may be left, or the text at its end would stay for the other's sake.
  await withdraw(whole);
  for (const { record, ends } of begun) {
    const left = ends.slice(0, firstLate(ends, from));
    // Before the cut, or a crash would part them.
    await addSealedTimes(journals, Buffer.from(key, 'hex'), { trajectoryId: record.trajectory_id, ends: left });
    if (await cutEnd(store, record, left.length)) forgotten.cut++;
    else await withdraw([record.trajectory_id]);
  }
  return forgotten;
}

/** Whether a cut leaves work in it. */
function isBegunBefore({ steps }: Trajectory, ends: readonly number[], from: number): boolean {
  return steps.slice(0, firstLate(ends, from)).some(({ kind }) => kind !== 'view');
}

/** Whether the record still replays behind the cut, and could be written. */
async function cutEnd(store: DatasetStore, { trajectory_id, project_id, steps }: Trajectory, from: number) {
  const tasks = await new TaskIndex().tasks(store, project_id);
  const parts = tasks.find(({ trajectoryIds }) => trajectoryIds.includes(trajectory_id));
  const request: ReviseRequest = {
    datasetFolder: store.folder,
    trajectoryIds: parts?.trajectoryIds ?? [trajectory_id],
    revisions: [{ trajectoryId: trajectory_id, revision: { kind: 'cut', from, to: steps.length - 1 } }],
    write: true,
  };
  try {
    return (await reviseSealed(request)).withheld.length === 0;
  } catch (error) {
    if (error instanceof TrajectoryError || error instanceof DatasetError || error instanceof RevisionError)
      return false;
    throw error;
  }
}

function isLate(ends: readonly number[], from: number): boolean {
  return ends.some((end) => end >= from);
}

function firstLate(ends: readonly number[], from: number): number {
  return ends.findIndex((end) => end >= from);
}
