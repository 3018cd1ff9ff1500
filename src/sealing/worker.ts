/** The worker: everything heavy, away from the editor. It ends after one task. */
import { parentPort, workerData } from 'node:worker_threads';
import { readDataset } from '../dataset/dataset.ts';
import { DatasetError } from '../dataset/errors.ts';
import { summariseTasks } from '../dataset/recordSummary.ts';
import { openDataset } from '../dataset/store.ts';
import { patternFault } from '../redaction/detectors/patternFault.ts';
import { ImportError } from '../session/import/parseInput.ts';
import { cutJournal } from '../session/journal/cutJournal.ts';
import { JournalError } from '../session/journal/errors.ts';
import { RevisionError } from '../trajectory/errors.ts';
import { exportHeld } from './exportHeld.ts';
import { forget } from './forget.ts';
import { label } from './label.ts';
import { preview } from './preview.ts';
import { reviseSealed } from './reviseSealed.ts';
import { draft, seal } from './seal.ts';
import { sweep } from './sweep.ts';
import { systemFault } from './systemFault.ts';
import { withdraw } from './withdraw.ts';
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
  label,
  cut: ({ path, key, from }) => cutJournal(path, Buffer.from(key, 'hex'), from),
  forget,
  withdraw,
  export: exportHeld,
  preview,
  pattern: patternFault,
  sweep: async ({ datasetFolder, key, ...request }) => {
    const store = await openDataset(datasetFolder);
    return sweep({ store, key: Buffer.from(key, 'hex'), ...request });
  },
  summarise: async ({ datasetFolder, tasks }) => summariseTasks(await readDataset(datasetFolder), tasks),
};

const post = (message: WorkerMessage) => parentPort?.postMessage(message);

async function work(): Promise<void> {
  const { task, request } = workerData as { task: WorkerTask; request: never };
  try {
    post({ answer: await tasks[task](request) });
  } catch (error) {
    const fault = systemFault(error);
    if (fault) post({ error: fault });
    else if (error instanceof Error && mendable.some((type) => error instanceof type))
      post({ error: { name: error.name, message: error.message } });
    else throw error;
  }
}

// A rejection that nobody handles ends the worker.
void work();
