import { type Disposable, EventEmitter, l10n } from 'vscode';
import { type Dataset, readDataset } from '../../dataset/dataset.ts';
import { DatasetError } from '../../dataset/errors.ts';
import type { RecordSummary } from '../../dataset/recordSummary.ts';
import { changeStamp, type IndexedTask, TaskIndex } from '../../dataset/taskIndex.ts';
import { sealLimits } from '../../sealing/runSealing.ts';
import { runWorker } from '../../sealing/runWorker.ts';
import type { Draft } from '../../sealing/workerRequest.ts';
import type { KnownValue } from '../../session/events.ts';
import type { RecordRevision } from '../../trajectory/revision.ts';
import { tellTakenBack } from '../takingBack/takeBackDialogs.ts';
import type { Sealer } from './sealer.ts';

/** A task of this workspace as it stands in the dataset. */
export interface SealedTask {
  taskId: string;
  /** One a part. */
  trajectoryIds: string[];
  /** Null where a record of it is broken. */
  summary: RecordSummary | null;
}

export interface SealedTasksOptions {
  workerFile: string;
  datasetFolder: () => string;
  /** Null while nothing was recorded in this workspace. */
  projectId: () => string | null;
  /** What must stand in no record. */
  known: () => Promise<readonly KnownValue[]>;
  sealer: Pick<Sealer, 'want' | 'takeBack'>;
}

/** While somebody looks, changes by other windows show within so many milliseconds. */
const lookInterval = 2000;

/**
 * The tasks that this workspace has sealed, each with all of its parts. Read when they are asked for; records only where they
 * changed, and in the worker.
 */
export class SealedTasks implements Disposable {
  readonly #options: SealedTasksOptions;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  /** Of one folder, which a setting can change. */
  #index = { folder: '', tasks: new TaskIndex() };
  /** By task: what was read of it, and its stamp then. */
  readonly #summaries = new Map<string, { stamp: string; summary: RecordSummary | null }>();

  constructor(options: SealedTasksOptions) {
    this.#options = options;
  }

  /** The newest, and how many more there are. */
  async newest(most: number): Promise<{ tasks: SealedTask[]; more: number }> {
    const { dataset, indexed } = await this.#look();
    const chosen = indexed.slice(0, most);
    return { tasks: dataset ? await this.#read(dataset, chosen) : [], more: indexed.length - chosen.length };
  }

  /** Null where there is none in this workspace. */
  async find(taskId: string): Promise<SealedTask | null> {
    const { dataset, indexed } = await this.#look();
    const found = indexed.filter((one) => one.taskId === taskId);
    const [task] = dataset ? await this.#read(dataset, found) : [];
    return task ?? null;
  }

  /** The records as they would stand after the revisions, which take their place with `write`. @throws SealingError, WorkerEnd */
  async revise(trajectoryIds: readonly string[], revisions: readonly RecordRevision[], write: boolean): Promise<Draft> {
    const { workerFile, datasetFolder, known } = this.#options;
    // What a person puts in may hold what they always want redacted.
    const values = revisions.length > 0 ? await known() : [];
    const request = { datasetFolder: datasetFolder(), trajectoryIds, revisions, write, known: values };
    const draft = await runWorker(workerFile, 'revise', request, sealLimits);
    if (write) this.#changed.fire();
    return draft;
  }

  /** Takes back records, and the examples made from them; says so where that has to wait. */
  async withdraw(trajectoryIds: readonly string[]): Promise<void> {
    const { sealer } = this.#options;
    const taken = await sealer.takeBack(await sealer.want({ kind: 'records', trajectoryIds: [...trajectoryIds] }));
    if (taken.dataset !== 'done') tellTakenBack(l10n.t('The task is withdrawn.'), taken);
  }

  /** Something was sealed, revised or withdrawn here. */
  tell(): void {
    this.#changed.fire();
  }

  /** Looks for changes by other windows, until the result is disposed. */
  watch(): Disposable {
    let last: number | null | undefined;
    const look = async () => {
      const stamp = await changeStamp(this.#options.datasetFolder());
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

  /** What stands in the folder now; no dataset where there is none yet, or what stands there is none. */
  async #look(): Promise<{ dataset: Dataset | null; indexed: IndexedTask[] }> {
    const folder = this.#options.datasetFolder();
    const projectId = this.#options.projectId();
    if (folder !== this.#index.folder) this.#index = { folder, tasks: new TaskIndex() };
    const dataset = await readDataset(folder).catch((error) => {
      if (error instanceof DatasetError) return null;
      throw error;
    });
    const indexed = dataset && projectId !== null ? await this.#index.tasks.tasks(dataset, projectId) : [];
    return { dataset, indexed };
  }

  async #read({ folder }: Dataset, tasks: readonly IndexedTask[]): Promise<SealedTask[]> {
    const unread = tasks.filter(({ taskId, stamp }) => this.#summaries.get(taskId)?.stamp !== stamp);
    if (unread.length > 0) {
      const request = { datasetFolder: folder, tasks: unread.map(({ trajectoryIds }) => trajectoryIds) };
      const summaries = await runWorker(this.#options.workerFile, 'summarise', request, sealLimits);
      for (const [i, { taskId, stamp }] of unread.entries()) {
        this.#summaries.set(taskId, { stamp, summary: summaries[i] });
      }
    }
    return tasks.map(({ taskId, trajectoryIds }) => {
      return { taskId, trajectoryIds, summary: this.#summaries.get(taskId)?.summary ?? null };
    });
  }
}
