import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { fileUri, openEditor, Recording } from './support/recordings.ts';

describe('what comes in masses', () => {
  let recording: Recording;
  beforeEach(async () => {
    recording = await Recording.start();
  });
  afterEach(async () => {
    recording.recorder.dispose();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(fileUri('masses').fsPath, { recursive: true, force: true });
  });

  it('replaces a hundred thousand places at once, and the record replays', async () => {
    const count = 100_000;
    await mkdir(fileUri('masses').fsPath);
    await writeFile(fileUri('masses', 'all.txt').fsPath, 'a\n'.repeat(count));
    const editor = await openEditor(fileUri('masses', 'all.txt'));
    await editor.edit((builder) => {
      for (let line = 0; line < count; line++) builder.replace(new vscode.Range(line, 0, line, 1), 'b');
    });
    const text = editor.document.getText();
    assert.equal(text, 'b\n'.repeat(count));
    const [task] = recording.tasks();
    const file = task.files.find(({ path }) => path === 'masses/all.txt');
    assert.ok(file?.final === text, 'base and changes give the text');
    assert.equal(task.gaps.length, 0);
  }).timeout(60_000);

  it('follows five hundred open files', async () => {
    const count = 500;
    await mkdir(fileUri('masses').fsPath);
    const uris = Array.from({ length: count }, (_, i) => fileUri('masses', `${i}.txt`));
    for (const [i, uri] of uris.entries()) await writeFile(uri.fsPath, `${i}\n`);
    for (const uri of uris) await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    for (const uri of uris) edit.insert(uri, new vscode.Position(0, 0), 'x');
    await vscode.workspace.applyEdit(edit);
    const tasks = recording.tasks();
    const finals = new Map(tasks.flatMap(({ files }) => files.map(({ path, final }) => [path, final])));
    for (let i = 0; i < count; i++) assert.equal(finals.get(`masses/${i}.txt`), `x${i}\n`);
    await vscode.workspace.saveAll();
  }).timeout(60_000);
});
