import assert from 'node:assert/strict';
import { DocumentMirror } from '../../../../../src/session/capture/documents/documentMirror.ts';
import { CellPaths } from '../../../../../src/session/capture/notebooks/cellPaths.ts';
import { type Cell, NotebookLog } from '../../../../../src/session/capture/notebooks/notebookLog.ts';
import { TaskStream } from '../../../../../src/session/capture/taskStream.ts';
import type { SessionEvent, SessionEventOf } from '../../../../../src/session/events.ts';
import { sessionEvent } from '../../../../../src/session/events.ts';
import { buildHistory } from '../../../../../src/session/history/buildHistory.ts';
import type { Task } from '../../../../../src/session/task.ts';
import { errorOutput, stdout } from '../../../../support/cellOutputs.ts';

const notebook = 'a.ipynb';

function cell(name: string, text: string, language = 'python'): Cell {
  return { name, text, version: 1, run: undefined, facts: { language, eol: 'lf', encoding: 'utf8' } };
}

const ended = (success: boolean | undefined, at = 1) => ({
  executionOrder: at,
  success,
  timing: { startTime: 1000 * at, endTime: 1000 * at + 250 },
});

/** A notebook with two cells that are followed, and what is told of it. */
class Recording {
  readonly events: SessionEvent[] = [];
  now = 1_000_000;
  readonly stream = new TaskStream(
    () => ({ append: (event) => void this.events.push(sessionEvent.parse(event)), full: false, close: () => {} }),
    () => [],
    () => this.now,
  );
  readonly mirror = new DocumentMirror(this.stream);
  readonly log = new NotebookLog(this.stream, this.mirror, new CellPaths(), true);
  readonly one = cell('one', 'x = 1');
  readonly two = cell('two', 'print(x)');

  constructor() {
    this.log.open(notebook, [this.one, this.two]);
  }

  type(name: string, offset: number, text: string): void {
    const changes = [{ offset, length: 0, text }];
    this.mirror.change(name, { version: 2, reason: null, changes }, () => assert.fail('the mirror lost the text'));
  }

  of<K extends SessionEvent['kind']>(kind: K): SessionEventOf<K>[] {
    return this.events.filter((event): event is SessionEventOf<K> => event.kind === kind);
  }

  task(): Task<string> {
    this.stream.append({ kind: 'stop' });
    const { tasks, faults } = buildHistory(this.events);
    assert.deepEqual(faults, []);
    assert.equal(tasks.length, 1);
    return tasks[0];
  }

  files(): [path: string, base: string | null, final: string | null][] {
    return this.task().files.map(({ path, base, final }) => [path, base, final]);
  }
}

