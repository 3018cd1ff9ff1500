import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { attentionTimes } from '../../src/session/capture/documents/attention.ts';
import { fileUri, openEditor, Recording, waitFor } from './support/recordings.ts';

const run = promisify(execFile);
const git = (...args: string[]) => run('git', ['-C', fileUri().fsPath, ...args]);
const { executeCommand } = vscode.commands;

const filler = Array.from({ length: 150 }, (_, i) => `// line ${i}`).join('\n');
const shapes = `${filler}\nexport function area(side: number): number {\n  return side * side;\n}\n`;
const user = `import { area } from './shapes';\nconsole.log(area(2), near());\n${filler}\nfunction near() {\n  return 1;\n}\n`;

/** Longer than any look takes to be told. */
const longEnough = attentionTimes.dwell + attentionTimes.pause + 500;

describe('what was looked at', () => {
  let recording: Recording;
  const start = async (...signals: Parameters<typeof Recording.start>) => {
    recording = await Recording.start(...signals);
  };
  const looks = () =>
    recording.of('view').map(({ doc, reason, visible }) => {
      const opened = recording.of('open').find((event) => event.doc === doc);
      return { path: opened?.path, reason, from: visible[0].start };
    });
  const look = (path: string, reason: string) =>
    waitFor(`a ${reason} in ${path}`, () => looks().find((one) => one.path === path && one.reason === reason));

  beforeEach(async () => {
    await writeFile(fileUri('shapes.ts').fsPath, shapes);
    await writeFile(fileUri('user.ts').fsPath, user);
    // What watchers tell of the files would be work.
    await delay(1200);
  });
  afterEach(async () => {
    recording.recorder.dispose();
    await executeCommand('workbench.action.closeAllEditors');
    await git('clean', '-fdq');
    await git('checkout', '-q', '.');
  });

  const put = (editor: vscode.TextEditor, line: number, character: number) => {
    editor.selection = new vscode.Selection(line, character, line, character);
    editor.revealRange(editor.selection);
  };

  /** The language server answers. */
  async function served({ document }: vscode.TextEditor): Promise<void> {
    for (let tries = 0; tries < 60; tries++) {
      const [found] = await executeCommand<vscode.LocationLink[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        new vscode.Position(1, 13),
      );
      if (found?.targetUri?.path.endsWith('shapes.ts')) return;
      await delay(250);
    }
    throw new Error('The language server knows no definition');
  }

  it('tells lines that stay in view, once for each stay, with the text that they stand in', async function () {
    this.timeout(60_000);
    await start(['edits', 'views']);
    const editor = await openEditor(fileUri('shapes.ts'));
    await look('shapes.ts', 'dwell');
    editor.revealRange(new vscode.Range(100, 0, 100, 0), vscode.TextEditorRevealType.AtTop);
    await waitFor('the second stay', () => looks().length === 2);
    await delay(longEnough);
    assert.deepEqual(
      looks().map(({ path, reason }) => [path, reason]),
      [
        ['shapes.ts', 'dwell'],
        ['shapes.ts', 'dwell'],
      ],
    );
    assert.ok(looks()[1].from > 80, 'the lines to which it was scrolled');
    assert.equal(recording.of('open')[0].text, shapes);
    assert.equal(recording.recorder.hasTask, false, 'looking is no work');
    assert.deepEqual(recording.tasks(), []);
  });

  it('tells where a definition was found, in another file and in the same one, and what was done then', async function () {
    this.timeout(60_000);
    const editor = await openEditor(fileUri('user.ts'));
    await served(editor);
    put(editor, 1, 13);
    await start(['edits', 'views']);
    await executeCommand('editor.action.revealDefinition');
    await look('shapes.ts', 'jump');
    await executeCommand('workbench.action.navigateBack');
    await look('user.ts', 'jump');
    const back = await waitFor('the editor', () => vscode.window.activeTextEditor);
    put(back, 1, 21);
    await delay(300);
    await executeCommand('editor.action.revealDefinition');
    await waitFor('the definition below', () => looks().some(({ path, from }) => path === 'user.ts' && from > 100));
    await executeCommand('type', { text: 'x' });

    const [task] = recording.tasks();
    const jumps = task.steps.flatMap((step) => (step.kind === 'view' && step.reason === 'jump' ? [step] : []));
    const [there] = jumps;
    assert.equal(task.files[there.file].seen, shapes);
    assert.ok(there.visible.some(({ start, end }) => start <= 150 && 150 <= end));
    assert.deepEqual(there.selections, [at(shapes, 'area')]);
    assert.deepEqual(jumps.at(-1)?.selections, [at(user, 'near() {')]);
    assert.equal(task.steps.at(-1)?.kind, 'edit');
  });

  it('tells nothing of typing in view, of searching, and of switching between editors', async function () {
    this.timeout(60_000);
    await openEditor(fileUri('shapes.ts'));
    const editor = await openEditor(fileUri('user.ts'));
    put(editor, 1, 0);
    await start(['edits', 'views']);
    await executeCommand('type', { text: '\n' });
    await executeCommand('type', { text: '1' });
    await delay(longEnough);
    await executeCommand('editor.actions.findWithArgs', { searchString: 'line 140' });
    await executeCommand('editor.action.nextMatchFindAction');
    await executeCommand('workbench.action.previousEditor');
    await delay(attentionTimes.landing + 200);
    assert.deepEqual(looks(), []);
    await executeCommand('closeFindWidget');
    await executeCommand('workbench.action.files.revert');
  });

  it('tells nothing without consent to views', async function () {
    this.timeout(60_000);
    await start(['edits', 'terminal', 'tests', 'errors', 'git']);
    const editor = await openEditor(fileUri('user.ts'));
    await delay(longEnough);
    put(editor, 140, 0);
    await executeCommand('workbench.action.navigateBack');
    await delay(longEnough);
    assert.deepEqual(recording.events, []);
  });
});

/** An empty selection in front of a text. */
function at(text: string, part: string): { anchor: number; active: number } {
  const offset = text.indexOf(part);
  return { anchor: offset, active: offset };
}
