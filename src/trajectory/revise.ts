/** What a person changes in the records of a task under review. */

import { deniedLength } from '../redaction/dictionary/deniedLength.ts';
import type { Dictionary } from '../redaction/dictionary/dictionary.ts';
import { placeholderSpans, placeholdersIn, seededNonce } from '../redaction/placeholders.ts';
import type { Covered, PlaceholderOptions } from '../redaction/redactHistories.ts';
import { redactText } from '../redaction/redactText.ts';
import type { KnownValue } from '../session/events.ts';
import { rowBytes } from './buildTrajectories.ts';
import { countPlaceholders } from './countPlaceholders.ts';
import { cutSteps } from './cutSteps.ts';
import { RevisionError, TrajectoryError } from './errors.ts';
import { jsonBytes } from './parts.ts';
import { measureQuality } from './quality.ts';
import type { Outcome, Trajectory } from './record.ts';
import { redactAgain } from './redactAgain.ts';
import { replayTrajectory } from './replay.ts';
import type { RecordRevision, Revision } from './revision.ts';
import { noInstruction, ownOutcome, undecided } from './tellAgain.ts';

export interface Revised {
  /** All records of the task in their order; those that changed in their next revision. */
  records: Trajectory[];
  /** What was covered on the way. */
  covered: Covered[];
  /** What the records' bytes must not hold. */
  dictionaries: Dictionary[];
}

/**
 * Revises the records of one task, all of its parts that there are. A cut is of one record; what is redacted, and the instruction, are so in
 * all; the outcome is told in the last. The same revisions always give the same.
 *
 * @param known values to look for in what is redacted, besides those that the rules find.
 * @throws RevisionError when a revision speaks of what is not there. @throws TrajectoryError when a record would not replay.
 */
export function reviseTask(
  task: readonly Trajectory[],
  revisions: readonly RecordRevision[],
  known: readonly KnownValue[] = [],
): Revised {
  requireRecords(task, revisions);
  const covered: Covered[] = [];
  const dictionaries: Dictionary[] = [];
  const values = [...known];
  let records = [...task];
  for (const { trajectoryId, revision } of revisions) {
    if (revision.kind === 'redact') values.push(...deniedIn(revision.value));
    records = records.map((record) => {
      if (revision.kind === 'cut' && record.trajectory_id !== trajectoryId) return record;
      const next = reviseOnce(record, revision, values, task);
      if (next.record === record) return record;
      covered.push(...(next.covered ?? []));
      dictionaries.push(...(next.dictionaries ?? []));
      return counted(next.record, next.covered ?? []);
    });
    if (revision.kind === 'cut') records = agreed(records, task);
  }
  return { records: records.map((record, i) => nextRevision(task[i], record)), covered, dictionaries };
}

/**
 * Revises a task's only record, or one of its parts by itself.
 * @returns null when nothing changes. @throws as `reviseTask`.
 */
export function revise(
  record: Trajectory,
  revisions: readonly Revision[],
  known: readonly KnownValue[] = [],
): Trajectory | null {
  const { trajectory_id: trajectoryId } = record;
  const [next] = reviseTask(
    [record],
    revisions.map((revision) => ({ trajectoryId, revision })),
    known,
  ).records;
  return next === record ? null : next;
}

function requireRecords(task: readonly Trajectory[], revisions: readonly RecordRevision[]): void {
  for (const { trajectoryId, revision } of revisions) {
    if (task.every(({ trajectory_id }) => trajectory_id !== trajectoryId)) {
      throw new RevisionError(`There is no record ${trajectoryId} in this task.`);
    }
    if (revision.kind === 'outcome' && task.every(({ part, parts }) => part < parts - 1)) {
      throw new RevisionError('The outcome of a task is told in its last part.');
    }
  }
}

interface RevisedOnce {
  record: Trajectory;
  covered?: Covered[];
  dictionaries?: Dictionary[];
}

function reviseOnce(
  record: Trajectory,
  revision: Revision,
  known: readonly KnownValue[],
  task: readonly Trajectory[],
): RevisedOnce {
  // What is redacted twice reads the same: what was selected in a draft is found again when its task is sealed.
  const drawNonce = seededNonce(record.task_id);
  switch (revision.kind) {
    case 'cut':
      return { record: cut(record, revision.from, revision.to, task) };
    case 'redact':
      return redact(record, known, { drawNonce });
    case 'instruction':
      return instruct(record, revision.text, known, { drawNonce });
    case 'outcome':
      return { record: decide(record, revision.status) };
  }
}

