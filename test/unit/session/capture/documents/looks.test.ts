import assert from 'node:assert/strict';
import { DocumentMirror } from '../../../../../src/session/capture/documents/documentMirror.ts';
import { looksLimit } from '../../../../../src/session/capture/documents/looks.ts';
import { TaskStream } from '../../../../../src/session/capture/taskStream.ts';
import { type SessionEvent, sessionEvent } from '../../../../../src/session/events.ts';
import { buildHistory } from '../../../../../src/session/history/buildHistory.ts';

const facts = { language: 'typescript', eol: 'lf', encoding: 'utf8' } as const;
const minute = 60_000;
const never = () => assert.fail('the mirror lost the text');

class Desk {
  now = 1_000_000;
  readonly journals: SessionEvent[][] = [];
  readonly stream = new TaskStream(
    () => {
      const events: SessionEvent[] = [];
      this.journals.push(events);
      return { append: (event) => void events.push(sessionEvent.parse(event)), full: false, close: () => {} };
    },
    () => [],
    () => this.now,
  );
  readonly mirror = new DocumentMirror(this.stream);

  constructor(texts: Record<string, string>) {
    for (const [name, text] of Object.entries(texts)) this.mirror.open(name, { path: name, ...facts }, text);
  }

  see(name: string, start: number, end = start + 39): void {
    this.mirror.see(name, { selections: [{ anchor: 1, active: 3 }], visible: [{ start, end }] });
  }

  dwell(name: string, start: number, end?: number): void {
    this.see(name, start, end);
    this.mirror.look(name, 'dwell');
  }

  type(name: string, active = true): void {
    const changes = [{ offset: 0, length: 0, text: 'x' }];
    this.mirror.change(name, { version: 1, reason: null, changes, active }, never);
  }

  kinds(journal = 0): string[] {
    return this.journals[journal].map(({ kind }) => kind);
  }
}

describe('looks', () => {
  it('open a task with the text looked at, and come before the first edit', () => {
    const desk = new Desk({ 'a.ts': 'one', 'b.ts': 'two' });
    desk.dwell('a.ts', 0);
    desk.see('b.ts', 0);
    desk.type('b.ts');
    assert.deepEqual(desk.kinds(), ['open', 'view', 'open', 'edit']);
    const look = { kind: 'view', t: desk.now, doc: 0, reason: 'dwell', cursors: [3], visible: [{ start: 0, end: 39 }] };
    assert.deepEqual(desk.journals[0][1], look, 'and not what is selected');
    const { tasks, faults } = buildHistory(desk.journals[0]);
    assert.deepEqual(faults, []);
    assert.deepEqual(
      tasks[0].files.map(({ path, base, final, seen }) => [path, base, final, seen]),
      [
        ['a.ts', null, null, 'one'],
        ['b.ts', 'two', 'xtwo', undefined],
      ],
    );
  });

  it('are no work: what was only looked at ends unsealed, after half an hour and with the recording', () => {
    const desk = new Desk({ 'a.ts': 'one' });
    desk.dwell('a.ts', 0);
    assert.equal(desk.stream.hasWork, false);
    desk.now += 31 * minute;
    desk.stream.endIdle();
    assert.equal(desk.stream.task, null);
    desk.mirror.look('a.ts', 'jump');
    desk.stream.append({ kind: 'stop' });
    assert.deepEqual(
      [desk.kinds(0), desk.kinds(1)],
      [
        ['open', 'view', 'stop'],
        ['open', 'view', 'stop'],
      ],
    );
    for (const journal of desk.journals) assert.deepEqual(buildHistory(journal).tasks, []);
  });

  it('are none where the document is not followed or not in view', () => {
    const desk = new Desk({ 'a.ts': 'one', 'big.ts': 'x'.repeat(300_000) });
    desk.mirror.look('a.ts', 'jump');
    desk.dwell('big.ts', 0);
    desk.dwell('unknown.ts', 0);
    assert.deepEqual(desk.journals, []);
  });

  it('are not told again while half of the lines are those told last', () => {
    const desk = new Desk({ 'a.ts': 'one', 'b.ts': 'two' });
    for (const start of [0, 0, 10, 19, 20, 39, 40]) desk.dwell('a.ts', start);
    desk.dwell('b.ts', 40);
    desk.dwell('a.ts', 40);
    const starts = desk.journals[0].flatMap((event) => (event.kind === 'view' ? event.visible[0].start : []));
    assert.deepEqual(starts, [0, 20, 40, 40, 40]);
  });

  it('do not interrupt typing: where the person typed is no news, jumps and other files are', () => {
    const desk = new Desk({ 'a.ts': 'one', 'b.ts': 'two' });
    desk.see('a.ts', 0);
    desk.type('a.ts');
    desk.dwell('a.ts', 1);
    desk.see('b.ts', 0);
    desk.type('b.ts', false);
    desk.dwell('a.ts', 1);
    assert.deepEqual(desk.kinds(), ['open', 'edit', 'open', 'edit']);
    desk.mirror.look('a.ts', 'jump');
    desk.dwell('b.ts', 0);
    assert.deepEqual(desk.kinds().slice(4), ['view', 'view']);
  });

  it('behind a commit keep no task waiting, and belong to the next one with what comes of them', () => {
    const desk = new Desk({ 'a.ts': 'one', 'b.ts': 'two' });
    desk.type('a.ts');
    desk.stream.append({ kind: 'git', action: 'commit', message: 'm', branch: null, paths: [] });
    for (let seconds = 0; seconds < 60; seconds += 10) {
      desk.dwell('a.ts', 100 * seconds);
      desk.now += 10_000;
    }
    desk.see('b.ts', 0);
    desk.type('b.ts');
    assert.deepEqual(desk.kinds(0), ['open', 'edit', 'git', 'view', 'view', 'view', 'stop']);
    assert.deepEqual(desk.kinds(1), ['open', 'view', 'view', 'view', 'open', 'edit']);
    assert.equal(buildHistory(desk.journals[0]).tasks[0].steps.length, 2);
  });

  it('are bounded in each task, which says once that more is missing', () => {
    const desk = new Desk({ 'a.ts': 'one' });
    for (let i = 0; i < looksLimit.looks + 5; i++) desk.dwell('a.ts', i * 100);
    assert.equal(desk.kinds().filter((kind) => kind === 'view').length, looksLimit.looks);
    assert.deepEqual(
      desk.kinds().filter((kind) => kind === 'gap'),
      ['gap'],
    );
    desk.type('a.ts');
    desk.stream.append({ kind: 'task', action: 'finish', instruction: null });
    desk.dwell('a.ts', 0);
    assert.deepEqual(desk.kinds(1), ['open', 'view']);
  });

  it('bring in no more text of files only looked at than there is room for', () => {
    const size = 200 * 1024;
    const names = Array.from({ length: 40 }, (_, i) => `file${i}.ts`);
    const desk = new Desk(Object.fromEntries(names.map((name) => [name, 'x'.repeat(size)])));
    for (const name of names) desk.dwell(name, 0);
    const opened = desk.kinds().filter((kind) => kind === 'open').length;
    assert.equal(opened, Math.floor(looksLimit.units / size));
    desk.dwell(names[0], 100);
    assert.equal(desk.kinds().at(-1), 'view', 'what the task holds already can be looked at');
  });
});
