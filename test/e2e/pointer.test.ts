import assert from 'node:assert/strict';
import { readDataset } from '../../src/dataset/dataset.ts';
import { VERSIONS, type VersionName } from '../support/vscode/versions.ts';
import { keepTask, waitForRecords } from './support/session.ts';
import { Stage } from './support/stage.ts';

for (const version of Object.keys(VERSIONS) as VersionName[]) {
  describe(`text that the pointer moves in VS Code ${VERSIONS[version].vscode}`, () => {
    let stage: Stage;
    before(async () => {
      stage = await Stage.set({ version });
      await stage.workbench.clickStatus();
      await stage.workbench.clickDialogButton('Agree');
      await stage.workbench.waitForStatus('Understudy: recording');
    });
    after(() => stage.strike());

    it('counts as the work of the person who drags it', async () => {
      const { workbench, extensionStorage, datasetFolder } = stage;
      const { page } = workbench;
      await workbench.openFile('rates.js');
      await workbench.goToLine(1);
      await workbench.type('\n// one two three');
      await workbench.type('\n// end');
      const line = (text: string) =>
        workbench.editor.locator('.view-line').filter({ hasText: text }).locator('span span');
      const first = await line('one').first().boundingBox();
      const second = await line('end').first().boundingBox();
      assert.ok(first && second);
      const width = first.width / '// one two three'.length;
      const [x, y] = [first.x + width * '// one t'.length, first.y + first.height / 2];
      await page.mouse.dblclick(x, y);
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 5, y + 2, { steps: 5 });
      await page.mouse.move(second.x + width * '// '.length, second.y + second.height / 2, { steps: 10 });
      await page.mouse.up();
      await line('twoend').first().waitFor();
      await workbench.save();
      await workbench.runCommand('Understudy: Finish Task');
      await keepTask(workbench, extensionStorage);
      const [id] = await waitForRecords(datasetFolder, 1);
      const { steps } = await (await readDataset(datasetFolder)).readTrajectory(id);
      const edits = steps.filter(({ kind }) => kind === 'edit');
      assert.ok(
        edits.some(({ changes }) => changes.some(({ inserted }) => inserted === 'two')),
        'it was dragged',
      );
      assert.deepEqual(new Set(edits.map(({ origin }) => origin)), new Set(['typed']), JSON.stringify(edits));
    });
  });
}
