/**
 * The last look at a record before it is packed: the very rows that are written fit their schemas, replay, are granted,
 * and hold nothing that redaction would cover today, nor tell of a time, a place, a person or a machine elsewhere.
 */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Dataset } from '../dataset/dataset.ts';
import { failedWith } from '../dataset/errors.ts';
import { exampleFile, taskFolder, trajectoryFileName, verificationFileName } from '../dataset/layout.ts';
import { privacyFaults, privacyText } from '../dataset/privacyFaults.ts';
import { holdsLoneSurrogate, recordFaults } from '../dataset/recordFaults.ts';
import { type ExampleFormat, exampleFormats, exportFormats } from '../examples/formats.ts';
import { taskFormat } from '../examples/task.ts';
import { audit } from '../redaction/audit.ts';
import { type Trajectory, trajectory } from '../trajectory/record.ts';
import { UnsoundError } from './errors.ts';
import { type Request, readRows, refusalOf } from './sources.ts';

/** The formats of a packed set, by the names of their folders; those of `exportFormats` are made while it is packed. */
export const packedFormats: { name: string; schema: z.ZodObject }[] = [
  { name: 'trajectories', schema: trajectory },
  ...[...exampleFormats, ...exportFormats].map(({ name, schema }) => ({ name, schema: schema as z.ZodObject })),
];

export interface SoundRecord {
  record: Trajectory;
  /** Rows by format; formats without rows are left out. */
  rows: Map<string, readonly object[]>;
}

type Example = { trajectory_id: string };

const derived = z.looseObject({ deriver_version: z.string() });

/** @throws UnsoundError */
export async function readSound(
  dataset: Dataset,
  id: string,
  expected: { revision: number; request: Request; also: readonly string[] },
): Promise<SoundRecord> {
  const folder = taskFolder(id);
  const file = join(folder, trajectoryFileName);
  const records = await readRows(dataset, file, trajectory);
  const [record] = records;
  if (records.length > 1) throw new UnsoundError(file, 'more than one row');
  if (record.trajectory_id !== id || record.revision !== expected.revision) {
    throw new UnsoundError(file, 'has changed while it was packed');
  }
  if (refusalOf(record.consent, expected.request)) throw new UnsoundError(file, 'its consent does not grant the use');
  const [fault] = recordFaults(record);
  if (fault) throw new UnsoundError(file, fault);
  requireClean(file, [record], { name: 'trajectory', type: trajectory });

  const rows = new Map<string, readonly object[]>([['trajectories', [record]]]);
  const present = await readdir(join(dataset.folder, folder)).catch((error) => {
    throw failedWith(error, 'ENOENT') ? new UnsoundError(folder, 'missing') : error;
  });
  for (const format of exampleFormats) {
    const { name } = format;
    if (!present.includes(exampleFile(name))) continue;
    const file = join(folder, exampleFile(name));
    const examples = await examplesIn(dataset, file, format, record);
    if (examples.length === 0) continue;
    if (examples.some((row) => row.trajectory_id !== id)) throw new UnsoundError(file, 'belongs to another record');
    requireClean(file, examples, { name, type: format.schema });
    rows.set(name, examples);
  }
  const verification = await dataset.readVerification(record);
  const tasks = taskFormat.derive(record, verification).filter((row) => row.verification === 'verified');
  requireClean(join(folder, verificationFileName), tasks, { name: taskFormat.name, type: taskFormat.schema });
  if (tasks.length > 0) rows.set(taskFormat.name, tasks);
  for (const { name, schema, derive } of exportFormats) {
    if (!expected.also.includes(name)) continue;
    const made = derive(record);
    requireClean(file, made, { name, type: schema });
    if (made.length > 0) rows.set(name, made);
  }
  return { record, rows };
}

/** As this version derives them: contributors have versions of their own. @throws UnsoundError */
async function examplesIn(
  dataset: Dataset,
  file: string,
  { schema, derive }: ExampleFormat,
  record: Trajectory,
): Promise<readonly Example[]> {
  try {
    return (await readRows(dataset, file, schema)) as Example[];
  } catch (error) {
    const versions = await readRows(dataset, file, derived).catch(() => []);
    const isOfOther = (row: z.infer<typeof derived>) =>
      !schema.shape.deriver_version.safeParse(row.deriver_version).success;
    if (!versions.some(isOfOther)) throw error;
    return derive(record) as Example[];
  }
}

function requireClean(file: string, rows: readonly object[], schema: { name: string; type: z.ZodObject }): void {
  for (const row of rows) {
    const marks = privacyFaults(schema, row);
    if (marks.length > 0) throw new UnsoundError(file, privacyText(marks));
    if (holdsLoneSurrogate(row)) throw new UnsoundError(file, 'a text holds a lone surrogate');
    // What was found is not told: it is what nobody should read.
    const { length } = audit(row, []);
    if (length > 0) throw new UnsoundError(file, `holds ${length} texts to cover; see: understudy audit --fix`);
  }
}
