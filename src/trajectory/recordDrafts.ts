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
    step,
    begin: index * tick,
    end: index * tick,
    times: step.changes.map(() => index * tick),
    gaps: gaps.filter(({ after_step }) => after_step === index).map(({ reason }) => reason),
    testsComplete: namesAllTests(step, evidence.includes(index)),
  }));
}

function namesAllTests(step: Step, isEvidence: boolean): boolean {
  if (step.kind !== 'test') return false;
  if (step.exit_code === null && isEvidence) return true;
  const printed = printedBy({ step });
  return (printed?.complete ?? false) && printed?.results.length === step.tests.length;
}
