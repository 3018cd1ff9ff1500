import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  DocumentMirror,
  longestText,
  mostOpenText,
} from '../../../../../src/session/capture/documents/documentMirror.ts';
import { type Happening, TaskStream } from '../../../../../src/session/capture/taskStream.ts';
import type { SessionEvent, SessionEventOf } from '../../../../../src/session/events.ts';
import { sessionEvent, sessionEventsFormat } from '../../../../../src/session/events.ts';
import { buildHistory } from '../../../../../src/session/history/buildHistory.ts';

const facts = { language: 'typescript', eol: 'lf', encoding: 'utf8' } as const;
const preface: Happening[] = [
  { kind: 'session', format: sessionEventsFormat, platform: 'linux', vscode_version: null, license: null },
  { kind: 'known', values: [] },
];

/** A stream that keeps the events of each task, and a mirror on it. */
class Recording {
  readonly tasks: SessionEvent[][] = [];
  now = 1_000_000;
  room = Infinity;
  readonly stream = new TaskStream(
    () => {
      const events: SessionEvent[] = [];
      const isFull = () => events.length >= this.room;
      this.tasks.push(events);
      return {
        append: (event) => void events.push(structuredClone(event)),
        get full() {
          return isFull();
        },
        close: () => {},
      };
    },
    () => preface,
    () => this.now,
  );
  readonly mirror = new DocumentMirror(this.stream);

  kinds(task = 0): string[] {
    return this.tasks[task].map(({ kind }) => kind);
  }
}

function edit(
  offset: number,
  length: number,
  text: string,
): Pick<SessionEventOf<'edit'>, 'version' | 'reason' | 'changes'> {
  return { version: 1, reason: null, changes: [{ offset, length, text }] };
}

const never = () => assert.fail('the mirror lost the text');

