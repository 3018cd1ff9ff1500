import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { fileUri, openEditor, Recording, waitFor } from './support/recordings.ts';

const run = promisify(execFile);
const root = () => fileUri().fsPath;

describe('a recorder', () => {
  let recording: Recording;
  beforeEach(async () => {
    recording = await Recording.start();
  });
  afterEach(async () => {
    recording.recorder.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await run('git', ['-C', root(), 'clean', '-fdq']);
    await run('git', ['-C', root(), 'checkout', '-q', '.']);
  });

  async function create(name: string, text: string): Promise<vscode.TextEditor> {
    await writeFile(fileUri(name).fsPath, text);
    return openEditor(fileUri(name));
  }

  it('tells edits, undo, redo and several cursors so that they replay to the text', async () => {
    const editor = await create('edits.txt', 'one\r\ntwo\r\nthree 😀\r\n');
    await editor.edit((edit) => {
      for (const line of [0, 1, 2]) edit.insert(new vscode.Position(line, 0), '- ');
    });
    editor.selections = [0, 1].map((line) => new vscode.Selection(line, 2, line, 5));
    await vscode.commands.executeCommand('type', { text: 'é' });
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('redo');
    await editor.edit((edit) => edit.setEndOfLine(vscode.EndOfLine.LF));
    await editor.document.save();

    const text = editor.document.getText();
    const [task] = recording.tasks();
    const file = task.files.find(({ path }) => path === 'edits.txt');
    assert.equal(file?.final, text);
    const origins = task.steps.map((step) => step.kind === 'edit' && step.origin);
    assert.ok(origins.includes('undo') && origins.includes('redo'));
    assert.equal(task.gaps.length, 0);
    const typed = recording.of('edit').find(({ changes }) => changes[0].text === 'é');
    assert.deepEqual(
      typed?.selections?.map(({ active }) => active),
      [5, 12],
    );
  });

  it('tells saves, and files that are created, renamed and deleted', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(fileUri('made.txt'), { contents: Buffer.from('made\n') });
    await vscode.workspace.applyEdit(edit);
    const editor = await openEditor(fileUri('made.txt'));
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'hand'));
    await editor.document.save();
    const move = new vscode.WorkspaceEdit();
    move.renameFile(fileUri('made.txt'), fileUri('moved.txt'));
    await vscode.workspace.applyEdit(move);
    const remove = new vscode.WorkspaceEdit();
    remove.deleteFile(fileUri('moved.txt'));
    await vscode.workspace.applyEdit(remove);
    await waitFor('the deletion', () =>
      recording.of('file').some((event) => event.action === 'delete' && event.path === 'moved.txt'),
    );

    const ours = recording.of('file').filter(({ path }) => path === 'made.txt' || path === 'moved.txt');
    assert.deepEqual(
      ours.map(({ action, path, to }) => [action, path, to]),
      [
        ['create', 'made.txt', null],
        ['rename', 'made.txt', 'moved.txt'],
        ['delete', 'moved.txt', null],
      ],
    );
    assert.equal(recording.of('save').length, 1);
    const [task] = recording.tasks();
    assert.equal(task.files.find(({ path }) => path === 'made.txt')?.final, null);
  });

  it('gives each task the manifests of the workspace, but for those that are kept out', async () => {
    await writeFile(fileUri('go.mod').fsPath, 'module example\n');
    await writeFile(fileUri('Cargo.toml').fsPath, '[package]\n');
    await writeFile(fileUri('.gitignore').fsPath, 'Cargo.toml\n');
    const editor = await create('a.txt', 'a\n');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'x'));
    const [task] = recording.tasks();
    const texts = new Map(task.files.map(({ path, base }) => [path, base]));
    assert.equal(texts.get('go.mod'), 'module example\n');
    assert.match(texts.get('package.json') ?? '', /^\{/);
    assert.equal(texts.has('Cargo.toml'), false);
  });

  it('tells commands with exit code and output, and of others only the program', async () => {
    const terminal = vscode.window.createTerminal({ name: 'test' });
    terminal.show();
    const shell = await waitFor('shell integration', () => terminal.shellIntegration?.cwd && terminal.shellIntegration);
    const ended = (line: string) =>
      new Promise<void>((resolve) => {
        const listener = vscode.window.onDidEndTerminalShellExecution(({ execution }) => {
          if (execution.commandLine.value !== line) return;
          listener.dispose();
          resolve();
        });
        shell.executeCommand(line);
      });
    await ended('node -e "setTimeout(() => { console.log(6 * 7); process.exit(3); }, 400)"');
    await ended('cat package.json');
    await waitFor('both ends', () => recording.of('command_end').length === 2);
    terminal.dispose();

    const [first, second] = recording.of('command_start');
    assert.deepEqual([first.cwd, first.observed], ['.', true]);
    assert.deepEqual([second.line, second.observed], ['cat', false]);
    const [one, two] = recording.of('command_end');
    assert.deepEqual([one.exit_code, two.exit_code, two.output_status], [3, 0, 'unobserved']);
    const output = recording.of('command_output').filter(({ command }) => command === first.command);
    assert.match(output.map(({ data }) => data).join(''), /42/);
  });

  it('tells errors that appear and go', async () => {
    const editor = await create('errors.txt', 'let x = 1\n');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 9), ';'));
    const collection = vscode.languages.createDiagnosticCollection('test');
    const range = new vscode.Range(0, 4, 0, 5);
    const error = new vscode.Diagnostic(range, 'x is never read', vscode.DiagnosticSeverity.Warning);
    error.source = 'checker';
    error.code = 'W1';
    collection.set(editor.document.uri, [error]);
    await waitFor('the warning', () => recording.of('diagnostics').some(({ items }) => items.length === 1));
    collection.delete(editor.document.uri);
    const ends = () => recording.of('diagnostics').filter(({ items }) => items.length === 0).length;
    await waitFor('its end', () => ends() === 1);
    collection.set(editor.document.uri, [error]);
    await waitFor('the warning again', () => recording.of('diagnostics').length === 3);
    await editor.edit((edit) => edit.delete(range));
    collection.delete(editor.document.uri);
    await waitFor('its end with an edit', () => ends() === 2);
    collection.dispose();
    const { items } = recording.of('diagnostics').find((event) => event.items.length === 1) ?? { items: [] };
    assert.deepEqual(items, [
      { severity: 'warning', source: 'checker', code: 'W1', message: 'x is never read', start: 4, end: 5 },
    ]);
  });

  it('tells commits that are made outside of the editor, each of them, and they end the task', async () => {
    const editor = await create('committed.txt', 'a\n');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 1), 'b'));
    await editor.document.save();
    const git = (...args: string[]) =>
      run('git', ['-C', root(), '-c', 'user.name=Author', '-c', 'user.email=author@example.com', ...args]);
    await git('add', '.');
    await git('commit', '-qm', 'First of two');
    await git('commit', '-qm', 'Second of two', '--allow-empty');
    await waitFor('the commit', () => recording.of('git').length > 0);
    await waitFor('the second one', () => recording.of('git').length > 1);
    const told = recording.of('git').map(({ action, message, paths }) => [action, message, paths]);
    assert.deepEqual(told, [
      ['commit', 'First of two', ['committed.txt']],
      ['commit', 'Second of two', []],
    ]);
    assert.deepEqual(
      recording.tasks().map(({ end }) => end),
      ['commit'],
    );
    await git('reset', '-q', '--hard', 'HEAD~2');
  });

  it('leaves alone what is ignored, outside, or not a file', async () => {
    await writeFile(fileUri('.gitignore').fsPath, 'secret.txt\n');
    await writeFile(fileUri('.env').fsPath, 'A=1\n');
    for (const name of ['secret.txt', '.env']) {
      const editor = await create(name, 'x\n');
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'y'));
    }
    const untitled = await vscode.workspace.openTextDocument({ content: 'x' });
    const editor = await vscode.window.showTextDocument(untitled);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'y'));
    assert.deepEqual(recording.of('edit'), []);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('hears nothing while it is paused, and says so', async () => {
    const editor = await create('paused.txt', 'a\n');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '1'));
    recording.recorder.pause();
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '2'));
    await editor.document.save();
    assert.equal(recording.of('edit').length, 1);
    assert.deepEqual(
      recording.of('gap').map(({ reason }) => reason),
      ['paused'],
    );
  });
});
