/**
 * Whether a dataset folder is what it says. The folder may come from anywhere and hold anything: whatever is found is
 * reported as a fault of a named file, and never thrown.
 */
import { resolve } from 'node:path';
import type * as z from 'zod';
import { exampleFormats } from '../examples/formats.ts';
import { verification, verificationFaults } from '../examples/verification.ts';
import { type Trajectory, trajectory } from '../trajectory/record.ts';
import { CheckedFiles, type Fault, strayFault } from './checkedFiles.ts';
import { featuresOf, featuresRow } from './features.ts';
import { requireDataset } from './folder.ts';
import {
  bucketPattern,
  cardFile,
  exampleFile,
  featuresFileName,
  idPattern,
  trajectoryFileName,
  verificationFileName,
} from './layout.ts';
import { recordFaults } from './recordFaults.ts';
import { recordSchemas } from './schemas.ts';
import { type ConsentFacts, validateConsent, validateReceipt } from './validateConsent.ts';
import { validatePrivacy } from './validatePrivacy.ts';

export interface Validation {
  trajectories: number;
  examples: number;
  faults: Fault[];
}

/**
 * @param privacy whether to look for what tells of people, besides. @throws DatasetError when there is no dataset in the
 * folder.
 */
export async function validateDataset(path: string, { privacy = false } = {}): Promise<Validation> {
  const folder = resolve(path);
  await requireDataset(folder);
  const files = new CheckedFiles(folder);
  const result: Validation = { trajectories: 0, examples: 0, faults: files.faults };
  const parts = new Parts(files);

  await files.text(cardFile);
  for (const name of Object.keys(recordSchemas)) await files.text(`schema/${name}.schema.json`);
  const consent = await validateConsent(files);
  for await (const name of taskFolders(files)) {
    const record = await validateRecord(files, name, consent);
    if (!record) continue;
    result.trajectories++;
    parts.add(`${name}/${trajectoryFileName}`, record);
    result.examples += await validateDerived(files, name, record);
  }
  if (privacy) await validatePrivacy(folder, files);
  return result;
}

async function* taskFolders(files: CheckedFiles): AsyncGenerator<string> {
  for (const bucket of await files.entries('data')) {
    const isBucket = bucket.isDirectory() && bucketPattern.test(bucket.name);
    if (!isBucket) files.note(`data/${bucket.name}`, strayFault(bucket));
    for (const task of isBucket ? await files.entries(`data/${bucket.name}`) : []) {
      const name = `data/${bucket.name}/${task.name}`;
      if (task.isDirectory() && idPattern.test(task.name) && task.name.startsWith(bucket.name)) yield name;
      else files.note(name, strayFault(task));
    }
  }
}

async function validateRecord(files: CheckedFiles, name: string, consent: ConsentFacts): Promise<Trajectory | null> {
  const file = `${name}/${trajectoryFileName}`;
  const [record, ...others] = await files.rows(trajectory, file);
  if (!record) return null;
  const id = record.trajectory_id;
  if (others.length > 0) files.note(file, 'more than one row');
  if (!name.endsWith(`/${id}`)) files.note(file, `the record has another id than its folder: ${id}`);
  if (consent.withdrawn.has(id)) files.note(file, 'the record was withdrawn; delete its folder');
  for (const fault of recordFaults(record)) files.note(file, fault);
  validateReceipt(files, file, record, consent);
  return record;
}

/** The files beside the record. @returns the number of examples */
async function validateDerived(files: CheckedFiles, name: string, record: Trajectory): Promise<number> {
  let examples = 0;
  for (const entry of await files.entries(name)) {
    const file = `${name}/${entry.name}`;
    const format = exampleFormats.find((format) => exampleFile(format.name) === entry.name);
    if (!entry.isFile()) files.note(file, strayFault(entry));
    else if (format) examples += await validateRows(files, file, format.schema, () => format.derive(record));
    else if (entry.name === verificationFileName) await validateVerification(files, file, record);
    else if (entry.name !== featuresFileName && entry.name !== trajectoryFileName) files.note(file, strayFault(entry));
  }
  await validateRows(files, `${name}/${featuresFileName}`, featuresRow, () => [featuresOf(record)]);
  return examples;
}

async function validateVerification(files: CheckedFiles, file: string, record: Trajectory): Promise<void> {
  const [row, ...others] = await files.rows(verification, file);
  if (others.length > 0) files.note(file, 'more than one row');
  for (const fault of row ? verificationFaults(row, record) : []) files.note(file, fault);
}

/** Whether the rows are those that follow from their record. @returns their number */
async function validateRows(
  files: CheckedFiles,
  file: string,
  schema: z.ZodObject,
  derive: () => readonly object[],
): Promise<number> {
  const before = files.faults.length;
  const rows = await files.rows(schema, file);
  if (files.faults.length > before) return rows.length;
  try {
    const follow = derive();
    const other = rows.findIndex((row, i) => JSON.stringify(row) !== JSON.stringify(follow.at(i)));
    if (other >= 0) files.note(file, `row ${other + 1}: does not follow from the record`);
    else if (rows.length < follow.length) files.note(file, `${follow.length - rows.length} rows are missing`);
  } catch {
    files.note(file, 'cannot be derived again: the record is not sound');
  }
  return rows.length;
}

/** Tasks of several parts: each part once. That one is missing is no fault: it may have been taken back. */
class Parts {
  readonly #files: CheckedFiles;
  readonly #tasks = new Map<string, { parts: number; seen: Set<number>; file: string }>();

  constructor(files: CheckedFiles) {
    this.#files = files;
  }

  add(file: string, { task_id, part, parts }: Trajectory): void {
    const task = this.#tasks.get(task_id) ?? { parts, seen: new Set(), file };
    if (task.parts !== parts || task.seen.has(part)) {
      this.#files.note(file, `part ${part} of ${parts} contradicts ${task.file}`);
    }
    task.seen.add(part);
    this.#tasks.set(task_id, task);
  }
}