describe('DocumentMirror', () => {
  it('begins a task with the text as it stood before the first change', () => {
    const { mirror, tasks } = recordingOf('a.ts', 'one\n');
    mirror.change('a.ts', edit(0, 0, 'zero\n'), never);
    const events = tasks[0].map(({ t: _, ...event }) => event);
    assert.deepEqual(events, [
      ...preface,
      { kind: 'open', doc: 0, path: 'a.ts', ...facts, text: 'one\n' },
      { kind: 'edit', doc: 0, ...edit(0, 0, 'zero\n'), selections: null, visible: null },
    ]);
  });

  it('tells nothing of documents that are only opened, saved and closed', () => {
    const { mirror, tasks } = recordingOf('a.ts', 'one');
    mirror.save('a.ts', 1, 'one');
    mirror.close('a.ts');
    assert.deepEqual(tasks, []);
  });

  it('takes no notice of a change of the dirty state', () => {
    const { mirror, tasks } = recordingOf('a.ts', 'one');
    mirror.change('a.ts', { version: 1, reason: null, changes: [] }, never);
    assert.deepEqual(tasks, []);
  });

  it('tells what shows who made an edit: that it made the document dirty, where the cursor went, what was on the clipboard', () => {
    const { mirror, tasks } = recordingOf('a.ts', 'one');
    const view = (at: number) => ({ selections: [{ anchor: at, active: at }], visible: null });
    mirror.change('a.ts', { ...edit(3, 0, ' and two'), active: true, dirty: false }, never);
    mirror.change('a.ts', { version: 1, reason: null, changes: [], active: true, dirty: true }, never);
    mirror.change('a.ts', { version: 1, reason: null, changes: [], active: true, dirty: true }, never);
    mirror.see('a.ts', view(11), 'keyboard');
    mirror.compareClipboard('a.ts', 1, true);
    mirror.compareClipboard('a.ts', 0, true);
    mirror.see('a.ts', view(3));
    for (const at of [2, 1]) mirror.see('a.ts', view(at), 'mouse');
    const nothing = { selections: null, cause: null, clipboard: null, dirty: null };
    assert.deepEqual(
      tasks[0].flatMap((event) => (event.kind === 'sign' ? [event] : [])).map(({ t: _, ...sign }) => sign),
      [{ dirty: true }, { ...sel(11), cause: 'keyboard' }, { clipboard: true }, { ...sel(2), cause: 'mouse' }].map(
        (told) => ({ kind: 'sign', doc: 0, version: 1, ...nothing, ...told }),
      ),
    );
    function sel(at: number) {
      return { selections: [{ anchor: at, active: at }] };
    }
  });

  it('tells no signs of what a key may do, and none of an edit of the task before', () => {
    const { mirror, tasks, stream } = recordingOf('a.ts', 'one');
    mirror.change('a.ts', { ...edit(3, 0, '!'), active: true, dirty: true }, never);
    mirror.see('a.ts', { selections: [{ anchor: 4, active: 4 }], visible: null }, 'keyboard');
    mirror.change('a.ts', { ...edit(3, 0, 'more'), active: true, dirty: true }, never);
    stream.append({ kind: 'task', action: 'finish', instruction: null });
    mirror.compareClipboard('a.ts', 1, true);
    assert.deepEqual(
      tasks.flat().filter(({ kind }) => kind === 'sign'),
      [],
    );
  });

  it('tells where the cursor went with a break of line, which also comes without anybody', () => {
    const { mirror, tasks } = recordingOf('a.ts', 'one');
    mirror.change('a.ts', { ...edit(3, 0, '\n'), active: true, dirty: true }, never);
    mirror.see('a.ts', { selections: [{ anchor: 4, active: 4 }], visible: null }, 'none');
    assert.equal(tasks[0].at(-1)?.kind, 'sign');
  });

  it('gives selections as they stood before the change, moved by the changes since they were told', () => {
    const { mirror, tasks } = recordingOf('a.ts', 'abc');
    mirror.see('a.ts', { selections: [{ anchor: 1, active: 3 }], visible: [{ start: 0, end: 0 }] });
    mirror.change('a.ts', edit(0, 0, 'xx'), never);
    mirror.change('a.ts', edit(4, 0, '!'), never);
    const edits = tasks[0].filter((event) => event.kind === 'edit');
    assert.deepEqual(
      edits.map(({ selections }) => selections),
      [[{ anchor: 1, active: 3 }], [{ anchor: 3, active: 5 }]],
    );
  });

  it('notices at a save that it lost the text, and takes the editor’s', () => {
    const recording = recordingOf('a.ts', 'one');
    recording.mirror.change('a.ts', edit(0, 0, 'x'), never);
    recording.mirror.save('a.ts', 2, 'something else');
    recording.mirror.change('a.ts', edit(0, 9, 'anything'), never);
    assert.deepEqual(recording.kinds().slice(3), ['edit', 'resync', 'save', 'edit']);
    const { tasks, faults } = buildHistory(recording.tasks[0]);
    assert.deepEqual([tasks[0].files[0].final, faults], ['anything else', []]);
  });

  it('takes the editor’s text when a change lies outside of its own', () => {
    const recording = recordingOf('a.ts', 'one');
    recording.mirror.change('a.ts', edit(0, 0, 'x'), never);
    recording.mirror.change('a.ts', edit(50, 1, 'x'), () => 'the truth');
    assert.equal(buildHistory(recording.tasks[0]).tasks[0].files[0].final, 'the truth');
  });

  it('does not follow long or binary documents, and notes it once in a task', () => {
    for (const text of ['x'.repeat(longestText + 1), 'PNG\0']) {
      const recording = recordingOf('big', text);
      recording.mirror.open('a.ts', { path: 'a.ts', ...facts }, 'one');
      recording.mirror.change('a.ts', edit(0, 0, 'x'), never);
      recording.mirror.change('big', edit(0, 1, 'y'), never);
      recording.mirror.change('big', edit(0, 1, 'z'), never);
      assert.deepEqual(recording.kinds().slice(3), ['edit', 'gap']);
    }
  });

  it('leaves a document that grows too long, with the text up to there', () => {
    const recording = recordingOf('a.ts', 'one');
    recording.mirror.change('a.ts', edit(0, 3, 'two'), never);
    recording.mirror.change('a.ts', edit(0, 0, 'x'.repeat(longestText)), never);
    recording.mirror.change('a.ts', edit(0, 3, 'y'), never);
    assert.deepEqual(recording.kinds().slice(3), ['edit', 'gap']);
  });

  it('gives the errors that stood there when the task touched the document, and each new state once', () => {
    const recording = recordingOf('a.ts', 'one');
    const item = { severity: 'error', source: null, code: null, message: 'bad', start: 0, end: 1 } as const;
    recording.mirror.diagnose('a.ts', { version: 1, items: [item] });
    recording.mirror.change('a.ts', edit(0, 0, 'x'), never);
    recording.mirror.diagnose('a.ts', { version: 2, items: [item] });
    recording.mirror.diagnose('a.ts', { version: 2, items: [{ ...item }] });
    recording.mirror.diagnose('a.ts', { version: 2, items: [] });
    assert.deepEqual(recording.kinds().slice(2), ['open', 'diagnostics', 'edit', 'diagnostics', 'diagnostics']);
  });

  it('tells that an edit mended all errors, and nothing of an edit where there were none', () => {
    const recording = recordingOf('a.ts', 'one');
    const item = { severity: 'error', source: null, code: null, message: 'bad', start: 0, end: 1 } as const;
    recording.mirror.change('a.ts', edit(0, 0, 'x'), never);
    recording.mirror.diagnose('a.ts', { version: 2, items: [item] });
    recording.mirror.change('a.ts', edit(0, 0, 'y'), never);
    recording.mirror.change('a.ts', edit(0, 0, 'z'), never);
    recording.mirror.diagnose('a.ts', { version: 4, items: [] });
    recording.mirror.change('a.ts', edit(0, 0, 'x'), never);
    recording.mirror.diagnose('a.ts', { version: 5, items: [] });
    assert.deepEqual(recording.kinds().slice(3), ['edit', 'diagnostics', 'edit', 'edit', 'diagnostics', 'edit']);
  });

  it('follows errors elsewhere only where the person sees them, and only during a task', () => {
    const recording = recordingOf('a.ts', 'one');
    const reported = (message: string) => ({
      version: 1,
      items: [{ severity: 'error' as const, source: null, code: null, message, start: 0, end: 1 }],
    });
    for (const name of ['seen.ts', 'hidden.ts']) recording.mirror.open(name, { path: name, ...facts }, 'text');
    recording.mirror.see('seen.ts', { selections: [], visible: [{ start: 0, end: 0 }] });
    for (const name of ['seen.ts', 'hidden.ts']) recording.mirror.diagnose(name, reported('before'));
    assert.equal(recording.tasks.length, 0);
    recording.mirror.change('a.ts', edit(0, 0, 'x'), never);
    for (const name of ['seen.ts', 'hidden.ts']) recording.mirror.diagnose(name, reported('during'));
    const told = recording.tasks[0].flatMap((event) => (event.kind === 'open' ? event.path : []));
    assert.deepEqual(told, ['a.ts', 'seen.ts']);
  });

  it('follows no more open text than there is room for, says so where it matters, and gets the room back', () => {
    const { mirror, tasks } = recordingOf('first.ts', 'x');
    const long = 'x'.repeat(longestText);
    const count = mostOpenText / longestText;
    for (let i = 0; i < count; i++) mirror.open(`${i}.ts`, { path: `${i}.ts`, ...facts }, long);
    mirror.change('0.ts', edit(0, 1, 'y'), never);
    mirror.change(`${count - 1}.ts`, edit(0, 1, 'y'), never);
    assert.deepEqual(
      tasks[0].slice(preface.length).map((event) => (event.kind === 'open' ? event.path : event.kind)),
      ['0.ts', 'edit', 'gap'],
    );
    mirror.close('1.ts');
    mirror.open('last.ts', { path: 'last.ts', ...facts }, long);
    mirror.change('last.ts', edit(0, 1, 'y'), never);
    assert.equal(tasks[0].at(-1)?.kind, 'edit');
  });

  it('gives in every task a history that replays to the text in the editor', () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 60 }), fc.option(fc.integer({ min: 4, max: 30 })), (all, room) => {
        const model = new Model(room ?? Infinity);
        for (const step of all) model.take(step);
        model.recording.stream.append({ kind: 'stop' });
        for (const events of model.recording.tasks) {
          for (const event of events) sessionEvent.parse(event);
          assert.deepEqual(
            events.slice(0, 2).map(({ kind }) => kind),
            ['session', 'known'],
          );
          assert.deepEqual(
            events.map(({ t }) => t),
            events.map(({ t }) => t).toSorted((a, b) => a - b),
          );
          const { tasks, faults } = buildHistory(events);
          assert.deepEqual(faults, []);
          assert.ok(tasks.length <= 2, 'one journal is one task, and at most what followed its commit');
          assert.ok(tasks.every(({ steps }) => steps.some(({ kind }) => kind !== 'view')));
          for (const file of tasks.flatMap(({ files }) => files)) {
            if (file.final !== null) assert.ok(model.texts.get(file.path)!.has(file.final), `${file.final}`);
            if (file.base !== null && file.seen !== undefined) assert.equal(file.seen, file.base);
          }
        }
        model.checkLast();
      }),
      { numRuns: 500 },
    );
  });
});

