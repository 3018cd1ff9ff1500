/**
 * From a task's steps to the record's: edits become bursts, commands become tests, and exact times stay beside the step
 * until the labels that need them are made.
 */
import type { Signal } from '../consent/receipt.ts';
import type { Redacted } from '../redaction/redacted.ts';
import type { EditStep, Task, TaskStep, TestReport } from '../session/task.ts';
import { testCommand } from '../session/testCommand.ts';
import { timeBand } from './bands.ts';
import { locationsOf } from './locations.ts';
import { readTests } from './readTests.ts';
import type { Gap, Step } from './record.ts';

/** The longest pause, in milliseconds, within one burst. */
export const burstPause = 10_000;

/** A step of the record in the making. Times are milliseconds since the Unix epoch. */
export interface Draft {
  /** As in the record, but `file_id` counts in the whole task; `index` and the fate of edits are not known yet. */
  step: Step;
  begin: number;
  end: number;
  /** When each of `step.changes` was made. */
  times: number[];
  /** What is missing between this step and the next. */
  gaps: Gap['reason'][];
  /** Every test that ran is among `step.tests`. */
  testsComplete: boolean;
  /** How many tests passed, named or not, as the runner counted; null where it did not say. */
  testsPassed: number | null;
}

export interface DraftedTask {
  drafts: Draft[];
  /** What is missing before the first step. */
  gapsBefore: Gap['reason'][];
}

/**
 * Edits without changes fell inside a redacted value. They are passed over before anything is counted or timed, so that
 * the number of keystrokes in a secret shows nowhere. Results of tests are read only under the signal `tests`.
 */
export function draftSteps(task: Task<Redacted>, signals: readonly Signal[]): DraftedTask {
  const drafts: Draft[] = [];
  const gapsBefore: Gap['reason'][] = [];
  const reports = new Map<Draft, TestReport<Redacted>>();
  const gaps = task.gaps.toSorted((a, b) => b.afterStep - a.afterStep);
  const takeGaps = (index: number) => {
    while (gaps.length > 0 && gaps[gaps.length - 1].afterStep <= index) {
      const { reason } = gaps.pop() as Task<Redacted>['gaps'][number];
      (drafts.at(-1)?.gaps ?? gapsBefore).push(reason);
    }
  };
  takeGaps(-1);
  for (const [index, step] of task.steps.entries()) {
    if (step.kind !== 'edit') {
      const draft = draftOf(step);
      drafts.push(draft);
      if (step.kind === 'command' && step.reported) reports.set(draft, step.reported);
    } else if (step.changes.length > 0) {
      const burst = drafts.at(-1);
      if (burst && continues(burst, step)) extend(burst, step);
      else drafts.push(draftOf(step));
    }
    takeGaps(index);
  }
  takeGaps(Number.POSITIVE_INFINITY);
  tellDistances(drafts, task);
  tellLocations(drafts, task);
  if (signals.includes('tests')) readTests(drafts, reports);
  return { drafts, gapsBefore };
}

function continues(burst: Draft, edit: EditStep<Redacted>): boolean {
  const { kind, file_id, origin } = burst.step;
  const sameWork = kind === 'edit' && file_id === edit.file && origin === edit.origin;
  return sameWork && burst.gaps.length === 0 && edit.t - burst.end <= burstPause;
}

function extend(burst: Draft, edit: EditStep<Redacted>): void {
  const { step } = burst;
  const confidences = [step.origin_confidence, edit.originConfidence];
  step.origin_confidence = confidences.includes(null) ? null : Math.min(...(confidences as number[]));
  for (const change of edit.changes) {
    step.changes.push({ ...change });
    burst.times.push(edit.t);
  }
  burst.end = edit.t;
}

