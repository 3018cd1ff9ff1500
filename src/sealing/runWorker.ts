import { Worker } from 'node:worker_threads';
import type { WorkerMessage, WorkerTask, WorkerTasks } from './workerRequest.ts';

export interface WorkerLimits {
  /** Milliseconds. */
  time: number;
  /** Megabytes of the worker's heap. */
  memory: number;
}

/** The input or the dataset folder is at fault, and the message says how to mend it; nothing was written. */
export class SealingError extends Error {
  override name = 'SealingError';
  /** Name of the error that it was in the worker: `DatasetError`, `ImportError`, `JournalError`, `RevisionError`. */
  readonly origin: string;

  constructor(origin: string, message: string) {
    super(message);
    this.origin = origin;
  }
}

/** The worker ended without an answer. */
export class WorkerEnd extends Error {
  override name = 'WorkerEnd';
  readonly reason: 'too_slow' | 'out_of_memory' | 'crash';

  constructor(reason: WorkerEnd['reason']) {
    super(`The worker ended: ${reason}`);
    this.reason = reason;
  }
}

/**
 * Does a task in a worker of its own, which ends afterwards. One that takes too long or too much memory is killed.
 * @param workerFile the bundled `sealing/worker.ts`.
 * @throws SealingError, WorkerEnd
 */
export function runWorker<Task extends WorkerTask>(
  workerFile: string | URL,
  task: Task,
  request: WorkerTasks[Task]['request'],
  limits: WorkerLimits,
): Promise<WorkerTasks[Task]['answer']> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile, {
      workerData: { task, request },
      resourceLimits: { maxOldGenerationSizeMb: limits.memory },
    });
    const end = (reason: WorkerEnd['reason']) => reject(new WorkerEnd(reason));
    const timer = setTimeout(() => {
      end('too_slow');
      void worker.terminate();
    }, limits.time);
    worker.on('message', (message: WorkerMessage) => {
      if ('answer' in message) resolve(message.answer as WorkerTasks[Task]['answer']);
      else reject(new SealingError(message.error.name, message.error.message));
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out_of_memory' : 'crash');
    });
    worker.on('exit', () => {
      clearTimeout(timer);
      end('crash');
    });
  });
}
