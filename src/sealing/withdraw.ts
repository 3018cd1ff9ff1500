/** Takes back what was sealed of one task, or of a whole project. */
import { readDataset } from '../dataset/dataset.ts';
import { DatasetError } from '../dataset/errors.ts';
import type { RecordHead } from '../dataset/recordHead.ts';
import { openDataset } from '../dataset/store.ts';
import { taskIdsOf } from './ids.ts';

/** A journal's task stands for all that were made of it; `trajectoryIds` for themselves alone. */
export type WithdrawRequest = { datasetFolder: string } & (
  | { taskId: string }
  | { projectId: string }
  | { trajectoryIds: readonly string[] }
);

/**
 * @returns how many records went; null where there is no dataset.
 * @throws DatasetError when the folder cannot be used
 */
export async function withdraw(request: WithdrawRequest): Promise<number | null> {
  const dataset = await readDataset(request.datasetFolder).catch((error) => {
    if (error instanceof DatasetError && error.reason === 'no_dataset') return null;
    throw error;
  });
  if (!dataset) return null;
  const isMeant = matcher(request);
  const ids: string[] = [];
  for await (const id of dataset.trajectoryIds()) if (isMeant(await dataset.readHead(id))) ids.push(id);
  const store = await openDataset(request.datasetFolder);
  // Copies drop a project by its id, also what is no longer here; and records that are not.
  const others = 'projectId' in request ? [request.projectId] : 'trajectoryIds' in request ? request.trajectoryIds : [];
  await store.withdraw([...new Set([...ids, ...others])]);
  await store.removeUnfinished(isMeant);
  return ids.length;
}

/** By the row's first fields alone: a record that is broken further on is taken back as well. */
function matcher(request: WithdrawRequest): (head: RecordHead) => boolean {
  if ('projectId' in request) return ({ projectId }) => projectId === request.projectId;
  const ids = new Set('taskId' in request ? taskIdsOf(request.taskId) : request.trajectoryIds);
  return 'taskId' in request
    ? ({ taskId }) => taskId !== null && ids.has(taskId)
    : ({ trajectoryId }) => trajectoryId !== null && ids.has(trajectoryId);
}