function tellDistances(drafts: Draft[], task: Task<Redacted>): void {
  const versions = task.files.map(() => 0);
  let before = task.startedAt;
  for (const { step, begin, end } of drafts) {
    step.elapsed = timeBand(begin - before);
    before = end;
    if (step.file_id === null || !versioned.has(step.kind)) continue;
    step.doc_version = versions[step.file_id];
    versions[step.file_id] += step.changes.length;
  }
}

function tellLocations(drafts: Draft[], task: Task<Redacted>): void {
  const steps = drafts.map(({ step }) => step);
  const paths = task.files.map(({ path }) => path);
  for (const [i, locations] of locationsOf(steps, paths).entries()) steps[i].locations = locations;
}

/** Kinds of steps that tell at which version of its file they stand. */
export const versioned: ReadonlySet<Step['kind']> = new Set(['edit', 'resync', 'view', 'diagnostics']);

/** A step of which nothing but its kind is known. */
export const blank: Omit<Step, 'kind'> = {
  index: 0,
  elapsed: '<1s',
  duration: null,
  file_id: null,
  doc_version: null,
  origin: null,
  origin_confidence: null,
  settled: null,
  surviving_10s: null,
  surviving_30s: null,
  surviving_300s: null,
  surviving_end: null,
  selections: [],
  visible_lines: [],
  excerpts: [],
  changes: [],
  action: null,
  path: null,
  line: null,
  to_path: null,
  paths: [],
  branch: null,
  message: null,
  cwd: null,
  command: null,
  runner: null,
  exit_code: null,
  output: null,
  output_status: null,
  output_bytes: null,
  locations: [],
  tests: [],
  diagnostics: [],
  resolved: [],
  resolved_by_step: null,
};

function draftOf(source: TaskStep<Redacted>): Draft {
  const begin = 'start' in source ? (source.start ?? source.t) : source.t;
  const step = stepOf(source);
  const times = step.changes.map(() => source.t);
  return { step, begin, end: source.t, times, gaps: [], testsComplete: false, testsPassed: null };
}

function stepOf(source: TaskStep<Redacted>): Step {
  switch (source.kind) {
    case 'edit':
      return {
        ...blank,
        kind: 'edit',
        file_id: source.file,
        origin: source.origin,
        origin_confidence: source.originConfidence,
        selections: source.selections ?? [],
        visible_lines: source.visible ?? [],
        changes: source.changes.map((change) => ({ ...change })),
      };
    case 'resync':
      return { ...blank, kind: 'resync', file_id: source.file, changes: source.changes };
    case 'view': {
      const { file, reason, selections, visible, excerpts } = source;
      return { ...blank, kind: 'view', file_id: file, action: reason, selections, visible_lines: visible, excerpts };
    }
    case 'command': {
      const test = testCommand(source.line, source.cwd);
      return {
        ...blank,
        kind: test ? 'test' : 'command',
        duration: source.exitCode === null ? null : timeBand(source.t - source.start),
        cwd: source.cwd,
        command: source.line,
        runner: test?.runner ?? null,
        exit_code: source.exitCode,
        output: source.output,
        output_status: source.outputStatus,
        output_bytes: source.outputBytes,
      };
    }
    case 'debug': {
      const { action, message, file, path, line, exitCode } = source;
      return { ...blank, kind: 'debug', file_id: file, action, message, path, line, exit_code: exitCode };
    }
    case 'cell_run':
      return {
        ...blank,
        kind: 'command',
        duration: source.start === null ? null : timeBand(source.t - source.start),
        file_id: source.file,
        exit_code: source.exitCode,
        output: source.output,
        output_status: source.outputStatus,
        output_bytes: source.outputBytes,
      };
    case 'diagnostics':
      return { ...blank, kind: 'diagnostics', file_id: source.file, diagnostics: source.items };
    case 'file': {
      const { action, file, path, to } = source;
      return { ...blank, kind: 'file', file_id: file, action, path, to_path: to };
    }
    case 'git': {
      const { action, message, branch, paths } = source;
      return { ...blank, kind: 'git', action, message, branch, paths };
    }
  }
}