function recordingOf(name: string, text: string): Recording {
  const recording = new Recording();
  recording.mirror.open(name, { path: name, ...facts }, text);
  return recording;
}

const name = fc.constantFrom('a.ts', 'b.ts');
const position = fc.double({ min: 0, max: 1, noNaN: true });
const steps = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('edit' as const), name, at: position, to: position, text: fc.string() }),
  },
  fc.record({ do: fc.constant('look' as const), name, reason: fc.constantFrom('dwell' as const, 'jump' as const) }),
  fc.record({ do: fc.constant('save' as const), name }),
  fc.record({ do: fc.constant('reopen' as const), name, text: fc.option(fc.string()) }),
  fc.record({ do: fc.constant('resume' as const), name, text: fc.option(fc.string()) }),
  fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 0, max: 40 }) }),
  fc.record({ do: fc.constant('start' as const) }),
  fc.record({ do: fc.constant('finish' as const) }),
  fc.record({ do: fc.constant('commit' as const) }),
);
type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never;

/** The editor's side: what the documents hold. */
class Model {
  readonly recording = new Recording();
  readonly now = new Map([
    ['a.ts', 'one'],
    ['b.ts', 'two'],
  ]);
  /** All texts that each document ever had. */
  readonly texts = new Map<string, Set<string>>();

