/** The ids of a record stand in front of all its text: they can be had without reading it, also of one that is broken further on. */
import { readStart } from './lines.ts';

const headBytes = 4096;

/** Null where an id is not to be found. */
export interface RecordHead {
  trajectoryId: string | null;
  taskId: string | null;
  projectId: string | null;
}

/** @param file of a record; where there is none, nothing is found. */
export async function readRecordHead(file: string): Promise<RecordHead> {
  const head = await readStart(file, headBytes).catch(() => '');
  const idOf = (field: string) => new RegExp(`"${field}":"([0-9a-f]{32})"`).exec(head)?.[1] ?? null;
  return { trajectoryId: idOf('trajectory_id'), taskId: idOf('task_id'), projectId: idOf('project_id') };
}
