import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { CommandStep } from '../../src/session/task.ts';
import { fileUri, Recording, waitFor } from './support/recordings.ts';

const run = promisify(execFile);
const git = (...args: string[]) => run('git', ['-C', fileUri().fsPath, ...args]);
/** The oldest supported version tells no terminal execution of a task that is the first in its terminal. */
const blind = vscode.version.startsWith('1.100.');
/** Whoever else tells of a program has told of it by then; in milliseconds. */
const echo = 2000;

describe('tasks', () => {
  let recording: Recording;
  beforeEach(async () => {
    for (const terminal of vscode.window.terminals) terminal.dispose();
    await waitFor('no terminal', () => vscode.window.terminals.length === 0);
    await writeFile(
      fileUri('slow.js').fsPath,
      'console.log("begin"); setTimeout(() => { console.log("over"); process.exit(3); }, 500);',
    );
    recording = await Recording.start();
  });
  afterEach(async () => {
    recording.recorder.dispose();
    await git('clean', '-fdq');
  });

  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const taskOf = (
    name: string,
    execution: vscode.ShellExecution | vscode.ProcessExecution | vscode.CustomExecution | undefined,
  ) => new vscode.Task({ type: 'understudy-test' }, folder, name, 'test', execution);

  const ends = () => recording.of('command_end').length;

  /** Runs a task until the recording has told the end of `programs` programs more. */
  async function execute(task: vscode.Task, programs = 1): Promise<void> {
    const before = ends();
    await vscode.tasks.executeTask(task);
    await waitFor(`the end of ${task.name}`, () => ends() >= before + programs);
  }

  async function commands(): Promise<CommandStep<string>[]> {
    await delay(echo);
    return recording.tasks().flatMap(({ steps }) => steps.filter((step) => step.kind === 'command'));
  }

  const facts = ({ line, cwd, exitCode }: CommandStep<string>) => [line, cwd, exitCode];

  /** The first task of a terminal, and one that comes after it, which the terminal tells of before the task does. */
  function assertOutputs([first, second]: CommandStep<string>[]): void {
    if (blind) assert.deepEqual([first.outputStatus, first.output], ['unobserved', null]);
    else assert.match(first.output ?? '', /begin\s+over/);
    assert.match(second.output ?? '', /begin\s+over/);
    assert.equal(second.outputStatus, 'complete');
  }

  it('of the kind shell are one command each, with exit code and output', async () => {
    await execute(taskOf('one', new vscode.ShellExecution('node slow.js')));
    await execute(
      taskOf('two', new vscode.ShellExecution('node', ['../slow.js', 'a b'], { cwd: fileUri('src').fsPath })),
    );
    const found = await commands();
    assert.deepEqual(found.map(facts), [
      ['node slow.js', '.', 3],
      ["node ../slow.js 'a b'", 'src', 3],
    ]);
    assertOutputs(found);
  });

  it('of the kind process are one command each, with quotes where there are blanks', async () => {
    await execute(taskOf('one', new vscode.ProcessExecution('node', ['slow.js', 'a b', "c'd"])));
    await execute(taskOf('two', new vscode.ProcessExecution('node', ['slow.js', 'other'])));
    const found = await commands();
    assert.deepEqual(found.map(facts), [
      [String.raw`node slow.js 'a b' 'c'\''d'`, '.', 3],
      ['node slow.js other', '.', 3],
    ]);
    assertOutputs([
      { ...found[0], output: blind ? null : 'begin over', outputStatus: found[0].outputStatus },
      found[1],
    ]);
  });

  it('in a shell without integration are counted once', async () => {
    const options = { executable: '/bin/sh', shellArgs: ['-c'] };
    await execute(taskOf('one', new vscode.ShellExecution('node slow.js 1', options)));
    await execute(taskOf('two', new vscode.ShellExecution('node slow.js 2', options)));
    assert.deepEqual((await commands()).map(facts), [
      ['node slow.js 1', '.', 3],
      ['node slow.js 2', '.', 3],
    ]);
  });

  it('are counted once where shell integration is switched off', async () => {
    const settings = vscode.workspace.getConfiguration('terminal.integrated');
    await settings.update('shellIntegration.enabled', false, vscode.ConfigurationTarget.Global);
    try {
      await execute(taskOf('one', new vscode.ShellExecution('node slow.js 1')));
      await execute(taskOf('two', new vscode.ProcessExecution('node', ['slow.js', '2'])));
      assert.deepEqual((await commands()).map(facts), [
        ['node slow.js 1', '.', 3],
        ['node slow.js 2', '.', 3],
      ]);
    } finally {
      await settings.update('shellIntegration.enabled', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('that the person does not want told leave the name of the program', async () => {
    await execute(taskOf('one', new vscode.ShellExecution('cat package.json')));
    await execute(taskOf('two', new vscode.ProcessExecution('cat', ['package.json'])));
    await execute(taskOf('three', new vscode.ShellExecution('node --version', { cwd: '/' })));
    const found = await commands();
    assert.deepEqual(found.map(facts), [
      ['cat', '.', 0],
      ['cat', '.', 0],
      ['node', null, 0],
    ]);
    assert.deepEqual(
      found.map(({ output }) => output),
      [null, null, null],
    );
  });

  it('whose program does not exist, or that were stopped, have no exit code', async () => {
    await vscode.tasks.executeTask(taskOf('missing', new vscode.ProcessExecution('./no-such-program', ['x'])));
    await waitFor('the missing program', () => recording.of('command_start').length === 1);
    const endless = await vscode.tasks.executeTask(
      taskOf('endless', new vscode.ShellExecution('node -e "setInterval(() => {}, 300)"')),
    );
    await waitFor('the endless one', () => recording.of('command_start').length === 2);
    await delay(1000);
    endless.terminate();
    await waitFor('its end', () => recording.of('command_end').some(({ command }) => command === 1));
    const found = await commands();
    assert.deepEqual(found.map(({ line, exitCode }) => [line, exitCode]).sort(), [
      ['./no-such-program x', null],
      ['node -e "setInterval(() => {}, 300)"', null],
    ]);
  });

  it('of which nothing is known but that an extension carried them out are not told', async () => {
    const written = new vscode.EventEmitter<string>();
    const closed = new vscode.EventEmitter<number>();
    const custom = new vscode.CustomExecution(async () => ({
      onDidWrite: written.event,
      onDidClose: closed.event,
      open: () => closed.fire(4),
      close: () => {},
    }));
    const ended = new Promise<void>((resolve) => {
      const listener = vscode.tasks.onDidEndTask(() => {
        listener.dispose();
        resolve();
      });
    });
    await vscode.tasks.executeTask(taskOf('custom', custom));
    await ended;
    assert.deepEqual(await commands(), []);
  });

  it('of a file count each program that they call once: npm scripts and those that depend on others', async () => {
    await mkdir(fileUri('.vscode').fsPath, { recursive: true });
    const tasks = [
      { label: 'shell', type: 'shell', command: 'node', args: [`\${workspaceFolder}/slow.js`] },
      { label: 'process', type: 'process', command: 'node', args: ['slow.js', `\${workspaceFolderBasename}`] },
      { label: 'both', dependsOn: ['shell', 'process'], dependsOrder: 'sequence' },
      { label: 'after', type: 'shell', command: 'node -e "1"', dependsOn: ['ok'] },
      { label: 'ok', type: 'process', command: 'node', args: ['-e', '0'] },
    ];
    await writeFile(fileUri('slow.js').fsPath, 'setTimeout(() => console.log("over"), 500);');
    await writeFile(fileUri('.vscode', 'tasks.json').fsPath, JSON.stringify({ version: '2.0.0', tasks }));
    const find = async (name: string): Promise<vscode.Task> => {
      for (;;) {
        const task = (await vscode.tasks.fetchTasks()).find(
          (one) => one.name === name || one.name.startsWith(`${name} `),
        );
        if (task) return task;
        await delay(200);
      }
    };
    await execute(await find('both'), 2);
    await execute(await find('after'), 2);
    await execute(await find('test'));
    const found = await commands();
    const { fsPath } = fileUri();
    assert.deepEqual(found.map(facts), [
      [`node ${fsPath}/slow.js`, '.', 0],
      ['node slow.js workspace', '.', 0],
      ['node -e 0', '.', 0],
      ['node -e "1"', '.', 0],
      ['npm run test', '.', 0],
    ]);
    assert.match(found[4].output ?? '', /adds the numbers up/);
  });
});
