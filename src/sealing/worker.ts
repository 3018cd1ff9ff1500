/** The worker: everything heavy, away from the editor. It ends after one task. */
import { parentPort, workerData } from 'node:worker_threads';
import { DatasetError } from '../dataset/errors.ts';
import { openDataset } from '../dataset/store.ts';
import { patternFault } from '../redaction/detectors/patternFault.ts';
import { ImportError } from '../session/import/parseInput.ts';
import { JournalError } from '../session/journal/errors.ts';
import { RevisionError } from '../trajectory/errors.ts';
import { preview } from './preview.ts';
import { reviseSealed } from './reviseSealed.ts';
import { draft, seal } from './seal.ts';
import { sweep } from './sweep.ts';
import type { WorkerMessage, WorkerTask, WorkerTasks } from './workerRequest.ts';

/** Errors that a person can mend. Others end the worker, and their message, which may quote text, with it. */
const mendable = [DatasetError, ImportError, JournalError, RevisionError];

type Do<Task extends WorkerTask> = (
  request: WorkerTasks[Task]['request'],
) => WorkerTasks[Task]['answer'] | Promise<WorkerTasks[Task]['answer']>;

const tasks: { [Task in WorkerTask]: Do<Task> } = {
  seal,
  draft,
  revise: reviseSealed,
  preview,
  pattern: patternFault,
  sweep: async ({ datasetFolder, key, ...request }) => {
    const store = await openDataset(datasetFolder);
    return sweep({ store, key: Buffer.from(key, 'hex'), ...request });
  },
};

const post = (message: WorkerMessage) => parentPort?.postMessage(message);

async function work(): Promise<void> {
  const { task, request } = workerData as { task: WorkerTask; request: never };
  try {
    post({ answer: await tasks[task](request) });
  } catch (error) {
    if (!(error instanceof Error) || !mendable.some((type) => error instanceof type)) throw error;
    post({ error: { name: error.name, message: error.message } });
  }
}

// A rejection that nobody handles ends the worker.
void work();
