import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readDataset } from '../../src/dataset/dataset.ts';
import { createTestWorkspace } from '../support/vscode/testWorkspace.ts';
import { VERSIONS, type VersionName } from '../support/vscode/versions.ts';
import { keepTask, waitForRecords } from './support/session.ts';
import { Stage } from './support/stage.ts';

for (const version of Object.keys(VERSIONS) as VersionName[]) {
  describe(`consent in VS Code ${VERSIONS[version].vscode}`, () => {
    let stage: Stage;
    before(async () => {
      stage = await Stage.set({ version });
    });
    after(() => stage.strike());

    const journals = () => readdir(join(stage.extensionStorage, 'journal')).catch((): string[] => []);

    it('is off at first, and nothing is kept of what is typed', async () => {
      const { workbench } = stage;
      assert.match(await workbench.status(), /Understudy: off$/);
      await workbench.openFile('rates.js');
      await workbench.goToLine(7);
      await workbench.type('// before consent');
      await delay(2500);
      assert.deepEqual(await journals(), []);
    });

    it('stays off when the dialog is closed in any other way', async () => {
      const { workbench } = stage;
      await workbench.clickStatus();
      await workbench.dialog.waitFor();
      await workbench.clickDialogButton('Cancel');
      assert.match(await workbench.status(), /Understudy: off$/);
      await workbench.clickStatus();
      await workbench.dialog.waitFor();
      await workbench.press('Escape');
      await workbench.dialog.waitFor({ state: 'detached' });
      assert.match(await workbench.status(), /Understudy: off$/);
      assert.deepEqual(await journals(), []);
    });

    it('records from the agreement on; a click pauses, another resumes, and neither asks', async () => {
      const { workbench } = stage;
      await workbench.clickStatus();
      await workbench.dialog.waitFor();
      await workbench.clickDialogButton('Agree');
      await workbench.waitForStatus('Understudy: recording');
      await workbench.openFile('rates.js');
      await workbench.goToLine(7);
      await workbench.type(' while recording');
      await workbench.clickStatus();
      await workbench.waitForStatus('Understudy: paused');
      assert.equal(await workbench.dialog.count(), 0);
      await workbench.openFile('package.json');
      await workbench.goToLine(2);
      await workbench.type('   ');
      await workbench.press('Control+Z', 'Control+Z');
      await workbench.clickStatus();
      await workbench.waitForStatus('Understudy: recording');
      await workbench.runCommand('Understudy: Finish Task');
      await keepTask(workbench, stage.extensionStorage);
      const [id] = await waitForRecords(stage.datasetFolder, 1);
      const record = await (await readDataset(stage.datasetFolder)).readTrajectory(id);
      assert.deepEqual(
        record.gaps.map(({ reason }) => reason),
        ['paused'],
      );
      const [file] = record.files.filter(({ base_step }) => base_step !== null);
      assert.ok(file.base_text?.includes('// before consent\n'));
      assert.ok(file.final_text?.includes('// before consent while recording\n'));
      // What was typed there while it was paused is not known; that it is looked at now may be.
      const steps = record.steps.filter(({ kind }) => kind !== 'view');
      assert.ok(steps.every(({ file_id }) => file_id === null || record.files[file_id].path !== 'package.json'));
    });

    it('lasts for this workspace, as it was, and for no other', async () => {
      const { workbench } = stage;
      await workbench.save().catch(() => {});
      await workbench.reload();
      await workbench.waitForStatus('Understudy: recording');
      await workbench.clickStatus();
      await workbench.waitForStatus('Understudy: paused');
      await delay(1000);
      await workbench.reload();
      await workbench.waitForStatus('Understudy: paused');

      const other = await createTestWorkspace();
      await stage.openFolder(other.folder);
      await stage.workbench.waitForStatus('Understudy: off');
      await stage.openFolder(stage.project.folder);
      await stage.workbench.waitForStatus('Understudy: paused');
      await other.dispose();
    });

    it('ends with Stop Recording', async () => {
      await stage.workbench.runCommand('Understudy: Stop Recording');
      await stage.workbench.waitForStatus('Understudy: off');
      await stage.workbench.clickStatus();
      await stage.workbench.dialog.waitFor();
      await stage.workbench.clickDialogButton('Cancel');
    });
  });
}
