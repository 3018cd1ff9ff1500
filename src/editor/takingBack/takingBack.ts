import { stat } from 'node:fs/promises';
import { sealLimits } from '../../sealing/runSealing.ts';
import { runWorker, SealingError, WorkerEnd, type WorkerLimits } from '../../sealing/runWorker.ts';
import { reviewTime } from '../../session/journal/heldTasks.ts';
import { isNew, type JournalFolder, type StoredJournal } from '../../session/journal/journalFolder.ts';
import { Lease } from '../../session/journal/lease.ts';
import { readJournalHeader } from '../../session/journal/readJournal.ts';
import { sealedTimesAge } from '../../session/journal/sealedTimes.ts';
import { type TakeBack, TakeBacks, type Wanted } from '../../session/journal/takeBacks.ts';
import type { JournalKey } from '../capture/journalKey.ts';

/** What came of a request. */
export interface TakenBack {
  /** Journals that went, or lost their end. */
  journals: number;
  /** Records that went whole. */
  records: number;
  /** Records of which the end was cut off. */
  cut: number;
  /** Another window is still at it: it follows when that lets go. */
  isPending: boolean;
  /** `absent`: there is no dataset now; `failed`: it could not be used. It is tried again. */
  dataset: 'done' | 'absent' | 'failed';
}

export interface TakingBackOptions {
  workerFile: string;
  journals: JournalFolder;
  key: Pick<JournalKey, 'read' | 'forget'>;
  datasetFolder: () => string;
  /** Whether the dataset folder can be asked at all. */
  answers: () => Promise<boolean>;
}

/** The time in which every window has noticed. */
const noticed = 60_000;
/** Every record may have to be looked at. */
const withdrawLimits: WorkerLimits = { time: 600_000, memory: 1024 };

/**
 * Carries out what a person takes back: in the journals, and in what was sealed of them. It may be interrupted and begun again
 * by any window: a request stays until all of it is done.
 */
export class TakingBack {
  readonly #options: TakingBackOptions;
  readonly #requests: TakeBacks;
  /** Requests and journals that have met. */
  readonly #done = new Set<string>();

  constructor(options: TakingBackOptions) {
    this.#options = options;
    this.#requests = new TakeBacks(options.journals.path);
  }

  list(): Promise<TakeBack[]> {
    return this.#requests.list();
  }

  /** Writes the request down. From now on nothing that it is about is sealed. */
  async want(wanted: Wanted): Promise<TakeBack> {
    const now = Date.now();
    const later = (await this.#options.journals.list()).filter(({ createdAt }) => createdAt > now);
    return this.#requests.add(
      wanted,
      now,
      later.map(({ taskId }) => taskId),
    );
  }