function cut(record: Trajectory, from: number, to: number, task: readonly Trajectory[]): Trajectory {
  const { length } = record.steps;
  if (from > to || to >= length) {
    throw new RevisionError(`Steps ${from} to ${to} cannot be cut: the record has ${length}, counted from 0.`);
  }
  return cutSteps(record, from, to, {
    isFirst: task.every(({ part }) => part >= record.part),
    isLast: task.every(({ part }) => part <= record.part),
  });
}

/** What stands between the placeholders of a selection: they stay as they are. */
function deniedIn(selected: string): KnownValue[] {
  const spans = [...placeholderSpans(selected), [selected.length, selected.length]];
  return spans
    .map(([start], i) => selected.slice(i === 0 ? 0 : spans[i - 1][1], start).trim())
    .filter((value) => value.length >= deniedLength.least)
    .map((value) => ({ type: 'denied', value }));
}

/** What one look may leave is found by the next. */
const mostRounds = 3;

/** @param known the value among them. */
function redact(record: Trajectory, known: readonly KnownValue[], options: PlaceholderOptions): RevisedOnce {
  const covered: Covered[] = [];
  const dictionaries: Dictionary[] = [];
  for (let round = 0; round < mostRounds; round++) {
    const again = redactAgain(record, known, options);
    if (!again) break;
    record = again.record;
    covered.push(...again.covered.map((one) => (one.rule === 'known:denied' ? { ...one, rule: 'review' } : one)));
    dictionaries.push(again.dictionary);
  }
  return { record, covered, dictionaries };
}

/** As the person sees it. It rests on no step, and the last part tells it. */
function decide(record: Trajectory, status: Outcome['status']): Trajectory {
  const { outcome, part, parts } = record;
  return { ...record, outcome: { ...outcome, ...(part < parts - 1 ? { evidence: [] } : ownOutcome(status)) } };
}

/** Written after the work, it was known at no step. */
function instruct(
  record: Trajectory,
  words: string | null,
  known: readonly KnownValue[],
  options: PlaceholderOptions,
): RevisedOnce {
  const own = words?.trim() ?? '';
  if (own === '') return { record: { ...record, instruction: noInstruction } };
  const taken = placeholdersIn(JSON.stringify(record));
  const { text, placeholders } = redactText(own, { context: 'terminal', known, taken, ...options });
  return {
    record: { ...record, instruction: { text, source: 'user', hindsight: true, available_from_step: null } },
    covered: placeholders,
  };
}

/** What no part can tell by itself once another one lost what it rests on. */
function agreed(records: readonly Trajectory[], task: readonly Trajectory[]): Trajectory[] {
  if (records.length === 1) return [...records];
  const evidenceOf = (all: readonly Trajectory[]) => all.reduce((sum, { outcome }) => sum + outcome.evidence.length, 0);
  const [last, was] = [records, task].map((all) => all[all.length - 1].outcome);
  const isLess = evidenceOf(records) < evidenceOf(task) || (last.basis === 'none' && was.basis !== 'none');
  const isUndecided = isLess && last.basis !== 'user';
  const isUntold = records.some(({ instruction }, i) => instruction.text === null && task[i].instruction.text !== null);
  return records.map((record) => ({
    ...record,
    ...(isUndecided && { outcome: { ...record.outcome, ...undecided, tests: [] } }),
    ...(isUntold && record.instruction.source !== 'user' && { instruction: noInstruction }),
  }));
}

/** Counts what is counted, once a revision is made. */
function counted(record: Trajectory, covered: readonly Covered[]): Trajectory {
  const next: Trajectory = {
    ...record,
    quality: { ...measureQuality(record.files, record.steps), replay_verified: true },
  };
  const listed = record.redaction.placeholders;
  const added = covered.filter(({ placeholder }) => listed.every((one) => one.placeholder !== placeholder));
  const placeholders = countPlaceholders({ ...next, redaction: null }, [...listed, ...added]);
  return { ...next, redaction: { ...next.redaction, placeholders } };
}

/** @returns the record itself when nothing changed. */
function nextRevision(before: Trajectory, after: Trajectory): Trajectory {
  if (after === before) return before;
  const next = { ...after, revision: before.revision };
  if (JSON.stringify(next) === JSON.stringify(before)) return before;
  const fault = replayTrajectory(next);
  if (fault) throw new TrajectoryError('replay', fault);
  const size = jsonBytes(next);
  if (size > rowBytes.limit) throw new TrajectoryError('size', `the record takes ${size} bytes`);
  return { ...next, revision: before.revision + 1 };
}
