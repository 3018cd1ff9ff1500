import type { Signal } from '../consent/receipt.ts';
import { splitBucket } from '../trajectory/hashes.ts';
import type { Step, Trajectory } from '../trajectory/record.ts';
import { replayTrajectory } from '../trajectory/replay.ts';

/**
 * What is wrong with a record that its schema cannot tell, as sentences for people. A record with a fault is not
 * written, and one that is found on disk is not to be believed.
 */
export function recordFaults(record: Trajectory): string[] {
  return [
    ...replayFaults(record),
    ...locationFaults(record),
    ...splitFaults(record),
    ...consentFaults(record),
    ...(holdsLoneSurrogate(record) ? ['a text holds a lone surrogate'] : []),
  ];
}

/** Whether a text anywhere in a value cannot be written as UTF-8. */
export function holdsLoneSurrogate(value: unknown): boolean {
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsLoneSurrogate);
}

function replayFaults(record: Trajectory): string[] {
  const fault = replayTrajectory(record);
  return fault === null ? [] : [fault];
}

function locationFaults({ files, steps }: Trajectory): string[] {
  const lost = steps.find(({ locations }) =>
    locations.some(({ file_id }) => file_id !== null && file_id >= files.length),
  );
  return lost ? [`step ${lost.index}: a location names no file`] : [];
}

function splitFaults({ lineage_key, project_id, split_bucket }: Trajectory): string[] {
  const bucket = splitBucket(lineage_key, project_id);
  return split_bucket === bucket ? [] : [`split_bucket is ${split_bucket} and should be ${bucket}`];
}

function consentFaults({ consent, lineage_key, environment, steps, outcome }: Trajectory): string[] {
  const faults: string[] = [];
  if ((consent.source === 'receipt') !== (consent.receipt_id !== null)) faults.push('consent without its receipt');
  const repository = [lineage_key, environment.repo, environment.base_commit];
  if (!consent.signals.includes('repository') && repository.some((value) => value !== null)) {
    faults.push('names the repository without consent to it');
  }
  const foreign = steps.find(({ kind }) => !signalsOf[kind].some((signal) => consent.signals.includes(signal)));
  if (foreign)
    faults.push(`step ${foreign.index}: recorded without consent to ${signalsOf[foreign.kind].join(' or ')}`);
  const namesTests = outcome.tests.length > 0 || steps.some(({ tests }) => tests.length > 0);
  if (namesTests && !consent.signals.includes('tests')) faults.push('names tests without consent to tests');
  return faults;
}

/** A step needs consent to one of these. */
const signalsOf: Record<Step['kind'], Signal[]> = {
  edit: ['edits'],
  resync: ['edits'],
  file: ['edits'],
  note: ['edits'],
  view: ['views'],
  command: ['terminal', 'tests'],
  test: ['tests', 'terminal'],
  diagnostics: ['errors'],
  debug: ['errors'],
  git: ['git'],
};
