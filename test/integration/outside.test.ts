import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { Task, TaskStep } from '../../src/session/task.ts';
import { fileUri, openEditor, Recording, waitFor } from './support/recordings.ts';

const run = promisify(execFile);
const path = (...names: string[]) => fileUri(...names).fsPath;
const git = (...args: string[]) =>
  run('git', ['-C', path(), '-c', 'user.name=Author', '-c', 'user.email=author@example.com', ...args]);

type Edit = Extract<TaskStep<string>, { kind: 'edit' }>;
const editsOf = (task: Task<string>, name: string): Edit[] =>
  task.steps.flatMap((step) => (step.kind === 'edit' && task.files[step.file].path === name ? [step] : []));
const fileOf = (task: Task<string>, name: string) => task.files.find((file) => file.path === name);

describe('what other programs do to files', () => {
  let recording: Recording;
  beforeEach(async () => {
    await writeFile(path('kept.js'), 'one\ntwo\n');
    await writeFile(path('moved.js'), 'to be moved\n');
    await writeFile(path('gone.js'), 'to be deleted\n');
    await git('add', '.');
    await git('commit', '-qm', 'Files of the test');
    // Watchers tell late, and git's work counts for two seconds.
    await delay(2500);
    recording = await Recording.start();
  });
  afterEach(async () => {
    recording.recorder.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await git('checkout', '-q', '-f', 'HEAD');
    await git('clean', '-fdq');
    await git('reset', '-q', '--hard', 'HEAD~1');
  });

  const heard = (what: string, name: string): Promise<boolean> =>
    waitFor(`${what} of ${name}`, () => {
      const docs = new Map(recording.of('open').map(({ doc, path }) => [doc, path]));
      return what === 'disk'
        ? recording.of('disk').some(({ doc }) => docs.get(doc) === name)
        : recording.of('file').some((event) => event.action === what && event.path === name);
    });

  it('becomes edits, creations, renames and deletions, of files that were never open too', async () => {
    await appendFile(path('kept.js'), 'three\n');
    await mkdir(path('made'));
    await writeFile(path('made', 'new.js'), 'new\n');
    await rename(path('moved.js'), path('made', 'moved.js'));
    await rm(path('gone.js'));
    await heard('disk', 'kept.js');
    await heard('disk', 'made/new.js');
    await heard('rename', 'moved.js');
    await heard('delete', 'gone.js');
    const [task] = recording.tasks();
    const texts = (name: string) => [fileOf(task, name)?.base, fileOf(task, name)?.final];
    assert.deepEqual(texts('kept.js'), ['one\ntwo\n', 'one\ntwo\nthree\n']);
    assert.deepEqual(texts('made/new.js'), [null, 'new\n']);
    assert.deepEqual(texts('gone.js'), ['to be deleted\n', null]);
    const [edit] = editsOf(task, 'kept.js');
    assert.deepEqual([edit.origin, edit.changes], ['external', [{ offset: 8, deleted: 0, inserted: 'three\n' }]]);
    const moves = recording.of('file').filter(({ action }) => action === 'rename');
    assert.deepEqual(
      moves.map(({ path, to }) => [path, to]),
      [['moved.js', 'made/moved.js']],
    );
  });

  it('is told once, whether the file is open, closed, or opened afterwards', async () => {
    const editor = await openEditor(fileUri('kept.js'));
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'zero\n'));
    await editor.document.save();
    await writeFile(path('kept.js'), 'zero\none\n2\n');
    await waitFor('the reload', () => editor.document.getText() === 'zero\none\n2\n');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await writeFile(path('kept.js'), 'zero\none\n3\n');
    await delay(2500);
    const again = await openEditor(fileUri('kept.js'));
    await waitFor('the text', () => again.document.getText() === 'zero\none\n3\n');
    await again.edit((builder) => builder.insert(new vscode.Position(3, 0), 'four\n'));
    const [task] = recording.tasks();
    assert.deepEqual(
      [fileOf(task, 'kept.js')?.base, fileOf(task, 'kept.js')?.final],
      ['one\ntwo\n', 'zero\none\n3\nfour\n'],
    );
    const inserted = editsOf(task, 'kept.js').map(({ origin, changes }) => [
      origin,
      changes.map((one) => one.inserted.trim()),
    ]);
    assert.deepEqual(inserted.slice(1, 3), [
      ['external', ['2']],
      ['external', ['3']],
    ]);
    assert.equal(task.gaps.length, 0);
  });

  it('is git where git did it, and nothing where git merely brought a file that nobody saw', async () => {
    const editor = await openEditor(fileUri('kept.js'));
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'zero\n'));
    await editor.document.save();
    await git('checkout', '-q', '--', 'kept.js');
    await waitFor('the reload', () => editor.document.getText() === 'one\ntwo\n');
    await git('rm', '-q', '--cached', 'gone.js');
    await git('checkout', '-q', '-f', 'HEAD');
    await delay(1500);
    const [task] = recording.tasks();
    assert.equal(editsOf(task, 'kept.js').at(-1)?.origin, 'git');
    assert.equal(fileOf(task, 'gone.js'), undefined);
  });

  it('comes back after unsaved changes that stood against it', async () => {
    const editor = await openEditor(fileUri('kept.js'));
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'zero\n'));
    await writeFile(path('kept.js'), 'from outside\n');
    await delay(1500);
    assert.equal(editor.document.getText(), 'zero\none\ntwo\n');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await waitFor('the text of the disk', () => editor.document.getText() === 'from outside\n');
    const [task] = recording.tasks();
    assert.equal(fileOf(task, 'kept.js')?.final, 'from outside\n');
    assert.equal(editsOf(task, 'kept.js').at(-1)?.origin, 'external');
  });

  it('is counted as a gap where it is too much: a checkout of five thousand files', async () => {
    await git('checkout', '-q', '-b', 'many');
    await mkdir(path('many'));
    for (let i = 0; i < 5000; i++) await writeFile(path('many', `${i}.js`), `${i}\n`);
    await git('add', '.');
    await git('commit', '-qm', 'Many');
    await git('checkout', '-q', '-');
    await delay(2500);
    const editor = await openEditor(fileUri('kept.js'));
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), 'zero\n'));
    const from = recording.events.length;
    await git('checkout', '-q', 'many');
    await waitFor('the gap', () => recording.of('gap').length > 0, 20_000);
    assert.deepEqual(new Set(recording.of('gap').map(({ reason }) => reason)), new Set(['limit']));
    const told = recording.events.slice(from).filter(({ kind }) => kind === 'disk' || kind === 'file');
    assert.deepEqual(told, []);
    await git('checkout', '-q', '-f', '-');
    await git('branch', '-qD', 'many');
  });
});
