import { stat } from 'node:fs/promises';
import { readDataset } from '../../dataset/dataset.ts';
import { runSealing, sealLimits } from '../../sealing/runSealing.ts';
import { runWorker, SealingError } from '../../sealing/runWorker.ts';
import type { SealReport } from '../../sealing/sealRequest.ts';
import type { KnownValue } from '../../session/events.ts';
import { JournalError } from '../../session/journal/errors.ts';
import { discardedAt, type HeldTask, sealsAt } from '../../session/journal/heldTasks.ts';
import { isNew, type JournalFolder, type StoredJournal } from '../../session/journal/journalFolder.ts';
import { Lease } from '../../session/journal/lease.ts';
import { readJournalHeader } from '../../session/journal/readJournal.ts';
import type { TakeBack, Wanted } from '../../session/journal/takeBacks.ts';
import type { RecordRevision } from '../../trajectory/revision.ts';
import type { JournalKey } from '../capture/journalKey.ts';
import type { EndedJournal } from '../capture/journals.ts';
import { codeOf, type Log } from '../log.ts';
import { type TakenBack, TakingBack } from '../takingBack/takingBack.ts';
import { FolderProbe } from './folderProbe.ts';

export interface SealerOptions {
  workerFile: string;
  journals: JournalFolder;
  key: Pick<JournalKey, 'read' | 'forget'>;
  datasetFolder: () => string;
  /** How long a task is held behind its end, in milliseconds. */
  graceTime: () => number;
  log: Log;
  /** Tasks are held, sealed or gone that were not before. */
  onChange: () => void;
  /** The dataset folder cannot be used, or can again; the journals stay meanwhile. */
  onDataset: (trouble: DatasetTrouble | null) => void;
}

export type DatasetTrouble =
  /** It is no place for a dataset; in words for people. */
  | { kind: 'unfit'; message: string }
  /** The system does not let it be used: what it says, in English. */
  | { kind: 'system'; message: string }
  /** Nothing came back from it. */
  | { kind: 'silent' };

/** A clock that was set back by more than this has made a time that lies ahead. */
const clockSlack = 60_000;
/** What a timer can wait for. */
const longestWait = 2 ** 31 - 1;

/**
 * Holds tasks that have ended and seals them when it is time, one after the other: those of this window, and whatever others
 * left behind. Any window may do so: who has the lease does it.
 */
