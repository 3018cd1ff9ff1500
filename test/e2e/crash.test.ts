import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readDataset } from '../../src/dataset/dataset.ts';
import { validateDataset } from '../../src/dataset/validate.ts';
import { keepTask, waitForRecords } from './support/session.ts';
import { Stage } from './support/stage.ts';

describe('an extension host killed in mid-session', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.set({ version: 'newest' });
  });
  after(() => stage.strike());

  it('leaves no readable text, and its task waits for review at the next start', async () => {
    const { workbench } = stage;
    await workbench.clickStatus();
    await workbench.dialog.waitFor();
    await workbench.clickDialogButton('Agree');
    await workbench.waitForStatus('Understudy: recording');
    await workbench.openFile('rates.js');
    await workbench.goToLine(7);
    const typed = '// unusual zebra crossing words';
    await workbench.type(typed);
    await delay(2500);

    const [pid] = (await stage.server.extensionHostPids()).slice(-1);
    process.kill(pid, 'SIGKILL');

    const files = await readdir(stage.extensionStorage, { recursive: true, withFileTypes: true });
    const journals = files.filter(({ name }) => name.endsWith('.journal'));
    assert.equal(journals.length, 1);
    for (const entry of files.filter((one) => one.isFile())) {
      const bytes = await readFile(join(entry.parentPath, entry.name), 'latin1');
      for (const text of ['zebra', 'crossing', 'parcel', 'rates.js']) assert.ok(!bytes.includes(text), entry.name);
    }

    await stage.server.kill();
    await stage.server.restart();
    await workbench.reload();
    await keepTask(workbench, stage.extensionStorage);
    const [id] = await waitForRecords(stage.datasetFolder, 1, 90_000);
    assert.deepEqual((await validateDataset(stage.datasetFolder)).faults, []);
    const record = await (await readDataset(stage.datasetFolder)).readTrajectory(id);
    assert.ok(record.files[0].final_text?.includes(typed));
    await workbench.waitForStatus('Understudy: recording');
  });
});