  async apply(request: TakeBack): Promise<TakenBack> {
    const result: TakenBack = { journals: 0, records: 0, cut: 0, isPending: false, dataset: 'done' };
    const { journals, key } = this.#options;
    let { dataset } = request;
    for (const journal of await journals.list()) {
      const pair = `${request.id}/${journal.taskId}`;
      if (this.#done.has(pair) || !(await this.isAbout(request, journal))) continue;
      const lease = isNew(journal, Date.now()) ? null : await Lease.claim(journals.path, journal.taskId);
      if (!lease) {
        result.isPending = true;
        continue;
      }
      try {
        // Whoever was sealing it may have died in the middle.
        if (!dataset) await this.#requests.write({ ...request, dataset: true });
        dataset = true;
        if (await this.#applyTo(request, journal)) result.journals++;
        this.#done.add(pair);
      } catch (error) {
        // A full disk takes no shorter journal either.
        if (!(error instanceof SealingError)) throw error;
        result.isPending = true;
      } finally {
        await lease.release();
      }
    }
    if (request.kind === 'project') await journals.forgetProject(request.projectId);
    if (dataset) Object.assign(result, await this.applyToDataset(request));
    const left = { ...request, dataset: dataset && result.dataset !== 'done' };
    if (left.kind === 'project' && left.key && !result.isPending) {
      if (!(await journals.isUsed())) await key.forget();
      left.key = false;
    }
    await this.#settle(left, result);
    return result;
  }

  /** In the dataset alone. What fails is tried again with the request. */
  async applyToDataset(request: TakeBack): Promise<Pick<TakenBack, 'records' | 'cut' | 'dataset'>> {
    const { workerFile, journals, key, datasetFolder, answers } = this.#options;
    const failed = { records: 0, cut: 0, dataset: 'failed' as const };
    if (!(await answers())) return failed;
    const folder = datasetFolder();
    try {
      if (request.kind === 'forget') {
        const stored = await key.read();
        if (!stored) return { records: 0, cut: 0, dataset: 'done' };
        const places = { datasetFolder: folder, journals: journals.path, key: stored.toString('hex') };
        const done = await runWorker(workerFile, 'forget', { ...places, from: request.from }, sealLimits);
        if (!done) return { records: 0, cut: 0, dataset: 'absent' };
        return { records: done.withdrawn, cut: done.cut, dataset: 'done' };
      }
      const what = { datasetFolder: folder, ...withdrawn(request) };
      const records = await runWorker(workerFile, 'withdraw', what, withdrawLimits);
      return { records: records ?? 0, cut: 0, dataset: records === null ? 'absent' : 'done' };
    } catch (error) {
      if (!(error instanceof SealingError || error instanceof WorkerEnd)) throw error;
      return failed;
    }
  }

  /** Whether the request speaks of the journal. What cannot be read is of no project. */
  async isAbout(request: TakeBack, { taskId, path, createdAt, held }: StoredJournal): Promise<boolean> {
    if (createdAt > request.until && !request.also.includes(taskId)) return false;
    if (request.kind === 'forget') return true;
    if (request.kind === 'records') return false;
    if (request.kind === 'task') return taskId === request.taskId;
    if (held) return held.projectId === request.projectId;
    const stored = await this.#options.key.read();
    const header = stored && (await readJournalHeader(path, stored).catch(() => null));
    return header?.project_id === request.projectId;
  }

  /** @returns whether anything changed. */
  async #applyTo(request: TakeBack, { taskId, path }: StoredJournal): Promise<boolean> {
    const { workerFile, journals, key } = this.#options;
    if (request.kind === 'forget') {
      const cut = await this.#cut(path, request.from, workerFile, await key.read());
      if (cut === 'gone') await journals.delete(taskId);
      return cut !== 'untouched';
    }
    await journals.delete(taskId);
    return true;
  }

  /** One that cannot be read goes whole if it was written to in those minutes: nobody else could cut it either. */
  async #cut(
    path: string,
    from: number,
    workerFile: string,
    key: Buffer | null,
  ): Promise<'untouched' | 'cut' | 'gone'> {
    try {
      if (key) return await runWorker(workerFile, 'cut', { path, key: key.toString('hex'), from }, sealLimits);
    } catch (error) {
      if (!(error instanceof WorkerEnd || (error instanceof SealingError && error.origin === 'JournalError')))
        throw error;
    }
    const { mtimeMs } = await stat(path);
    return mtimeMs >= from ? 'gone' : 'untouched';
  }

  async #settle(request: TakeBack, { isPending, dataset }: TakenBack): Promise<void> {
    const age = Date.now() - request.until;
    const patience = request.kind === 'forget' ? sealedTimesAge : reviewTime;
    if (!isPending && age > (dataset === 'done' ? noticed : patience)) await this.#requests.remove(request);
    else await this.#requests.write(request);
  }
}

function withdrawn(request: Exclude<TakeBack, { kind: 'forget' }>) {
  switch (request.kind) {
    case 'task':
      return { taskId: request.taskId };
    case 'records':
      return { trajectoryIds: request.trajectoryIds };
    case 'project':
      return { projectId: request.projectId };
  }
}
