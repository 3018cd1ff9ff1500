import assert from 'node:assert/strict';
import { type Happening, lingering, TaskStream } from '../../../../src/session/capture/taskStream.ts';
import type { SessionEvent } from '../../../../src/session/events.ts';
import { buildHistory } from '../../../../src/session/history/buildHistory.ts';
import { smallChange } from '../../../../src/session/segmentation.ts';

const minute = 60_000;
const work: Happening = { kind: 'file', action: 'create', path: 'a.ts', to: null };
const commit: Happening = { kind: 'git', action: 'commit', message: 'm', branch: null, paths: [] };
const opened = (doc: number): Happening => ({
  ...{ kind: 'open', doc, path: `${doc}.ts`, language: null, eol: null, encoding: null, text: '' },
});
const typed = (text: string): Happening => ({
  ...{ kind: 'edit', doc: 0, version: 1, reason: null, changes: [{ offset: 0, length: 0, text }] },
  ...{ selections: null, visible: null },
});

class Tasks {
  now = 5_000_000;
  readonly events: SessionEvent[][] = [];
  readonly closed: number[] = [];
  readonly worked: boolean[] = [];
  readonly stream = new TaskStream(
    () => {
      const index = this.events.push([]) - 1;
      return {
        append: (event) => void this.events[index].push(event),
        full: false,
        close: (worked) => {
          this.closed.push(index);
          this.worked.push(worked);
        },
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
    tasks.stream.append(commit);
    tasks.stream.append(work);
    assert.deepEqual(tasks.closed, [0]);
    assert.deepEqual(tasks.kinds(), [
      ['known', 'file', 'git', 'stop'],
      ['known', 'file'],
    ]);
    assert.deepEqual(tasks.ends()[0], 'commit');
  });

  it('keeps a committed task open for half a minute, and for as long as what follows may be a clean-up', () => {
    const tasks = new Tasks();
    const { stream } = tasks;
    for (const one of [work, opened(0), typed('x'), commit, opened(0), typed('y')]) stream.append(one);
    tasks.now += lingering - 1;
    stream.append({ kind: 'git_index' });
    tasks.now += lingering - 1;
    stream.endIdle();
    assert.deepEqual(tasks.closed, []);
    tasks.now += 1;
    stream.endIdle();
    assert.deepEqual([tasks.closed, tasks.ends()], [[0], ['commit']]);
  });

  it('ends it at once when another file is opened for work, and when it has gone on for an hour', () => {
    const tasks = new Tasks();
    for (const one of [work, opened(0), typed('x'), commit, opened(1)]) tasks.stream.append(one);
    assert.deepEqual(tasks.closed, [0]);
    for (let i = 0; i < 3; i++) {
      tasks.stream.append(work);
      tasks.now += 25 * minute;
    }
    tasks.stream.append(commit);
    assert.deepEqual(tasks.closed, [0, 1]);
  });

  it('waits no longer behind a commit once more was changed than a clean-up changes', () => {
    const tasks = new Tasks();
    for (const one of [work, opened(0), typed('x'), commit, typed('y'.repeat(smallChange + 1))])
      tasks.stream.append(one);
    tasks.now += minute;
    tasks.stream.endIdle();
    assert.deepEqual(tasks.closed, []);
    tasks.stream.append({ kind: 'stop' });
    assert.deepEqual(
      buildHistory(tasks.events[0]).tasks.map(({ end }) => end),
      ['commit', 'stop'],
    );
  });

  it('begins another task with a switch of branches, of which both tasks hear', () => {
    const tasks = new Tasks();
    tasks.stream.append(work);
    tasks.now += minute;
    tasks.stream.append({ kind: 'git', action: 'checkout', message: null, branch: 'b', paths: [], moved: true });
    tasks.stream.append(work);
    tasks.stream.append({ kind: 'git', action: 'checkout', message: null, branch: 'c', paths: [], moved: false });
    assert.deepEqual(tasks.kinds(), [
      ['known', 'file', 'git'],
      ['known', 'git', 'file', 'git'],
    ]);
    assert.deepEqual(
      tasks.events.map((events) => buildHistory(events).tasks.map(({ end }) => end)),
      [['switch'], ['stop']],
    );
  });

  it('ends a task that was paused for ten minutes', () => {
    const tasks = new Tasks();
    tasks.stream.append(work);
    tasks.stream.append({ kind: 'gap', reason: 'paused' });
    tasks.now += 10 * minute;
    tasks.stream.endIdle();
    assert.deepEqual([tasks.closed, tasks.ends()], [[0], ['pause']]);
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

  it('tells at its end whether anything was done in a task', () => {
    const tasks = new Tasks();
    const start: Happening = { kind: 'task', action: 'start', instruction: null };
    for (const happening of [start, { kind: 'stop' }, start, work, { kind: 'stop' }] as const) {
      tasks.stream.append(happening);
    }
    assert.deepEqual(tasks.worked, [false, true]);
  });
});
