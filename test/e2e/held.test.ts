import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VERSIONS, type VersionName } from '../support/vscode/versions.ts';
import { keepTask, recordsIn, waitForHeld, waitForRecords } from './support/session.ts';
import { Stage } from './support/stage.ts';

for (const version of Object.keys(VERSIONS) as VersionName[]) {
  describe(`what a person holds back and takes back in VS Code ${VERSIONS[version].vscode}`, () => {
    let stage: Stage;
    before(async () => {
      stage = await Stage.set({ version });
      await stage.workbench.clickStatus();
      await stage.workbench.clickDialogButton('Agree');
      await stage.workbench.waitForStatus('Understudy: recording');
    });
    after(() => stage.strike());

    const work = async (words: string) => {
      const { workbench } = stage;
      await workbench.openFile('rates.js');
      await workbench.goToLine(7);
      await workbench.type(`\n// ${words}`);
      await workbench.save();
    };

    it('withdraws a held task, and keeps the next one, with the keyboard alone', async () => {
      const { workbench, extensionStorage, datasetFolder } = stage;
      await work('withdrawn');
      await workbench.runCommand('Understudy: Finish Task');
      await waitForHeld(extensionStorage, 1);
      await workbench.runCommand('Understudy: Held Tasks');
      await workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'src/rates.js' }).waitFor();
      await workbench.page.locator('.quick-input-list').getByText('waits for your review').waitFor();
      if (process.env.UNDERSTUDY_SCREENSHOTS) await workbench.screenshot('media/held.png');
      await workbench.pick('Held Tasks');
      await workbench.pick('What Becomes of This Task?', 'Withdraw');
      await waitForHeld(extensionStorage, 0);
      await workbench.runCommand('Understudy: Held Tasks');
      await workbench.notification(/No task is held/).waitFor();
      await workbench.clearNotifications();

      await work('kept');
      await workbench.runCommand('Understudy: Finish Task');
      await keepTask(workbench, extensionStorage);
      const [id] = await waitForRecords(datasetFolder, 1);
      const text = await readFile(join(datasetFolder, 'data', id.slice(0, 2), id, 'trajectory.jsonl'), 'utf8');
      assert.ok(text.includes('kept'));
    });

    it('forgets the last minutes and goes on', async () => {
      const { workbench, datasetFolder } = stage;
      await work('forgotten');
      await workbench.runCommand('Understudy: Forget the Last Minutes');
      await workbench.pick('Forget What Was Recorded', '60');
      await workbench.notification(/last 60 minutes is forgotten/).waitFor();
      await workbench.clearNotifications();
      assert.deepEqual(await recordsIn(datasetFolder), []);
      await workbench.waitForStatus('Understudy: recording');
    });

    it('withdraws everything with a reset: off, and ids alone are left', async () => {
      const { workbench, extensionStorage, datasetFolder } = stage;
      await work('for a while');
      await workbench.runCommand('Understudy: Finish Task');
      await keepTask(workbench, extensionStorage);
      const [id] = await waitForRecords(datasetFolder, 1);
      await work('still open');
      await workbench.runCommand('Understudy: Withdraw Everything and Reset Ids');
      await workbench.dialog.getByText('does not unlearn').waitFor();
      await workbench.clickDialogButton('Withdraw and Reset');
      await workbench.notification(/Everything of this workspace is withdrawn/).waitFor();
      await workbench.waitForStatus('Understudy: off');
      assert.deepEqual(await recordsIn(datasetFolder), []);
      const noted = await readFile(join(datasetFolder, 'consent', 'withdrawals.jsonl'), 'utf8');
      assert.ok(noted.includes(id));
      await waitForHeld(extensionStorage, 0);
    });
  });
}
