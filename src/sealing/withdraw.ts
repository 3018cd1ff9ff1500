/** Takes back what was sealed of one task, or of a whole project. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { readDataset } from '../dataset/dataset.ts';
import { DatasetError } from '../dataset/errors.ts';
import { taskFolder, trajectoryFileName } from '../dataset/layout.ts';
import { openDataset } from '../dataset/store.ts';
import { taskIdsOf } from './ids.ts';

/** A journal's task stands for all that were made of it; `trajectoryIds` for themselves alone. */
export type WithdrawRequest = { datasetFolder: string } & (
  | { taskId: string }
  | { projectId: string }
  | { trajectoryIds: readonly string[] }
);

/** The ids stand in front of all text. */
const headBytes = 4096;

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
  if ('trajectoryIds' in request) {
    await (await openDataset(request.datasetFolder)).withdraw(request.trajectoryIds);
    return request.trajectoryIds.length;
  }
  const isMeant = matcher(request);
  const ids: string[] = [];
  for await (const id of dataset.trajectoryIds()) {
    if (isMeant(await readHead(join(dataset.folder, taskFolder(id), trajectoryFileName)))) ids.push(id);
  }
  const store = await openDataset(request.datasetFolder);
  // Copies drop a project by its id, also what is no longer here.
  await store.withdraw('projectId' in request ? [...ids, request.projectId] : ids);
  return ids.length;
}

/** By the row's first fields alone: a record that is broken further on is taken back as well. */
function matcher(request: { taskId: string } | { projectId: string }): (head: string) => boolean {
  if ('projectId' in request) return (head) => idIn(head, 'project_id') === request.projectId;
  const tasks = new Set(taskIdsOf(request.taskId));
  return (head) => tasks.has(idIn(head, 'task_id') ?? '');
}

function idIn(head: string, field: string): string | null {
  return new RegExp(`"${field}":"([0-9a-f]{32})"`).exec(head)?.[1] ?? null;
}

async function readHead(path: string): Promise<string> {
  const file = await open(path, 'r').catch(() => null);
  if (!file) return '';
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
