import { type Disposable, EventEmitter } from 'vscode';
import { type Dataset, readDataset } from '../../dataset/dataset.ts';
import { DatasetError } from '../../dataset/errors.ts';
import type { RecordSummary } from '../../dataset/recordSummary.ts';
import { changeStamp, type IndexedTask, TaskIndex } from '../../dataset/taskIndex.ts';
import { sealLimits } from '../../sealing/runSealing.ts';
import { runWorker } from '../../sealing/runWorker.ts';
import type { Revision } from '../../trajectory/revision.ts';

/** A task of this workspace as it stands in the dataset. */
export interface SealedTask extends RecordSummary {
  taskId: string;
  /** One a part. */
  trajectoryIds: string[];
}

/** While somebody looks, changes by other windows show within so many milliseconds. */
const lookInterval = 2000;

/** The tasks that a workspace has sealed. Read when they are asked for; records only where they changed, and in the worker. */
export class SealedTasks implements Disposable {
  readonly #workerFile: string;
  readonly #folder: () => string;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  /** Of one folder, which a setting can change. */
  #index = { folder: '', tasks: new TaskIndex() };
  /** By task: what was read of it, and its stamp then. */
  readonly #summaries = new Map<string, { stamp: string; summary: RecordSummary | null }>();

  constructor(workerFile: string, datasetFolder: () => string) {
    this.#workerFile = workerFile;
    this.#folder = datasetFolder;
  }

  /** All of a workspace, the newest first. */
  async list(projectId: string): Promise<SealedTask[]> {
    return (await this.newest(projectId, Number.POSITIVE_INFINITY)).tasks;
  }

  /** The newest of a workspace, and how many more there are. */
  async newest(projectId: string, most: number): Promise<{ tasks: SealedTask[]; more: number }> {
    const dataset = await this.#dataset();
    if (!dataset) return { tasks: [], more: 0 };
    const all = await this.#index.tasks.tasks(dataset, projectId);
    const indexed = all.slice(0, most);
    await this.#read(dataset, indexed);
    const tasks = indexed.flatMap(({ taskId, trajectoryIds }) => {
      const summary = this.#summaries.get(taskId)?.summary;
      return summary ? [{ taskId, trajectoryIds, ...summary }] : [];
    });
    return { tasks, more: all.length - indexed.length };
  }

  /** Revises each part of a task. @returns whether all could be written. @throws SealingError, WorkerEnd */
  async revise(trajectoryIds: readonly string[], revision: Revision): Promise<boolean> {
    let isWritten = true;
    for (const trajectoryId of trajectoryIds) {
      const request = { datasetFolder: this.#folder(), trajectoryId, revisions: [revision], write: true };
      const { withheld } = await runWorker(this.#workerFile, 'revise', request, sealLimits);
      isWritten &&= withheld.length === 0;
    }
    this.#changed.fire();
    return isWritten;
  }

  /** Takes back records, and the examples made from them. @throws SealingError, WorkerEnd */
  async withdraw(trajectoryIds: readonly string[]): Promise<void> {
    await runWorker(this.#workerFile, 'withdraw', { datasetFolder: this.#folder(), trajectoryIds }, sealLimits);
    this.#changed.fire();
  }

  /** Something was sealed, revised or withdrawn here. */
  tell(): void {
    this.#changed.fire();
  }

  /** Looks for changes by other windows, until the result is disposed. */
  watch(): Disposable {
    let last: number | null | undefined;
    const look = async () => {
      const stamp = await changeStamp(this.#folder());
      if (last !== undefined && stamp !== last) this.#changed.fire();
      last = stamp;
    };
    const timer = setInterval(() => void look(), lookInterval);
    void look();
    return { dispose: () => clearInterval(timer) };
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /** Null where there is none yet, or what stands there is none. */
  async #dataset(): Promise<Dataset | null> {
    const folder = this.#folder();
    if (folder !== this.#index.folder) this.#index = { folder, tasks: new TaskIndex() };
    return readDataset(folder).catch((error) => {
      if (error instanceof DatasetError) return null;
      throw error;
    });
  }

  async #read({ folder }: Dataset, tasks: readonly IndexedTask[]): Promise<void> {
    const unread = tasks.filter(({ taskId, stamp }) => this.#summaries.get(taskId)?.stamp !== stamp);
    if (unread.length === 0) return;
    const request = { datasetFolder: folder, tasks: unread.map(({ trajectoryIds }) => trajectoryIds) };
    const summaries = await runWorker(this.#workerFile, 'summarise', request, sealLimits);
    for (const [i, { taskId, stamp }] of unread.entries()) {
      this.#summaries.set(taskId, { stamp, summary: summaries[i] });
    }
  }
}
