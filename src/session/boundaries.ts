/**
 * Where one task ends and the next begins: a pure function of the events, used live in the editor and on import.
 *
 * Rules, in this order:
 * 1. Thirty minutes without an event end the task, before the event that breaks the silence.
 * 2. 'Start task…' ends the one before it: it begins a task of its own.
 * 3. A commit, 'Finish task' and the end of the recording end it, at that event.
 * Only a task in which something was done ends; what was merely opened goes on into the next one.
 */
import type { SessionEvent } from './events.ts';

export const idleLimit = 30 * 60 * 1000;

export type TaskEnd = 'finish' | 'commit' | 'idle' | 'stop';

export interface Boundary {
  end: TaskEnd;
  /** Whether the event is the task's last one, or the first after it. */
  at: 'after' | 'before';
}

export interface BoundaryState {
  /** Time of the last event of the open task; null when none is open. */
  last: number | null;
  /** Whether anything was done in it. */
  begun: boolean;
}

export const noTask: BoundaryState = { last: null, begun: false };

/** What counts as work; saves, late output and the like neither begin a task nor keep one from being empty. */
const work: ReadonlySet<SessionEvent['kind']> = new Set(['edit', 'resync', 'disk', 'file', 'command_start', 'git']);

/** The state after the event, and the boundary that it makes, if any. */
export function nextBoundary(state: BoundaryState, event: SessionEvent): [BoundaryState, Boundary | null] {
  const idle = state.begun && state.last !== null && event.t - state.last >= idleLimit;
  const starts = event.kind === 'task' && event.action === 'start';
  if (idle || (starts && state.begun)) {
    const [next] = nextBoundary(noTask, event);
    return [next, { end: idle ? 'idle' : 'finish', at: 'before' }];
  }
  const commits = event.kind === 'git' && event.action === 'commit';
  const finishes = event.kind === 'task' && event.action === 'finish';
  if (commits || finishes || event.kind === 'stop') {
    const end = commits ? 'commit' : finishes ? 'finish' : 'stop';
    return [noTask, state.begun ? { end, at: 'after' } : null];
  }
  return [{ last: event.t, begun: state.begun || work.has(event.kind) }, null];
}