export class Sealer {
  readonly #options: SealerOptions;
  readonly #probe = new FolderProbe();
  readonly #takingBack: TakingBack;
  /** Journals that cannot be read, each told of once. */
  readonly #unreadable = new Set<string>();
  #queue: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: SealerOptions) {
    this.#options = options;
    this.#takingBack = new TakingBack({ ...options, answers: () => this.#answers() });
  }

  /** Writes down what a person takes back: from now on nothing of it is sealed, in no window. */
  want(wanted: Wanted): Promise<TakeBack> {
    return this.#takingBack.want(wanted);
  }

  /** Requests that may not be done yet. */
  wanted(): Promise<TakeBack[]> {
    return this.#takingBack.list();
  }

  /** Carries out what was written down, as far as other windows let go of it. */
  takeBack(request: TakeBack): Promise<TakenBack> {
    return this.#enqueue(async () => {
      const result = await this.#takingBack.apply(request);
      this.#options.log.write('taken_back', request.kind, result.journals, result.records, result.cut, result.dataset);
      this.#changed();
      return result;
    });
  }

  /** A task has ended in this window. Resolves when it is held, whatever becomes of it then. */
  async hold({ taskId, projectId, review, worked, lease }: EndedJournal): Promise<void> {
    const { journals, log } = this.#options;
    try {
      if (!worked) await journals.delete(taskId);
      // It may have been taken back meanwhile, from another window.
      else if (await journals.has(taskId)) {
        await journals.hold({ taskId, projectId, review, endedAt: Date.now() });
        log.write('task_held', taskId);
      }
    } finally {
      await lease.release();
    }
    this.#changed();
    void this.recover().catch(() => {});
  }

  /** Seals a held task now. Null when nothing came of it. @throws SealingError when a revision speaks of what is not there */
  seal(taskId: string, revisions: readonly RecordRevision[] = []): Promise<SealReport | null> {
    return this.#enqueue(async () => {
      await this.#takeBackAll();
      const lease = await Lease.claim(this.#options.journals.path, taskId);
      return lease && this.#seal(taskId, lease, revisions);
    });
  }

  /** Does what is due: holds what a window left behind, seals what was held for long enough, deletes what is too old. */
  recover(): Promise<void> {
    return this.#enqueue(async () => {
      if (this.#isClosed) return;
      await this.#takeBackAll();
      await this.#options.journals.tidy(Date.now());
      for (const journal of await this.#options.journals.list()) {
        if (this.#isClosed) return;
        await this.#tend(journal);
      }
      await this.#wait();
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
    clearTimeout(this.#timer);
  }

  async #takeBackAll(): Promise<void> {
    for (const request of await this.#takingBack.list()) await this.#takingBack.apply(request);
  }

  async #answers(): Promise<boolean> {
    const answers = await this.#probe.answers(this.#options.datasetFolder());
    if (!answers) this.#options.onDataset({ kind: 'silent' });
    return answers;
  }

  async #tend(journal: StoredJournal): Promise<void> {
    const { journals, log, graceTime } = this.#options;
    const { taskId, createdAt, withheld } = journal;
    const now = Date.now();
    const isOver = now > discardedAt(journal.held, createdAt);
    const isDue = (held: HeldTask) => withheld === null && now >= (sealsAt(held, graceTime()) ?? Infinity);
    const isEarly = journal.held !== null && journal.held.endedAt > now + clockSlack;
    if (isNew(journal, now) || (!isOver && !isEarly && journal.held !== null && !isDue(journal.held))) return;
    const lease = await Lease.claim(journals.path, taskId);
    if (!lease) return;
    let isSealing = false;
    try {
      if (isOver) {
        await journals.delete(taskId);
        log.write('task_discarded', taskId);
        this.#changed();
        return;
      }
      const held = isEarly ? await this.#holdAnew(journal, now) : (journal.held ?? (await this.#adopt(journal, now)));
      if (!held || !isDue(held)) return;
      isSealing = true;
      await this.#seal(taskId, lease, []);
    } finally {
      if (!isSealing) await lease.release();
    }
  }

  /** The clock was set back since the task ended: its time begins anew, or it would be kept for too long. */
  async #holdAnew({ held }: StoredJournal, now: number): Promise<HeldTask> {
    const anew = { ...(held as HeldTask), endedAt: now };
    await this.#options.journals.hold(anew);
    return anew;
  }

  /** Holds a task whose window is gone. Null when its journal cannot be read: it waits for its deadline. */
  async #adopt({ taskId, path }: StoredJournal, now: number): Promise<HeldTask | null> {
    const { journals, key, log } = this.#options;
    const stored = await key.read();
    if (!stored) return null;
    try {
      const { project_id: projectId, review } = await readJournalHeader(path, stored);
      const { mtimeMs } = await stat(path);
      const held = { taskId, projectId, review, endedAt: Math.round(Math.min(mtimeMs, now)) };
      await journals.hold(held);
      log.write('journal_recovered', taskId);
      this.#changed();
      return held;
    } catch (error) {
      // Its window died before anything stood in it.
      if (error instanceof JournalError && error.fault === 'empty') await journals.delete(taskId);
      if (!this.#unreadable.has(taskId)) log.write('journal_unreadable', taskId, codeOf(error));
      this.#unreadable.add(taskId);
      return null;
    }
  }

  /** Looks again when the next task is due. */
  async #wait(): Promise<void> {
    clearTimeout(this.#timer);
    const { journals, graceTime } = this.#options;
    const now = Date.now();
    const times = (await journals.list()).flatMap(({ held, withheld }) => {
      const time = held && withheld === null ? sealsAt(held, graceTime()) : null;
      return time !== null && time > now ? [time] : [];
    });
    if (times.length === 0 || this.#isClosed) return;
    const wait = Math.min(Math.min(...times) - now, longestWait);
    this.#timer = setTimeout(() => void this.recover().catch(() => {}), wait);
    this.#timer.unref();
  }

  #changed(): void {
    this.#options.onChange();
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work, work);
    this.#queue = done.catch(() => {});
    return done;
  }

  async #seal(taskId: string, lease: Lease, revisions: readonly RecordRevision[]): Promise<SealReport | null> {
    const { workerFile, journals, key, datasetFolder, log, onDataset } = this.#options;
    try {
      const stored = this.#isClosed ? null : await key.read();
      const journal = await journals.describe(taskId);
      if (!stored || !journal || !(await this.#answers())) return null;
      const report = await runSealing(workerFile, {
        source: { kind: 'journal', path: journal.path, key: stored.toString('hex') },
        datasetFolder: datasetFolder(),
        revisions: [...revisions],
      });
      const [reason] = report.withheld;
      // What waits for a folder that has fallen silent is not slow by itself.
      if (reason === 'too_slow' && !(await this.#answers())) return null;
      await this.#takeBackSealed(journal);
      if (reason) await journals.withhold(taskId, reason);
      else await journals.delete(taskId);
      if (report.mended > 0) log.write('records_mended', report.mended);
      log.write(reason ? 'task_withheld' : 'task_sealed', taskId, reason ?? report.sealed.length);
      if (!reason) onDataset(null);
      return report;
    } catch (error) {
      if (!(await journals.has(taskId))) return null;
      const origin = error instanceof SealingError ? error.origin : codeOf(error);
      if (origin === 'RevisionError') throw error;
      log.write(origin === 'JournalError' ? 'journal_unreadable' : 'dataset_failed', taskId, origin);
      if (error instanceof SealingError && origin === 'DatasetError')
        onDataset({ kind: 'unfit', message: error.message });
      if (error instanceof SealingError && origin === 'SystemError')
        onDataset({ kind: 'system', message: error.message });
      return null;
    } finally {
      await lease.release();
      this.#changed();
    }
  }

  /** Somebody may have taken it back while it was being sealed. */
  async #takeBackSealed(journal: StoredJournal): Promise<void> {
    for (const request of await this.#takingBack.list()) {
      if (await this.#takingBack.isAbout(request, journal)) await this.#takingBack.applyToDataset(request);
    }
  }
}
