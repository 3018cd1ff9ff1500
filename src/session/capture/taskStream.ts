import { type BoundaryState, idleLimit, nextBoundary, noTask } from '../boundaries.ts';
import type { SessionEvent, SessionEventOf } from '../events.ts';

/** Where the events of one task go. */
export interface TaskSink {
  append(event: SessionEvent): void;
  /** Whether it takes no more: the task must end. */
  readonly full: boolean;
  /** The task ended. */
  close(): void;
}

/** A session event before it is given its time. */
export type Happening = { [K in SessionEvent['kind']]: Omit<SessionEventOf<K>, 't'> }[SessionEvent['kind']];

/**
 * Stamps what happens with its time and cuts it into tasks, by the rule that every reader applies. A task opens with the
 * first work done, or when the person says so; each has a sink of its own.
 */
export class TaskStream {
  readonly #open: () => TaskSink;
  readonly #preface: () => Happening[];
  readonly #clock: () => number;
  #state: BoundaryState = noTask;
  #sink: TaskSink | null = null;
  #now = 0;

  /** `preface` gives the events with which each task begins. */
  constructor(open: () => TaskSink, preface: () => Happening[], clock: () => number = Date.now) {
    this.#open = open;
    this.#preface = preface;
    this.#clock = clock;
  }

  /** The open task, as an identity; null when none is. */
  get task(): object | null {
    this.endIdle();
    return this.#sink;
  }

  /** The open task; opens one for work that is about to be appended. */
  enter(): object {
    this.endIdle();
    return this.#sink ?? this.#begin();
  }

  /** Without an open task, only work is taken. */
  append(happening: Happening): void {
    this.endIdle();
    const event = this.#stamp(happening);
    const [, boundary] = nextBoundary(this.#state, event);
    if (boundary?.at === 'before') this.#end({ kind: 'task', action: 'finish', instruction: null });
    if (!this.#sink) {
      const opens = (event.kind === 'task' && event.action === 'start') || nextBoundary(noTask, event)[0].begun;
      if (!opens) return;
      this.#begin();
    }
    this.#push(event);
  }

  /** Adds to one task; nothing happens if it has ended. */
  appendTo(task: object | null, happening: Happening): void {
    if (task && task === this.task) this.append(happening);
  }

  /** Ends the task if nothing was done in it for too long. To be called now and then. */
  endIdle(): void {
    const { last } = this.#state;
    if (this.#sink && last !== null && this.#time() - last >= idleLimit) this.#end({ kind: 'stop' });
  }

  #begin(): TaskSink {
    this.#sink = this.#open();
    const sink = this.#sink;
    for (const happening of this.#preface()) this.#push(this.#stamp(happening));
    return sink;
  }

  #push(event: SessionEvent): void {
    const sink = this.#sink;
    if (!sink) return;
    sink.append(event);
    [this.#state] = nextBoundary(this.#state, event);
    if (this.#state.last === null || sink.full) this.#close();
  }

  /** Ends the open task with an event that tells a reader why, also if no work was done in it. */
  #end(happening: Happening): void {
    this.#sink?.append(this.#stamp(happening));
    this.#close();
  }

  #close(): void {
    const sink = this.#sink;
    this.#sink = null;
    this.#state = noTask;
    sink?.close();
  }

  #stamp(happening: Happening): SessionEvent {
    return { ...happening, t: this.#time() } as SessionEvent;
  }

  /** The system's clock may be set back, but a session's time may not. */
  #time(): number {
    this.#now = Math.max(this.#now, this.#clock());
    return this.#now;
  }
}
