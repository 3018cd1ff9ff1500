import { deriveText } from '../redaction/derive.ts';
import type { Redacted } from '../redaction/redacted.ts';
import type { TestReport } from '../session/task.ts';
import { testCommand } from '../session/testCommand.ts';
import { Tally } from '../session/testResults.ts';
import type { Draft } from './drafts.ts';
import { parseTestOutput } from './testResults/testResults.ts';

type Reports = ReadonlyMap<Draft, TestReport<Redacted>>;
/** What one run says of its tests, and how many passed as the runner counted. */
type Told = TestReport<Redacted> & Pick<Draft, 'testsPassed'>;

/** Fills in the results by test name. */
export function readTests(drafts: readonly Draft[], reports: Reports): void {
  for (const runs of byCommand(drafts).values()) {
    const reported = runs.map((draft) => reportedBy(reports.get(draft)));
    for (const [i, told] of sourceOf(runs.map(printedBy), reported).entries()) {
      if (!told) continue;
      runs[i].step.tests = told.results;
      runs[i].testsComplete = told.complete;
      runs[i].testsPassed = told.testsPassed;
    }
  }
}

/**
 * Output and report files call the same test by different names, so all runs of a command take theirs from one of the two:
 * from the reports if no run that names tests has none, and they name more tests; else from the output, where a reader of
 * the record finds the names again.
 */
export function sourceOf<Results extends { results: readonly unknown[] }>(
  printed: readonly (Results | null)[],
  reported: readonly (Results | null)[],
): readonly (Results | null)[] {
  const covered = printed.every((told, i) => reported[i] || !told?.results.length);
  return covered && count(reported) > count(printed) ? reported : printed;
}

function byCommand(drafts: readonly Draft[]): Map<string, Draft[]> {
  const runs = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const { kind, command, cwd } = draft.step;
    const test = kind === 'test' ? testCommand(command as string, cwd) : null;
    if (test) runs.set(test.normalised, [...(runs.get(test.normalised) ?? []), draft]);
  }
  return runs;
}

function count(told: readonly ({ results: readonly unknown[] } | null)[]): number {
  return told.reduce((sum, one) => sum + (one?.results.length ?? 0), 0);
}

/** What the output of a run says of its tests; null where it is not understood. */
export function printedBy({ step: { runner, output, output_status } }: Pick<Draft, 'step'>): Told | null {
  const found = runner !== null && output !== null ? parseTestOutput(runner, output) : null;
  if (!found || output === null) return null;
  const results = found.results.map(({ name, status }) => ({ name: deriveText(() => name, output), status }));
  return { results, complete: found.complete && output_status === 'complete', testsPassed: found.passed };
}

/** Names that differed only in what was redacted are one. */
function reportedBy(report: TestReport<Redacted> | undefined): Told | null {
  if (!report || report.results.length === 0) return null;
  const tally = new Tally();
  for (const { name, status } of report.results) tally.add(name, status);
  const names = new Map<string, Redacted>(report.results.map(({ name }) => [name.trim(), name]));
  const results = tally.list().map(({ name, status }) => {
    return { name: deriveText((own) => own.trim(), names.get(name) as Redacted), status };
  });
  return { results, complete: report.complete, testsPassed: null };
}
