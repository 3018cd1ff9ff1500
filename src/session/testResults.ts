/** Results of tests by name, from whatever tells them. */

export const testStatuses = ['passed', 'failed', 'skipped'] as const;
export type TestStatus = (typeof testStatuses)[number];

export interface TestResult {
  /** Equal in every run of the same test: no durations, no numbers of the run. Nested names are joined with ` > `. */
  name: string;
  status: TestStatus;
}

export interface TestResults {
  results: TestResult[];
  /** Every test that ran is among the results. */
  complete: boolean;
}

/**
 * Collects results. Of a name that is told twice the worst status counts: nothing passes that failed or was skipped
 * somewhere.
 */
export class Tally {
  readonly #statuses = new Map<string, Map<TestStatus, number>>();

  add(name: string, status: TestStatus): void {
    const trimmed = name.trim();
    if (trimmed === '') return;
    const known = this.#statuses.get(trimmed) ?? new Map<TestStatus, number>();
    this.#statuses.set(trimmed, known.set(status, (known.get(status) ?? 0) + 1));
  }

  has(name: string): boolean {
    return this.#statuses.has(name);
  }

  get count(): number {
    return testStatuses.reduce((sum, status) => sum + this.#names(status).length, 0);
  }

  /** How often a status was told. */
  times(status: TestStatus): number {
    return [...this.#statuses.values()].reduce((sum, statuses) => sum + (statuses.get(status) ?? 0), 0);
  }

  list(): TestResult[] {
    return [...this.#statuses].map(([name, statuses]) => ({ name, status: worst(statuses) }));
  }

  /**
   * Holds the results against the runner's own numbers. Where more tests were read than it counted, the program under
   * test printed lines that look like results; which ones they are is not known, so all of that status go. What may have
   * failed is not left with a better status that it was told with, too.
   */
  reconcile(counted: Partial<Record<TestStatus, number>>): void {
    for (const status of testStatuses) {
      const names = this.#names(status);
      if (names.length <= (counted[status] ?? Number.POSITIVE_INFINITY)) continue;
      for (const name of names) {
        const statuses = this.#statuses.get(name);
        statuses?.delete(status);
        if (status === 'failed' || statuses?.size === 0) this.#statuses.delete(name);
      }
    }
  }

  #names(status: TestStatus): string[] {
    return [...this.#statuses].filter(([, statuses]) => statuses.has(status)).map(([name]) => name);
  }
}

function worst(statuses: ReadonlyMap<TestStatus, number>): TestStatus {
  if (statuses.has('failed')) return 'failed';
  return statuses.has('skipped') ? 'skipped' : 'passed';
}

/** Names longer than this, and what comes after so many characters of names, are left out: rows stay bounded. */
const longest = { name: 500, all: 64 * 1024 };

export function withinBounds({ results, complete }: TestResults): TestResults {
  let size = 0;
  const kept = results.filter(({ name }) => name.length <= longest.name && (size += name.length) <= longest.all);
  return { results: kept, complete: complete && kept.length === results.length };
}

export function joinNames(...names: string[]): string {
  return names.join(' > ');
}
