/** What the parsers of test output have in common. */
import type { Tally, TestResults, TestStatus } from '../../session/testResults.ts';

/** What a runner prints of its tests. */
export interface PrintedTests extends TestResults {
  /** How many tests passed, named or not, as the runner counted; null where it did not say. */
  passed: number | null;
}

/** Reads the lines that one runner prints; null where they are not that runner's, or say nothing of its tests. */
export type Parser = (lines: readonly string[]) => PrintedTests | null;

interface Counted {
  /** Tests by status: more than these were not run, so what else was read is no test. */
  tests?: Partial<Record<TestStatus, number>>;
  /** All of them; null where the runner did not say. */
  total?: number | null;
  passed?: number | null;
}

/** What was read, held against the runner's own numbers. */
export function told(tally: Tally, { tests = {}, ...counted }: Counted): PrintedTests | null {
  tally.reconcile(tests);
  const { passed, failed, skipped } = tests;
  const sum = (passed ?? Number.NaN) + (failed ?? Number.NaN) + (skipped ?? Number.NaN);
  const { total = Number.isNaN(sum) ? null : sum } = counted;
  const results = tally.list();
  const complete = total !== null && tally.count >= total;
  const named = complete && results.length > 0 ? tally.times('passed') : null;
  const { passed: number = passed ?? named } = counted;
  return results.length === 0 && number === null ? null : { results, complete, passed: number };
}

/** Stands where the middle of a long output was left out; see `cutMark` in `redaction/terminalText.ts`. */
export const cutLine = '[...]';

/** The numbers in front of words, as in `3 failed, 1 passed`, of all lines that match. */
export function countsIn(lines: readonly string[], summary: RegExp): Record<string, number> | null {
  const matching = lines.filter((line) => summary.test(line));
  if (matching.length === 0) return null;
  const counts: Record<string, number> = {};
  for (const [, number, word] of matching.flatMap((line) => [...line.matchAll(/(\d+) ([a-z]+)/g)])) {
    counts[word] = (counts[word] ?? 0) + Number(number);
  }
  return counts;
}

/** Where the one line stands that matches; -1 where none does, or several: the output of more than one run. */
export function onlyIndex(lines: readonly string[], pattern: RegExp): number {
  const first = lines.findIndex((line) => pattern.test(line));
  return lines.slice(first + 1).some((line) => pattern.test(line)) ? -1 : first;
}

/** How far a line is indented, in columns. */
export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
