import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { redactTask } from '../../src/redaction/redactTask.ts';
import type { Task } from '../../src/session/task.ts';
import { buildTrajectories } from '../../src/trajectory/buildTrajectories.ts';
import { replayTrajectory } from '../../src/trajectory/replay.ts';
import { randomToken } from '../support/secrets.ts';
import { meta } from '../support/tasks.ts';
import { notebookOf, TestKernel, TestNotebook } from './support/notebooks.ts';
import { fileUri, Recording, waitFor } from './support/recordings.ts';

const run = promisify(execFile);
const git = (...args: string[]) => run('git', ['-C', fileUri().fsPath, ...args]);
const { executeCommand } = vscode.commands;

describe('a notebook', () => {
  let recording: Recording;
  let kernel: TestKernel;
  before(() => {
    kernel = new TestKernel();
  });
  after(() => kernel.dispose());
  afterEach(async () => {
    recording.recorder.dispose();
    await executeCommand('workbench.action.files.revert');
    await executeCommand('workbench.action.closeAllEditors');
    await git('clean', '-fdxq');
    await git('checkout', '-q', '.');
  });

  /** Each test has a notebook of its own: what watchers tell of the last one may come late. */
  async function show(name: string, ...texts: string[]): Promise<TestNotebook> {
    const cells = texts.map((text) => (text.startsWith('#') ? { text, language: 'markdown' } : { text }));
    await writeFile(fileUri(name).fsPath, notebookOf(...cells));
    const notebook = await TestNotebook.show(name);
    await kernel.select();
    recording = await Recording.start();
    return notebook;
  }

  /** The workspace's manifest stands in each task too. */
  const ofNotebooks = <File extends { path: string }>({ files }: { files: File[] }) =>
    files.filter(({ path }) => path.includes('.ipynb'));

  const cellsOf = (task: Task<string>) => ofNotebooks(task).map(({ path, base, final }) => [path, base, final]);

  const stepsOf = (task: Task<string>) =>
    task.steps.map((step) => {
      const path = 'file' in step && step.file !== null ? task.files[step.file].path : null;
      return step.kind === 'file' ? `${step.action} ${step.path}` : `${step.kind} ${path}`;
    });

  const told = (what: string, isTold: () => boolean) => waitFor(what, isTold);

  it('tells what is typed into its cells, undone, done again and saved, and nothing of its file', async () => {
    const notebook = await show('typed.ipynb', 'let a = 1;\n', '# Title');
    await notebook.edit(0);
    await notebook.type('a+1');
    await executeCommand('undo');
    await executeCommand('redo');
    await notebook.edit(1);
    await notebook.type('s');
    await notebook.document.save();
    await told('the save', () => recording.of('save').length === 2);

    // Watchers are heard out for half a second, and the task goes on.
    await delay(1500);
    assert.deepEqual(recording.of('file'), []);

    const [task] = recording.tasks();
    assert.deepEqual(cellsOf(task), [
      ['typed.ipynb#1', 'let a = 1;\n', 'let a = 1;\na+1'],
      ['typed.ipynb#2', '# Title', '# Titles'],
    ]);
    assert.deepEqual(
      ofNotebooks(task).map(({ language }) => language),
      ['javascript', 'markdown'],
    );
    const origins = task.steps.map((step) => step.kind === 'edit' && step.origin);
    assert.deepEqual(
      origins.filter((origin, i) => origin !== origins[i - 1]),
      ['typed', 'undo', 'redo', 'typed'],
    );
    assert.deepEqual([recording.of('resync'), task.gaps], [[], []]);
  });

  it('tells cells that come and go, and keeps those apart that are moved', async () => {
    const notebook = await show('cells.ipynb', 'first', 'second', 'third');
    const { insertCells, deleteCells } = vscode.NotebookEdit;
    const added = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'added', 'javascript');
    await notebook.apply(insertCells(1, [added]));
    await notebook.focus(0);
    await executeCommand('notebook.cell.moveDown');
    assert.deepEqual(notebook.texts, ['added', 'first', 'second', 'third']);
    await notebook.replaceText(1, 'First');
    await notebook.apply(deleteCells(new vscode.NotebookRange(3, 4)));
    assert.deepEqual(notebook.texts, ['added', 'First', 'second']);
    await told('the deletion', () => recording.of('file').some(({ action }) => action === 'delete'));
    await notebook.document.save();

    const [task] = recording.tasks();
    assert.deepEqual(cellsOf(task), [
      ['cells.ipynb#4', null, 'added'],
      ['cells.ipynb#1', 'first', 'First'],
      ['cells.ipynb#3', 'third', null],
    ]);
    assert.deepEqual(stepsOf(task), [
      'create cells.ipynb#4',
      'edit cells.ipynb#4',
      'edit cells.ipynb#1',
      'delete cells.ipynb#3',
    ]);
    const [, edit] = task.steps;
    assert.ok(edit.kind === 'edit' && edit.origin !== 'external');
  });

  it('brings back a cell whose deletion is undone', async () => {
    const notebook = await show('undone.ipynb', 'first', 'second');
    await notebook.focus(0);
    await executeCommand('notebook.cell.delete');
    await told('the deletion', () => notebook.texts.length === 1);
    await notebook.focus(0);
    await executeCommand('undo');
    await told('its undoing', () => recording.of('file').length === 2);
    await notebook.replaceText(0, 'First');
    await told('the edit', () => notebook.texts[0] === 'First');
    await notebook.document.save();

    const [task] = recording.tasks();
    assert.deepEqual(cellsOf(task), [
      ['undone.ipynb#1', 'first', null],
      ['undone.ipynb#1', null, 'First'],
    ]);
    assert.deepEqual(recording.of('resync'), []);
  });

  it('keeps a cell that changes its language or becomes prose', async () => {
    const notebook = await show('kinds.ipynb', 'first', 'second');
    await vscode.languages.setTextDocumentLanguage(notebook.document.cellAt(0).document, 'python');
    await notebook.focus(1);
    await executeCommand('notebook.cell.changeToMarkdown');
    await told('prose', () => notebook.document.cellAt(1).kind === vscode.NotebookCellKind.Markup);
    await notebook.replaceText(0, 'First');
    await notebook.replaceText(1, 'Second');
    await told('both edits', () => recording.of('edit').length === 2);

    const [task] = recording.tasks();
    assert.deepEqual(
      ofNotebooks(task).map(({ path, language, final }) => [path, language, final]),
      [
        ['kinds.ipynb#1', 'python', 'First'],
        ['kinds.ipynb#2', 'markdown', 'Second'],
      ],
    );
    assert.deepEqual(stepsOf(task), ['edit kinds.ipynb#1', 'edit kinds.ipynb#2']);
  });

  it('tells each run of a cell with what it printed and whether it failed, and no success by that', async () => {
    const notebook = await show('runs.ipynb', 'const list = [3, 4];', "print('mean');\nlist.sum() / list.length");
    const runs = () => recording.of('cell_run').length;
    await notebook.run(0);
    await told('the first run', () => runs() === 1);
    await notebook.run(1);
    await told('the failing run', () => runs() === 2);
    await notebook.replaceText(1, "print('mean');\nlist.reduce((a, b) => a + b) / list.length");
    await notebook.run(1);
    await told('the last run', () => runs() === 3);
    await notebook.document.save();
    await told('the save', () => recording.of('save').length > 0);

    const [task] = recording.tasks();
    const redaction = await redactTask(task, []);
    const [record] = buildTrajectories(redaction.task, meta);
    assert.equal(replayTrajectory(record), null);
    assert.deepEqual(
      record.steps.map(({ kind, file_id, command, exit_code, output_status }) => [
        ...[kind, record.files[file_id ?? -1]?.path, command, exit_code, output_status],
      ]),
      [
        ['command', 'runs.ipynb#1', null, 0, 'complete'],
        ['command', 'runs.ipynb#2', null, 1, 'complete'],
        ['edit', 'runs.ipynb#2', null, null, null],
        ['command', 'runs.ipynb#2', null, 0, 'complete'],
      ],
    );
    const [first, failed, , mended] = record.steps;
    assert.equal(first.output, '');
    assert.match(failed.output ?? '', /^mean\n(?:.*\n)*TypeError: list\.sum is not a function\n\s+at /);
    assert.equal(mended.output, 'mean\n3.5\n[left out: text/html]');
    assert.deepEqual([record.outcome.status, record.outcome.basis], ['unknown', 'none']);
    assert.deepEqual(
      ofNotebooks(record).map(({ path, role, base_text }) => [path, role, base_text]),
      [
        ['runs.ipynb#1', 'viewed', 'const list = [3, 4];'],
        ['runs.ipynb#2', 'edited', "print('mean');\nlist.sum() / list.length"],
      ],
    );
  });

  it('tells which cells changed where its file changes on the disk', async () => {
    const notebook = await show('disk.ipynb', 'first', 'second', 'third');
    const cells = [{ text: 'first' }, { text: 'between' }, { text: 'second!' }, { text: 'third' }];
    await writeFile(fileUri('disk.ipynb').fsPath, notebookOf(...cells));
    await told('the new text', () => notebook.texts.includes('second!'));
    await told('the edits', () => recording.of('edit').length > 0);

    const [task] = recording.tasks();
    const finals = new Map(ofNotebooks(task).map(({ path, final }) => [path, final]));
    assert.deepEqual([...finals.values()].sort(), ['between', 'second!']);
    const origins = task.steps.flatMap((step) => (step.kind === 'edit' ? [step.origin] : []));
    assert.deepEqual(new Set(origins), new Set(['external']));
    assert.ok(![...finals.keys()].includes('disk.ipynb'));
  });

  it('keeps its cells when it is closed and opened again, and when it is renamed', async () => {
    let notebook = await show('before.ipynb', 'first', 'second');
    await notebook.replaceText(1, 'second 1');
    await notebook.document.save();
    await executeCommand('workbench.action.closeAllEditors');
    await told('the end of it', () => notebook.document.isClosed);
    notebook = await TestNotebook.show('before.ipynb');
    await notebook.replaceText(1, 'second 1 2');
    await notebook.document.save();
    const move = new vscode.WorkspaceEdit();
    move.renameFile(fileUri('before.ipynb'), fileUri('after.ipynb'));
    await vscode.workspace.applyEdit(move);
    notebook = await TestNotebook.show('after.ipynb');
    await notebook.replaceText(1, 'second 1 2 3');
    await notebook.document.save();
    await told('all edits', () => recording.of('edit').length === 3);

    const [task] = recording.tasks();
    assert.deepEqual(cellsOf(task), [['before.ipynb#2', 'second', 'second 1 2 3']]);
    assert.deepEqual(task.gaps, []);
  });

  it('leaves no secret in the record that was typed into a cell or printed by it', async () => {
    const [typed, printed] = [`ghp_${randomToken(36)}`, randomToken(32)];
    const notebook = await show(
      'secrets.ipynb',
      'let token;\n',
      `print('\\x1b[31mpassword=${printed}\\x1b[0m'); token`,
    );
    await notebook.edit(0);
    await notebook.type(`token = '${typed}'`);
    for (const index of [0, 1]) {
      await notebook.run(index);
      await told(`run ${index}`, () => recording.of('cell_run').length === index + 1);
    }
    assert.ok(
      recording.of('cell_run')[1].output.includes(printed) && recording.of('cell_run')[1].output.includes(typed),
    );

    const [task] = recording.tasks();
    const redaction = await redactTask(task, []);
    const records = buildTrajectories(redaction.task, meta);
    for (const record of records) assert.equal(replayTrajectory(record), null);
    const bytes = JSON.stringify(records);
    for (const secret of [typed, printed])
      for (let i = 0; i + 12 <= secret.length; i++) assert.ok(!bytes.includes(secret.slice(i, i + 12)));
    assert.match(bytes, /REDACTED_SECRET_/);
  });

  it('is told without its text where another program writes it and no editor has it open', async () => {
    await show('open.ipynb', 'first');
    await writeFile(fileUri('closed.ipynb').fsPath, notebookOf({ text: 'first' }));
    await told('its creation', () => recording.of('file').some(({ path }) => path === 'closed.ipynb'));
    const [task] = recording.tasks();
    assert.deepEqual(stepsOf(task), ['create closed.ipynb']);
    assert.deepEqual(ofNotebooks(task), []);
  });

  it('is left alone where it is ignored or no file yet, and is an ordinary file in a text editor', async () => {
    await writeFile(fileUri('.gitignore').fsPath, 'ignored.ipynb\n');
    const ignored = await show('ignored.ipynb', 'first');
    await ignored.replaceText(0, 'First');
    await ignored.document.save();
    const data = new vscode.NotebookData([
      new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'a', 'javascript'),
    ]);
    const untitled = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(untitled.cellAt(0).document.uri, new vscode.Position(0, 0), 'b');
    await vscode.workspace.applyEdit(edit);
    assert.deepEqual([recording.of('edit'), recording.of('cell_run')], [[], []]);

    const text = notebookOf({ text: 'first' });
    await writeFile(fileUri('text.ipynb').fsPath, text);
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(fileUri('text.ipynb')));
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '\n'));
    await told('the edit', () => recording.of('edit').length === 1);
    const [task] = recording.tasks();
    assert.deepEqual(cellsOf(task).at(-1), ['text.ipynb', text, `\n${text}`]);
  });
});
