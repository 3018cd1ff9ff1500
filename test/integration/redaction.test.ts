import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { longestText } from '../../src/session/capture/documents/documentMirror.ts';
import { randomToken } from '../support/secrets.ts';
import { fileUri, openEditor, waitFor } from './support/recordings.ts';
import { messagesOf } from './support/windows.ts';

const preview = (...args: unknown[]) => vscode.commands.executeCommand('understudy.previewRedaction', ...args);

describe('the preview of redaction', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** The redacted document of a file, once its text is as expected. */
  const redactedOf = (name: string, text: RegExp) =>
    waitFor(`${text} in the preview of ${name}`, () =>
      vscode.workspace.textDocuments.find(
        (document) =>
          document.uri.scheme === 'understudy-redacted' &&
          document.uri.path.endsWith(`/${name}`) &&
          text.test(document.getText()),
      ),
    );

  async function open(name: string, text: string): Promise<vscode.TextEditor> {
    await writeFile(fileUri(name).fsPath, text);
    return await openEditor(fileUri(name));
  }

  async function hoverAt(document: vscode.TextDocument, text: string): Promise<string> {
    const position = document.positionAt(document.getText().indexOf(text) + 2);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    const texts = hovers.flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value));
    // Other extensions may have a word on it too.
    const ours = texts.filter((text) => text.startsWith('Redacted'));
    return ours.join('\n').replaceAll('&nbsp;', ' ').replaceAll('\\', '').replaceAll(/\n+/g, ': ');
  }

  it('opens a file beside its redacted form, and says of each placeholder why', async () => {
    const token = `ghp_${randomToken(36)}`;
    const folder = fileUri().fsPath;
    await open('keys.js', `const a = '${token}';\nconst b = '${folder}/src';\n`);
    await preview();
    const redacted = await redactedOf('keys.js', /SECRET/);
    assert.equal(redacted.getText(), "const a = 'REDACTED_SECRET_0001';\nconst b = '/workspace0001/src';\n");
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.ok(tab?.input instanceof vscode.TabInputTextDiff);
    assert.deepEqual(
      [tab.label, tab.input.original.toString(), tab.input.modified.toString()],
      ['keys.js (as a record would keep it)', fileUri('keys.js').toString(), redacted.uri.toString()],
    );
    assert.equal(redacted.languageId, 'javascript');

    assert.match(await hoverAt(redacted, 'REDACTED'), /^Redacted: secret: .*github.*\(github-token\)$/i);
    assert.match(
      await hoverAt(redacted, '/workspace'),
      /^Redacted: workspace: the folder of the workspace \(known:workspace\)$/,
    );
    assert.equal(await hoverAt(redacted, 'const'), '');
  });

  it('follows the file, and what the person always wants redacted', async () => {
    const editor = await open('follow.js', 'the heliotrope\n');
    await preview();
    const redacted = await redactedOf('follow.js', /heliotrope/);
    const more = new vscode.WorkspaceEdit();
    more.insert(editor.document.uri, new vscode.Position(0, 0), '// more\n');
    await vscode.workspace.applyEdit(more);
    await waitFor('the change', () => redacted.getText() === '// more\nthe heliotrope\n');

    const again = await openEditor(editor.document.uri);
    again.selection = new vscode.Selection(1, 4, 1, 14);
    await vscode.commands.executeCommand('understudy.alwaysRedact');
    await waitFor('the redaction', () => redacted.getText() === '// more\nthe REDACTED_SECRET_0001\n');
    assert.match(await hoverAt(redacted, 'REDACTED'), /^Redacted: secret: your own list/);
    await editor.document.save();
  });

  it('shows a file again whose preview was closed, or is open already', async () => {
    await open('again.js', 'one\n');
    await preview();
    await redactedOf('again.js', /^one\n$/);
    await preview(fileUri('again.js'));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await open('again.js', 'two\n');
    await preview();
    await redactedOf('again.js', /^two\n$/);
  });

  it('follows the patterns, and shows no file of which it cannot know what to redact', async () => {
    const use = (patterns?: string[]) =>
      vscode.workspace
        .getConfiguration()
        .update('understudy.redaction.extraPatterns', patterns, vscode.ConfigurationTarget.Global);
    try {
      await open('patterns.js', 'see PRJ-12\n');
      await preview();
      await redactedOf('patterns.js', /PRJ-12/);
      await use(['PRJ-\\d+']);
      const redacted = await redactedOf('patterns.js', /^see REDACTED_SECRET_0001\n$/);
      assert.match(await hoverAt(redacted, 'REDACTED'), /pattern 1 of your own/);
      await use(['(']);
      await redactedOf('patterns.js', /^No preview: Pattern 1 of .*Unterminated group/);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await open('refused.js', 'see PRJ-12\n');
      const [message] = await messagesOf(() => Promise.resolve(preview()));
      assert.match(message, /Pattern 1 of .*Unterminated group/);
    } finally {
      await use(undefined);
    }
  });

  it('says why it shows nothing of a long file, or of no file', async () => {
    await open('long.txt', 'x\n'.repeat(longestText));
    const messages = await messagesOf(async () => {
      await preview();
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await preview();
    });
    assert.match(messages[0], /over 256 kB/);
    assert.match(messages[1], /Open a text file/);
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 0);
  });
});
