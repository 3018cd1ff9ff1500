/** Revises what stands in a dataset already. */
import { type Dataset, readDataset } from '../dataset/dataset.ts';
import { DatasetError } from '../dataset/errors.ts';
import { recordFaults } from '../dataset/recordFaults.ts';
import { openDataset } from '../dataset/store.ts';
import { seededNonce } from '../redaction/placeholders.ts';
import type { KnownValue } from '../session/events.ts';
import { RevisionError, TrajectoryError } from '../trajectory/errors.ts';
import type { Trajectory } from '../trajectory/record.ts';
import { redactAgain } from '../trajectory/redactAgain.ts';
import { type Revised, reviseTask } from '../trajectory/revise.ts';
import { draftRecord, leftIn } from './draftTask.ts';
import type { Draft, DraftRecord, ReviseRequest } from './workerRequest.ts';

/**
 * The record in its next revision, first, and with it the other parts of its task that follow it; or what of the last look
 * withholds them.
 * @throws DatasetError when the record is not there or broken. @throws RevisionError
 */
export async function reviseSealed(request: ReviseRequest): Promise<Draft> {
  const { datasetFolder, trajectoryId, revisions, write, known = [] } = request;
  const dataset = await readDataset(datasetFolder);
  const task = await partsOf(dataset, await readSound(dataset, trajectoryId));
  const own = revisions.map((revision) => ({ trajectoryId, revision }));
  const revised = whole(() => reviseTask(task, own, known));
  if (revised === null) return { records: [], withheld: ['replay'] };
  const asked = revised.records.find(({ trajectory_id }) => trajectory_id === trajectoryId) as Trajectory;
  const changed = revised.records.filter((record) => !task.includes(record));
  if (changed.length === 0) return { records: [draftRecord(asked, [])], withheld: [] };

  const drafts = whole(() => clean(changed, revised, known));
  if (drafts === null) return { records: [], withheld: ['audit'] };
  if (write) await put(datasetFolder, drafts);
  const first = drafts.find(({ trajectory }) => trajectory.trajectory_id === trajectoryId);
  return {
    records: [first ?? draftRecord(asked, []), ...drafts.filter((draft) => draft !== first)],
    withheld: [],
  };
}

/** Null where a record would not replay. */
function whole<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof TrajectoryError) return null;
    throw error;
  }
}

/** What the last look finds is taken out too; once. Null where something still stands then. */
function clean(
  changed: readonly Trajectory[],
  { covered, dictionaries }: Pick<Revised, 'covered' | 'dictionaries'>,
  known: readonly KnownValue[],
): DraftRecord[] | null {
  const drafts = changed.map((record) => draftRecord(record, covered));
  const found = leftIn(drafts, dictionaries, known);
  if (found.length === 0) return drafts;
  const all = [...known, ...found];
  const again = changed.map((record) => {
    const next = redactAgain(record, all, { drawNonce: seededNonce(record.task_id) });
    if (!next) return draftRecord(record, covered);
    return draftRecord({ ...next.record, revision: record.revision }, [...covered, ...next.covered]);
  });
  return leftIn(again, dictionaries, all).length === 0 ? again : null;
}

/** All parts of a record's task that are still there, in order. */
async function partsOf(dataset: Dataset, record: Trajectory): Promise<Trajectory[]> {
  if (record.parts === 1) return [record];
  const parts = [record];
  for await (const id of dataset.trajectoryIds()) {
    if (id === record.trajectory_id) continue;
    // One that is broken is no reason to leave this one as it is.
    const other = await readSound(dataset, id).catch(() => null);
    if (other?.task_id === record.task_id) parts.push(other);
  }
  return parts.sort((a, b) => a.part - b.part);
}

async function readSound(dataset: Dataset, id: string): Promise<Trajectory> {
  const record = await dataset.readTrajectory(id);
  const [fault] = recordFaults(record);
  if (fault) throw new DatasetError('broken_record', `Record ${id} is broken: ${fault}. Run: understudy validate`);
  return record;
}

async function put(folder: string, drafts: readonly DraftRecord[]): Promise<void> {
  const store = await openDataset(folder);
  for (const draft of drafts) {
    if (await store.revise(draft)) continue;
    const { trajectory_id } = draft.trajectory;
    throw new RevisionError(`Record ${trajectory_id} was changed or withdrawn meanwhile. Look at it again.`);
  }
}
