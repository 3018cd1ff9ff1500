import { type BoundaryState, idleLimit, isWork, nextBoundary, noTask, opensTask, pauseLimit } from '../boundaries.ts';
import type { SessionEvent, SessionEventOf } from '../events.ts';
import { smallChange } from '../segmentation.ts';

/** Where the events of one task go. */
export interface TaskSink {
  append(event: SessionEvent): void;
  /** Whether it takes no more: the task must end. */
  readonly full: boolean;
  /** The task ended. @param worked whether anything was done in it. */
  close(worked: boolean): void;
}

/** A session event before it is given its time. */
export type Happening = { [K in SessionEvent['kind']]: Omit<SessionEventOf<K>, 't'> }[SessionEvent['kind']];

/** So long, in milliseconds, a task stays open behind its commit for a clean-up to begin or to go on. */
export const lingering = 30_000;
/** One that goes on for longer than this waits no more: raw text must not stay for long. */
const longest = 60 * 60 * 1000;

/**
 * Stamps what happens with its time and cuts it into tasks, by the rules that show at once. A task opens with the
 * first work done, when the person says so, or with what was looked at before; each has a sink of its own. Behind a commit
 * the sink stays open for as long as what follows may be a clean-up; whether it is one shows only to who reads the whole
 * (`segmentation.ts`).
 */
export class TaskStream {
  readonly #open: () => TaskSink;
  readonly #preface: () => Happening[];
  readonly #clock: () => number;
  #state: BoundaryState = noTask;
  #sink: TaskSink | null = null;
  /** Whether anything was done into the open sink. */
  #worked = false;
  #openedAt = 0;
  /** The documents that were changed into the open sink. */
  #edited = new Set<number>();
  /** Behind a commit: when the last thing happened, and how much was changed since. */
  #lingers: { since: number; changed: number } | null = null;
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

  /** Whether anything was done since the last task ended. */
  get hasWork(): boolean {
    this.endIdle();
    return this.#state.begun;
  }

  /** The task for what is about to be done with the document of this number; opens one if need be. */
  enter(doc: number): object {
    const t = this.#time();
    this.#endBefore({ kind: 'open', t, doc, path: '', language: null, eol: null, encoding: null, text: null });
    return this.#sink ?? this.#begin();
  }

  /** Without an open task, only what opens one is taken. */
  append(happening: Happening): void {
    const event = this.#stamp(happening);
    this.#endBefore(event);
    if (!this.#sink && !opensTask(event)) return;
    if (!this.#sink) this.#begin();
    this.#push(event);
  }

  /** Adds to the task that was just entered for it: whether it goes on was asked then. */
  add(happening: Happening): void {
    this.#push(this.#stamp(happening));
  }

  /** Adds to one task; nothing happens if it has ended. */
  appendTo(task: object | null, happening: Happening): void {
    if (task && task === this.task) this.append(happening);
  }

  /** Ends the task if nothing was done in it for too long. To be called now and then. */
  endIdle(): void {
    const { last, paused } = this.#state;
    const limit = paused ? pauseLimit : idleLimit;
    const isOver = this.#lingers ? this.#hasLingered : last !== null && this.#time() - last >= limit;
    if (this.#sink && isOver) this.#end({ kind: 'stop' });
  }

  get #hasLingered(): boolean {
    return this.#lingers !== null && this.#time() - this.#lingers.since >= lingering;
  }

  /** Ends the open task if the event belongs to the next one. A reader of the journal sees why. */
  #endBefore(event: SessionEvent): void {
    this.endIdle();
    if (!this.#sink) return;
    const [, boundary] = nextBoundary(this.#state, event);
    if (boundary?.at === 'before')
      this.#end(event.kind === 'git' ? event : { kind: 'task', action: 'finish', instruction: null });
    else if (this.#lingers && !this.#mayCleanUp(event)) this.#end({ kind: 'stop' });
  }

  #mayCleanUp(event: SessionEvent): boolean {
    if (event.kind === 'task') return event.action === 'finish';
    if (event.kind === 'open' || event.kind === 'edit') return this.#edited.has(event.doc);
    return !isWork(event) || event.kind === 'command_start' || event.kind === 'git';
  }

  #begin(): TaskSink {
    this.#sink = this.#open();
    this.#openedAt = this.#time();
    const sink = this.#sink;
    for (const happening of this.#preface()) this.#push(this.#stamp(happening));
    return sink;
  }

  #push(event: SessionEvent): void {
    const sink = this.#sink;
    if (!sink) return;
    sink.append(event);
    const [state, boundary] = nextBoundary(this.#state, event);
    this.#state = state;
    this.#worked ||= isWork(event);
    if (event.kind === 'edit' || event.kind === 'disk') this.#edited.add(event.doc);
    this.#linger(event);
    const ends = boundary?.at === 'after' || state.last === null;
    const waits = event.kind === 'git' && event.t - this.#openedAt < longest;
    if (sink.full || (ends && !waits)) this.#close();
  }

  #linger(event: SessionEvent): void {
    if (event.kind === 'git' && event.action === 'commit') this.#lingers = { since: event.t, changed: 0 };
    else if (this.#lingers && event.kind !== 'view') {
      this.#lingers.since = event.t;
      if (event.kind === 'edit')
        for (const { length, text } of event.changes) this.#lingers.changed += length + text.length;
      if (this.#lingers.changed > smallChange) this.#lingers = null;
    }
  }

  /** Ends the open task with an event that tells a reader why, also if no work was done in it. */
  #end(happening: Happening): void {
    this.#sink?.append(this.#stamp(happening));
    this.#close();
  }

  #close(): void {
    const sink = this.#sink;
    const worked = this.#worked;
    this.#sink = null;
    this.#worked = false;
    this.#state = { ...noTask, branch: this.#state.branch };
    this.#edited = new Set();
    this.#lingers = null;
    sink?.close(worked);
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
