/** What the editor tells of the last run of a cell. */
export interface RunSummary {
  executionOrder?: number;
  /** Undefined while it runs, and after a run of which the kernel does not say how it went. */
  success?: boolean;
  /** Milliseconds since the Unix epoch, by the clock of the kernel. Undefined while it runs. */
  timing?: { startTime: number; endTime: number };
}

/**
 * Tells the end of a run from the many summaries that the editor gives of it: one when it is queued, two when it begins,
 * one when it ends, and that one again whenever it pleases [measured].
 */
export class CellRuns {
  /** The last run of each cell that has ended, while no other has begun. */
  readonly #ended = new Map<string, string>();

  /** What stood there before anything was seen. */
  skip(cell: string, summary: RunSummary | undefined): void {
    this.hasEnded(cell, summary);
  }

  /** Whether this is the first to say that a run has ended. */
  hasEnded(cell: string, summary: RunSummary = {}): boolean {
    const { executionOrder, success, timing } = summary;
    if (success === undefined && !timing) {
      this.#ended.delete(cell);
      return false;
    }
    const run = JSON.stringify([executionOrder, success, timing?.startTime, timing?.endTime]);
    if (this.#ended.get(cell) === run) return false;
    this.#ended.set(cell, run);
    return true;
  }

  forget(cell: string): void {
    this.#ended.delete(cell);
  }
}
