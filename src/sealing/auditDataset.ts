/** Goes through a dataset with what the rules find today, and with what has become known since its records were written. */

import { type Dataset, readDataset } from '../dataset/dataset.ts';
import { DatasetError } from '../dataset/errors.ts';
import { verificationFileName } from '../dataset/layout.ts';
import type { DatasetStore } from '../dataset/store.ts';
import { exampleFormats } from '../examples/formats.ts';
import { audit } from '../redaction/audit.ts';
import { redactText } from '../redaction/redactText.ts';
import type { KnownValue } from '../session/events.ts';
import { TrajectoryError } from '../trajectory/errors.ts';
import type { Trajectory } from '../trajectory/record.ts';
import { redactAgain } from '../trajectory/redactAgain.ts';

export interface AuditFinding {
  trajectoryId: string;
  /** What would be covered: how many values of each type. */
  types: Record<string, number>;
  /** Where: paths of files and indexes of steps. */
  files: string[];
  steps: number[];
  /** Why the record cannot be mended; null when it can. */
  fault: string | null;
}

export interface AuditOptions {
  known: readonly KnownValue[];
  /** Where to write mended records to; null to look only. */
  store: DatasetStore | null;
  /** Only the records of this project. */
  projectId?: string;
}

/** What one look may leave is found by the next; more than a few would mean that they contradict each other. */
const mostRounds = 3;

/**
 * Each record with something to cover. With a store its next revision, with the examples made anew, takes its place.
 * A record that cannot be read is a finding too. @throws DatasetError when there is no dataset.
 */
export async function* auditDataset(folder: string, options: AuditOptions): AsyncGenerator<AuditFinding> {
  const dataset = await readDataset(folder);
  for await (const id of dataset.trajectoryIds()) {
    let record: Trajectory;
    try {
      record = await dataset.readTrajectory(id);
    } catch (error) {
      if (!(error instanceof DatasetError)) throw error;
      yield { trajectoryId: id, types: {}, files: [], steps: [], fault: error.message };
      continue;
    }
    if (options.projectId && record.project_id !== options.projectId) continue;
    const finding = (await auditRecord(record, options)) ?? (await auditVerification(dataset, record, options));
    if (finding) yield finding;
  }
}

async function auditRecord(record: Trajectory, { known, store }: AuditOptions): Promise<AuditFinding | null> {
  const types: Record<string, number> = {};
  let last = record;
  const finding = (fault: string | null) => ({ ...placesOf(record, last), types, fault });
  try {
    let again = redactAgain(last, known);
    if (!again) return null;
    let { dictionary } = again;
    for (let round = 0; again && round < mostRounds; round++) {
      for (const { type } of again.covered) types[type] = (types[type] ?? 0) + 1;
      last = { ...again.record, revision: record.revision + 1 };
      dictionary = again.dictionary;
      again = redactAgain(last, known);
    }
    const examples = exampleFormats.map(({ name, derive }) => ({ format: name, rows: derive(last) }));
    const rows = [last, ...examples.flatMap((each) => each.rows)];
    if (again || rows.some((row) => audit(row, [dictionary], known).length > 0))
      return finding('something is still found in it');
    await store?.revise({ trajectory: last, examples });
    return finding(null);
  } catch (error) {
    if (!(error instanceof TrajectoryError || error instanceof DatasetError)) throw error;
    return finding(error.message);
  }
}

/** Names of tests that only a later run told. What verifies the record goes then: the task can be run again. */
async function auditVerification(
  dataset: Dataset,
  record: Trajectory,
  { known, store }: AuditOptions,
): Promise<AuditFinding | null> {
  const verification = await dataset.readVerification(record);
  const recorded = new Set<string>(record.outcome.tests.map(({ name }) => name));
  const names = verification?.tests.map(({ name }) => name).filter((name) => !recorded.has(name)) ?? [];
  const { types: found } = redactText(names.join('\n'), { known });
  if (found.length === 0) return null;
  const types: Record<string, number> = {};
  for (const type of found) types[type] = (types[type] ?? 0) + 1;
  await store?.unverify(record.trajectory_id);
  return { trajectoryId: record.trajectory_id, types, files: [verificationFileName], steps: [], fault: null };
}

function placesOf(before: Trajectory, after: Trajectory): Pick<AuditFinding, 'trajectoryId' | 'files' | 'steps'> {
  const differs = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);
  return {
    trajectoryId: before.trajectory_id,
    files: after.files.filter((file, i) => differs(file, before.files[i])).map(({ path }) => path),
    steps: after.steps.filter((step, i) => differs(step, before.steps[i])).map(({ index }) => index),
  };
}
