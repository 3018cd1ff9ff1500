/** The sealing worker: everything from raw events to files, away from the editor. It ends after one request. */
import { parentPort, workerData } from 'node:worker_threads';
import { DatasetError } from '../dataset/errors.ts';
import { ImportError } from '../session/import/parseInput.ts';
import { JournalError } from '../session/journal/errors.ts';
import type { WorkerMessage } from './runSealing.ts';
import { seal } from './seal.ts';
import type { SealRequest } from './sealRequest.ts';

/** Errors that a person can mend. Others end the worker, and their message, which may quote text, with it. */
const mendable = [DatasetError, ImportError, JournalError];

const post = (message: WorkerMessage) => parentPort?.postMessage(message);

async function work(): Promise<void> {
  try {
    post({ report: await seal(workerData as SealRequest) });
  } catch (error) {
    if (!(error instanceof Error) || !mendable.some((type) => error instanceof type)) throw error;
    post({ error: { name: error.name, message: error.message } });
  }
}

// A rejection that nobody handles ends the worker.
void work();
