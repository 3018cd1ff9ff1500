/** From a journal or an import to published tasks. Each task is sealed by itself: one that fails withholds no other. */
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { consentOf, newId } from '../consent/grant.ts';
import type { RecordConsent, Signal } from '../consent/receipt.ts';
import { type DatasetStore, openDataset } from '../dataset/store.ts';
import { exampleFormats } from '../examples/formats.ts';
import { audit } from '../redaction/audit.ts';
import { redactTask } from '../redaction/redactTask.ts';
import type { KnownValue, SessionEvent } from '../session/events.ts';
import { buildHistory } from '../session/history/buildHistory.ts';
import { readJournal } from '../session/journal/readJournal.ts';
import type { Task } from '../session/task.ts';
import { buildTrajectories } from '../trajectory/buildTrajectories.ts';
import { TrajectoryError } from '../trajectory/errors.ts';
import type { Trajectory } from '../trajectory/record.ts';
import { version } from '../version.ts';
import { importHistory } from './importHistory.ts';
import { withoutNamed } from './namedRepository.ts';
import type { SealReport, SealRequest, SealSource, WithheldReason } from './sealRequest.ts';
import { sweep } from './sweep.ts';

/** What the events do not tell of their tasks. */
interface Provenance {
  /** Random; the ids of the tasks and records are drawn from it, so that sealing twice gives the same ones. */
  seed: string;
  projectId: string;
  consent: RecordConsent;
  known: readonly KnownValue[];
}

interface SealedTask {
  trajectory: Trajectory;
  examples: { format: string; rows: readonly object[] }[];
}

/**
 * @throws DatasetError, JournalError, ImportError when folder or input are at fault. What goes wrong with one task is in
 * the report instead.
 */
export async function seal(request: SealRequest): Promise<SealReport> {
  const { events, provenance, prepare, finish } = await open(request.source);
  const { tasks, known, faults } = buildHistory(events);
  const report: SealReport = { sealed: [], withheld: [], faults, mended: 0 };
  if (tasks.length === 0) return report;
  const store = await openDataset(request.datasetFolder);
  await prepare(store);
  for (const [index, task] of tasks.entries()) {
    const sealed = await sealTask(task, index, { ...provenance, known: [...provenance.known, ...known] });
    if (typeof sealed === 'string') {
      report.withheld.push(sealed);
      continue;
    }
    for (const publication of sealed) {
      await store.publish(publication);
      report.sealed.push(publication.trajectory.trajectory_id);
    }
  }
  const mayName = provenance.consent.signals.includes('repository');
  const unnamed = mayName ? tasks.reduce((left, { repository }) => withoutNamed(left, repository), known) : known;
  report.mended = await finish(store, unnamed);
  return report;
}

interface OpenedSource {
  events: SessionEvent[];
  provenance: Provenance;
  /** Makes the dataset ready for the records. */
  prepare: (store: DatasetStore) => Promise<void>;
  /** Looks at the records from before. @returns how many it mended. */
  finish: (store: DatasetStore, known: readonly KnownValue[]) => Promise<number>;
}

async function open(source: SealSource): Promise<OpenedSource> {
  if (source.kind === 'journal') {
    const key = Buffer.from(source.key, 'hex');
    const { header, events } = await readJournal(source.path, key);
    const place = { projectId: header.project_id, journals: dirname(source.path), key };
    return {
      events,
      provenance: {
        seed: header.task_id,
        projectId: header.project_id,
        consent: { ...consentOf(header.receipt), ...header.narrowed },
        known: [],
      },
      prepare: (store) => store.addConsent(header.receipt, header.policy),
      finish: (store, known) => sweep({ store, known, ...place }),
    };
  }
  const events = await importHistory(source);
  return {
    events,
    provenance: { seed: newId(), projectId: source.projectId, consent: importedConsent(events), known: source.known },
    prepare: async () => {},
    finish: async () => 0,
  };
}

/** What an imported history may be used for is for the importer to know; its signals are those that it holds. */
function importedConsent(events: readonly SessionEvent[]): RecordConsent {
  const kinds = new Set(events.map(({ kind }) => kind));
  const signals: Signal[] = ['edits'];
  if (kinds.has('command_start')) signals.push('terminal', 'tests');
  if (kinds.has('diagnostics')) signals.push('errors');
  if (kinds.has('git')) signals.push('git');
  if (kinds.has('view')) signals.push('views');
  return {
    source: 'imported',
    receipt_id: null,
    policy_version: null,
    signals,
    uses: { train: false, commercial: false, redistribute: false, publish: false },
    rights_basis: 'unknown',
  };
}

/** The task's publications, or why it is withheld. What the last look finds is taken out too; once. */
async function sealTask(
  raw: Task<string>,
  index: number,
  provenance: Provenance,
): Promise<SealedTask[] | WithheldReason> {
  const task = provenance.consent.signals.includes('repository') ? raw : { ...raw, repository: null };
  let known = withoutNamed(provenance.known, task.repository);
  for (const attempt of ['clean', 'clean_after_retry'] as const) {
    const redaction = await redactTask(task, known);
    const meta = {
      taskId: index === 0 ? provenance.seed : derivedId(provenance.seed, index),
      trajectoryId: (part: number) => derivedId(provenance.seed, index, part),
      projectId: provenance.projectId,
      consent: provenance.consent,
      extensionVersion: version,
      redaction: {
        detector_version: redaction.detectorVersion,
        audit: attempt,
        placeholders: redaction.placeholders,
      },
    };
    const sealed = publications(redaction.task, meta);
    if (typeof sealed === 'string') return sealed;
    const rows = sealed.flatMap(({ trajectory, examples }) => [trajectory, ...examples.flatMap(({ rows }) => rows)]);
    const found = new Set(rows.flatMap((row) => audit(row, redaction.dictionary, known)));
    if (found.size === 0) return sealed;
    known = [...known, ...[...found].map((value): KnownValue => ({ type: 'secret', value }))];
  }
  return 'audit';
}

function publications(...[task, meta]: Parameters<typeof buildTrajectories>): SealedTask[] | 'replay' {
  try {
    return buildTrajectories(task, meta).map((trajectory) => ({
      trajectory,
      examples: exampleFormats.map(({ name, derive }) => ({ format: name, rows: derive(trajectory) })),
    }));
  } catch (error) {
    if (error instanceof TrajectoryError) return 'replay';
    throw error;
  }
}

/** As random as the seed that it is drawn from, and the same each time. */
function derivedId(seed: string, ...place: number[]): string {
  return createHash('sha256')
    .update([seed, ...place].join('/'))
    .digest('hex')
    .slice(0, 32);
}
