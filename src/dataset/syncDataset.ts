/**
 * Brings a copy of a dataset up to its source: new records, newer revisions, and what was taken back. A copy may have
 * several sources: what is in none of them stays.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Policy } from '../consent/policy.ts';
import { undatedReceipt } from '../consent/receipt.ts';
import { exampleFormats } from '../examples/formats.ts';
import type { Verification } from '../examples/verification.ts';
import type { Trajectory } from '../trajectory/record.ts';
import type { Dataset } from './dataset.ts';
import { DatasetError, failedWith } from './errors.ts';
import { policyFile, receiptFile } from './layout.ts';
import { readSmallFile } from './lines.ts';
import { recordFaults } from './recordFaults.ts';
import type { DatasetStore } from './store.ts';

export interface SyncReport {
  added: string[];
  revised: string[];
  /** Records that were taken back, and were here. */
  withdrawn: string[];
  unchanged: number;
  /** Records that stood already, and what verifies them was brought. */
  verified: string[];
  /** What was left as it was, and why. */
  faults: string[];
}

export async function syncDataset(
  source: Dataset,
  copy: DatasetStore,
  onRecord: (done: number) => void = () => {},
): Promise<SyncReport> {
  const report: SyncReport = { added: [], revised: [], withdrawn: [], unchanged: 0, verified: [], faults: [] };
  const withdrawn = await source.withdrawn();
  await withdraw(copy, withdrawn, report);
  await copyConsent(source, copy, report);
  let done = 0;
  for await (const id of source.trajectoryIds()) {
    onRecord(done++);
    try {
      const record = await source.readTrajectory(id);
      await take(record, { withdrawn, verification: await source.readVerification(record) }, copy, report);
    } catch (error) {
      if (!(error instanceof DatasetError)) throw error;
      report.faults.push(error.message);
    }
  }
  return report;
}

/** Takes back what the source took back: records by their own id, by their project's or their receipt's. */
async function withdraw(copy: DatasetStore, keys: ReadonlySet<string>, report: SyncReport): Promise<void> {
  const known = await copy.withdrawn();
  const added = [...keys].filter((key) => !known.has(key));
  if (added.length === 0) return;
  const fresh = new Set(added);
  for await (const id of copy.trajectoryIds()) {
    const isNamed = fresh.has(id) || isWithdrawn(await copy.readTrajectory(id).catch(() => null), fresh);
    if (isNamed) report.withdrawn.push(id);
  }
  await copy.withdraw([...new Set([...added, ...report.withdrawn])]);
}

/** @param keys what was taken back: ids of records, projects and receipts, and keys of repositories. */
export function isWithdrawn(record: Trajectory | null, keys: ReadonlySet<string>): boolean {
  if (!record) return false;
  const named = [record.trajectory_id, record.project_id, record.consent.receipt_id, record.lineage_key];
  return named.some((key) => key !== null && keys.has(key));
}

async function take(
  record: Trajectory,
  { withdrawn, verification }: { withdrawn: ReadonlySet<string>; verification: Verification | null },
  copy: DatasetStore,
  report: SyncReport,
): Promise<void> {
  const id = record.trajectory_id;
  if (isWithdrawn(record, withdrawn)) return;
  const [fault] = recordFaults(record);
  if (fault !== undefined) throw new DatasetError('broken_record', `Record ${id} is broken: ${fault}`);
  const here = await copy.readTrajectory(id).catch((error) => {
    if (error instanceof DatasetError && error.reason === 'no_record') return null;
    throw error;
  });
  if (here && here.revision >= record.revision) {
    report.unchanged++;
    if (verification && here.revision === record.revision) {
      const known = await copy.readVerification(here);
      const isNew = JSON.stringify(known) !== JSON.stringify(verification);
      if (isNew && (await copy.verify(verification))) report.verified.push(id);
    }
    return;
  }
  const examples = exampleFormats.map(({ name, derive }) => ({ format: name, rows: derive(record) }));
  const publication = { trajectory: record, examples, verification };
  if (here) {
    if (await copy.revise(publication)) report.revised.push(id);
    return;
  }
  // A record that the copy took back itself stays away.
  if ((await copy.publish(publication)) === 'published') report.added.push(id);
}

/** Receipts and the policies that they were given for. */
async function copyConsent(source: Dataset, copy: DatasetStore, report: SyncReport): Promise<void> {
  const folder = join(source.folder, 'consent', 'receipts');
  const names = await readdir(folder).catch((error) => {
    if (failedWith(error, 'ENOENT')) return [];
    throw error;
  });
  for (const name of names.sort()) {
    const id = name.replace(/\.json$/, '');
    try {
      const receipt = undatedReceipt.parse(JSON.parse(await readSmallFile(join(source.folder, receiptFile(id)))));
      const text = await readSmallFile(join(source.folder, policyFile(receipt.policy_version)));
      await copy.addConsent(receipt, { version: receipt.policy_version, text } as Policy);
    } catch (error) {
      report.faults.push(`Receipt ${id} of ${source.folder} is broken: ${(error as Error).message}`);
    }
  }
}
