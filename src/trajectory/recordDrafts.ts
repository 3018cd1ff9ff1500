import type { Redacted } from '../redaction/redacted.ts';
import type { TaskFile } from '../session/task.ts';
import type { Draft } from './drafts.ts';
import { printedBy } from './readTests.ts';
import type { Step, Trajectory } from './record.ts';

/** Milliseconds between two steps: so few that all happen within any span of time that a label looks at. */
const tick = 1e-6;

/**
 * The steps of a finished record as they were before it was written, for the code that judged them then. Times are gone for
 * good: each step stands as if it began when the one before was over, and none took any time.
 *
 * @param evidence steps on which an outcome rested: one without an exit code then had named all its tests.
 */
export function draftsOf({ steps, gaps }: Pick<Trajectory, 'steps' | 'gaps'>, evidence: readonly number[]): Draft[] {
  return steps.map((step, index) => ({
    ...toldBy(step, evidence.includes(index)),
    begin: index * tick,
    end: index * tick,
    times: step.changes.map(() => index * tick),
    gaps: gaps.filter(({ after_step }) => after_step === index).map(({ reason }) => reason),
  }));
}

/** What a step says of its tests. */
export function toldBy(step: Step, isEvidence = false): Pick<Draft, 'step' | 'testsComplete' | 'testsPassed'> {
  if (step.kind !== 'test') return { step, testsComplete: false, testsPassed: null };
  const printed = printedBy({ step });
  const namesAll = (printed?.complete ?? false) && printed?.results.length === step.tests.length;
  return {
    step,
    testsComplete: namesAll || (step.exit_code === null && isEvidence),
    testsPassed: printed?.testsPassed ?? null,
  };
}

/** The files of a finished record, as the code that judges its steps has them. */
export function taskFiles({ files }: Pick<Trajectory, 'files'>): TaskFile<Redacted>[] {
  return files.map(({ path, language, encoding, eol, base_text, final_text }) => {
    return { path, language, encoding, eol, base: base_text, final: final_text };
  });
}
