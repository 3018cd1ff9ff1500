import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { readDataset } from '../../src/dataset/dataset.ts';
import { validateDataset } from '../../src/dataset/validate.ts';
import { attentionTimes } from '../../src/session/capture/documents/attention.ts';
import { VERSIONS, type VersionName } from '../support/vscode/versions.ts';
import { keepTask, waitForRecords } from './support/session.ts';
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
      const shows = (name: string, timeout = 30_000) =>
        page.locator('.tab.active').filter({ hasText: name }).waitFor({ timeout });
      const back = async () => {
        await delay(2 * attentionTimes.landing);
        await workbench.press('Control+Alt+-');
        await shows('rates.test.js');
      };
      const goToCall = async () => {
        await workbench.goToLine(6);
        await workbench.press('Home', ...Array('assert.equal(p'.length).fill('ArrowRight'));
      };
      await workbench.openFile('rates.test.js');
      await goToCall();
      // Until the language server answers, the key leads nowhere.
      const isServed = () =>
        shows('rates.js', 1000).then(
          () => true,
          () => false,
        );
      do await workbench.press('F12');
      while (!(await isServed()));
      await back();
      // While it loads, the server knows the import for the definition: the way back may have ended there.
      await goToCall();

      await workbench.clickStatus();
      await workbench.clickDialogButton('Agree');
      await workbench.waitForStatus('Understudy: recording');
      await page.locator('.tab.active').click();
      do await workbench.press('F12');
      while (!(await isServed()));
      await back();
      await delay(2 * attentionTimes.landing);
      await page
        .locator('.view-line span')
        .filter({ hasText: 'shipping' })
        .last()
        .click({ modifiers: ['Control'] });
      await shows('rates.js');
      await delay(2 * attentionTimes.landing);
      await workbench.press('End');
      await workbench.type(' // seen');
      await workbench.runCommand('Understudy: Finish Task');
      await keepTask(workbench, stage.extensionStorage);

      const [id] = await waitForRecords(datasetFolder, 1);
      assert.deepEqual((await validateDataset(datasetFolder)).faults, []);
      const { files, steps } = await (await readDataset(datasetFolder)).readTrajectory(id);
      const told = steps.filter(({ kind, action }) => kind === 'edit' || action === 'jump');
      // Over the import, where the server takes it for the definition.
      if (files[told[0].file_id as number].path === 'test/rates.test.js') told.shift();
      assert.deepEqual(
        told.map(({ kind, file_id }) => [kind, files[file_id as number].path]),
        [
          ['view', 'src/rates.js'],
          ['view', 'test/rates.test.js'],
          ['view', 'src/rates.js'],
          ['edit', 'src/rates.js'],
        ],
      );
      const [price, test, shipping] = told;
      const source = files[price.file_id as number].base_text ?? '';
      const places = [price, shipping].map(({ selections }) => source.slice(selections[0].active).split('(')[0]);
      assert.deepEqual(places, ['price', 'shipping']);
      assert.match(test.excerpts[0].text, /assert\.equal\(price\(250\), 399\);/);
      assert.deepEqual([price.excerpts, shipping.excerpts], [[], []], 'replay gives them');
      assert.equal(files[test.file_id as number].base_text, null);
    });
  });
}
