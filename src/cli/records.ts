import type { Dataset } from '../dataset/dataset.ts';
import { DatasetError } from '../dataset/errors.ts';
import { recordFaults } from '../dataset/recordFaults.ts';
import type { Trajectory } from '../trajectory/record.ts';
import type { Progress } from './progress.ts';
import { tellError } from './terminal.ts';

/**
 * The records of a dataset, one after the other. One that is not sound is told of and left out, and the command exits
 * with 1: nothing is made of what cannot be believed.
 */
export async function* soundRecords(dataset: Dataset, progress: Progress, what: string): AsyncGenerator<Trajectory> {
  let done = 0;
  for await (const id of dataset.trajectoryIds()) {
    progress.tell(what, done++);
    const record = await soundRecord(dataset, id, (fault) => {
      progress.end();
      tellError(`left out: ${fault}`);
      process.exitCode = 1;
    });
    if (record) yield record;
  }
  progress.end();
}

async function soundRecord(dataset: Dataset, id: string, tell: (fault: string) => void): Promise<Trajectory | null> {
  try {
    const record = await dataset.readTrajectory(id);
    const [fault] = record.trajectory_id === id ? recordFaults(record) : [`its id is ${record.trajectory_id}`];
    if (fault === undefined) return record;
    tell(`record ${id} in ${dataset.folder} is not sound: ${fault}. See: understudy validate`);
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    tell(error.message);
  }
  return null;
}
