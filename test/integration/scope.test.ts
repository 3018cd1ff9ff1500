import assert from 'node:assert/strict';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { Scope } from '../../src/editor/capture/scope.ts';
import { CellPaths } from '../../src/session/capture/notebooks/cellPaths.ts';
import { fileUri, openEditor, Recording, waitFor } from './support/recordings.ts';

describe('the scope', () => {
  const names = ['area', '.cursorignore', '.understudyignore', 'package-lock.json', 'made.ts', 'outside', 'shown.txt'];
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of names) await rm(fileUri(name).fsPath, { recursive: true, force: true });
  });
  const write = (name: string, text: string) => writeFile(fileUri(name).fsPath, text);

  it('leaves out what ignore files of other tools name, from the moment they do', async () => {
    await mkdir(fileUri('area/deep').fsPath, { recursive: true });
    await write('area/deep/plan.txt', 'plan\n');
    const recording = await Recording.start();
    try {
      const editor = await openEditor(fileUri('area/deep/plan.txt'));
      const type = () => editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'x'));
      await type();
      const known = recording.of('edit').length;
      assert.equal(known, 1);
      await write('.cursorignore', 'area/deep/\n');
      await waitFor('the document to be let go', () => recording.of('close').length > 0);
      await type();
      assert.equal(recording.of('edit').length, known);
      await editor.document.save();
    } finally {
      recording.recorder.dispose();
    }
  });

  it('follows links to where they lead, and no further than the workspace', async () => {
    const scope = await Scope.create(new CellPaths());
    try {
      await mkdir(fileUri('area').fsPath);
      await write('area/hidden.txt', '');
      await write('.understudyignore', 'hidden.txt\n');
      await symlink(fileUri('area/hidden.txt').fsPath, fileUri('shown.txt').fsPath);
      await symlink(tmpdir(), fileUri('outside').fsPath);
      assert.equal(scope.pathOf(fileUri('shown.txt')), null);
      assert.equal(scope.pathOf(fileUri('outside/a.txt')), null);
      assert.equal(scope.directoryOf(fileUri('outside')), null);
      assert.equal(scope.pathOf(fileUri('area/other.txt')), 'area/other.txt');
      assert.equal(scope.pathOfReal(fileUri('area/other.txt').fsPath), 'area/other.txt');
      assert.equal(scope.directoryOf(fileUri('area')), 'area');
      assert.equal(scope.directoryOf(fileUri()), '.');
      assert.equal(scope.pathOf(vscode.Uri.file(tmpdir())), null);
    } finally {
      scope.dispose();
    }
  });

  it('keeps no text of lock files and generated ones', async () => {
    await write('package-lock.json', '{}\n');
    await write('made.ts', '// @generated\n');
    // Watchers tell late.
    await delay(1500);
    const recording = await Recording.start();
    try {
      for (const name of ['package-lock.json', 'made.ts']) {
        const editor = await openEditor(fileUri(name));
        await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), ' '));
        await editor.document.save();
      }
      recording.recorder.startTask('Build');
      await write('package-lock.json', '{ "lockfileVersion": 3 }\n');
      await write('made.ts', '// @generated anew\n');
      const changed = () => recording.of('file').flatMap(({ action, path }) => (action === 'change' ? [path] : []));
      await waitFor('both changes', () => new Set(changed()).size === 2);
      assert.deepEqual([recording.of('open'), recording.of('edit')], [[], []]);
    } finally {
      recording.recorder.dispose();
    }
  });
});
