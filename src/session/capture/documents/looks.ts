import type { SessionEventOf } from '../../events.ts';
import type { LineRange } from '../../task.ts';

export type LookReason = SessionEventOf<'view'>['reason'];

/** What one task takes in of looking: looks, and UTF-16 units of documents that it would not hold otherwise. */
export const looksLimit = { looks: 500, units: 4 * 1024 * 1024 };

/** What was looked at in one task, so that the same is not told twice, and not too much. */
export class Looks {
  /** What the task was told last of where the person is, by a look or by an edit. */
  #last: { name: string; visible: readonly LineRange[] } | null = null;
  #left = { ...looksLimit };
  /** Whether it was told that something is left out. */
  #toldFull = false;

  saw(name: string, visible: readonly LineRange[]): void {
    this.#last = { name, visible };
  }

  /** Whether half of the lines, or more, are others than those told last: neither typing nor a turn of the wheel shows much. */
  isNews(name: string, visible: readonly LineRange[]): boolean {
    const last = this.#last;
    if (last?.name !== name) return true;
    let lines = 0;
    let known = 0;
    for (const range of visible) {
      lines += range.end - range.start + 1;
      for (const { start, end } of last.visible) {
        known += Math.max(0, Math.min(range.end, end) - Math.max(range.start, start) + 1);
      }
    }
    return 2 * known <= lines;
  }

  /** Whether a look and the text that comes with it have room. `'full'` is said once, `'still full'` from then on. */
  room(units: number): 'free' | 'full' | 'still full' {
    if (this.#left.looks > 0 && units <= this.#left.units) return 'free';
    const told = this.#toldFull;
    this.#toldFull = true;
    return told ? 'still full' : 'full';
  }

  look(name: string, visible: readonly LineRange[], units: number): void {
    this.#left.looks -= 1;
    this.#left.units -= units;
    this.saw(name, visible);
  }
}
