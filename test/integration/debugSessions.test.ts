import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { redactTask } from '../../src/redaction/redactTask.ts';
import type { CommandStep, TaskStep } from '../../src/session/task.ts';
import { buildTrajectories } from '../../src/trajectory/buildTrajectories.ts';
import { meta } from '../support/tasks.ts';
import { fileUri, openEditor, Recording, waitFor } from './support/recordings.ts';

const run = promisify(execFile);
/** The oldest supported version tells no terminal execution of a debugged program. */
const blind = vscode.version.startsWith('1.100.');
const { executeCommand } = vscode.commands;

/** With the JavaScript debugger that comes with the editor. */
describe('debug sessions', function () {
  this.timeout(60_000);
  let recording: Recording;
  beforeEach(async () => {
    for (const terminal of vscode.window.terminals) terminal.dispose();
    recording = await Recording.start();
  });
  afterEach(async () => {
    await vscode.debug.stopDebugging();
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    recording.recorder.dispose();
    await executeCommand('workbench.action.closeAllEditors');
    await run('git', ['-C', fileUri().fsPath, 'clean', '-fdq']);
  });

  const write = (name: string, text: string) => writeFile(fileUri(name).fsPath, text);

  async function launch(program: string, more: object = {}): Promise<void> {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const configuration = { type: 'node', request: 'launch', name: program, program: fileUri(program).fsPath, ...more };
    assert.ok(await vscode.debug.startDebugging(folder, configuration));
  }

  const ends = () => recording.of('command_end').length;
  const ended = (count: number) => waitFor('the end of the program', () => ends() === count, 30_000);

  async function steps(): Promise<TaskStep<string>[]> {
    await delay(1500);
    return recording.tasks().flatMap((task) => task.steps);
  }
  const isCommand = (step: TaskStep<string>): step is CommandStep<string> => step.kind === 'command';
  const debugSteps = (all: TaskStep<string>[]) => all.flatMap((step) => (step.kind === 'debug' ? [step] : []));

  it('are one command with output and exit code, and an end', async () => {
    await write('exits.js', 'console.log("told"); console.error("warned"); setTimeout(() => process.exit(5), 300);');
    await launch('exits.js', { args: ['a b'] });
    await ended(1);
    const all = await steps();
    const [command, ...others] = all.filter(isCommand);
    assert.deepEqual(others, []);
    assert.deepEqual([command.line, command.cwd, command.exitCode], ["node exits.js 'a b'", '.', 5]);
    // The debugger shows what goes to the console, which need not be all.
    assert.deepEqual([command.output, command.outputStatus], ['told\nwarned\n', 'incomplete']);
    assert.deepEqual(
      debugSteps(all).map(({ action, exitCode }) => [action, exitCode]),
      [['exited', 5]],
    );
  });

  it('tell an exception with its text and its place, and a breakpoint', async () => {
    const source =
      'function divide(a, b) {\n  if (b === 0) throw new RangeError("cannot divide " + a);\n}\n\nsetTimeout(() => {\n  divide(1, 0);\n}, 100);\n';
    await write('throws.js', source);
    vscode.debug.addBreakpoints([
      new vscode.SourceBreakpoint(new vscode.Location(fileUri('throws.js'), new vscode.Position(5, 2))),
    ]);
    await launch('throws.js');
    await waitFor('the breakpoint', () => recording.of('debug').length === 1, 30_000);
    const session = vscode.debug.activeDebugSession;
    // The box that a person ticks cannot be reached from here; what it asks of the debugger can.
    await session?.customRequest('setExceptionBreakpoints', { filters: ['uncaught'], filterOptions: [] });
    await executeCommand('workbench.action.debug.continue');
    await waitFor('the exception', () => recording.of('debug').length === 2, 30_000);
    await executeCommand('workbench.action.debug.continue');
    await ended(1);
    const all = await steps();
    const [stopped, exception, exited] = debugSteps(all);
    assert.deepEqual([stopped.action, stopped.path, stopped.line, stopped.message], ['stopped', 'throws.js', 5, null]);
    assert.deepEqual([exception.action, exception.path, exception.line], ['exception', 'throws.js', 1]);
    assert.match(exception.message ?? '', /^RangeError: cannot divide 1\n\s+at divide /);
    assert.deepEqual([exited.action, exited.exitCode], ['exited', 1]);
    assert.equal(all.filter(isCommand).length, 1);
  });

  it('in the terminal count once', async () => {
    await write('exits.js', 'console.log("told"); setTimeout(() => process.exit(5), 300);');
    await launch('exits.js', { console: 'integratedTerminal', args: ['a b', "c'd"], env: { SOME_VALUE: 'not told' } });
    await ended(1);
    const all = await steps();
    const [command, ...others] = all.filter(isCommand);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [command.line, command.cwd, command.exitCode],
      [String.raw`node exits.js 'a b' 'c'\''d'`, '.', blind ? null : 5],
    );
    assert.match(command.output ?? '', /told/);
    assert.doesNotMatch(JSON.stringify(recording.events), /not told|NODE_OPTIONS/);
  });

  it('tell of a program outside of the workspace the name alone, and nothing of what is watched', async () => {
    await write('zero.js', 'const hidden = 6 * 7001; setTimeout(() => hidden, 1000);');
    await launch('zero.js', { program: '/usr/lib/no-such-program.js', args: ['unseen'] });
    await ended(1);
    await launch('zero.js', { stopOnEntry: true });
    const item = await waitFor(
      'a frame',
      () => vscode.debug.activeStackItem instanceof vscode.DebugStackFrame && vscode.debug.activeStackItem,
    );
    await item.session.customRequest('evaluate', {
      expression: '"evaluated" + 1',
      context: 'repl',
      frameId: item.frameId,
    });
    await vscode.debug.stopDebugging();
    await ended(2);
    const [outside, stopped] = (await steps()).filter(isCommand);
    assert.deepEqual([outside.line, outside.output], ['node', null]);
    assert.deepEqual([stopped.line, stopped.exitCode], ['node zero.js', null]);
    assert.doesNotMatch(JSON.stringify(recording.events), /unseen|42006|evaluated1/);
  });

  it('of tests feed the outcome: red, an edit, green', async () => {
    await write('two.js', 'export const two = 3;\n');
    await write(
      'two.test.js',
      "import test from 'node:test';\nimport assert from 'node:assert';\nimport { two } from './two.js';\ntest('two', () => assert.equal(two, 2));\n",
    );
    const editor = await openEditor(fileUri('two.js'));
    const debugTests = () =>
      launch('two.test.js', { runtimeArgs: ['--test', '--test-reporter=spec'], console: 'integratedTerminal' });
    await debugTests();
    await ended(1);
    await waitFor('the end of the session', () => !vscode.debug.activeDebugSession);
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 19, 0, 20), '2'));
    await editor.document.save();
    await debugTests();
    await ended(2);
    await delay(1500);
    const { task } = await redactTask(recording.tasks()[0], []);
    const [record] = buildTrajectories(task, meta);
    const tests = record.steps.filter(({ kind }) => kind === 'test');
    assert.deepEqual(
      tests.map(({ command, exit_code }) => [command, exit_code]),
      [1, 0].map((code) => ['node --test --test-reporter=spec two.test.js', blind ? null : code]),
    );
    // Where no exit code is told, nothing is guessed.
    const { status, basis } = record.outcome;
    assert.deepEqual([status, basis], blind ? ['unknown', 'none'] : ['succeeded', 'test_names']);
  });
});
