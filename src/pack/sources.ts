/** The dataset folders that a pack is made of. Whatever stands in them may be hostile: nothing is believed unchecked. */
import { join, resolve } from 'node:path';
import * as z from 'zod';
import type { RecordConsent, Uses } from '../consent/receipt.ts';
import { withdrawnKeys } from '../dataset/consentFiles.ts';
import { type Dataset, readDataset } from '../dataset/dataset.ts';
import { DatasetError, failedWith } from '../dataset/errors.ts';
import { type FeaturesRow, featuresRow, keepKey } from '../dataset/features.ts';
import { issueText } from '../dataset/issueText.ts';
import { featuresFileName, taskFolder, trajectoryFileName, withdrawalsFile } from '../dataset/layout.ts';
import { readLines, readSmallFile, UnreadableError } from '../dataset/lines.ts';
import { trajectory } from '../trajectory/record.ts';
import { PackError, UnsoundError } from './errors.ts';
import { inOrder } from './inOrder.ts';

export type Use = keyof Uses;

/** What the records are wanted for. */
export interface Request {
  use: Use;
  /** Imported records grant no use: whoever imported them answers for the consent. */
  includeImported: boolean;
}

/** A row of the table `record`: the features, where they stand, and why the consent does not serve. */
export type RecordRow = FeaturesRow & { source: number; refusal: Refusal | null };
export type Refusal = 'not_granted' | 'imported';

/** A record that is left out because it cannot be believed. */
export interface Unsound {
  trajectory_id: string;
  source: number;
  /** With its file. */
  fault: string;
}

/** @throws PackError or DatasetError for the first folder that is not a readable dataset, or is named twice. */
export async function openSources(folders: readonly string[]): Promise<Dataset[]> {
  const sources: Dataset[] = [];
  for (const folder of folders) {
    if (sources.some((source) => source.folder === resolve(folder))) {
      throw new PackError(`${folder} is named twice. Name each folder once.`);
    }
    sources.push(await readDataset(folder).catch((error) => Promise.reject(unreadable(folder, error))));
  }
  return sources;
}

/** Ids of withdrawn records, projects and receipts, and excluded lineage keys. @throws PackError when it cannot be read. */
export async function readWithdrawals({ folder }: Dataset): Promise<Set<string>> {
  const file = join(folder, withdrawalsFile);
  try {
    return withdrawnKeys(await readSmallFile(file));
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return new Set();
    throw unreadable(file, error);
  }
}

/** All records of a folder by id. @throws PackError when the folder cannot be read. */
export async function* scanSource(
  dataset: Dataset,
  source: number,
  request: Request,
): AsyncGenerator<RecordRow | Unsound> {
  try {
    yield* inOrder(dataset.trajectoryIds(), async (id) => {
      try {
        return await readRecordRow(dataset, id, source, request);
      } catch (error) {
        if (!(error instanceof UnsoundError)) throw error;
        return { trajectory_id: id, source, fault: `${error.file}: ${error.message}` };
      }
    });
  } catch (error) {
    throw unreadable(dataset.folder, error);
  }
}

export function refusalOf({ source, uses }: RecordConsent, { use, includeImported }: Request): Refusal | null {
  if (source === 'imported') return includeImported ? null : 'imported';
  return uses[use] ? null : 'not_granted';
}

const { trajectory_id, project_id, lineage_key, period, revision, split_bucket, consent, outcome } = trajectory.shape;
/** What the features repeat of the record. */
const recordFacts = z.object({
  trajectory_id,
  project_id,
  lineage_key,
  period,
  revision,
  split_bucket,
  consent,
  outcome: z.object({ status: outcome.shape.status }),
});

async function readRecordRow(dataset: Dataset, id: string, source: number, request: Request): Promise<RecordRow> {
  const file = join(taskFolder(id), featuresFileName);
  const facts = await readRow(dataset, join(taskFolder(id), trajectoryFileName), recordFacts);
  const features = await readRow(dataset, file, featuresRow);
  const agrees =
    facts.trajectory_id === id &&
    features.trajectory_id === id &&
    features.project_id === facts.project_id &&
    features.receipt_id === facts.consent.receipt_id &&
    features.lineage_key === facts.lineage_key &&
    features.period === facts.period &&
    features.revision === facts.revision &&
    features.split_bucket === facts.split_bucket &&
    features.keep_key === keepKey(facts.outcome.status, id);
  if (!agrees) throw new UnsoundError(file, 'does not belong to the record');
  return { ...features, source, refusal: refusalOf(facts.consent, request) };
}

/** The only row of a file. @throws UnsoundError */
async function readRow<Schema extends z.ZodType>(
  dataset: Dataset,
  file: string,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const [row, ...others] = await readRows(dataset, file, schema);
  if (others.length > 0) throw new UnsoundError(file, 'more than one row');
  return row;
}

/** The rows of a file: at least one. @throws UnsoundError */
export async function readRows<Schema extends z.ZodType>(
  { folder }: Dataset,
  file: string,
  schema: Schema,
): Promise<z.infer<Schema>[]> {
  const lines = await linesOf(folder, file);
  return lines.map((line, i) => {
    const where = lines.length > 1 ? `row ${i + 1}: ` : '';
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw new UnsoundError(file, `${where}not JSON`);
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw new UnsoundError(file, `${where}${issueText(parsed.error)}`);
    return parsed.data;
  });
}

async function linesOf(folder: string, file: string): Promise<string[]> {
  const lines: string[] = [];
  try {
    for await (const line of readLines(join(folder, file))) lines.push(line);
  } catch (error) {
    if (error instanceof UnreadableError) throw new UnsoundError(file, error.message);
    if (failedWith(error, 'ENOENT')) throw new UnsoundError(file, 'missing');
    throw new UnsoundError(file, `cannot be read: ${(error as Error).message}`);
  }
  if (lines.length === 0) throw new UnsoundError(file, 'empty');
  return lines;
}

function unreadable(path: string, error: unknown): Error {
  if (error instanceof DatasetError || error instanceof PackError) return error;
  return new PackError(
    `${path} cannot be read: ${(error as Error).message}. Make it readable, or leave its folder out.`,
  );
}
