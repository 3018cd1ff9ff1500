import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { redactTask } from '../../src/redaction/redactTask.ts';
import { buildTrajectories } from '../../src/trajectory/buildTrajectories.ts';
import { meta } from '../support/tasks.ts';
import { fileUri, openEditor, Recording, waitFor } from './support/recordings.ts';

const git = (...args: string[]) => promisify(execFile)('git', ['-C', fileUri().fsPath, ...args]);
const write = (name: string, text: string) => writeFile(fileUri(name).fsPath, text);

const tests = `import assert from 'node:assert';
import { describe, it } from 'node:test';
import { twice } from './twice.mjs';
describe('twice', () => {
  it('doubles', () => assert.equal(twice(4), 8));
  it('keeps nothing', () => assert.equal(twice(0), 0));
  it.skip('takes texts', () => assert.equal(twice('a'), 'aa'));
});
`;

describe('reports of tests', () => {
  let recording: Recording;
  let terminal: vscode.Terminal;
  before(async () => {
    await mkdir(fileUri('build').fsPath);
    await write('.gitignore', 'build/\n');
    await write('twice.mjs', 'export const twice = (x) => x * 3;\n');
    await write('twice.test.mjs', tests);
    recording = await Recording.start();
    terminal = vscode.window.createTerminal({ name: 'test' });
    terminal.show();
  });
  after(async () => {
    terminal.dispose();
    recording.recorder.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await git('clean', '-fdxq');
    await git('checkout', '-q', '.');
  });

  it('tell what a runner in a terminal found, by name, and decide the outcome', async () => {
    const shell = await waitFor('shell integration', () => terminal.shellIntegration?.cwd && terminal.shellIntegration);
    const line = 'node --test --test-reporter=junit --test-reporter-destination=build/tests.xml twice.test.mjs';
    const test = async (count: number) => {
      shell.executeCommand(line);
      await waitFor('the end of the tests', () => recording.of('command_end').length === count);
    };
    await test(1);
    const editor = await openEditor(fileUri('twice.mjs'));
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 32, 0, 33), '2'));
    await editor.document.save();
    await test(2);

    const told = recording.events.filter(({ kind }) => kind === 'test_report' || kind === 'command_end');
    assert.deepEqual(
      told.map(({ kind }) => kind),
      ['test_report', 'command_end', 'test_report', 'command_end'],
    );
    const [task] = recording.tasks();
    const { task: redacted } = await redactTask(task, []);
    const [{ steps, outcome }] = buildTrajectories(redacted, meta);
    const named = (status: string) => [
      { name: 'twice > doubles', status },
      { name: 'twice > keeps nothing', status: 'passed' },
      { name: 'twice > takes texts', status: 'skipped' },
    ];
    assert.deepEqual(
      steps.filter(({ kind }) => kind === 'test').map((step) => [step.exit_code, step.tests]),
      [
        [1, named('failed')],
        [0, named('passed')],
      ],
    );
    assert.deepEqual([outcome.status, outcome.basis], ['succeeded', 'test_names']);
    assert.deepEqual(
      outcome.tests.map(({ name, before, after }) => [name, before, after]),
      [
        ['twice > doubles', 'failed', 'passed'],
        ['twice > keeps nothing', 'passed', 'passed'],
        ['twice > takes texts', 'skipped', 'skipped'],
      ],
    );
    assert.doesNotMatch(JSON.stringify(steps), /testcase|tests\.xml"/);
  });
});
