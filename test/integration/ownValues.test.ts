import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { fileUri, openEditor, waitFor } from './support/recordings.ts';
import { messagesOf, TestSecrets, TestWindow } from './support/windows.ts';

const setting = 'understudy.redaction.extraPatterns';

function usePatterns(patterns: unknown): Thenable<void> {
  return vscode.workspace.getConfiguration().update(setting, patterns, vscode.ConfigurationTarget.Global);
}

/** Everything that stands in the dataset. */
async function written({ datasetFolder }: TestWindow): Promise<string> {
  await waitFor('a record', () => {
    try {
      return readdirSync(join(datasetFolder, 'data'), { recursive: true }).some((name) =>
        String(name).endsWith('trajectory.jsonl'),
      );
    } catch {
      return false;
    }
  });
  const entries = await readdir(join(datasetFolder, 'data'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return (await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')))).join('\n');
}

describe('what a person wants redacted', () => {
  const windows: TestWindow[] = [];
  const open = async (secrets?: TestSecrets) => {
    const window = await TestWindow.open(secrets);
    windows.push(window);
    return window;
  };
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const window of windows.splice(0)) await window.close();
    await usePatterns(undefined);
  });

  async function write(name: string, text: string): Promise<vscode.TextEditor> {
    await writeFile(fileUri(name).fsPath, '\n');
    const editor = await openEditor(fileUri(name));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
    await editor.document.save();
    return editor;
  }

  function select(editor: vscode.TextEditor, ...words: string[]): void {
    const text = editor.document.getText();
    editor.selections = words.map((word) => {
      const start = editor.document.positionAt(text.indexOf(word));
      return new vscode.Selection(start, start.translate(0, word.length));
    });
  }

  it('is taken out of the task that is open, one value a selection', async () => {
    const window = await open();
    const editor = await write('denied.txt', 'the falcon and the osprey fly\n');
    select(editor, 'falcon', 'osprey');
    const messages = await messagesOf(() => window.recording.alwaysRedact());
    assert.deepEqual(messages, ['The selected text is redacted in every record from now on.']);
    await window.finishAndKeep();
    const text = await written(window);
    assert.match(text, /the REDACTED_SECRET_0001 and the REDACTED_SECRET_0002 fly/);
    assert.doesNotMatch(text, /falcon|osprey/);
  });

  it('is taken out of the tasks of another window of the same person', async () => {
    const secrets = new TestSecrets();
    const recording = await open(secrets);
    const other = await open(secrets);
    const editor = await write('shared.txt', 'the falcon flies\n');
    select(editor, 'falcon');
    await messagesOf(() => other.recording.alwaysRedact());
    await recording.finishAndKeep();
    assert.doesNotMatch(await written(recording), /falcon/);
  });

  it('is not taken from a selection that is too short, and the message says what is wanted', async () => {
    const window = await open();
    const editor = await write('short.txt', 'the falcon flies\n');
    select(editor, 'the');
    const [message] = await messagesOf(() => window.recording.alwaysRedact());
    assert.match(message, /Select a text of 4 to 10000 characters/);
    assert.equal(window.secrets.stored.has('understudy.denylist'), false);
  });

  it('stops the recording when the list cannot be read, until it is forgotten', async () => {
    const secrets = new TestSecrets();
    await secrets.store('understudy.denylist', '{');
    let window: TestWindow | undefined;
    const [message] = await messagesOf(async () => {
      window = await open(secrets);
      await waitFor('the trouble', () => window?.state === 'denylist');
    });
    assert.match(message, /cannot be read. Run "Understudy: Forget Always Redacted Values"/);
    await secrets.delete('understudy.denylist');
    await window?.recording.onOff.click();
    assert.equal(window?.state, 'recording');
  });

  it('goes for patterns too, from the settings to the record', async () => {
    await usePatterns(['PRJ-[A-Z]{6}', '^ref (?<value>\\w+)']);
    const window = await open();
    assert.equal(window.state, 'recording');
    await write('patterns.txt', 'see PRJ-QXZWVB\nref zorblatt!\n');
    await window.finishAndKeep();
    const text = await written(window);
    assert.match(text, /ref REDACTED_SECRET_0002!/);
    assert.doesNotMatch(text, /QXZWVB|zorblatt/);
  });

  it('stops the recording while a pattern cannot be used, and says which and why', async () => {
    const window = await open();
    assert.equal(window.state, 'recording');
    const messages = await messagesOf(async () => {
      await usePatterns(['PRJ-\\d+', '(a+)+$']);
      await waitFor('the trouble', () => window.state === 'patterns');
    });
    assert.equal(messages.length, 1);
    assert.match(messages[0], /Pattern 2 of \S+extraPatterns, \(a\+\)\+\$, cannot be used: it takes more than 20 ms/);
    // A click tries again, and tells again.
    const again = await messagesOf(() => window.recording.onOff.click());
    assert.deepEqual([again, window.state], [messages, 'patterns']);
    await usePatterns(['PRJ-\\d+']);
    await waitFor('the recording', () => window.state === 'recording');
  });

  it('stops the recording when the setting is no list of texts', async () => {
    const window = await open();
    const messages = await messagesOf(async () => {
      await usePatterns('PRJ');
      await waitFor('the trouble', () => window.state === 'patterns');
    });
    assert.match(messages[0], /must be a list of regular expressions/);
  });
});
