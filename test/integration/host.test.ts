import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the host', () => {
  it('is the VS Code that was asked for', () => {
    assert.equal(vscode.version, process.env.UNDERSTUDY_EXPECTED_VSCODE);
  });

  it('has the extension under test', async () => {
    const extension = vscode.extensions.getExtension('understudy.understudy');
    assert.ok(extension);
    await extension.activate();
  });
});
