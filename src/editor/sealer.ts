import { readDataset } from '../dataset/dataset.ts';
import { runSealing, sealLimits } from '../sealing/runSealing.ts';
import { runWorker, SealingError } from '../sealing/runWorker.ts';
import type { SealReport } from '../sealing/sealRequest.ts';
import type { KnownValue } from '../session/events.ts';
import { deadline, type JournalFolder } from '../session/journal/journalFolder.ts';
import { Lease } from '../session/journal/lease.ts';
import type { JournalKey } from './journalKey.ts';
import type { EndedJournal } from './journals.ts';
import { codeOf, type Log } from './log.ts';

export interface SealerOptions {
  workerFile: string;
  journals: JournalFolder;
  key: JournalKey;
  datasetFolder: () => string;
  log: Log;
  /** The dataset folder cannot be used; the journals stay. */
  onDatasetTrouble: (message: string) => void;
}

/** Seals journals, one at a time: those of tasks that end here, and those that a window left behind. */
export class Sealer {
  readonly #options: SealerOptions;
  #queue: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(options: SealerOptions) {
    this.#options = options;
  }

  /** Seals a task that ended in this window. Null when nothing came of it. */
  seal({ taskId, lease }: EndedJournal): Promise<SealReport | null> {
    return this.#enqueue(() => this.#seal(taskId, lease));
  }

  /** Seals what others left behind, and deletes what is older than raw text may be. */
  recover(): Promise<void> {
    return this.#enqueue(async () => {
      const { journals, log } = this.#options;
      for (const { taskId, createdAt, withheld } of await journals.list()) {
        const isDue = Date.now() - createdAt > deadline;
        if (withheld !== null && !isDue) continue;
        const lease = await Lease.claim(journals.path, taskId);
        if (!lease) continue;
        if (isDue) {
          await journals.delete(taskId);
          await lease.release();
          log.write('task_discarded', taskId);
        } else {
          log.write('journal_recovered', taskId);
          await this.#seal(taskId, lease);
        }
      }
    });
  }

  /** Looks for values in what a project has sealed. @returns how many records were mended. */
  sweep(projectId: string, values: readonly KnownValue[]): Promise<number> {
    return this.#enqueue(async () => {
      const { workerFile, journals, key, datasetFolder, log } = this.#options;
      const stored = await key.read();
      const folder = datasetFolder();
      if (!stored || !(await readDataset(folder).catch(() => null))) return 0;
      const request = { datasetFolder: folder, projectId, known: [...values], journals: journals.path };
      const mended = await runWorker(workerFile, 'sweep', { ...request, key: stored.toString('hex') }, sealLimits);
      if (mended > 0) log.write('records_mended', mended);
      return mended;
    });
  }

  /** Nothing more is begun; what is under way is left to the next start. */
  close(): void {
    this.#isClosed = true;
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work, work);
    this.#queue = done.catch(() => {});
    return done;
  }

  async #seal(taskId: string, lease: Lease): Promise<SealReport | null> {
    const { workerFile, journals, key, datasetFolder, log } = this.#options;
    try {
      const stored = this.#isClosed ? null : await key.read();
      if (!stored) return null;
      const report = await runSealing(workerFile, {
        source: { kind: 'journal', path: journals.journalPath(taskId), key: stored.toString('hex') },
        datasetFolder: datasetFolder(),
      });
      const [reason] = report.withheld;
      if (reason) await journals.withhold(taskId, reason);
      else await journals.delete(taskId);
      if (report.mended > 0) log.write('records_mended', report.mended);
      log.write(reason ? 'task_withheld' : 'task_sealed', taskId, reason ?? report.sealed.length);
      return report;
    } catch (error) {
      const origin = error instanceof SealingError ? error.origin : codeOf(error);
      log.write(origin === 'JournalError' ? 'journal_unreadable' : 'dataset_failed', taskId, origin);
      if (error instanceof SealingError && origin === 'DatasetError') this.#options.onDatasetTrouble(error.message);
      return null;
    } finally {
      await lease.release();
    }
  }
}
