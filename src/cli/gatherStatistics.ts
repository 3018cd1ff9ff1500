import { join } from 'node:path';
import type { Dataset } from '../dataset/dataset.ts';
import { failedWith } from '../dataset/errors.ts';
import { exampleFile, taskFolder } from '../dataset/layout.ts';
import { readLines, UnreadableError } from '../dataset/lines.ts';
import { type Counts, type Statistics, StatisticsBuilder } from '../dataset/statistics.ts';
import { exampleFormats } from '../examples/formats.ts';
import { Progress } from './progress.ts';
import { soundRecords } from './records.ts';

/** Counts what stands in a dataset folder, record by record. */
export async function gatherStatistics(dataset: Dataset): Promise<Statistics> {
  const builder = new StatisticsBuilder();
  for await (const record of soundRecords(dataset, new Progress(), 'counting')) {
    const rows: Counts = {};
    for (const { name } of exampleFormats) {
      rows[name] = await countLines(join(dataset.folder, taskFolder(record.trajectory_id), exampleFile(name)));
    }
    builder.add(record, rows, await dataset.readVerification(record));
  }
  return builder.result;
}

/** Rows that can be read; what is behind an unreadable one is for `validate` to tell of. */
async function countLines(file: string): Promise<number> {
  let lines = 0;
  try {
    for await (const _ of readLines(file)) lines++;
  } catch (error) {
    if (!(error instanceof UnreadableError) && !failedWith(error, 'ENOENT')) throw error;
  }
  return lines;
}
