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
import { draftRecord, leftIn, revisionsOf } from './draftTask.ts';
import type { Draft, DraftRecord, ReviseRequest } from './workerRequest.ts';

/**
 * The records as they stand after the revisions, in their order; or what of the last look withholds them. One that is gone or
 * broken is no reason to leave the others as they are.
 * @throws DatasetError when none is there and whole. @throws RevisionError
 */
export async function reviseSealed(request: ReviseRequest): Promise<Draft> {
  const { datasetFolder, trajectoryIds, revisions, write, known = [] } = request;
  const records = await readSound(await readDataset(datasetFolder), trajectoryIds);
  requireAll(records, revisions);
  const drafts: DraftRecord[] = [];
  const changed: DraftRecord[] = [];
  for (const task of byTask(records)) {
    const own = revisionsOf(task, revisions);
    const revised = whole(() => reviseTask(task, own, known));
    if (revised === null) return { records: [], withheld: ['replay'] };
    const isSame = (record: Trajectory) => task.includes(record);
    const cleaned = whole(() =>
      clean(
        revised.records.filter((record) => !isSame(record)),
        revised,
        known,
      ),
    );
    if (cleaned === null) return { records: [], withheld: ['audit'] };
    changed.push(...cleaned);
    const next = new Map(cleaned.map((draft) => [draft.trajectory.trajectory_id, draft]));
    drafts.push(...task.map((record) => next.get(record.trajectory_id) ?? draftRecord(record, [])));
  }
  if (write) await put(datasetFolder, changed);
  return { records: drafts, withheld: [] };
}

function requireAll(records: readonly Trajectory[], revisions: ReviseRequest['revisions']): void {
  for (const { trajectoryId } of revisions) {
    if (records.some(({ trajectory_id }) => trajectory_id === trajectoryId)) continue;
    throw new RevisionError(`Record ${trajectoryId} was changed or withdrawn meanwhile. Look at it again.`);
  }
}

/** The records of each task: its parts, in order. */
function byTask(records: readonly Trajectory[]): Trajectory[][] {
  const ids = [...new Set(records.map(({ task_id }) => task_id))];
  return ids.map((id) => records.filter(({ task_id }) => task_id === id).sort((a, b) => a.part - b.part));
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

async function readSound(dataset: Dataset, ids: readonly string[]): Promise<Trajectory[]> {
  const records: Trajectory[] = [];
  let first: unknown = new DatasetError('no_record', 'There is no record.');
  for (const id of ids) {
    try {
      const record = await dataset.readTrajectory(id);
      const [fault] = recordFaults(record);
      if (fault) throw new DatasetError('broken_record', `Record ${id} is broken: ${fault}. Run: understudy validate`);
      records.push(record);
    } catch (error) {
      if (!(error instanceof DatasetError)) throw error;
      first = error;
    }
  }
  if (records.length === 0) throw first;
  return records;
}

async function put(folder: string, drafts: readonly DraftRecord[]): Promise<void> {
  if (drafts.length === 0) return;
  const store = await openDataset(folder);
  for (const draft of drafts) {
    if (await store.revise(draft)) continue;
    const { trajectory_id } = draft.trajectory;
    throw new RevisionError(`Record ${trajectory_id} was changed or withdrawn meanwhile. Look at it again.`);
  }
}
