import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { Denylist, DenylistError } from '../../src/editor/denylist.ts';
import { PatternError, readOwnPatterns } from '../../src/editor/ownPatterns.ts';
import { randomToken } from '../support/secrets.ts';
import { fileUri, openEditor, waitFor } from './support/recordings.ts';

const workerFile = () =>
  vscode.Uri.joinPath(
    (vscode.extensions.getExtension('understudy.understudy') as vscode.Extension<unknown>).extensionUri,
    'dist/sealingWorker.cjs',
  ).fsPath;

describe('what a person sees of redaction', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens a file beside its redacted form, and says of each placeholder why', async () => {
    const token = `ghp_${randomToken(36)}`;
    await writeFile(fileUri('keys.js').fsPath, `const a = '${token}';\n`);
    await openEditor(fileUri('keys.js'));
    await vscode.commands.executeCommand('understudy.previewRedaction');
    const redacted = await waitFor('the preview', () =>
      vscode.workspace.textDocuments.find(
        ({ uri, lineCount }) => uri.scheme === 'understudy-redacted' && lineCount > 1,
      ),
    );
    assert.equal(redacted.getText(), "const a = 'REDACTED_SECRET_0001';\n");
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      redacted.uri,
      new vscode.Position(0, 15),
    );
    const text = hovers
      .flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value))
      .join('\n');
    assert.match(text, /secret/);
    assert.match(text, /github/i);

    const more = new vscode.WorkspaceEdit();
    more.insert(fileUri('keys.js'), new vscode.Position(0, 0), '// more\n');
    await vscode.workspace.applyEdit(more);
    await waitFor('the change', () => redacted.getText().startsWith('// more'));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('takes patterns that are sound, and names one that is not', async () => {
    const setting = () => vscode.workspace.getConfiguration();
    const use = (patterns: string[]) =>
      setting().update('understudy.redaction.extraPatterns', patterns, vscode.ConfigurationTarget.Global);
    try {
      await use(['PRJ-\\d+']);
      assert.deepEqual(await readOwnPatterns(workerFile()), [{ type: 'pattern', value: 'PRJ-\\d+' }]);
      await use(['PRJ-\\d+', '(a+)+$']);
      await assert.rejects(readOwnPatterns(workerFile()), (error: Error) => {
        return error instanceof PatternError && /extraPatterns\[1\] \(\(a\+\)\+\$\) cannot be used/.test(error.message);
      });
    } finally {
      await setting().update('understudy.redaction.extraPatterns', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('keeps the list of always redacted values, and does not take a broken one for an empty one', async () => {
    const stored = new Map<string, string>();
    const denylist = new Denylist({
      get: async (key: string) => stored.get(key),
      store: async (key: string, value: string) => void stored.set(key, value),
      delete: async (key: string) => void stored.delete(key),
    } as unknown as vscode.SecretStorage);
    await denylist.add('falcon');
    await denylist.add('falcon');
    assert.deepEqual(await denylist.values(), [{ type: 'denied', value: 'falcon' }]);
    stored.set([...stored.keys()][0], '{');
    await assert.rejects(denylist.values(), DenylistError);
    await denylist.clear();
    assert.deepEqual(await denylist.values(), []);
  });
});
