/** What the parsers of test output have in common. */
import type { Step } from '../record.ts';

export type TestStatus = Step['tests'][number]['status'];

export interface TestResult {
  /** Equal in every run of the same test: no durations, no numbers of the run. Nested names are joined with ` > `. */
  name: string;
  status: TestStatus;
}

export interface TestResults {
  results: TestResult[];
  /** Every test that ran is among the results, by the runner's own count. */
  complete: boolean;
}

/** Reads the lines that one runner prints; null where they are not that runner's, or no test is named in them. */
export type Parser = (lines: readonly string[]) => TestResults | null;

/** Stands where the middle of a long output was left out; see `cutMark` in `redaction/terminalText.ts`. */
export const cutLine = '[...]';

const rank: Record<TestStatus, number> = { skipped: 0, passed: 1, failed: 2 };

/** Collects results. Of a name that is told twice, the worse status counts: nothing passes that failed somewhere. */
export class Tally {
  readonly #statuses = new Map<string, TestStatus>();
  readonly #counts: Record<TestStatus, number> = { passed: 0, failed: 0, skipped: 0 };

  add(name: string, status: TestStatus): void {
    const trimmed = name.trim();
    if (trimmed === '') return;
    this.#counts[status]++;
    const known = this.#statuses.get(trimmed);
    if (known === undefined || rank[known] < rank[status]) this.#statuses.set(trimmed, status);
  }

  has(name: string): boolean {
    return this.#statuses.has(name);
  }

  get count(): number {
    return this.#counts.passed + this.#counts.failed + this.#counts.skipped;
  }

  /** Takes over what another tally holds. */
  merge(other: Tally): void {
    for (const { name, status } of other.list()) this.add(name, status);
  }

  list(): TestResult[] {
    return [...this.#statuses].map(([name, status]) => ({ name, status }));
  }

  /**
   * Holds the results against the runner's own numbers. Where more tests were read than it counted, the program under
   * test printed lines that look like results; which ones they are is not known, so all of that status go.
   */
  reconcile(counted: Partial<Record<TestStatus, number>>): void {
    for (const status of ['passed', 'failed', 'skipped'] as const) {
      if (this.#counts[status] <= (counted[status] ?? Number.POSITIVE_INFINITY)) continue;
      for (const [name, known] of this.#statuses) if (known === status) this.#statuses.delete(name);
      this.#counts[status] = 0;
    }
  }

  /** @param total how many tests the runner counted; null where it did not say */
  results(total: number | null): TestResults | null {
    if (this.#statuses.size === 0) return null;
    return { results: this.list(), complete: total !== null && this.count >= total };
  }
}

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

export function joinNames(...names: string[]): string {
  return names.join(' > ');
}
