import { Worker } from 'node:worker_threads';
import { emptyReport, type SealReport, type SealRequest, type WithheldReason } from './sealRequest.ts';

export interface SealLimits {
  /** Milliseconds. */
  time: number;
  /** Megabytes of the worker's heap. */
  memory: number;
}

export const sealLimits: SealLimits = { time: 120_000, memory: 2048 };

/** What the worker posts before it ends. */
export type WorkerMessage = { report: SealReport } | { error: { name: string; message: string } };

/** The input or the dataset folder is at fault, and the message says how to mend it; nothing was written. */
export class SealingError extends Error {
  override name = 'SealingError';
  /** Name of the error that it was in the worker: `DatasetError`, `ImportError`, `JournalError`. */
  readonly origin: string;

  constructor(origin: string, message: string) {
    super(message);
    this.origin = origin;
  }
}

/**
 * Seals in a worker of its own, which ends afterwards. A worker that takes too long or too much memory is killed: what it
 * had published stands whole, the rest is withheld.
 * @param workerFile the bundled `sealing/worker.ts`.
 * @throws SealingError
 */
export function runSealing(workerFile: string | URL, request: SealRequest, limits = sealLimits): Promise<SealReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile, {
      workerData: request,
      resourceLimits: { maxOldGenerationSizeMb: limits.memory },
    });
    const withhold = (reason: WithheldReason) => resolve({ ...emptyReport, withheld: [reason] });
    const timer = setTimeout(() => {
      withhold('too_slow');
      void worker.terminate();
    }, limits.time);
    worker.on('message', (message: WorkerMessage) => {
      if ('report' in message) resolve(message.report);
      else reject(new SealingError(message.error.name, message.error.message));
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      withhold(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out_of_memory' : 'crash');
    });
    worker.on('exit', () => {
      clearTimeout(timer);
      withhold('crash');
    });
  });
}
