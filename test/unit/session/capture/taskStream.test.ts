import assert from 'node:assert/strict';
import { type Happening, TaskStream } from '../../../../src/session/capture/taskStream.ts';
import type { SessionEvent } from '../../../../src/session/events.ts';
import { buildHistory } from '../../../../src/session/history/buildHistory.ts';

const minute = 60_000;
const work: Happening = { kind: 'file', action: 'create', path: 'a.ts', to: null };

class Tasks {
  now = 5_000_000;
  readonly events: SessionEvent[][] = [];
  readonly closed: number[] = [];
  readonly stream = new TaskStream(
    () => {
      const index = this.events.push([]) - 1;
      return {
        append: (event) => void this.events[index].push(event),
        full: false,
        close: () => void this.closed.push(index),
      };
    },
    () => [{ kind: 'known', values: [] }],
    () => this.now,
  );

  kinds(): string[][] {
    return this.events.map((events) => events.map(({ kind }) => kind));
  }

  ends(): (string | undefined)[] {
    return this.events.map((events) => buildHistory(events).tasks[0]?.end);
  }
}

describe('TaskStream', () => {
  it('opens no task for what is no work', () => {
    const { stream, events } = new Tasks();
    for (const kind of ['save', 'close'] as const) stream.append({ kind, doc: 0 });
    stream.append({ kind: 'gap', reason: 'paused' });
    stream.append({ kind: 'git', action: 'commit', message: 'm', branch: null, paths: [] });
    stream.append({ kind: 'stop' });
    assert.deepEqual(events, []);
  });

  it('ends a task with a commit, and begins the next one with the next work', () => {
    const tasks = new Tasks();
    tasks.stream.append(work);
    tasks.stream.append({ kind: 'git', action: 'commit', message: 'm', branch: null, paths: [] });
    assert.deepEqual(tasks.closed, [0]);
    tasks.stream.append(work);
    assert.deepEqual(tasks.kinds(), [
      ['known', 'file', 'git'],
      ['known', 'file'],
    ]);
    assert.deepEqual(tasks.ends()[0], 'commit');
  });

  it('ends a task when the person starts another, and tells its reader why', () => {
    const tasks = new Tasks();
    tasks.stream.append(work);
    tasks.stream.append({ kind: 'task', action: 'start', instruction: 'Fix it' });
    tasks.stream.append(work);
    tasks.stream.append({ kind: 'task', action: 'finish', instruction: null });
    assert.deepEqual(tasks.kinds(), [
      ['known', 'file', 'task'],
      ['known', 'task', 'file', 'task'],
    ]);
    assert.deepEqual(tasks.ends(), ['finish', 'finish']);
    assert.deepEqual(tasks.closed, [0, 1]);
    assert.equal(buildHistory(tasks.events[1]).tasks[0].instruction?.text, 'Fix it');
  });

  it('ends a task after thirty idle minutes, when asked and when work goes on', () => {
    for (const wake of [(stream: TaskStream) => stream.endIdle(), (stream: TaskStream) => stream.append(work)]) {
      const tasks = new Tasks();
      tasks.stream.append(work);
      tasks.now += 29 * minute;
      tasks.stream.endIdle();
      assert.deepEqual(tasks.closed, []);
      tasks.now += minute;
      wake(tasks.stream);
      assert.deepEqual([tasks.closed, tasks.ends()[0]], [[0], 'idle']);
    }
  });

  it('closes a task in which nothing was done', () => {
    const tasks = new Tasks();
    tasks.stream.append({ kind: 'task', action: 'start', instruction: null });
    tasks.stream.append({ kind: 'stop' });
    assert.deepEqual([tasks.closed, tasks.ends()], [[0], [undefined]]);
  });

  it('never lets the time go back', () => {
    const tasks = new Tasks();
    tasks.stream.append(work);
    tasks.now -= minute;
    tasks.stream.append(work);
    const times = tasks.events[0].map(({ t }) => t);
    assert.deepEqual(times, [5_000_000, 5_000_000, 5_000_000]);
  });
});
