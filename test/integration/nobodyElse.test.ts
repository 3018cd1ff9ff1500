import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { grant } from '../../src/consent/grant.ts';
import { policy } from '../../src/consent/policy.ts';
import { commands } from '../../src/editor/names.ts';
import { answering } from './support/dialogs.ts';
import { fileUri } from './support/recordings.ts';
import { TestWindow } from './support/windows.ts';

type Shown = { message: string; modal: boolean };

/** What is asked while `body` runs, and left unanswered. */
async function asked(body: () => PromiseLike<unknown>): Promise<Shown[]> {
  const shown: Shown[] = [];
  const original = Object.getOwnPropertyDescriptor(vscode.window, 'showInformationMessage') as PropertyDescriptor;
  const value = async (message: string, options?: vscode.MessageOptions) =>
    void shown.push({ message, modal: options?.modal ?? false });
  Object.defineProperty(vscode.window, 'showInformationMessage', { configurable: true, value });
  try {
    await body();
  } finally {
    Object.defineProperty(vscode.window, 'showInformationMessage', original);
  }
  return shown;
}

describe('nobody can consent for another', () => {
  const files = ['.understudy', '.understudy.json', '.understudyrc', '.understudyignore'];
  let window: TestWindow;
  beforeEach(async () => {
    window = await TestWindow.open(undefined, { choice: null });
  });
  afterEach(async () => {
    await window.close();
    for (const name of files) await rm(fileUri(name).fsPath, { force: true });
    await rm(fileUri('.vscode').fsPath, { recursive: true, force: true });
  });

  const receipt = grant(policy, new Date());
  const everything = {
    receipt,
    consent: true,
    agree: true,
    enabled: true,
    'understudy.receipt': receipt,
    'understudy.consent': true,
    'understudy.state': 'recording',
  };

  it('by a file in the workspace', async () => {
    for (const name of files) await writeFile(fileUri(name).fsPath, JSON.stringify(everything));
    await vscode.workspace.fs.writeFile(fileUri('.vscode', 'settings.json'), Buffer.from(JSON.stringify(everything)));
    await window.recording.refresh();
    assert.equal(window.state, 'off');
  });

  it('by a setting, of whatever scope', async () => {
    const { Global, Workspace } = vscode.ConfigurationTarget;
    const { configuration } = (vscode.extensions.getExtension('understudy.understudy') as vscode.Extension<unknown>)
      .packageJSON.contributes;
    for (const setting of Object.keys(configuration.properties)) {
      for (const target of [Global, Workspace]) {
        // What has the scope of the machine no workspace can set.
        await vscode.workspace
          .getConfiguration()
          .update(setting, everything, target)
          .then(undefined, () => {});
      }
      await window.recording.refresh();
      assert.equal(window.state, 'off', setting);
      for (const target of [Global, Workspace])
        await vscode.workspace
          .getConfiguration()
          .update(setting, undefined, target)
          .then(undefined, () => {});
    }
  });

  it('by a command, whatever it is given: it only opens the dialog', async () => {
    for (const argument of [undefined, 'agree', true, receipt, everything]) {
      const shown = await asked(() => vscode.commands.executeCommand(commands.toggle, argument));
      assert.equal(shown.length, 1);
      assert.equal(shown[0].modal, true);
    }
    const others = [commands.pauseNow, commands.stop, commands.finishTask, commands.startTask];
    const running = asked(async () => {
      for (const command of others) void vscode.commands.executeCommand(command, everything);
      await delay(1000);
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    });
    assert.ok((await running).every(({ modal }) => !modal));
    // What was paused by the way goes on.
    const again = await asked(() => vscode.commands.executeCommand(commands.toggle));
    assert.deepEqual(
      again.map(({ modal }) => modal),
      [true],
    );
  });

  it('by asking until they give in: there is one dialog at a time', async () => {
    let answer = () => {};
    const open = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let dialogs = 0;
    const original = Object.getOwnPropertyDescriptor(vscode.window, 'showInformationMessage') as PropertyDescriptor;
    const value = () => {
      dialogs++;
      return open;
    };
    Object.defineProperty(vscode.window, 'showInformationMessage', { configurable: true, value });
    try {
      const calls = Array.from({ length: 5 }, () => vscode.commands.executeCommand(commands.toggle));
      await Promise.all(calls.slice(1));
      assert.equal(dialogs, 1);
      answer();
      await calls[0];
    } finally {
      Object.defineProperty(vscode.window, 'showInformationMessage', original);
    }
  });

  it('by any command at all: nothing is agreed to, written or taken back, whatever it is given', async () => {
    const { contributes } = (vscode.extensions.getExtension('understudy.understudy') as vscode.Extension<unknown>)
      .packageJSON;
    const ids = ['a'.repeat(32), '../../x', '__proto__'];
    const evil = [
      everything,
      ...ids.map((taskId) => ({ kind: 'held', taskId, id: taskId })),
      ...ids.map((taskId) => ({ kind: 'sealed', taskId, trajectoryIds: [taskId, '../../x'], instruction: 'evil' })),
      vscode.Uri.parse('vscode://understudy.understudy/agree'),
      JSON.parse('{"__proto__": {"kind": "held"}}'),
      [[]],
    ];
    for (const { command } of contributes.commands) {
      for (const argument of evil) {
        const shown = await answering(
          () => undefined,
          async () => {
            const running = vscode.commands.executeCommand(command, argument);
            // What waits for words that nobody types.
            await Promise.race([running, delay(300)]);
            await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
            await Promise.race([running, delay(5000)]);
          },
        );
        assert.ok(
          shown.every(({ text }) => !/is withdrawn|^The task is|is deleted|is forgotten|files are in/.test(text)),
          JSON.stringify([command, shown]),
        );
      }
    }
    const again = await asked(() => vscode.commands.executeCommand(commands.toggle));
    assert.deepEqual(
      again.map(({ modal }) => modal),
      [true],
      'it is off, and asks',
    );
  }).timeout(180_000);

  it('by a context key', async () => {
    await vscode.commands.executeCommand('setContext', 'understudy.state', 'recording');
    await window.recording.refresh();
    assert.equal(window.state, 'off');
  });
});
