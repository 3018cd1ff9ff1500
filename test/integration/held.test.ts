import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { strFromU8, unzipSync } from 'fflate';
import * as vscode from 'vscode';
import { ConsentStore } from '../../src/consent/consentStore.ts';
import { readDataset } from '../../src/dataset/dataset.ts';
import { validateDataset } from '../../src/dataset/validate.ts';
import { journalKeyName } from '../../src/editor/capture/journalKey.ts';
import { Log } from '../../src/editor/log.ts';
import { exportTo } from '../../src/editor/takingBack/exportHeld.ts';
import type { Trajectory } from '../../src/trajectory/record.ts';
import { answering } from './support/dialogs.ts';
import { fileUri, openEditor, waitFor } from './support/recordings.ts';
import { TestSecrets, TestWindow } from './support/windows.ts';

function useGrace(minutes: number | undefined): Thenable<void> {
  const configuration = vscode.workspace.getConfiguration();
  return configuration.update('understudy.graceMinutes', minutes, vscode.ConfigurationTarget.Global);
}

describe('a task that has ended', () => {
  const windows: TestWindow[] = [];
  const open = async (...args: Parameters<typeof TestWindow.open>) => {
    const window = await TestWindow.open(...args);
    windows.push(window);
    return window;
  };
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const window of windows.splice(0).reverse()) await window.close();
    await useGrace(undefined);
  });

  async function write(name: string, text: string): Promise<void> {
    await writeFile(fileUri(name).fsPath, '\n');
    const editor = await openEditor(fileUri(name));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
    await editor.document.save();
  }

  const journalNames = ({ storage }: TestWindow) => readdirSync(join(storage, 'journal'));
  const journals = (window: TestWindow) => journalNames(window).filter((name) => name.endsWith('.journal'));
  const recordsOf = async ({ datasetFolder }: TestWindow) => {
    const dataset = await readDataset(datasetFolder).catch(() => null);
    const records: Trajectory[] = [];
    for await (const id of dataset?.trajectoryIds() ?? []) records.push(await dataset!.readTrajectory(id));
    return records;
  };
  const records = async (window: TestWindow) => (await recordsOf(window)).length;
  const projectOf = (window: TestWindow) => new ConsentStore(window.memory).knownProjectId ?? '';
  /** As in a workspace in which the first tasks were decided on. */
  const choseGrace = async (window: TestWindow) => {
    await window.memory.update('understudy.tasksDecided', 3);
    await window.memory.update('understudy.reviewChoice', 'grace');
  };

  it('waits for the person, who keeps or withdraws it by quick picks that say what it is', async () => {
    const window = await open();
    const [empty] = await answering(
      () => undefined,
      () => window.recording.tasks.pickHeld(),
    );
    assert.match(empty.text, /^No task is held/);

    const token = `ghp_${'a1B2c3D4e5'.repeat(3)}F6g7h8`;
    await write(`falcon.txt`, `key ${token}\n`);
    window.recording.finishTask();
    const [kept] = await window.held();
    assert.equal(await records(window), 0);
    const answers = ['falcon.txt', 'Keep'];
    const [tasks, actions, sealed] = await answering(
      () => answers.shift(),
      () => window.recording.tasks.pickHeld(),
    );
    assert.deepEqual(tasks.offered, ['falcon.txt | ended just now | waits for your review; discarded in 7 days']);
    assert.deepEqual(
      actions.offered.map((one) => one.split(' | ')[0]),
      ['Review', 'Keep', 'Withdraw'],
    );
    assert.match(sealed.text, /is sealed/);
    // What a watcher told late may have begun another task.
    const isLeft = (taskId: string) => journals(window).includes(`${taskId}.journal`);
    assert.deepEqual([await records(window), isLeft(kept)], [1, false]);

    await write('osprey.txt', 'gone\n');
    window.recording.finishTask();
    const [withdrawn] = await window.held();
    const withdrawing = ['osprey.txt', 'Withdraw'];
    await answering(
      () => withdrawing.shift(),
      () => window.recording.tasks.pickHeld(),
    );
    // The window that held it may have had it still in its hands.
    await waitFor('its journal to go', () => !isLeft(withdrawn));
    assert.equal(await records(window), 1);
  });

  it('is named in redacted words', async () => {
    const window = await open();
    const token = `ghp_${'a1B2c3D4e5'.repeat(3)}F6g7h8`;
    await write('named.txt', `key ${token}\n`);
    await answering(
      () => undefined,
      async () => {
        const { showInputBox } = vscode.window;
        Object.defineProperty(vscode.window, 'showInputBox', { configurable: true, value: async () => `Use ${token}` });
        try {
          await window.recording.startTask();
        } finally {
          Object.defineProperty(vscode.window, 'showInputBox', { configurable: true, value: showInputBox });
        }
      },
    );
    await write('named.txt', `key ${token}\n`);
    window.recording.finishTask();
    await window.held(2);
    const listed = await window.recording.tasks.held.list(projectOf(window));
    const labels = await Promise.all(listed.map(({ taskId }) => window.recording.tasks.held.label(taskId)));
    assert.deepEqual(labels.sort(), ['Use REDACTED_SECRET_0001', 'named.txt']);
  });

  it('is asked about once, after three decisions; then it is sealed by itself if the person wants so', async () => {
    await useGrace(0);
    const window = await open();
    const asked = await answering(
      ({ offered }) => offered.find((label) => label.startsWith('Seal')),
      async () => {
        for (const name of ['one', 'two', 'three']) {
          await write(`${name}.txt`, `${name}\n`);
          await window.finishAndKeep();
        }
        await waitFor('the choice', () => window.memory.get('understudy.reviewChoice') === 'grace');
      },
    );
    assert.equal(asked.filter(({ text }) => /Shall later ones wait for your review/.test(text)).length, 1);
    // What a watcher told late may have begun another task before the choice.
    window.recording.finishTask();
    await write('four.txt', 'four\n');
    window.recording.finishTask();
    const end = Date.now() + 30_000;
    const isSealed = async () =>
      (await recordsOf(window)).some(({ files }) => files.some(({ path }) => path === 'four.txt'));
    while (!(await isSealed())) {
      assert.ok(Date.now() < end, window.logged.join('; '));
      await delay(100);
    }
  });

  it('is held for the grace time, which every window of the host keeps', async () => {
    const window = await open();
    await choseGrace(window);
    await write('grace.txt', 'grace\n');
    window.recording.finishTask();
    const [taskId] = await window.held();
    const [listed] = await window.recording.tasks.held.list(projectOf(window));
    assert.equal((listed.sealsAt as number) - listed.endedAt, 10 * 60_000);
    await window.recording.close();
    await useGrace(0);
    const other = await open(window.secrets, { storage: window.storage });
    await waitFor('the record', () => other.logged.some((line) => line.startsWith(`task_sealed ${taskId}`)));
  });

  it('goes with everything of its workspace, the open one too, in all windows; the other workspaces stay', async () => {
    const secrets = new TestSecrets();
    const window = await open(secrets);
    const same = await open(secrets, { storage: window.storage, memory: window.memory });
    const other = await open(secrets, { storage: window.storage });
    await write('first.txt', 'first\n');
    for (const one of [window, same, other]) one.recording.finishTask();
    await window.held(3);
    const [kept] = await window.recording.tasks.held.list(projectOf(window));
    await window.recording.tasks.held.keep(kept.taskId);
    const project = projectOf(window);
    await write('second.txt', 'second\n');
    const shown = await answering(
      ({ offered }) => offered.find((label) => label === 'Withdraw Everything'),
      () => window.recording.takeBack.withdrawWorkspace(),
    );
    assert.match(shown[0].detail, /Copies of the dataset that you gave away stay.*does not unlearn/);
    // The other window of the workspace lets go within seconds.
    await waitFor('the other window', () => same.logged.filter((line) => line === 'state recording').length > 1);
    await waitFor('its journals', () => journals(window).length <= 3);
    assert.equal(await records(window), 0);
    assert.notEqual(projectOf(window), project);
    assert.deepEqual([window.state, same.state, other.state], ['recording', 'recording', 'recording']);
    assert.equal((await other.recording.tasks.held.list(projectOf(other))).length, 1);
    assert.ok((await (await readDataset(window.datasetFolder)).withdrawn()).has(project));
    // What is recorded from now on is kept as ever.
    await write('third.txt', 'third\n');
    window.recording.finishTask();
    await waitFor('a task held anew', () => window.logged.filter((line) => line.startsWith('task_held')).length >= 2);
  });

  it('goes with a reset, after which nothing is left: no consent, no id, no key', async () => {
    const window = await open();
    await write('reset.txt', 'reset\n');
    await window.finishAndKeep();
    await write('open.txt', 'open\n');
    const key = window.secrets.stored.get(journalKeyName);
    await answering(
      ({ offered }) => offered[0],
      () => window.recording.takeBack.withdrawAndReset(),
    );
    assert.equal(window.state, 'off');
    assert.deepEqual([await records(window), journals(window), projectOf(window)], [0, [], '']);
    for (const name of ['receipt', 'place', 'tasksDecided', 'reviewChoice']) {
      assert.equal(window.memory.get(`understudy.${name}`), undefined, name);
    }
    assert.ok(key && window.secrets.stored.get(journalKeyName) === undefined);
  });

  it('loses the last minutes when they are forgotten, in every window, and what was typed then comes from no memory', async () => {
    const secrets = new TestSecrets();
    const window = await open(secrets);
    const other = await open(secrets, { storage: window.storage });
    const states = (one: TestWindow, state: string) => one.logged.filter((line) => line === `state ${state}`).length;
    await write('forget.txt', 'the falcon flies\n');
    await window.recording.onOff.click();
    await waitFor('the pause', () => window.state === 'paused' && other.state === 'paused');
    const before = states(other, 'paused');
    const shown = await answering(
      ({ offered }) => offered.find((label) => label === 'The last 5 minutes'),
      () => window.recording.takeBack.forget(),
    );
    assert.match(shown.at(-1)?.text ?? '', /forgotten.*part of that file/);
    await waitFor('the other window', () => states(other, 'paused') > before);
    await waitFor('all journals', () => journals(window).length === 0);
    // While nothing is recorded the word goes from the file too: it could come from memory alone.
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await writeFile(fileUri('forget.txt').fsPath, 'the bird flies\n');
    const again = await openEditor(fileUri('forget.txt'));
    await waitFor('the new text', () => again.document.getText().includes('bird'));
    await window.recording.onOff.click();
    await waitFor('the recording', () => window.state === 'recording' && other.state === 'recording');
    await again.edit((edit) => edit.insert(new vscode.Position(0, 0), 'now '));
    await again.document.save();
    window.recording.finishTask();
    other.recording.finishTask();
    for (const taskId of await window.held(2)) {
      const draft = await window.recording.tasks.held.draft(taskId);
      const text = JSON.stringify(draft);
      assert.deepEqual([text.includes('bird'), text.includes('falcon')], [true, false]);
    }
  });

  it('and the dataset may be deleted by hand while recording', async () => {
    const window = await open();
    await write('hand.txt', 'by hand\n');
    await window.finishAndKeep();
    await write('hand2.txt', 'by hand again\n');
    await rm(window.datasetFolder, { recursive: true });
    await rm(join(window.storage, 'journal'), { recursive: true });
    await write('hand3.txt', 'still open\n');
    window.recording.finishTask();
    await waitFor('the end of the open task', () => window.logged.some((line) => line.startsWith('task_ended')));
    await write('hand4.txt', 'the next one\n');
    await window.finishAndKeep();
    assert.equal(await records(window), 1);
    assert.deepEqual((await validateDataset(window.datasetFolder)).faults, []);
  });

  it('and all else that is held comes in one zip, readable by its owner alone', async () => {
    const window = await open();
    await write('kept.txt', 'the kept falcon\n');
    await window.finishAndKeep();
    await write('raw.txt', 'the open osprey\n');
    window.recording.finishTask();
    const [taskId] = await window.held();
    const out = join(window.storage, 'export.zip');
    const log = new Log({ info: () => {} } as unknown as vscode.LogOutputChannel);
    const extension = vscode.extensions.getExtension('understudy.understudy') as vscode.Extension<unknown>;
    const [done] = await answering(
      () => undefined,
      () =>
        exportTo(out, {
          workerFile: vscode.Uri.joinPath(extension.extensionUri, 'dist', 'sealingWorker.cjs').fsPath,
          datasetFolder: window.datasetFolder,
          journals: join(window.storage, 'journal'),
          key: Buffer.from(window.secrets.stored.get(journalKeyName) ?? '', 'hex'),
          memory: window.memory,
          pause: { until: null },
          own: async () => [{ type: 'denied', value: 'my word' }],
          log,
        }),
    );
    assert.match(done.text, /^\d+ files are in/);
    const files = unzipSync(readFileSync(out));
    const text = (name: string) => strFromU8(files[name]);
    assert.match(text(`journals/${taskId}.jsonl`), /the open osprey/);
    assert.match(text('workspace.json'), /"agreed_at"/);
    assert.match(text('always-redacted.json'), /my word/);
    assert.match(text('settings.json'), /understudy\.graceMinutes/);
    assert.match(text('README.txt'), /RAW TEXT/);
    assert.deepEqual(JSON.parse(text('pause.json')), { until: null });
    const receipts = Object.keys(files).filter((name) => name.startsWith('dataset/consent/receipts/'));
    assert.equal(receipts.length, 1);
    const [times] = JSON.parse(text('storage/step-times.json'));
    assert.ok(times.ends.every((end: number) => Math.abs(end - Date.now()) < 600_000));
    const [record] = await recordsOf(window);
    const id = record.trajectory_id;
    assert.match(text(`dataset/data/${id.slice(0, 2)}/${id}/trajectory.jsonl`), /the kept falcon/);
    assert.ok(
      !Object.values(files).some((bytes) =>
        strFromU8(bytes, true).includes(window.secrets.stored.get(journalKeyName) ?? '-'),
      ),
    );
    if (process.platform !== 'win32') assert.equal((await stat(out)).mode & 0o777, 0o600);
    await mkdir(join(window.storage, 'export2.zip'));
    const [failed] = await answering(
      () => undefined,
      () =>
        exportTo(join(window.storage, 'export2.zip'), {
          workerFile: vscode.Uri.joinPath(extension.extensionUri, 'dist', 'sealingWorker.cjs').fsPath,
          datasetFolder: window.datasetFolder,
          journals: join(window.storage, 'journal'),
          key: null,
          memory: window.memory,
          pause: null,
          own: async () => [],
          log,
        }),
    );
    assert.match(failed.text, /could not be written/);
  });
});
