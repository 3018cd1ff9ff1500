import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextBuffer } from '../../../../src/session/codePoints.ts';
import type { SessionEvent, SessionEventOf } from '../../../../src/session/events.ts';
import { buildHistory } from '../../../../src/session/history/buildHistory.ts';
import { HistoryError } from '../../../../src/session/history/files.ts';
import { eventsOf, ordinaryActions } from '../../../support/histories.ts';
import { runs } from '../../../support/runs.ts';

const open = (t: number, doc: number, path: string, text: string | null): SessionEvent => ({
  kind: 'open',
  t,
  doc,
  path,
  language: 'python',
  eol: 'lf',
  encoding: 'utf8',
  text,
});
const edit = (
  t: number,
  doc: number,
  changes: SessionEventOf<'edit'>['changes'],
  reason: SessionEventOf<'edit'>['reason'] = null,
): SessionEvent => ({ kind: 'edit', t, doc, version: t, reason, changes, selections: null, visible: null });
const insert = (t: number, doc: number, offset: number, text: string) => edit(t, doc, [{ offset, length: 0, text }]);
const file = (
  t: number,
  action: 'create' | 'rename' | 'delete',
  path: string,
  to: string | null = null,
): SessionEvent => ({
  kind: 'file',
  t,
  action,
  path,
  to,
});
const commit = (t: number): SessionEvent => ({
  kind: 'git',
  t,
  action: 'commit',
  message: 'm',
  branch: null,
  paths: [],
});

