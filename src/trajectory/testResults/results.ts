/** What the parsers of test output have in common. */
import type { TestResults } from '../../session/testResults.ts';

/** Reads the lines that one runner prints; null where they are not that runner's, or no test is named in them. */
export type Parser = (lines: readonly string[]) => TestResults | null;

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

/** How far a line is indented, in columns. */
export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
