import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { ConsentStore } from '../../src/consent/consentStore.ts';
import { grant } from '../../src/consent/grant.ts';
import { policy } from '../../src/consent/policy.ts';
import { Scope } from '../../src/editor/capture/scope.ts';
import { openFolders } from '../../src/editor/consent/agreement.ts';
import { liveShareId } from '../../src/editor/consent/liveShare.ts';
import type { Administration } from '../../src/editor/consent/organisationFile.ts';
import { readPlace } from '../../src/editor/git/places.ts';
import { CellPaths } from '../../src/session/capture/notebooks/cellPaths.ts';
import { answering } from './support/dialogs.ts';
import { notebookOf, TestNotebook } from './support/notebooks.ts';
import { fileUri, openEditor, Recording, waitFor } from './support/recordings.ts';
import { messagesOf, TestMemory, TestWindow, type TestWindowOptions } from './support/windows.ts';

const excludedFolders = 'understudy.excludedFolders';

function configure(setting: string, value: unknown): Thenable<void> {
  return vscode.workspace.getConfiguration().update(setting, value, vscode.ConfigurationTarget.Global);
}

describe('what holds recording back', () => {
  let folder: string;
  const windows: TestWindow[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-holds-'));
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const window of windows.splice(0)) await window.close();
    await configure(excludedFolders, undefined);
    await rm(folder, { recursive: true, force: true });
    await rm(fileUri('held.txt').fsPath, { force: true });
  });
  const open = async (options: TestWindowOptions = {}) => {
    const window = await TestWindow.open(undefined, options);
    windows.push(window);
    return window;
  };
  const waitForState = (window: TestWindow, state: string) => waitFor(state, () => window.state === state);
  const journals = async ({ storage }: TestWindow) => {
    const names = await readdir(join(storage, 'journal')).catch((): string[] => []);
    return names.filter((name) => name.endsWith('.journal'));
  };
  const type = async (text: string) => {
    await writeFile(fileUri('held.txt').fsPath, '\n', { flag: 'a' });
    const editor = await openEditor(fileUri('held.txt'));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
    await editor.document.save();
  };

  describe('a pause', () => {
    it('holds in all windows of the host, and any of them resumes', async () => {
      const one = await open();
      const other = await open({ storage: one.storage });
      assert.deepEqual([one.state, other.state], ['recording', 'recording']);
      const messages = await messagesOf(async () => {
        await one.recording.onOff.pauseNow();
        await waitForState(other, 'paused');
        await other.recording.onOff.click();
        await waitForState(one, 'recording');
        await one.recording.onOff.pauseNow();
        await one.recording.onOff.pauseNow();
        await waitForState(other, 'paused');
      });
      assert.deepEqual(messages, []);
      const later = await open({ storage: one.storage });
      assert.equal(later.state, 'paused');
    });

    it('is told to who agrees while it holds, in the dialog and behind it, with a button that ends it', async () => {
      const window = await open({ choice: null });
      await window.recording.onOff.pauseNow();
      const shown = await answering(
        ({ offered }) => offered.find((label) => label === 'Agree' || label === 'Resume'),
        async () => {
          await window.recording.onOff.click();
          await waitForState(window, 'recording');
        },
      );
      assert.match(shown[0].detail, /^A pause holds in all windows on this host/);
      assert.match(shown[1].text, /^A pause holds in all windows on this host.*until somebody resumes/);
      assert.deepEqual(shown[1].offered, ['Resume']);
    });

    it('ends by itself when it was for a time', async () => {
      const window = await open();
      await writeFile(join(window.storage, 'pause.json'), JSON.stringify({ until: Date.now() + 5000 }));
      await waitForState(window, 'paused');
      await waitForState(window, 'recording');
    });
  });

  it('is the end of the agreement, when it was said to end', async () => {
    const memory = new TestMemory();
    await new ConsentStore(memory).keep(
      { ...grant(policy, new Date()), valid_until: new Date(Date.now() + 4000).toISOString() },
      await readPlace(openFolders()),
    );
    const window = await open({ memory });
    assert.equal(window.state, 'recording');
    const end = Date.now() + 20_000;
    await waitForState(window, 'off');
    assert.ok(Date.now() < end, 'before the next look');
  });

  it('is a trouble where recording cannot be started: the status bar does not say that it is on', async () => {
    const memory = new TestMemory();
    const window = await open({ memory });
    await window.recording.onOff.stop();
    const update = memory.update.bind(memory);
    memory.update = async (key, value) => {
      if (key === 'understudy.project') throw new Error('full');
      await update(key, value);
    };
    await answering(
      ({ offered }) => offered.find((label) => label === 'Agree'),
      () => window.recording.onOff.click(),
    );
    await waitForState(window, 'start');
    memory.update = update;
    await window.recording.onOff.click();
    assert.equal(window.state, 'recording');
  });

  describe('an organisation', () => {
    let administration: Administration;
    beforeEach(() => {
      administration = { file: join(folder, 'policy.json'), writable: async () => null };
    });
    const says = (text: object) => writeFile(administration.file, JSON.stringify(text));

    it('forbids, at once, and asks nobody meanwhile', async () => {
      const window = await open({ administration });
      assert.equal(window.state, 'recording');
      await says({ forbid: true });
      await waitForState(window, 'held');
      await type('while it is forbidden');
      assert.deepEqual(await journals(window), []);
      const [message] = await messagesOf(() => window.recording.onOff.click());
      assert.match(message, /organisation/);
      await rm(administration.file);
      await waitForState(window, 'recording');
    });

    it('stops recording where its file is not understood, names it, and lets nobody agree', async () => {
      await writeFile(administration.file, '{"allow": true}');
      for (const choice of [undefined, null]) {
        const window = await open({ administration, ...(choice === null ? { choice } : {}) });
        assert.equal(window.state, choice === null ? 'off' : 'organisation');
        const messages = await messagesOf(() => window.recording.onOff.click());
        assert.equal(messages.length, 1);
        assert.ok(messages[0].includes(administration.file));
      }
      await says({});
      await waitForState(windows[0], 'recording');
    });

    it('stops recording where others could have written its file', async () => {
      await says({});
      const window = await open({ administration: { ...administration, writable: async () => folder } });
      assert.equal(window.state, 'organisation');
      const [message] = await messagesOf(() => window.recording.onOff.click());
      assert.ok(message.includes(administration.file) && message.includes(folder));
    });

    it('stops recording where a pattern of it cannot be used', async () => {
      await says({ redact: ['(a+)+$'] });
      const window = await open({ administration });
      await waitForState(window, 'organisation');
      await says({ redact: ['quennik-\\d+'] });
      await waitForState(window, 'recording');
    });

    it('ends an agreement at once when it names a controller, and who agrees anew goes on', async () => {
      const window = await open({ administration });
      await says({ controller: { name: 'Example Works', contact: 'privacy@example.org' } });
      await waitForState(window, 'off');
      const [asked] = await answering(
        ({ offered }) => offered.find((label) => label === 'Agree'),
        () => window.recording.onOff.click(),
      );
      assert.match(asked.detail, /Example Works/);
      assert.equal(window.state, 'recording');
    });

    it('ends an agreement that was given under no controller, or another one', async () => {
      await says({ controller: { name: 'Example Works', contact: 'privacy@example.org' } });
      assert.equal((await open({ administration })).state, 'off');
    });

    it('holds back a workspace that it excludes', async () => {
      await says({ excludePaths: [fileUri().fsPath] });
      const window = await open({ administration });
      assert.equal(window.state, 'held');
      assert.match((await messagesOf(() => window.recording.onOff.click()))[0], /organisation/);
    });
  });

  describe('the person’s own setting', () => {
    it('holds back a workspace in an excluded folder, as soon as it is one', async () => {
      const window = await open();
      assert.equal(window.state, 'recording');
      await configure(excludedFolders, [join(fileUri().fsPath, '..')]);
      await waitForState(window, 'held');
      await type('in an excluded folder');
      assert.deepEqual(await journals(window), []);
      assert.match((await messagesOf(() => window.recording.onOff.click()))[0], /excludedFolders/);
      await configure(excludedFolders, ['/elsewhere']);
      await waitForState(window, 'recording');
    });

    it('holds everything back where it is not understood', async () => {
      await configure(excludedFolders, 'nonsense');
      assert.equal((await open()).state, 'held');
    });
  });

  describe('Live Share', () => {
    let session: { role: number };
    let change: vscode.EventEmitter<unknown>;
    let restore: () => void;
    beforeEach(() => {
      session = { role: 0 };
      change = new vscode.EventEmitter();
      const api = {
        get session() {
          return session;
        },
        onDidChangeSession: change.event,
      };
      const original = Object.getOwnPropertyDescriptor(vscode.extensions, 'getExtension') as PropertyDescriptor;
      const real = vscode.extensions.getExtension;
      const activate = async () => ({ getApi: async () => api });
      const value = (id: string) => (id === liveShareId ? { activate } : real(id));
      Object.defineProperty(vscode.extensions, 'getExtension', { configurable: true, value });
      restore = () => Object.defineProperty(vscode.extensions, 'getExtension', original);
    });
    afterEach(() => restore());
    const become = (role: number) => {
      session = { role };
      change.fire({ session });
    };

    it('holds recording while a session is on, in the task that is open', async () => {
      const window = await open();
      assert.equal(window.state, 'recording');
      await type('before the session');
      become(1);
      await waitForState(window, 'held');
      await type('while others work along');
      assert.match((await messagesOf(() => window.recording.onOff.click()))[0], /Live Share/);
      become(0);
      await waitForState(window, 'recording');
      await type('after the session');
      assert.deepEqual(
        window.logged.filter((line) => line.startsWith('task_ended')),
        [],
      );
    });

    it('holds recording from the beginning where a session is on', async () => {
      become(2);
      assert.equal((await open()).state, 'held');
    });
  });

  it('a notebook with cells in an excluded language counts as ignored, from the first such cell on', async () => {
    await writeFile(fileUri('held.ipynb').fsPath, notebookOf({ text: 'let a = 1;' }));
    const recording = await Recording.start(['edits', 'terminal'], { paths: [], languages: ['python'] });
    try {
      const notebook = await TestNotebook.show('held.ipynb');
      await notebook.replaceText(0, 'let a = 2;');
      const edits = await waitFor('an edit', () => recording.of('edit').length);
      const { NotebookCellData, NotebookCellKind, NotebookEdit } = vscode;
      await notebook.apply(
        NotebookEdit.insertCells(1, [new NotebookCellData(NotebookCellKind.Code, 'held = 1', 'python')]),
      );
      await waitFor('the notebook to be let go', () => recording.of('close').length > 0);
      await notebook.replaceText(0, 'let a = 3;');
      await notebook.replaceText(1, 'held = 2');
      await notebook.document.save();
      assert.equal(recording.of('edit').length, edits);
      assert.ok(!JSON.stringify(recording.events).includes('held ='));
    } finally {
      recording.recorder.dispose();
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await rm(fileUri('held.ipynb').fsPath);
    }
  });

  it('excluded files and languages count as ignored', async () => {
    await mkdir(fileUri('area').fsPath, { recursive: true });
    const [python, other, held] = [fileUri('a.py'), fileUri('odd.name'), fileUri('area/b.ts')];
    for (const uri of [python, other]) await writeFile(uri.fsPath, '\n');
    const paths = [fileUri('area').fsPath];
    const scope = await Scope.create(new CellPaths(), { paths, languages: ['python', 'json'] });
    try {
      assert.equal(scope.pathOf(fileUri('c.ts')), 'c.ts');
      assert.deepEqual(
        [python, held, fileUri('package.json')].map((uri) => scope.pathOf(uri)),
        [null, null, null],
      );
      assert.equal(scope.pathOf(other), 'odd.name');
      const { document } = await openEditor(other);
      await vscode.languages.setTextDocumentLanguage(document, 'python');
      assert.equal(scope.documentPathOf(other), null);
      assert.equal(scope.directoryOf(fileUri('area')), null);
      assert.equal(scope.directoryOf(fileUri()), '.');
    } finally {
      scope.dispose();
      for (const uri of [python, other, fileUri('area')]) await rm(uri.fsPath, { recursive: true, force: true });
    }
  });
});
