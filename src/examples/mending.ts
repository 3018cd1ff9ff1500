/** Where a record shows an error and then what was done until it was looked at again, and whether that mended it. */

import { deriveText } from '../redaction/derive.ts';
import type { Redacted } from '../redaction/redacted.ts';
import { isBuildCommand } from '../session/buildCommand.ts';
import { testCommand } from '../session/testCommand.ts';
import type { Step, Trajectory } from '../trajectory/record.ts';
import { draftsOf, taskFiles, toldBy } from '../trajectory/recordDrafts.ts';
import { contradicts, testsStand } from '../trajectory/testNames.ts';
import { cameToEnd, editBetween } from '../trajectory/testRuns.ts';

export interface Mending {
  kind: 'test' | 'build' | 'diagnostic';
  /** The step that shows the error, and the next that looks at it. */
  from: Step;
  to: Step;
  /** It is known to be mended, and by what lies between. */
  verified: boolean;
  /** What is known to be mended: tests by name, or errors of the editor. */
  mended: Redacted[];
}

export function mendingsOf(record: Trajectory): Mending[] {
  return [...ofRuns(record), ...ofDiagnostics(record)].sort((a, b) => a.from.index - b.from.index);
}

interface Runs {
  kind: 'test' | 'build';
  steps: Step[];
}

function ofRuns(record: Trajectory): Mending[] {
  return runsByCommand(record).flatMap(({ kind, steps }) => {
    const flaky = flakinessOf(steps, record);
    return steps.flatMap((from, i): Mending[] => {
      const to = steps.at(i + 1);
      if (from.exit_code === 0 || !to || from.output === null) return [];
      // Made with exact times.
      const isEvidence = [from, to].every(({ index }) => record.outcome.evidence.includes(index));
      if (!isEvidence && !sawTexts(from, record)) return [];
      const failed = namesOf(from, 'failed');
      const mended = failed.filter((name) => namesOf(to, 'passed').includes(name));
      const verified =
        to.exit_code === 0 &&
        !flaky.command &&
        !failed.some((name) => flaky.tests.has(name)) &&
        namesAgree(to, failed, mended) &&
        !contradicts(toldBy(from), toldBy(to)) &&
        (isEvidence || sawTexts(to, record)) &&
        isAllKnown(from, to, record) &&
        (kind === 'build' || changesCode(from, to, record, mended.length > 0));
      return [{ kind, from, to, verified, mended: verified ? mended : [] }];
    });
  });
}

/** The runs of each test, build or lint command that ended with an exit code of its own. */
function runsByCommand({ steps }: Trajectory): Runs[] {
  const runs = new Map<string, Runs>();
  for (const step of steps) {
    const { kind, command, cwd, exit_code } = step;
    if (command === null || exit_code === null || !cameToEnd(step)) continue;
    const test = kind === 'test' ? testCommand(command, cwd)?.normalised : undefined;
    const isBuild = kind === 'command' && isBuildCommand(command);
    const key = test ?? (isBuild ? JSON.stringify([cwd, command.trim()]) : null);
    if (key === null) continue;
    const same = runs.get(key) ?? { kind: isBuild ? 'build' : 'test', steps: [] };
    runs.set(key, same);
    same.steps.push(step);
  }
  return [...runs.values()];
}

function namesOf(step: Step, status: Step['tests'][number]['status']): Redacted[] {
  return step.tests.filter((test) => test.status === status).map(({ name }) => name);
}

/** What changed between two runs with nothing in between says nothing. */
function flakinessOf(steps: readonly Step[], record: Trajectory): { command: boolean; tests: Set<string> } {
  const flaky = { command: false, tests: new Set<string>() };
  for (const { name, flaky: isFlaky } of record.outcome.tests) if (isFlaky) flaky.tests.add(name);
  for (const [i, one] of steps.entries()) {
    const next = steps.at(i + 1);
    if (!next || between(one, next, record).some(isCause) || hasGap(one, next, record)) continue;
    if ((one.exit_code === 0) !== (next.exit_code === 0)) flaky.command = true;
    const passed = [namesOf(one, 'passed'), namesOf(next, 'passed')];
    const failed = [namesOf(one, 'failed'), namesOf(next, 'failed')];
    for (const name of failed[0]) if (passed[1].includes(name)) flaky.tests.add(name);
    for (const name of failed[1]) if (passed[0].includes(name)) flaky.tests.add(name);
  }
  return flaky;
}

/** A green run that names tests but none of those that had failed proves nothing. */
function namesAgree(to: Step, failed: readonly string[], mended: readonly string[]): boolean {
  return failed.length === 0 || to.tests.length === 0 || mended.length > 0;
}

function between(from: Step, to: Step, { steps }: Trajectory): Step[] {
  return steps.slice(from.index + 1, to.index);
}