  constructor(room: number) {
    this.recording.room = room;
    for (const [name, text] of this.now) this.#open(name, text);
  }

  take(step: Step): void {
    const { mirror, stream } = this.recording;
    this.recording.now += 10;
    if (step.do === 'edit') {
      const text = this.now.get(step.name)!;
      const [offset, end] = [step.at, step.to].map((part) => Math.floor(part * text.length)).sort((a, b) => a - b);
      this.#set(step.name, text.slice(0, offset) + step.text + text.slice(end));
      mirror.change(step.name, edit(offset, end - offset, step.text), never);
    } else if (step.do === 'look') {
      mirror.see(step.name, { selections: [], visible: [{ start: 0, end: 9 }] });
      mirror.look(step.name, step.reason);
    } else if (step.do === 'save') mirror.save(step.name, 1, this.now.get(step.name)!);
    else if (step.do === 'reopen') {
      mirror.close(step.name);
      this.#open(step.name, step.text ?? this.now.get(step.name)!);
    } else if (step.do === 'resume') {
      stream.append({ kind: 'gap', reason: 'paused' });
      this.#open(step.name, step.text ?? this.now.get(step.name)!);
    } else if (step.do === 'wait') this.recording.now += step.minutes * 60_000;
    else if (step.do === 'start') stream.append({ kind: 'task', action: 'start', instruction: null });
    else if (step.do === 'finish') stream.append({ kind: 'task', action: 'finish', instruction: null });
    else stream.append({ kind: 'git', action: 'commit', message: 'm', branch: null, paths: [] });
  }

  /** The last task, if the end of the recording ended it, ends with the texts as they are. */
  checkLast(): void {
    const last = this.recording.tasks.at(-1);
    if (last?.at(-1)?.t !== this.recording.now || this.recording.room !== Infinity) return;
    for (const file of buildHistory(last).tasks[0]?.files ?? []) {
      if (file.final !== null) assert.equal(file.final, this.now.get(file.path));
    }
  }

  #open(name: string, text: string): void {
    this.#set(name, text);
    this.recording.mirror.open(name, { path: name, ...facts }, text);
  }

  #set(name: string, text: string): void {
    this.now.set(name, text);
    this.texts.set(name, (this.texts.get(name) ?? new Set()).add(text));
  }
}