describe('NotebookLog', () => {
  it('tells nothing of a notebook that is only opened, saved and closed', () => {
    const { log, events, one, two } = new Recording();
    log.save([one, two]);
    log.close(notebook, [one, two]);
    assert.deepEqual(events, []);
  });

  it('tells an edit of a cell as one of a file of its own', () => {
    const recording = new Recording();
    recording.type('two', 8, ' # twice');
    assert.deepEqual(recording.files(), [['a.ipynb#2', 'print(x)', 'print(x) # twice']]);
  });

  it('tells a cell that comes with its text, and one that goes', () => {
    const recording = new Recording();
    const { log, one, two } = recording;
    const three = cell('three', 'x + 1');
    const empty = cell('empty', '');
    log.change(notebook, [{ removed: [], added: [three, empty] }], [one, three, empty, two], true);
    log.change(notebook, [{ removed: [one], added: [] }], [three, empty, two], true);
    const task = recording.task();
    assert.deepEqual(
      task.files.map(({ path, base, final, language }) => [path, base, final, language]),
      [
        ['a.ipynb#3', null, 'x + 1', 'python'],
        ['a.ipynb#4', null, '', null],
        ['a.ipynb#1', 'x = 1', null, 'python'],
      ],
    );
    assert.deepEqual(
      task.steps.map((step) => (step.kind === 'file' ? `${step.action} ${step.path}` : step.kind)),
      ['create a.ipynb#3', 'edit', 'create a.ipynb#4', 'delete a.ipynb#1'],
    );
    const [edit] = task.steps.filter((step) => step.kind === 'edit');
    assert.equal(edit.origin, 'unknown');
  });

  it('brings a cell back whose deletion is undone, under its number', () => {
    const recording = new Recording();
    const { log, one, two } = recording;
    recording.type('one', 5, '0');
    const was = cell('one', 'x = 10');
    log.change(notebook, [{ removed: [was], added: [] }], [two], true);
    log.change(notebook, [{ removed: [], added: [was] }], [was, two], true);
    recording.type('one', 6, '0');
    log.save([cell('one', 'x = 100'), two]);
    assert.deepEqual(recording.files(), [
      ['a.ipynb#1', one.text, null],
      ['a.ipynb#1', null, 'x = 100'],
    ]);
    assert.deepEqual(recording.of('resync'), []);
  });

  it('tells nothing of a cell that is moved', () => {
    const { log, events, one, two } = new Recording();
    const changes = [
      { removed: [two], added: [] },
      { removed: [], added: [two] },
    ];
    log.change(notebook, changes, [two, one], true);
    assert.deepEqual(events, []);
  });

  it('tells what changed where the file of the notebook changed on the disk', () => {
    const recording = new Recording();
    const { log, one, two } = recording;
    recording.type('two', 8, '!');
    const was = cell('two', 'print(x)!');
    const read = [cell('new one', one.text), cell('new two', 'print(x + 1)!'), cell('new three', 'y')];
    log.change(notebook, [{ removed: [one, was], added: read }], read, false);
    log.told(notebook, false);
    log.told(notebook, true);
    recording.type('new two', 13, '?');
    const task = recording.task();
    assert.deepEqual(
      task.files.map(({ path, base, final }) => [path, base, final]),
      [
        ['a.ipynb#2', two.text, 'print(x + 1)!?'],
        ['a.ipynb#3', null, 'y'],
      ],
    );
    const edits = task.steps.filter((step) => step.kind === 'edit');
    assert.deepEqual(
      edits.map(({ origin, changes }) => [origin, changes[0].inserted]),
      [
        ['typed', '!'],
        ['external', ' + 1'],
        ['external', 'y'],
        ['typed', '?'],
      ],
    );
  });

  it('does not take for the disk’s what is done in the editor to a notebook without unsaved changes', () => {
    const recording = new Recording();
    const { log, one, two } = recording;
    const three = cell('three', 'def f(): pass');
    log.change(notebook, [{ removed: [], added: [three] }], [one, two, three], false);
    log.told(notebook, true);
    const edits = recording.task().steps.filter((step) => step.kind === 'edit');
    assert.deepEqual(
      edits.map(({ origin }) => origin),
      ['unknown'],
    );
  });

  it('keeps a cell that becomes another kind of cell', () => {
    const recording = new Recording();
    const { log, one, two } = recording;
    const prose = cell('prose', one.text, 'markdown');
    log.change(notebook, [{ removed: [one], added: [prose] }], [prose, two], true);
    recording.type('prose', 0, '# ');
    const [file] = recording.task().files;
    assert.deepEqual([file.path, file.language, file.final], ['a.ipynb#1', 'markdown', '# x = 1']);
  });

  it('tells no heap of cells one by one, and goes on with their texts', () => {
    const recording = new Recording();
    const { log, one, two } = recording;
    recording.type('one', 0, ' ');
    const heap = Array.from({ length: 101 }, (_, i) => cell(`heap ${i}`, `${i}`));
    log.change(notebook, [{ removed: [], added: heap }], [one, two, ...heap], true);
    recording.type('heap 100', 0, '-');
    assert.equal(recording.of('gap').length, 1);
    assert.deepEqual(recording.files().at(-1), ['a.ipynb#103', '100', '-100']);
  });

  it('tells each run of a cell once, with its text, result and length', () => {
    const recording = new Recording();
    const { log } = recording;
    for (const summary of [{}, { executionOrder: 1 }, ended(false), ended(false)])
      log.run('two', summary, () => [stdout('so far\n'), errorOutput('NameError', 'x', '')]);
    for (const summary of [{}, ended(true, 2)]) log.run('two', summary, () => [stdout('1\n')]);
    const task = recording.task();
    assert.deepEqual(
      task.steps.flatMap((step) =>
        step.kind === 'cell_run' ? [[step.file, step.exitCode, step.output, step.t - (step.start ?? 0)]] : [],
      ),
      [
        [0, 1, 'so far\nNameError: x', 250],
        [0, 0, '1\n', 250],
      ],
    );
    const [file] = task.files;
    assert.deepEqual([file.path, file.base, file.final], ['a.ipynb#2', 'print(x)', 'print(x)']);
  });

  it('does not claim to know how a run went, or how long it took', () => {
    const recording = new Recording();
    recording.log.run('one', ended(undefined), () => []);
    recording.log.run('two', { success: true }, () => []);
    assert.deepEqual(
      recording.of('cell_run').map(({ success, duration, output }) => [success, duration, output]),
      [
        [null, 250, ''],
        [true, null, ''],
      ],
    );
  });

  it('tells nothing of runs that were over before, and of cells that it does not follow', () => {
    const recording = new Recording();
    const { log, one, two } = recording;
    const done = { ...cell('three', ''), run: ended(true, 3) };
    log.change(notebook, [{ removed: [], added: [done] }], [one, two, done], true);
    log.run('three', ended(true, 3), () => assert.fail('its outputs are nobody’s business'));
    log.run('stranger', ended(true), () => assert.fail('its outputs are nobody’s business'));
    assert.deepEqual(recording.of('cell_run'), []);
  });

  it('compares the text of each cell with the editor’s when the notebook is saved', () => {
    const recording = new Recording();
    recording.type('one', 5, '0');
    recording.log.save([cell('one', 'x = 10'), recording.two]);
    assert.equal(recording.of('save').length, 1);
    recording.log.save([cell('one', 'x = 11'), recording.two]);
    assert.deepEqual(
      recording.of('resync').map(({ text }) => text),
      ['x = 11'],
    );
  });

  it('knows the cells again when the notebook was closed, or moved', () => {
    const recording = new Recording();
    const { log, one } = recording;
    recording.type('two', 8, ' #1');
    const was = cell('two', 'print(x) #1');
    log.close(notebook, [one, was]);
    log.open(notebook, [one, was]);
    recording.type('two', 11, ' #2');
    log.rename(notebook, 'b.ipynb');
    recording.stream.append({ kind: 'file', action: 'rename', path: notebook, to: 'b.ipynb' });
    log.open('b.ipynb', [cell('b one', one.text), cell('b two', 'print(x) #1 #2')]);
    recording.type('b two', 14, ' #3');
    assert.deepEqual(recording.files(), [['a.ipynb#2', 'print(x)', 'print(x) #1 #2 #3']]);
  });
});