function hasGap(from: Step, to: Step, { gaps }: Trajectory): boolean {
  return gaps.some(({ after_step }) => after_step >= from.index && after_step < to.index);
}

/** What can change the colour of a test. */
function isCause({ kind }: Step): boolean {
  return !['view', 'diagnostics', 'test', 'debug', 'note'].includes(kind);
}

/** Whether the edits of the record's files are all that happened between two steps: nothing else explains the second. */
function isAllKnown(from: Step, to: Step, record: Trajectory): boolean {
  if (hasGap(from, to, record)) return false;
  return between(from, to, record).every(({ kind, action, file_id, command }) => {
    if (kind === 'file') return file_id !== null && action !== 'change';
    if (kind === 'git') return action === 'commit';
    if (kind === 'command') return command !== null && isBuildCommand(command);
    return kind === 'edit' || !isCause({ kind } as Step);
  });
}

/** Documentation, comments and tests mend nothing that is tested; see `editBetween` and, without names, `testsStand`. */
function changesCode(from: Step, to: Step, record: Trajectory, byName: boolean): boolean {
  const drafts = draftsOf(record, record.outcome.evidence);
  const [red, green] = [from, to].map(({ index }) => ({ draft: drafts[index], at: index }));
  const task = { drafts, files: taskFiles(record) };
  return editBetween(red, green, task) !== null && (byName || testsStand(red, green, task));
}

/**
 * Whether a run saw the texts as they stand in front of it: what was changed while it went on stands there too, and the
 * record tells only in bands how long that was.
 */
function sawTexts(run: Step, { steps }: Trajectory): boolean {
  if (run.duration === '<1s') return true;
  for (let i = run.index; i > 0; i--) {
    if (steps[i].elapsed !== '<1s') return true;
    if (isCause(steps[i - 1])) return false;
  }
  return true;
}

/** What the editor reports on a file. */
interface Report {
  step: Step;
  /** How often the file had been edited. */
  edits: number;
  /** Nobody is in the middle of changing it: the edit before has settled. */
  stands: boolean;
  errors: Map<string, number>;
}

function ofDiagnostics(record: Trajectory): Mending[] {
  return record.files.flatMap(({ file_id }) => {
    const all = reportsOn(file_id, record);
    const reports = all.filter(({ stands }) => stands);
    return reports.flatMap((from, i): Mending[] => {
      const to = reports.at(i + 1);
      // The last report before an edit and the first after it: a later one may tell of closing.
      if (!to || to.edits === from.edits) return [];
      if ([...to.errors].some(([key, times]) => times > (from.errors.get(key) ?? 0))) return [];
      const later = all.filter(({ step }) => step.index >= to.step.index);
      const gone = [...from.errors].filter(([key, times]) => {
        return later.every(({ errors }) => (errors.get(key) ?? 0) < times);
      });
      if (gone.length === 0) return [];
      const keys = new Set(gone.map(([key]) => key));
      const verified = isOpenAfter(to, record) && isAllKnown(from.step, to.step, record);
      const mended = verified ? from.step.diagnostics.filter((one) => keys.has(keyOf(one))).map(described) : [];
      return [{ kind: 'diagnostic', from: from.step, to: to.step, verified, mended }];
    });
  });
}

function reportsOn(file: number, { steps }: Trajectory): Report[] {
  const reports: Report[] = [];
  let edits = 0;
  let stands = true;
  for (const step of steps) {
    if (step.file_id !== file) continue;
    if (step.changes.length > 0) {
      edits++;
      stands = step.settled ?? false;
    }
    if (step.kind === 'diagnostics') reports.push({ step, edits, stands, errors: errorsIn(step) });
  }
  return reports;
}

function errorsIn({ diagnostics }: Step): Map<string, number> {
  const errors = new Map<string, number>();
  for (const one of diagnostics) {
    if (one.severity === 'error') errors.set(keyOf(one), (errors.get(keyOf(one)) ?? 0) + 1);
  }
  return errors;
}

function keyOf({ source, code, message }: Step['diagnostics'][number]): string {
  return JSON.stringify([source, code, message]);
}

function described({ source, code, message }: Step['diagnostics'][number]): Redacted {
  const parts = [source ?? ('' as Redacted), code ?? ('' as Redacted), message] as const;
  return deriveText((...words) => words.filter(Boolean).join(' '), ...parts);
}

/** Closing a file ends its errors as well. */
function isOpenAfter({ step }: Report, { steps }: Trajectory): boolean {
  if (step.diagnostics.length > 0) return true;
  return steps.slice(step.index + 1).some(({ kind, file_id, changes, diagnostics }) => {
    return file_id === step.file_id && (changes.length > 0 || kind === 'view' || diagnostics.length > 0);
  });
}
