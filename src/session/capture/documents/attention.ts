import type { LineRange } from '../../task.ts';
import type { SelectionCause } from './documentMirror.ts';
import type { LookReason } from './looks.ts';

/** In milliseconds. */
export const attentionTimes = {
  /** The same lines in view for so long were looked at. */
  dwell: 2_000,
  /** From one dwelling told to the next, at least. */
  pause: 5_000,
  /** From a jump until its lines are in view. */
  landing: 300,
  /** From another document becoming active until the cursor is put where the command wants it. */
  arrival: 500,
};

export interface Timer {
  now(): number;
  /** @returns what calls it off. */
  after(milliseconds: number, then: () => void): () => void;
}

const realTimer: Timer = {
  now: () => performance.now(),
  after: (milliseconds, then) => {
    const timeout = setTimeout(then, milliseconds);
    return () => clearTimeout(timeout);
  },
};

/** Where the cursors of the active editor went. `line` is null for several, and for a selection. */
export interface Move {
  line: number | null;
  cause: SelectionCause;
}

/**
 * Tells from what the active editor shows, and when, which lines the person looks at.
 *
 * A dwelling is told once for each stay. A jump is a single cursor that a command puts into another document or onto a
 * line that was not in view. VS Code tells no more of it: going to a definition looks like going to a symbol, to the next
 * problem, or back. What selects text is none, so that what is found in a search never is; the cursor's own keys and the
 * mouse are told apart by their cause.
 */
export class Attention {
  readonly #tell: (name: string, reason: LookReason) => void;
  readonly #timer: Timer;
  #place: { name: string; visible: readonly LineRange[] } | null = null;
  #arrivedAt = Number.NEGATIVE_INFINITY;
  #toldAt = Number.NEGATIVE_INFINITY;
  #dwelling = () => {};
  #landing = () => {};

  constructor(tell: (name: string, reason: LookReason) => void, timer: Timer = realTimer) {
    this.#tell = tell;
    this.#timer = timer;
  }

  /** The active editor shows these lines now; null where none does, or the person is not at the window. */
  show(name: string | null, visible: readonly LineRange[] = []): void {
    const before = this.#place;
    if (name === (before?.name ?? null) && isSame(visible, before?.visible ?? [])) return;
    this.#dwelling();
    if (name !== before?.name) {
      this.#landing();
      this.#arrivedAt = this.#timer.now();
    }
    this.#place = name === null ? null : { name, visible };
    if (name === null) return;
    const untilTold = this.#toldAt + attentionTimes.pause - this.#timer.now();
    this.#dwelling = this.#timer.after(Math.max(attentionTimes.dwell, untilTold), () => {
      this.#toldAt = this.#timer.now();
      this.#tell(name, 'dwell');
    });
  }

  /** To be called before `show` where a move changes what is in view. */
  move(name: string, { line, cause }: Move): void {
    if (this.#place?.name !== name) return;
    const arrives = this.#timer.now() - this.#arrivedAt <= attentionTimes.arrival;
    this.#arrivedAt = Number.NEGATIVE_INFINITY;
    this.#landing();
    if (cause !== 'command' || line === null) return;
    const inView = this.#place.visible.some(({ start, end }) => start <= line && line <= end);
    if (arrives || !inView) this.#landing = this.#timer.after(attentionTimes.landing, () => this.#tell(name, 'jump'));
  }

  dispose(): void {
    this.#dwelling();
    this.#landing();
  }
}

function isSame(some: readonly LineRange[], others: readonly LineRange[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ start, end }, i) => start === others[i].start && end === others[i].end)
  );
}
