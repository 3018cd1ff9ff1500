/** Which tasks a dataset holds, newest first, at the price of a look at each folder: records are not read for it. */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dataset } from './dataset.ts';
import { taskFolder, temporaryFolder, trajectoryFileName } from './layout.ts';
import { readStart } from './lines.ts';

export interface IndexedTask {
  taskId: string;
  /** One a part, in their order. */
  trajectoryIds: string[];
  /** Changes with every revision of one of them. */
  stamp: string;
}

/** What a record begins with: its keys stand in the order of the schema. */
const head =
  /^\{"schema_version":"[\w.-]{1,64}","revision":\d+,"trajectory_id":"([0-9a-f]{32})","task_id":"([0-9a-f]{32})","part":(\d+),"parts":\d+,"project_id":"([0-9a-f]{32})"/;
const headLength = 512;
/** So many folders are looked at side by side. */
const together = 16;

interface Head {
  taskId: string;
  part: number;
  projectId: string;
}

interface Seen {
  id: string;
  head: Head;
  /** When the record's folder was put there, which no one can set: all its other times are made up. */
  changed: number;
}

export class TaskIndex {
  /** A record of an id never goes to another task or project. */
  readonly #heads = new Map<string, Head>();

  /** The tasks of a project; those written last come first. */
  async tasks(dataset: Dataset, projectId: string): Promise<IndexedTask[]> {
    const tasks = new Map<string, Seen[]>();
    const ids: string[] = [];
    for await (const id of dataset.trajectoryIds()) ids.push(id);
    for (let i = 0; i < ids.length; i += together) {
      for (const seen of await Promise.all(ids.slice(i, i + together).map((id) => this.#see(dataset, id)))) {
        if (seen?.head.projectId !== projectId) continue;
        tasks.set(seen.head.taskId, [...(tasks.get(seen.head.taskId) ?? []), seen]);
      }
    }
    const written = (parts: Seen[]) => Math.max(...parts.map(({ changed }) => changed));
    return [...tasks]
      .sort(([idA, a], [idB, b]) => written(b) - written(a) || (idA < idB ? -1 : 1))
      .map(([taskId, parts]) => ({
        taskId,
        trajectoryIds: parts.sort((a, b) => a.head.part - b.head.part).map(({ id }) => id),
        stamp: parts.map(({ changed }) => changed).join(),
      }));
  }

  async #see(dataset: Dataset, id: string): Promise<Seen | null> {
    const folder = join(dataset.folder, taskFolder(id));
    const found = await lstat(folder).catch(() => null);
    if (!found) return null;
    const head = this.#heads.get(id) ?? (await readHead(join(folder, trajectoryFileName), id));
    if (!head) return null;
    this.#heads.set(id, head);
    return { id, head, changed: found.ctimeMs };
  }
}

/**
 * Changes whenever a record of the dataset is published, revised or withdrawn, by whichever process: each goes through one
 * folder. Null where there is no dataset.
 */
export async function changeStamp(datasetFolder: string): Promise<number | null> {
  const found = await lstat(join(datasetFolder, temporaryFolder)).catch(() => null);
  return found?.ctimeMs ?? null;
}

async function readHead(file: string, id: string): Promise<Head | null> {
  const found = head.exec(await readStart(file, headLength).catch(() => ''));
  return found?.[1] === id ? { taskId: found[2], part: Number(found[3]), projectId: found[4] } : null;
}
