/** From a journal or an import to published tasks. Each task is sealed by itself: one that fails withholds no other. */
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
import { type SealedTimes, writeSealedTimes } from '../session/journal/sealedTimes.ts';
import type { Task } from '../session/task.ts';
import { buildTrajectories } from '../trajectory/buildTrajectories.ts';
import { TrajectoryError } from '../trajectory/errors.ts';
import type { Trajectory } from '../trajectory/record.ts';
import { version } from '../version.ts';
import { taskIdOf, trajectoryIdOf } from './ids.ts';
import { importHistory } from './importHistory.ts';
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
  const { events, provenance, prepare, keepTimes, finish } = await open(request.source);
  const { tasks, known, faults } = buildHistory(events);
  const report: SealReport = { sealed: [], withheld: [], faults, mended: 0 };
  if (tasks.length === 0) return report;
  const store = await openDataset(request.datasetFolder);
  await prepare(store);
  const times = new Map<string, number[]>();
  for (const [index, task] of tasks.entries()) {
    const all = { ...provenance, known: [...provenance.known, ...known] };
    const sealed = await sealTask(task, index, all, (id, ends) => times.set(id, ends));
    if (typeof sealed === 'string') {
      report.withheld.push(sealed);
      continue;
    }
    await keepTimes(Array.from(times, ([trajectoryId, ends]) => ({ trajectoryId, ends })));
    for (const publication of sealed) {
      await store.publish(publication);
      report.sealed.push(publication.trajectory.trajectory_id);
    }
  }
  report.mended = await finish(store, known);
  return report;
}

interface OpenedSource {
  events: SessionEvent[];
  provenance: Provenance;
  /** Makes the dataset ready for the records. */
  prepare: (store: DatasetStore) => Promise<void>;
  /** Keeps for a while when the steps of the records happened; before they are published, or a crash would part them. */
  keepTimes: (times: SealedTimes) => Promise<void>;
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
      provenance: { seed: header.task_id, projectId: header.project_id, consent: consentOf(header.receipt), known: [] },
      prepare: (store) => store.addConsent(header.receipt, header.policy),
      keepTimes: (times) => writeSealedTimes(place.journals, key, header.task_id, times),
      finish: (store, known) => sweep({ store, known, ...place }),
    };
  }
  const events = await importHistory(source);
  return {
    events,
    provenance: { seed: newId(), projectId: source.projectId, consent: importedConsent(events), known: source.known },
    prepare: async () => {},
    keepTimes: async () => {},
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
  task: Task<string>,
  index: number,
  provenance: Provenance,
  tellTimes: (trajectoryId: string, ends: number[]) => void,
): Promise<SealedTask[] | WithheldReason> {
  let known = provenance.known;
  for (const attempt of ['clean', 'clean_after_retry'] as const) {
    const redaction = await redactTask(task, known);
    const meta = {
      taskId: taskIdOf(provenance.seed, index),
      trajectoryId: (part: number) => trajectoryIdOf(provenance.seed, index, part),
      projectId: provenance.projectId,
      lineageKey: null,
      consent: provenance.consent,
      extensionVersion: version,
      tellTimes,
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
