import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { attentionTimes } from '../../src/session/capture/documents/attention.ts';
import { fileUri, openEditor, Recording, waitFor } from './support/recordings.ts';

const run = promisify(execFile);
const git = (...args: string[]) =>
  run('git', ['-C', fileUri().fsPath, '-c', 'user.name=Author', '-c', 'user.email=author@example.com', ...args]);

/** Longer than whatever is told late takes. */
const lateness = attentionTimes.dwell + attentionTimes.pause + 1500;

describe('under a consent to some signals', () => {
  let recording: Recording;
  let terminal: vscode.Terminal;
  let start: string;
  beforeEach(async () => {
    start = (await git('rev-parse', 'HEAD')).stdout.trim();
    terminal = vscode.window.createTerminal({ name: 'test', cwd: fileUri() });
    terminal.show();
    await waitFor('shell integration', () => terminal.shellIntegration?.cwd);
  });
  afterEach(async () => {
    recording.recorder.dispose();
    terminal.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await git('reset', '-q', '--hard', start);
    await git('clean', '-fdq');
  });

  function ended(line: string): Promise<void> {
    return new Promise((resolve) => {
      const listener = vscode.window.onDidEndTerminalShellExecution(({ execution }) => {
        if (execution.commandLine.value !== line) return;
        listener.dispose();
        resolve();
      });
      terminal.shellIntegration?.executeCommand(line);
    });
  }
  const slow = (code: string) => `node -e "setTimeout(() => { ${code} }, 400)"`;
  const lines = () => recording.of('command_start').map(({ line }) => line);
  const type = async (name: string, text: string) => {
    const editor = await openEditor(fileUri(name));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
    await editor.document.save();
    return editor;
  };

  it('tells edits, and of all that is done besides nothing', async () => {
    for (const name of ['seen.txt', 'edited.txt']) await writeFile(fileUri(name).fsPath, 'a\nb\n');
    await delay(1000);
    recording = await Recording.start(['edits']);
    const problems = vscode.languages.createDiagnosticCollection('test');
    try {
      await type('edited.txt', 'x');
      await openEditor(fileUri('seen.txt'));
      problems.set(fileUri('edited.txt'), [new vscode.Diagnostic(new vscode.Range(0, 0, 0, 1), 'a problem')]);
      await ended('npm test');
      await ended('ls');
      const execution = new vscode.ProcessExecution('node', ['-e', '1']);
      const task = new vscode.Task({ type: 'test' }, vscode.workspace.workspaceFolders![0], 'one', 'test', execution);
      await vscode.tasks.executeTask(task);
      await git('add', 'edited.txt');
      await git('commit', '-qm', 'A message');
      await delay(lateness);
      const kinds = new Set(recording.events.map(({ kind }) => kind));
      const expected = ['session', 'known', 'manifest', 'open', 'edit', 'sign', 'save'];
      assert.deepEqual(
        [...kinds].filter((kind) => !expected.includes(kind)),
        [],
      );
      assert.deepEqual(
        recording.of('open').map(({ path }) => path),
        ['edited.txt'],
      );
    } finally {
      problems.dispose();
    }
  });

  it('tells under tests alone the commands that run tests, and no others', async () => {
    recording = await Recording.start(['edits', 'tests']);
    await ended('ls');
    await ended(slow('console.log(1)'));
    await ended('git status');
    await ended('npm test');
    await waitFor('the end', () => recording.of('command_end').length > 0);
    assert.deepEqual(lines(), ['npm test']);
    assert.ok(recording.of('command_output').length > 0);
  });

  it('leaves of git in the terminal the name without consent to git', async () => {
    recording = await Recording.start(['edits', 'terminal']);
    await ended('git log --oneline');
    await ended(slow('console.log(1)'));
    await waitFor('both ends', () => recording.of('command_end').length === 2);
    assert.deepEqual(lines(), ['git', slow('console.log(1)')]);
  });

  it('tells line and output of every command under full output, but for those that deal in secrets', async () => {
    recording = await Recording.start(['edits', 'terminal', 'full_output', 'git']);
    const line = 'sleep 0.4; cat package.json';
    await ended(line);
    await ended('env');
    await ended(`cd .. && ${slow('console.log(2)')}`);
    await waitFor('the ends', () => recording.of('command_end').length === 3);
    assert.deepEqual(lines(), [line, 'env', 'cd']);
    const [{ command }] = recording.of('command_start');
    const output = recording.of('command_output').filter((event) => event.command === command);
    assert.match(output.map(({ data }) => data).join(''), /"name"/);
    assert.ok(recording.of('command_output').every((event) => event.command === command));
  });

  it('tells which repository it is, once a task, under consent to that', async () => {
    await git('remote', 'add', 'origin', 'git@github.com:owner/name.git');
    try {
      await git('update-ref', 'refs/remotes/origin/main', 'HEAD');
      await writeFile(fileUri('a.txt').fsPath, 'a\n');
      await delay(1000);
      recording = await Recording.start(['edits', 'repository']);
      await type('a.txt', 'x');
      await waitFor('the repository', () => recording.of('repository').length === 1);
      recording.recorder.finishTask();
      await type('a.txt', 'y');
      await waitFor('the repository again', () => recording.of('repository').length === 2);
      const root = (await git('rev-list', '--max-parents=0', 'HEAD')).stdout.trim();
      const facts = { root, address: 'https://github.com/owner/name', commit: start };
      assert.deepEqual(
        recording.tasks().map(({ repository }) => repository),
        [facts, facts],
      );
    } finally {
      await git('remote', 'remove', 'origin');
    }
  });
});
