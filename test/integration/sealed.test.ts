import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { ConsentStore } from '../../src/consent/consentStore.ts';
import { readDataset } from '../../src/dataset/dataset.ts';
import { taskFolder, trajectoryFileName } from '../../src/dataset/layout.ts';
import { openDataset } from '../../src/dataset/store.ts';
import { validateDataset } from '../../src/dataset/validate.ts';
import { splitBucket } from '../../src/trajectory/hashes.ts';
import type { Trajectory } from '../../src/trajectory/record.ts';
import { idOf, publicationOf, sampleRecord, testPolicy, testReceipt } from '../support/records.ts';
import { answering } from './support/dialogs.ts';
import { TestWindow } from './support/windows.ts';

describe('a sealed task', () => {
  let window: TestWindow;
  let projectId: string;
  beforeEach(async () => {
    window = await TestWindow.open();
    projectId = await new ConsentStore(window.memory).projectId();
  });
  afterEach(() => window.close());

  async function publish(name: string, fields: Partial<Trajectory> = {}): Promise<string> {
    const store = await openDataset(window.datasetFolder);
    await store.addConsent(testReceipt, testPolicy);
    const own = { project_id: projectId, split_bucket: splitBucket(null, projectId), ...fields };
    await store.publish(publicationOf(sampleRecord(name, own)));
    return idOf(name);
  }
  /** In two parts. */
  const publishLong = async () => {
    const task_id = idOf('long task');
    const ids = [
      await publish('first', { task_id, part: 0, parts: 2 }),
      await publish('second', { task_id, part: 1, parts: 2 }),
    ];
    return { task_id, ids };
  };
  const records = async () => {
    const dataset = await readDataset(window.datasetFolder);
    const all: Trajectory[] = [];
    for await (const id of dataset.trajectoryIds()) all.push(await dataset.readTrajectory(id));
    return all;
  };
  const withdraw = (argument: unknown) =>
    answering(
      ({ offered }) => offered.find((label) => label === 'Withdraw'),
      () => window.recording.tasks.withdraw(argument),
    );
  /** Types words where they are asked for. */
  async function typing(words: string, body: () => Promise<unknown>): Promise<void> {
    const { showInputBox } = vscode.window;
    Object.defineProperty(vscode.window, 'showInputBox', { configurable: true, value: async () => words });
    await body().finally(() =>
      Object.defineProperty(vscode.window, 'showInputBox', { configurable: true, value: showInputBox }),
    );
  }

  it('in several parts is one row, is revised as one, and goes as one', async () => {
    const { task_id: taskId, ids } = await publishLong();
    await publish('other');
    const { tasks } = await window.recording.tasks.sealed.newest(10);
    assert.deepEqual(tasks.map(({ trajectoryIds }) => trajectoryIds).sort(), [ids, [idOf('other')]].sort());

    await typing('Greet everybody', () => window.recording.tasks.editInstruction({ kind: 'sealed', taskId }));
    const revised = (await records()).filter(({ task_id }) => task_id === taskId);
    assert.deepEqual(
      revised.map(({ instruction, revision }) => [instruction.text, revision]),
      [
        ['Greet everybody', 2],
        ['Greet everybody', 2],
      ],
    );
    const asked = await withdraw({ kind: 'sealed', taskId });
    assert.deepEqual(
      asked.map(({ text }) => text),
      ['Withdraw this task?'],
    );
    assert.deepEqual(
      (await records()).map(({ trajectory_id }) => trajectory_id),
      [idOf('other')],
    );
    assert.deepEqual((await validateDataset(window.datasetFolder)).faults, []);
  });

  it('takes no instruction with what the person always wants redacted', async () => {
    await publish('plain');
    await window.secrets.store('understudy.denylist', JSON.stringify(['zorblatt']));
    const task = { kind: 'sealed', taskId: idOf('task of plain') };
    await typing('As zorblatt wants it', () => window.recording.tasks.editInstruction(task));
    const [{ instruction }] = await records();
    assert.match(instruction.text ?? '', /^As REDACTED_SECRET_\w+ wants it$/);
  });

  it('is named by its id alone: whatever else a call says, no other task goes with it, nor one of another workspace', async () => {
    await publish('mine');
    const foreign = idOf('another project');
    await publish('foreign', { project_id: foreign, split_bucket: splitBucket(null, foreign) });
    const all = { trajectoryIds: [idOf('mine'), idOf('foreign')], instruction: 'evil' };
    await withdraw({ kind: 'sealed', taskId: idOf('task of foreign'), ...all });
    assert.equal((await records()).length, 2);
    await withdraw({ kind: 'sealed', taskId: idOf('task of mine'), ...all });
    assert.deepEqual(
      (await records()).map(({ trajectory_id }) => trajectory_id),
      [idOf('foreign')],
    );
  });

  it('is shown and can be withdrawn when its record is broken', async () => {
    const id = await publish('torn');
    const file = join(window.datasetFolder, taskFolder(id), trajectoryFileName);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify((await records())[0]).slice(0, 1000));
    const [task] = (await window.recording.tasks.sealed.newest(10)).tasks;
    assert.deepEqual([task.trajectoryIds, task.summary], [[id], null]);
    await withdraw({ kind: 'sealed', taskId: task.taskId });
    assert.deepEqual((await window.recording.tasks.sealed.newest(10)).tasks, []);
  });
});
