/** From a journal or an import to published tasks. Each task is sealed by itself: one that fails withholds no other. */
import { dirname } from 'node:path';
import { consentOf, newId } from '../consent/grant.ts';
import type { RecordConsent, Signal } from '../consent/receipt.ts';
import { DatasetError } from '../dataset/errors.ts';
import { type DatasetStore, openDataset } from '../dataset/store.ts';
import { redactTask } from '../redaction/redactTask.ts';
import { distinct } from '../session/capture/knownValues.ts';
import type { KnownValue, SessionEvent } from '../session/events.ts';
import { buildHistory } from '../session/history/buildHistory.ts';
import { readJournal } from '../session/journal/readJournal.ts';
import { type SealedTimes, writeSealedTimes } from '../session/journal/sealedTimes.ts';
import type { Task } from '../session/task.ts';
import { RevisionError } from '../trajectory/errors.ts';
import type { RecordRevision } from '../trajectory/revision.ts';
import { draftTask, type Provenance } from './draftTask.ts';
import { importHistory } from './importHistory.ts';
import { withoutNamed } from './namedRepository.ts';
import type { SealReport, SealRequest, SealSource, WithheldReason } from './sealRequest.ts';
import { sweep } from './sweep.ts';
import type { Draft, DraftRecord, DraftRequest } from './workerRequest.ts';

/**
 * @throws DatasetError, JournalError, ImportError, RevisionError when folder or input are at fault. What goes wrong with one task is in
 * the report instead.
 */
export async function seal(request: SealRequest): Promise<SealReport> {
  const { source, revisions = [] } = request;
  const { events, provenance, prepare, keepTimes, finish } = await open(source);
  const { tasks, known, faults } = buildHistory(events);
  const report: SealReport = { sealed: [], withheld: [], faults, mended: 0 };
  if (tasks.length === 0) return report;
  const store = await openDataset(request.datasetFolder);
  await prepare(store);
  const times = new Map<string, number[]>();
  const tellTimes = (id: string, ends: number[]) => void times.set(id, ends);
  const drafts = draftTasks(tasks, { ...provenance, known: [...provenance.known, ...known], tellTimes }, revisions);
  // What was cut must never be written because a revision lost its record: all are made before anything is written.
  for await (const drafted of revisions.length > 0 ? await all(drafts) : drafts) {
    if (typeof drafted === 'string') {
      report.withheld.push(drafted);
      continue;
    }
    await keepTimes(Array.from(times, ([trajectoryId, ends]) => ({ trajectoryId, ends })));
    try {
      for (const publication of drafted) {
        await store.publish(publication);
        report.sealed.push(publication.trajectory.trajectory_id);
      }
    } catch (error) {
      if (!(error instanceof DatasetError) || error.reason !== 'broken_record') throw error;
      report.withheld.push('replay');
    }
  }
  const mayName = provenance.consent.signals.includes('repository');
  const unnamed = mayName ? tasks.reduce((left, { repository }) => withoutNamed(left, repository), known) : known;
  report.mended = await finish(store, unnamed);
  return report;
}

/** What sealing would write. @throws JournalError, RevisionError */
export async function draft({ source, revisions }: DraftRequest): Promise<Draft> {
  const { events, provenance } = await open(source);
  const { tasks, known } = buildHistory(events);
  const drafted = await all(draftTasks(tasks, { ...provenance, known: [...provenance.known, ...known] }, revisions));
  return {
    records: drafted.flatMap((one) => (typeof one === 'string' ? [] : one)),
    withheld: drafted.filter((one) => typeof one === 'string'),
  };
}

/** One task after the other. @throws RevisionError */
async function* draftTasks(
  tasks: readonly Task<string>[],
  provenance: Provenance,
  revisions: readonly RecordRevision[],
): AsyncGenerator<DraftRecord[] | WithheldReason> {
  const lost = new Set(revisions.map(({ trajectoryId }) => trajectoryId));
  let isWithheld = false;
  const known = [...provenance.known, ...(await foundInOneOf(tasks, provenance.known))];
  for (const [index, task] of tasks.entries()) {
    const drafted = await draftTask(task, index, { ...provenance, known }, revisions);
    if (typeof drafted === 'string') isWithheld = true;
    else for (const { trajectory } of drafted) lost.delete(trajectory.trajectory_id);
    yield drafted;
  }
  // One of a task that is withheld is lost with it.
  if (lost.size > 0 && !isWithheld) throw new RevisionError(`There is no record ${[...lost].join(', ')} in this task.`);
}

/** What the rules find in one task of a recording must not stand in another one. */
async function foundInOneOf(tasks: readonly Task<string>[], known: readonly KnownValue[]): Promise<KnownValue[]> {
  if (tasks.length < 2) return [];
  const found: KnownValue[] = [];
  for (const task of tasks) found.push(...(await redactTask(task, known)).found);
  return distinct(found);
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
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
      provenance: {
        seed: header.task_id,
        projectId: header.project_id,
        consent: { ...consentOf(header.receipt), ...header.narrowed },
        known: [],
      },
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
