import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { commands } from '../../src/editor/names.ts';
import { fileUri, waitFor } from './support/recordings.ts';

describe('the manifest', () => {
  const extension = () => vscode.extensions.getExtension('understudy.understudy') as vscode.Extension<unknown>;

  it('declares the commands that are registered, and no others', async () => {
    await extension().activate();
    const declared = extension().packageJSON.contributes.commands.map(({ command }: { command: string }) => command);
    assert.deepEqual(declared.sort(), Object.values(commands).sort());
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const command of declared) assert.ok(registered.has(command), command);
  });

  it('lets no workspace choose where the data goes', () => {
    const { configuration } = extension().packageJSON.contributes;
    for (const property of Object.values<{ scope: string }>(configuration.properties)) {
      assert.equal(property.scope, 'machine');
    }
    const { restrictedConfigurations } = extension().packageJSON.capabilities.untrustedWorkspaces;
    assert.deepEqual(restrictedConfigurations, Object.keys(configuration.properties));
  });

  it('takes no setting from files that a workspace ships', async () => {
    const shipped = ['.vscode', '.understudy', '.understudyrc'];
    const evil = { 'understudy.datasetFolder': '/', 'understudy.redaction.extraPatterns': ['('] };
    const settings = () => vscode.workspace.getConfiguration();
    const before = Object.keys(evil).map((name) => settings().get(name));
    try {
      await mkdir(fileUri('.vscode').fsPath);
      await mkdir(fileUri('.understudy').fsPath);
      await writeFile(fileUri('.understudyrc').fsPath, JSON.stringify(evil));
      await writeFile(fileUri('.understudy/settings.json').fsPath, JSON.stringify(evil));
      await writeFile(
        fileUri('.vscode/settings.json').fsPath,
        JSON.stringify({ ...evil, 'editor.wordWrapColumn': 77 }),
      );
      await waitFor('the settings to be read', () => settings().get('editor.wordWrapColumn') === 77);
      assert.deepEqual(
        Object.keys(evil).map((name) => settings().get(name)),
        before,
      );
      for (const name of Object.keys(evil)) {
        await assert.rejects(settings().update(name, '/', vscode.ConfigurationTarget.Workspace) as Promise<void>);
      }
    } finally {
      for (const name of shipped) await rm(fileUri(name).fsPath, { recursive: true, force: true });
      await waitFor('the settings to be gone', () => settings().get('editor.wordWrapColumn') !== 77);
    }
  });
});
