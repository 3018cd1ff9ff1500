import type { SessionEvent } from '../events.ts';

/** Longer pauses begin another step. */
const burstPause = 10_000;
const steps: ReadonlySet<SessionEvent['kind']> = new Set([
  ...(['resync', 'disk', 'view', 'file', 'command_start', 'cell_run', 'debug', 'diagnostics', 'git'] as const),
]);

/** About how many steps a task has so far: what tells only afterwards who made an edit may part it further. */
export class StepCount {
  #count = 0;
  #burst: { doc: number; t: number } | null = null;

  get count(): number {
    return this.#count;
  }

  add(event: SessionEvent): void {
    if (event.kind === 'edit') {
      const goesOn = this.#burst?.doc === event.doc && event.t - this.#burst.t <= burstPause;
      if (!goesOn) this.#count++;
      this.#burst = { doc: event.doc, t: event.t };
    } else if (steps.has(event.kind)) {
      this.#count++;
      this.#burst = null;
    }
  }
}
