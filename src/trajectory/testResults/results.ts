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

/** Collects results. Of a name that is told twice, the worse status counts: nothing passes that failed somewhere. */
export class Tally {
  readonly #statuses = new Map<string, Set<TestStatus>>();

  add(name: string, status: TestStatus): void {
    const trimmed = name.trim();
    if (trimmed === '') return;
    const known = this.#statuses.get(trimmed) ?? new Set();
    this.#statuses.set(trimmed, known.add(status));
  }

  has(name: string): boolean {
    return this.#statuses.has(name);
  }

  get count(): number {
    return this.#names('passed').length + this.#names('failed').length + this.#names('skipped').length;
  }

  list(): TestResult[] {
    return [...this.#statuses].map(([name, statuses]) => ({ name, status: worst(statuses) }));
  }

  /**
   * Holds the results against the runner's own numbers. Where more tests were read than it counted, the program under
   * test printed lines that look like results; which ones they are is not known, so all of that status go.
   */
  reconcile(counted: Partial<Record<TestStatus, number>>): void {
    for (const status of ['passed', 'failed', 'skipped'] as const) {
      const names = this.#names(status);
      if (names.length <= (counted[status] ?? Number.POSITIVE_INFINITY)) continue;
      for (const name of names) {
        this.#statuses.get(name)?.delete(status);
        if (this.#statuses.get(name)?.size === 0) this.#statuses.delete(name);
      }
    }
  }

  /** @param total how many tests the runner counted; null where it did not say */
  results(total: number | null): TestResults | null {
    if (this.#statuses.size === 0) return null;
    return { results: this.list(), complete: total !== null && this.count >= total };
  }

  #names(status: TestStatus): string[] {
    return [...this.#statuses].filter(([, statuses]) => statuses.has(status)).map(([name]) => name);
  }
}

function worst(statuses: ReadonlySet<TestStatus>): TestStatus {
  if (statuses.has('failed')) return 'failed';
  return statuses.has('passed') ? 'passed' : 'skipped';
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
