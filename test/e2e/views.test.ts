import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { readDataset } from '../../src/dataset/dataset.ts';
import { validateDataset } from '../../src/dataset/validate.ts';
import { attentionTimes } from '../../src/session/capture/attention.ts';
import { VERSIONS, type VersionName } from '../support/vscode/versions.ts';
import { waitForRecords } from './support/session.ts';
import { Stage } from './support/stage.ts';

for (const version of Object.keys(VERSIONS) as VersionName[]) {
  describe(`what was looked at in VS Code ${VERSIONS[version].vscode}`, () => {
    let stage: Stage;
    before(async () => {
      stage = await Stage.set({ version });
    });
    after(() => stage.strike());

    it('is told of a definition that a key leads to, and one that a click leads to, before the first edit', async () => {
      const { workbench, datasetFolder } = stage;
      const { page } = workbench;
      const shown = (name: string) =>
        page.locator('.tab.active').filter({ hasText: name }).waitFor({ timeout: 30_000 });
      const landed = () => delay(2 * attentionTimes.landing);
      await workbench.openFile('rates.test.js');
      await workbench.goToLine(6);
      // Until the language server answers, the key leads nowhere.
      await workbench.press('Home', ...Array(14).fill('ArrowRight'));
      await delay(8000);
      await workbench.clickStatus();
      await workbench.clickDialogButton('Agree');
      await workbench.waitForStatus('Understudy: recording');
      await page.locator('.tab.active').click();
      await workbench.press('F12');
      await shown('rates.js');
      await landed();
      await workbench.press('Control+Alt+-');
      await shown('rates.test.js');
      await landed();
      await page.screenshot({ path: `/tmp/views-e2e-${version}.png` });
      await page
        .locator('.view-line span')
        .filter({ hasText: 'shipping' })
        .last()
        .click({ modifiers: ['Control'] });
      await shown('rates.js');
      await landed();
      await workbench.press('End');
      await workbench.type(' // seen');
      await workbench.runCommand('Understudy: Finish Task');
      const [id] = await waitForRecords(datasetFolder, 1);
      const record = await (await readDataset(datasetFolder)).readTrajectory(id);
      const steps = record.steps.map(({ kind, action, file_id, excerpts, selections }) => [
        kind,
        action,
        file_id === null ? null : record.files[file_id].path,
        excerpts.length,
        JSON.stringify(selections),
      ]);
      console.log(JSON.stringify(steps, null, 1));
      assert.deepEqual((await validateDataset(datasetFolder)).faults, []);
    });
  });
}
