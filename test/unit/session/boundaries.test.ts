import assert from 'node:assert/strict';
import { type Boundary, idleLimit, nextBoundary, noTask, pauseLimit } from '../../../src/session/boundaries.ts';
import type { SessionEvent } from '../../../src/session/events.ts';

const edit = (t: number): SessionEvent => ({
  kind: 'edit',
  t,
  doc: 0,
  version: 1,
  reason: null,
  changes: [],
  selections: null,
  visible: null,
});
const save = (t: number): SessionEvent => ({ kind: 'save', t, doc: 0 });
const commit = (t: number): SessionEvent => ({
  kind: 'git',
  t,
  action: 'commit',
  message: null,
  branch: null,
  paths: [],
});
const task = (t: number, action: 'start' | 'finish'): SessionEvent => ({ kind: 'task', t, action, instruction: null });
const stop = (t: number): SessionEvent => ({ kind: 'stop', t });

function boundariesOf(events: SessionEvent[]): (Boundary | null)[] {
  let state = noTask;
  return events.map((event) => {
    const [next, boundary] = nextBoundary(state, event);
    state = next;
    return boundary;
  });
}

describe('nextBoundary', () => {
  it('ends a task at a commit, at finish and at the end of the recording', () => {
    assert.deepEqual(boundariesOf([edit(1), commit(2)]), [null, { end: 'commit', at: 'after' }]);
    assert.deepEqual(boundariesOf([edit(1), task(2, 'finish')]), [null, { end: 'finish', at: 'after' }]);
    assert.deepEqual(boundariesOf([edit(1), stop(2)]), [null, { end: 'stop', at: 'after' }]);
  });

  it('ends a task before the event that breaks thirty minutes of silence', () => {
    assert.deepEqual(boundariesOf([edit(1), edit(1 + idleLimit)]), [null, { end: 'idle', at: 'before' }]);
    assert.deepEqual(boundariesOf([edit(1), edit(idleLimit)]), [null, null]);
  });

  it('is kept from idleness by any event', () => {
    assert.deepEqual(boundariesOf([edit(1), save(idleLimit), edit(2 * idleLimit - 1)]), [null, null, null]);
  });

  it('ends the task before when the person starts another', () => {
    assert.deepEqual(boundariesOf([edit(1), task(2, 'start'), edit(3), task(4, 'finish')]), [
      null,
      { end: 'finish', at: 'before' },
      null,
      { end: 'finish', at: 'after' },
    ]);
  });

  it('ends a task that was paused for ten minutes, and no sooner', () => {
    const paused = (t: number): SessionEvent => ({ kind: 'gap', t, reason: 'paused' });
    assert.deepEqual(boundariesOf([edit(1), paused(2), edit(2 + pauseLimit)]).at(-1), { end: 'pause', at: 'before' });
    assert.equal(boundariesOf([edit(1), paused(2), edit(1 + pauseLimit)]).at(-1), null);
  });

  it('ends a task before a switch to a branch at another commit, and at no new branch for the work at hand', () => {
    const checkout = (branch: string | null, moved?: boolean): SessionEvent => ({
      ...{ kind: 'git', t: 2, action: 'checkout', message: null, branch, paths: [], moved },
    });
    const before = { end: 'switch', at: 'before' };
    assert.deepEqual(boundariesOf([edit(1), checkout('a', true)]), [null, before]);
    assert.deepEqual(boundariesOf([edit(1), checkout('a', false)]), [null, null]);
    assert.deepEqual(boundariesOf([checkout('a'), edit(1), checkout('a'), checkout('b')]), [null, null, null, before]);
    const bisection = [
      checkout('a'),
      edit(1),
      ...[null, null].map((none) => checkout(none, true)),
      checkout('a', true),
    ];
    assert.deepEqual(boundariesOf(bisection), [null, null, null, null, null]);
    assert.deepEqual(boundariesOf([...bisection, checkout(null, true), checkout('b', true)]).at(-1), before);
  });

  it('ends nothing where nothing was done', () => {
    for (const last of [commit, stop, (t: number) => task(t, 'finish'), (t: number) => task(t, 'start')]) {
      assert.deepEqual(boundariesOf([task(1, 'start'), save(2), last(3)]), [null, null, null]);
    }
  });
});
