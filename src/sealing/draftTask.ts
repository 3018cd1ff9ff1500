/** From one task to the rows that would stand for it on disk. */
import type { RecordConsent } from '../consent/receipt.ts';
import { publicationPrivacy } from '../dataset/store.ts';
import { exampleFormats } from '../examples/formats.ts';
import { audit } from '../redaction/audit.ts';
import { holdsClock } from '../redaction/clockValues.ts';
import { explainRule, explainType } from '../redaction/explain.ts';
import { seededNonce } from '../redaction/placeholders.ts';
import type { Covered } from '../redaction/redactHistories.ts';
import { clockWindow, redactTask } from '../redaction/redactTask.ts';
import type { KnownValue } from '../session/events.ts';
import type { Task } from '../session/task.ts';
import { buildTrajectories, type TrajectoryMeta } from '../trajectory/buildTrajectories.ts';
import { TrajectoryError } from '../trajectory/errors.ts';
import type { Trajectory } from '../trajectory/record.ts';
import { type Revised, reviseTask } from '../trajectory/revise.ts';
import type { RecordRevision } from '../trajectory/revision.ts';
import { version } from '../version.ts';
import { taskIdOf, trajectoryIdOf } from './ids.ts';
import { withoutNamed } from './namedRepository.ts';
import type { WithheldReason } from './sealRequest.ts';
import type { DraftRecord } from './workerRequest.ts';

/** What the events do not tell of their tasks. */
export interface Provenance {
  /** Random; the ids of the tasks and records are drawn from it, so that sealing twice gives the same ones. */
  seed: string;
  projectId: string;
  consent: RecordConsent;
  known: readonly KnownValue[];
  tellTimes?: TrajectoryMeta['tellTimes'];
}

/**
 * The task's records, revised, and their examples; or why it is withheld. What the last look finds is taken out too; once.
 * @param index of the task among those of its source. @throws RevisionError
 */
export async function draftTask(
  raw: Task<string>,
  index: number,
  provenance: Provenance,
  revisions: readonly RecordRevision[],
): Promise<DraftRecord[] | WithheldReason> {
  const task = provenance.consent.signals.includes('repository') ? raw : { ...raw, repository: null };
  let known = withoutNamed(provenance.known, task.repository);
  for (const attempt of ['clean', 'clean_after_retry'] as const) {
    const redaction = await redactTask(task, known, { drawNonce: seededNonce(provenance.seed) });
    const revised = records(
      redaction.task,
      {
        taskId: taskIdOf(provenance.seed, index),
        trajectoryId: (part: number) => trajectoryIdOf(provenance.seed, index, part),
        projectId: provenance.projectId,
        consent: provenance.consent,
        extensionVersion: version,
        ...(provenance.tellTimes && { tellTimes: provenance.tellTimes }),
        redaction: {
          detector_version: redaction.detectorVersion,
          audit: attempt,
          placeholders: redaction.placeholders,
        },
      },
      revisions,
      known,
    );
    if (revised === 'replay') return revised;
    const covered = [...redaction.placeholders, ...revised.covered];
    const drafts = revised.records.map((record) => draftRecord(record, covered));
    const found = leftIn(drafts, [redaction.dictionary, ...revised.dictionaries], known);
    if (found.length === 0) return drafts.some((one) => tells(one, task, known)) ? 'privacy' : drafts;
    known = [...known, ...found];
  }
  return 'audit';
}

/** Whether the rows tell of a time, a place, a person or a machine. There is no second try: redaction takes none of it out. */
function tells(draft: DraftRecord, task: Task<string>, known: readonly KnownValue[]): boolean {
  const window = clockWindow(task);
  const printed = draft.trajectory.steps.flatMap(({ kind, command, output, message, tests }) => [
    command,
    output,
    ...tests.map(({ name }) => name),
    kind === 'debug' ? message : null,
  ]);
  return (
    publicationPrivacy(draft, known).length > 0 || printed.some((text) => text !== null && holdsClock(text, window))
  );
}

function records(
  task: Parameters<typeof buildTrajectories>[0],
  meta: TrajectoryMeta,
  revisions: readonly RecordRevision[],
  known: readonly KnownValue[],
): Revised | 'replay' {
  try {
    const built = buildTrajectories(task, meta);
    return reviseTask(built, revisionsOf(built, revisions), known);
  } catch (error) {
    if (error instanceof TrajectoryError) return 'replay';
    throw error;
  }
}

/** Those of the task's records; and what is redacted in another task of the same source is so here. */
export function revisionsOf(task: readonly Trajectory[], revisions: readonly RecordRevision[]): RecordRevision[] {
  const ids = task.map(({ trajectory_id }) => trajectory_id);
  return revisions.flatMap(({ trajectoryId, revision }) => {
    if (ids.includes(trajectoryId)) return [{ trajectoryId, revision }];
    return revision.kind === 'redact' ? [{ trajectoryId: ids[0], revision }] : [];
  });
}

/** @param covered what is known of the placeholders in it. */
export function draftRecord(trajectory: Trajectory, covered: readonly Covered[]): DraftRecord {
  const rules = new Map(covered.map(({ placeholder, rule }) => [placeholder, rule]));
  return {
    trajectory,
    examples: exampleFormats.map(({ name, derive }) => ({ format: name, rows: derive(trajectory) })),
    redactions: trajectory.redaction.placeholders.map((one) => {
      const rule = rules.get(one.placeholder) ?? null;
      return { ...one, rule, explanation: rule === null ? explainType(one.type) : explainRule(rule) };
    }),
  };
}

/** What the last look at the finished rows finds, as values to take out too. */
export function leftIn(
  drafts: readonly DraftRecord[],
  dictionaries: Parameters<typeof audit>[1],
  known: readonly KnownValue[],
): KnownValue[] {
  const rows = drafts.flatMap(({ trajectory, examples }) => [trajectory, ...examples.flatMap(({ rows }) => rows)]);
  const found = new Set(rows.flatMap((row) => audit(row, dictionaries, known)));
  return [...found].map((value) => ({ type: 'secret', value }));
}
