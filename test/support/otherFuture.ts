import type { Redacted } from '../../src/redaction/redacted.ts';
import type { Step, Trajectory } from '../../src/trajectory/record.ts';

const other = (text: string) => text.replace(/[^\s]/gu, 'x') as Redacted;

/**
 * The same record, in which from a step on other words were put in (in the same places, and as many), and everything
 * ended otherwise. What is derived from what was known before the step must be the same.
 */
export function withOtherFuture(record: Trajectory, from: number): Trajectory {
  const { files, steps, outcome, instruction } = record;
  const changed = (step: Step): Step => ({
    ...step,
    settled: step.settled,
    surviving_10s: false,
    surviving_30s: false,
    surviving_300s: false,
    surviving_end: false,
    changes: step.changes.map((change) => ({ ...change, inserted: other(change.inserted) })),
    output: step.output && other(step.output),
    message: step.message && other(step.message),
    diagnostics: [],
    locations: [],
  });
  return {
    ...record,
    files: files.map((file) => ({ ...file, final_text: 'elsewhere' as Redacted, final_sha256: null })),
    steps: steps.map((step) => (step.index < from ? step : changed(step))),
    outcome: { ...outcome, diagnostics_resolved: null, committed: null, observed_until_step: null },
    instruction: instruction.hindsight ? { ...instruction, text: 'another answer' as Redacted } : instruction,
    quality: { ...record.quality, edits_surviving_end: 0, origin_share: [] },
  };
}
