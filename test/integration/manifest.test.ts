import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/editor/names.ts';

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
});