describe('buildHistory', () => {
  it('replays: base and changes give final, in code points', () => {
    fc.assert(
      fc.property(ordinaryActions, (actions) => {
        const { tasks, faults } = buildHistory(eventsOf('a😀\r\nb\n', actions));
        assert.deepEqual(faults, []);
        for (const task of tasks) {
          const text = new TextBuffer(task.files[0].base ?? '');
          for (const step of task.steps)
            if (step.kind === 'edit') for (const change of step.changes) text.apply(change);
          assert.equal(text.toString(), task.files[0].final);
        }
      }),
      { numRuns: runs },
    );
  });

  it('applies the changes of one event to the text before it', () => {
    const { tasks } = buildHistory([
      open(1, 0, 'a.py', 'one two three'),
      edit(2, 0, [
        { offset: 0, length: 3, text: '1' },
        { offset: 8, length: 5, text: '3' },
      ]),
    ]);
    assert.equal(tasks[0].files[0].final, '1 two 3');
  });

  it('cuts at a commit, and the next task begins where the last one ended', () => {
    const later = 10 * 60 * 1000;
    const { tasks } = buildHistory([
      open(1, 0, 'a.py', 'x'),
      insert(2, 0, 1, 'y'),
      commit(3),
      insert(later, 0, 2, 'z'),
    ]);
    assert.deepEqual(
      tasks.map((task) => [task.end, task.files[0].base, task.files[0].final]),
      [
        ['commit', 'x', 'xy'],
        ['stop', 'xy', 'xyz'],
      ],
    );
  });

  it('keeps manifests as they stood when the task began, and follows them', () => {
    const manifest = (t: number, path: string, text: string): SessionEvent => ({ kind: 'manifest', t, path, text });
    const { tasks, faults } = buildHistory([
      manifest(1, 'package.json', '{}'),
      manifest(1, 'go.mod', 'module m\r\n'),
      open(2, 0, 'package.json', '{}'),
      insert(3, 0, 1, ' '),
    ]);
    assert.deepEqual(faults, []);
    assert.deepEqual(
      tasks[0].files.map(({ path, base, final, eol }) => [path, base, final, eol]),
      [
        ['package.json', '{}', '{ }', 'lf'],
        ['go.mod', 'module m\r\n', 'module m\r\n', 'crlf'],
      ],
    );
  });

  it('knows a created file from one that was there, and a deleted one is gone', () => {
    const { tasks } = buildHistory([
      file(1, 'create', 'new.py'),
      open(2, 0, 'new.py', ''),
      insert(3, 0, 0, 'x = 1\n'),
      open(4, 1, 'old.py', 'y = 2\n'),
      insert(5, 1, 0, '#'),
      file(6, 'delete', 'old.py'),
    ]);
    assert.deepEqual(
      tasks[0].files.map(({ path, base, final }) => [path, base, final]),
      [
        ['new.py', null, 'x = 1\n'],
        ['old.py', 'y = 2\n', null],
      ],
    );
  });

  it('follows a file through a rename that the editor tells of after opening the new document', () => {
    const { tasks, faults } = buildHistory([
      open(1, 0, 'lib/a.py', 'x'),
      insert(2, 0, 1, 'y'),
      open(3, 1, 'src/a.py', 'xy'),
      file(4, 'rename', 'lib', 'src'),
      insert(5, 1, 2, 'z'),
    ]);
    assert.deepEqual(faults, []);
    const edited = tasks[0].files.filter(({ base }) => base !== null);
    assert.deepEqual(
      edited.map(({ path, final }) => [path, final]),
      [['lib/a.py', 'xyz']],
    );
  });

  it('takes the cells of a notebook along where it goes, and tells no text of the notebook itself', () => {
    const { tasks, faults } = buildHistory([
      file(1, 'create', 'a.ipynb'),
      open(2, 0, 'a.ipynb#1', 'x'),
      insert(3, 0, 1, 'y'),
      open(4, 1, 'a.ipynb#2', 'kept'),
      file(5, 'rename', 'a.ipynb', 'b.ipynb'),
      open(6, 2, 'b.ipynb#1', 'xy'),
      insert(7, 2, 2, 'z'),
      file(8, 'delete', 'b.ipynb'),
    ]);
    assert.deepEqual(faults, []);
    assert.deepEqual(
      tasks[0].files.map(({ path, base, final }) => [path, base, final]),
      [
        ['a.ipynb#1', 'x', null],
        ['a.ipynb#2', 'kept', null],
      ],
    );
    assert.deepEqual(
      tasks[0].steps.map((step) => (step.kind === 'file' ? [step.action, step.path, step.file] : step.kind)),
      [
        ['create', 'a.ipynb', null],
        'edit',
        ['rename', 'a.ipynb', null],
        'edit',
        ['delete', 'b.ipynb', null],
        ['delete', 'b.ipynb#1', 0],
        ['delete', 'b.ipynb#2', 1],
      ],
    );
  });

  it('tells what changed while the document was closed as an edit from outside', () => {
    const { tasks } = buildHistory([
      open(1, 0, 'a.py', 'x'),
      insert(2, 0, 1, 'y'),
      { kind: 'close', t: 3, doc: 0 },
      open(4, 1, 'a.py', 'xy!'),
    ]);
    assert.deepEqual(
      tasks[0].steps.map((step) => step.kind === 'edit' && step.origin),
      ['typed', 'external'],
    );
    assert.equal(tasks[0].files[0].final, 'xy!');
  });

  it('keeps what it can of a recording that does not fit together, and says so', () => {
    const { tasks, faults } = buildHistory([
      open(1, 0, 'a.py', 'x'),
      insert(2, 0, 1, 'y'),
      insert(3, 0, 99, 'lost'),
      insert(4, 0, 0, 'lost too'),
      { kind: 'resync', t: 5, doc: 0, version: 5, text: 'whole again' },
    ]);
    assert.equal(faults.length, 1);
    assert.equal(tasks[0].files[0].final, 'whole again');
    assert.deepEqual(
      tasks[0].gaps.map(({ reason }) => reason),
      ['resync', 'resync'],
    );
  });

  it('puts a command where it ended, with the time when it began', () => {
    const { tasks } = buildHistory([
      open(1, 0, 'a.py', 'x'),
      { kind: 'command_start', t: 2, command: 7, line: 'pytest', cwd: '.', columns: 80, observed: true },
      insert(3, 0, 0, '#'),
      { kind: 'command_output', t: 4, command: 7, data: '1 pas' },
      { kind: 'command_output', t: 5, command: 7, data: 'sed' },
      { kind: 'command_end', t: 6, command: 7, exit_code: 0, output_status: 'complete', output_bytes: 8 },
    ]);
    const [, command] = tasks[0].steps;
    assert.ok(command.kind === 'command');
    assert.deepEqual([command.start, command.t, command.exitCode, command.output], [2, 6, 0, '1 passed']);
  });

  it('keeps with a command what it wrote of its tests, and drops what is told of no running one', () => {
    const report = {
      kind: 'test_report' as const,
      results: [{ name: 'a\ud800', status: 'failed' as const }],
      complete: true,
    };
    const { tasks } = buildHistory([
      { kind: 'command_start', t: 2, command: 7, line: 'pytest', cwd: '.', columns: 80, observed: true },
      { ...report, t: 3, command: 7 },
      { ...report, t: 3, command: 8 },
      { kind: 'command_end', t: 4, command: 7, exit_code: 1, output_status: 'complete', output_bytes: 0 },
      { ...report, t: 5, command: 7 },
      { kind: 'command_start', t: 6, command: 9, line: 'pytest', cwd: '.', columns: 80, observed: true },
      { kind: 'command_end', t: 7, command: 9, exit_code: 0, output_status: 'complete', output_bytes: 0 },
    ]);
    assert.deepEqual(
      tasks[0].steps.map((step) => step.kind === 'command' && step.reported),
      [{ results: [{ name: 'a\ufffd', status: 'failed' }], complete: true }, null],
    );
  });

  it('says of a command of which nothing could be read that its output is not known', () => {
    const { tasks } = buildHistory([
      { kind: 'command_start', t: 2, command: 1, line: 'npm test', cwd: '.', columns: null, observed: true },
      { kind: 'command_end', t: 3, command: 1, exit_code: 1, output_status: 'unobserved', output_bytes: 0 },
    ]);
    const [command] = tasks[0].steps;
    assert.ok(command.kind === 'command');
    assert.deepEqual([command.exitCode, command.outputStatus, command.output], [1, 'unobserved', null]);
  });

  it('puts what a debugger tells in its place, with the file where the task touches it', () => {
    const debug = { kind: 'debug' as const, session: 0, action: 'exception' as const, message: 'm', exit_code: null };
    const { tasks } = buildHistory([
      open(1, 0, 'a.py', 'x'),
      insert(2, 0, 0, '#'),
      { ...debug, t: 3, path: 'a.py', line: 0 },
      { ...debug, t: 4, path: 'other.py', line: 5 },
    ]);
    const steps = tasks[0].steps.flatMap((step) => (step.kind === 'debug' ? [step] : []));
    assert.deepEqual(
      steps.map(({ file, path, line }) => [file, path, line]),
      [
        [0, 'a.py', 0],
        [null, 'other.py', 5],
      ],
    );
    assert.equal(tasks[0].files.length, 1);
  });

  it('says of a command that never ended that it is incomplete', () => {
    const { tasks } = buildHistory([
      { kind: 'command_start', t: 2, command: 1, line: 'npm start', cwd: null, columns: null, observed: true },
      { kind: 'command_output', t: 3, command: 1, data: 'ready' },
      { kind: 'stop', t: 4 },
    ]);
    const [command] = tasks[0].steps;
    assert.ok(command.kind === 'command');
    assert.deepEqual([command.exitCode, command.outputStatus, command.output], [null, 'incomplete', 'ready']);
  });

  it('says of a program that took the whole screen that its output was not observed', () => {
    const { tasks } = buildHistory([
      { kind: 'command_start', t: 2, command: 1, line: 'git log', cwd: '.', columns: null, observed: true },
      { kind: 'command_end', t: 3, command: 1, exit_code: 0, output_status: 'unobserved', output_bytes: 0 },
      { kind: 'stop', t: 4 },
    ]);
    const [command] = tasks[0].steps;
    assert.ok(command.kind === 'command');
    assert.deepEqual([command.exitCode, command.outputStatus, command.output], [0, 'unobserved', null]);
  });

  it('refuses events of a document that was never opened', () => {
    assert.throws(() => buildHistory([insert(1, 3, 0, 'x')]), HistoryError);
  });

  describe('of what was looked at', () => {
    const view = (t: number, doc: number): SessionEvent => ({
      kind: 'view',
      t,
      doc,
      reason: 'jump',
      cursors: [2],
      visible: [{ start: 0, end: 9 }],
    });

    it('keeps the text in which it stood for redaction, and tells places in code points', () => {
      const { tasks } = buildHistory([open(1, 0, 'a.py', '😀 one'), view(2, 0), file(3, 'create', 'b.py')]);
      const [looked] = tasks[0].steps;
      assert.ok(looked.kind === 'view');
      assert.deepEqual(looked.selections, [{ anchor: 1, active: 1 }]);
      assert.deepEqual([tasks[0].files[0].base, tasks[0].files[0].seen], [null, '😀 one']);
    });

    it('tells every change from then on, so that there is one text to redact', () => {
      const events = [
        open(1, 0, 'a.py', 'one'),
        view(2, 0),
        open(3, 0, 'a.py', 'two'),
        view(4, 0),
        insert(5, 0, 3, '!'),
      ];
      const { tasks, faults } = buildHistory(events);
      assert.deepEqual(faults, []);
      assert.deepEqual(
        tasks[0].steps.map((step) => (step.kind === 'edit' ? step.origin : step.kind)),
        ['view', 'external', 'view', 'typed'],
      );
      const [{ base, seen, final }] = tasks[0].files;
      assert.deepEqual([base, seen, final], ['one', 'one', 'two!']);
    });

    it('takes a file for what it was when it is told late that it was created', () => {
      const { tasks } = buildHistory([
        open(1, 0, 'a.py', 'one'),
        view(2, 0),
        file(3, 'create', 'a.py'),
        insert(4, 0, 3, '!'),
      ]);
      const [{ base, seen, final }] = tasks[0].files;
      assert.deepEqual([base, seen, final], ['one', 'one', 'one!']);
    });

    it('makes no task of looking alone', () => {
      assert.deepEqual(buildHistory([open(1, 0, 'a.py', 'one'), view(2, 0), commit(3)]).tasks, []);
    });
  });
});
