/**
 * Where one task ends and the next begins, as far as it shows at the event itself: a pure function of the events, used
 * live in the editor and on import. What shows only later is left to `segmentation.ts`.
 *
 * Rules, in this order:
 * 1. Thirty minutes without an event end the task, before the event that breaks the silence; ten, where it was paused.
 * 2. A session of its own and 'Start task…' end the one before: each begins a task.
 * 3. A switch to another branch that stands at another commit ends it, before the switch. A new branch for the work at hand does
 *    not, nor a look at a commit without a branch (as in a bisection), nor the way back from there.
 * 4. A commit, 'Finish task' and the end of the recording end it, at that event.
 * Only a task in which something was done ends; what was merely opened or looked at goes on into the next one.
 */
import type { SessionEvent, SessionEventOf } from './events.ts';

/** In milliseconds. */
export const idleLimit = 30 * 60 * 1000;
export const pauseLimit = 10 * 60 * 1000;

export type TaskEnd = 'finish' | 'commit' | 'switch' | 'unrelated' | 'idle' | 'pause' | 'stop';

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
  /** Whether the last event is that recording was paused. */
  paused: boolean;
  /** The last branch that HEAD was on, once git has told of it. */
  branch: string | null;
}

export const noTask: BoundaryState = { last: null, begun: false, paused: false, branch: null };

/** What counts as work; looking, saves, late output and the like neither begin a task nor keep one from being empty. */
const work: ReadonlySet<SessionEvent['kind']> = new Set([
  'edit',
  'resync',
  'disk',
  'file',
  'command_start',
  'cell_run',
  'git',
]);

export function isWork(event: Pick<SessionEvent, 'kind'> & { action?: string }): boolean {
  return work.has(event.kind) && !(event.kind === 'git' && event.action === 'checkout');
}

/** Whether the event belongs to a task from its beginning, though it may be no work by itself. */
export function opensTask(event: Pick<SessionEvent, 'kind'> & { action?: string }): boolean {
  if (event.kind === 'git') return event.action !== 'commit';
  return work.has(event.kind) || (event.kind === 'task' && event.action === 'start');
}

/** The state after the event, and the boundary that it makes, if any. */
export function nextBoundary(state: BoundaryState, event: SessionEvent): [BoundaryState, Boundary | null] {
  const end = state.begun ? endBefore(state, event) : null;
  if (end) {
    const [next] = nextBoundary({ ...noTask, branch: state.branch }, event);
    return [next, { end, at: 'before' }];
  }
  const branch = event.kind === 'git' ? (event.branch ?? state.branch) : state.branch;
  const last = endAt(event);
  if (last) return [{ ...noTask, branch }, state.begun ? { end: last, at: 'after' } : null];
  const paused = event.kind === 'gap' && event.reason === 'paused';
  return [{ last: event.t, begun: state.begun || isWork(event), paused, branch }, null];
}

function endBefore({ last, paused, branch }: BoundaryState, event: SessionEvent): TaskEnd | null {
  if (last !== null && paused && event.t - last >= pauseLimit) return 'pause';
  if (last !== null && event.t - last >= idleLimit) return 'idle';
  if (event.kind === 'session') return 'stop';
  if (event.kind === 'task' && event.action === 'start') return 'finish';
  return event.kind === 'git' && isSwitch(event, branch) ? 'switch' : null;
}

/** Where it is not known whether HEAD moved, the branch's name tells. */
function isSwitch({ action, branch, moved }: SessionEventOf<'git'>, before: string | null): boolean {
  return action === 'checkout' && branch !== null && branch !== before && (moved ?? true);
}

function endAt(event: SessionEvent): TaskEnd | null {
  if (event.kind === 'git' && event.action === 'commit') return 'commit';
  if (event.kind === 'task' && event.action === 'finish') return 'finish';
  return event.kind === 'stop' ? 'stop' : null;
}
