import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { redactTask } from '../../src/redaction/redactTask.ts';
import { buildHistory } from '../../src/session/history/buildHistory.ts';
import { buildTrajectories } from '../../src/trajectory/buildTrajectories.ts';
import { meta } from '../support/tasks.ts';
import { fileUri, openEditor, Recording, waitFor } from './support/recordings.ts';

describe('the output of a terminal', () => {
  let recording: Recording;
  beforeEach(async () => {
    recording = await Recording.start();
  });
  afterEach(async () => {
    recording.recorder.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(fileUri('thrower.cjs').fsPath, { force: true });
  });

  it('is linked to the file that threw, and tells the tools', async () => {
    const thrower = [
      ...['function inner() {', "  throw new Error('out of order');", '}'],
      // What ends at once may end before its output is told.
      ...['setTimeout(function outer() {', '  inner();', '}, 400);', ''],
    ];
    await writeFile(fileUri('thrower.cjs').fsPath, thrower.join('\n'));
    const editor = await openEditor(fileUri('thrower.cjs'));
    await editor.edit((edit) => edit.insert(new vscode.Position(6, 0), '// end\n'));
    await editor.document.save();
    const terminal = vscode.window.createTerminal({ name: 'test' });
    terminal.show();
    const shell = await waitFor('shell integration', () => terminal.shellIntegration?.cwd && terminal.shellIntegration);
    for (const line of ['node thrower.cjs', 'npm --version']) {
      const before = recording.of('command_end').length;
      shell.executeCommand(line);
      await waitFor(line, () => recording.of('command_end').length > before);
    }
    terminal.dispose();

    recording.recorder.dispose();
    const { tasks, known } = buildHistory(recording.events);
    const workspace = { type: 'workspace' as const, value: fileUri().fsPath };
    const redaction = await redactTask(tasks[0], [...known, workspace]);
    const [record] = buildTrajectories(redaction.task, meta);
    const file = record.files.find(({ path }) => path === 'thrower.cjs')?.file_id;
    const thrown = record.steps.find(({ output }) => output?.includes('out of order'));
    assert.match(thrown?.output ?? '', /\/workspace0001/);
    assert.deepEqual(
      thrown?.locations.map((location) => [location.file_id, location.line, location.column]),
      [
        [file, 2, null],
        [file, 2, 9],
        [file, 5, 3],
      ],
    );
    const [node, npm] = record.environment.tools;
    assert.deepEqual([node.name, npm.name, record.environment.package_manager], ['node', 'npm', 'npm']);
    assert.match(node.version ?? '', /^\d+$/);
    assert.match(npm.version ?? '', /^\d+$/);
  });
});
