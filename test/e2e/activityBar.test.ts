import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readDataset } from '../../src/dataset/dataset.ts';
import { openDataset } from '../../src/dataset/store.ts';
import { validateDataset } from '../../src/dataset/validate.ts';
import { VERSIONS, type VersionName } from '../support/vscode/versions.ts';
import { recordsIn, waitForRecords } from './support/session.ts';
import { Stage } from './support/stage.ts';

const instruction = 'Add up the parcels of an order';

for (const version of Object.keys(VERSIONS) as VersionName[]) {
  describe(`the view in VS Code ${VERSIONS[version].vscode}`, () => {
    let stage: Stage;
    before(async () => {
      stage = await Stage.set({ version });
    });
    after(() => stage.strike());

    it('says at first that nothing is recorded, and leads to the decision', async () => {
      const { workbench } = stage;
      // As one who has just installed it does; VS Code ticks only what comes true behind that.
      await workbench.runCommand('Understudy: Open Walkthrough');
      await workbench.openUnderstudy();
      await workbench.section('Current Task').getByText('Nothing is recorded in this workspace.').waitFor();
      await workbench.section('Agreement').getByText('Nothing is agreed to in this workspace').waitFor();
      await workbench.section('Current Task').getByRole('button', { name: 'Read and Decide' }).click();
      await workbench.dialog.waitFor();
      await workbench.clickDialogButton('Agree');
      await workbench.waitForStatus('Understudy: recording');
      await workbench.section('Current Task').getByText('No task is open.').waitFor();
      await workbench.row('Agreement', 'Controller').filter({ hasText: 'only you' }).waitFor();
    });

    it('tells each step of the current task as it is done', async () => {
      const { workbench } = stage;
      await workbench.openFile('rates.js');
      await workbench.goToLine(4);
      await workbench.type('\nif (grams < 5000) return 749;');
      await workbench
        .row('Current Task', 'Edited rates.js')
        .filter({ hasText: /\d+ changes/ })
        .waitFor();
      await workbench.save();
      await workbench.showTerminal();
      await workbench.runInTerminal('npm test');
      await workbench.row('Current Task', 'Tests: npm').filter({ hasText: 'failed' }).waitFor();
      const rows = await workbench.section('Current Task').locator('.monaco-list-row').allTextContents();
      assert.ok(rows[0].includes('Edited rates.js') && rows.at(-1)?.includes('Tests: npm'), rows.join('\n'));
    });

    it('holds what has ended, says what becomes of it, and seals what is kept', async () => {
      const { workbench, datasetFolder } = stage;
      await workbench.runCommand('Understudy: Finish Task');
      const held = workbench.row('Held Tasks', 'src/rates.js');
      await held.filter({ hasText: 'waiting for review' }).waitFor();
      assert.match((await held.getAttribute('aria-label')) ?? '', /discarded in 7 days/);
      assert.deepEqual(await recordsIn(datasetFolder), []);
      if (process.env.UNDERSTUDY_SCREENSHOTS) await workbench.screenshotInThemes('media/view.png');
      await workbench.clickInRow(held, 'Keep');
      await waitForRecords(datasetFolder, 1);
      await workbench.row('Sealed Tasks', 'Without an instruction').filter({ hasText: 'javascript' }).waitFor();
      await held.waitFor({ state: 'detached' });
    });

    it('edits the instruction of a sealed task, in its next revision', async () => {
      const { workbench, datasetFolder } = stage;
      await workbench.clickInRow(workbench.row('Sealed Tasks', 'Without an instruction'), 'Edit Instruction…');
      await workbench.answer('Edit Instruction', instruction);
      await workbench.row('Sealed Tasks', instruction).waitFor();
      const [id] = await recordsIn(datasetFolder);
      const record = await (await readDataset(datasetFolder)).readTrajectory(id);
      assert.deepEqual(
        [record.revision, record.instruction.text, record.instruction.source, record.instruction.hindsight],
        [2, instruction, 'user', true],
      );
      assert.deepEqual((await validateDataset(datasetFolder)).faults, []);
    });

    it('withdraws a sealed task once the person has confirmed it', async () => {
      const { workbench, datasetFolder } = stage;
      const [id] = await recordsIn(datasetFolder);
      const row = workbench.row('Sealed Tasks', instruction);
      await workbench.clickInRow(row, 'Withdraw…');
      await workbench.dialog.waitFor();
      await workbench.clickDialogButton('Cancel');
      assert.deepEqual(await recordsIn(datasetFolder), [id]);
      await workbench.clickInRow(row, 'Withdraw…');
      await workbench.dialog.waitFor();
      await workbench.clickDialogButton('Withdraw');
      await row.waitFor({ state: 'detached' });
      assert.deepEqual(await recordsIn(datasetFolder), []);
      const withdrawals = await readFile(join(datasetFolder, 'consent', 'withdrawals.jsonl'), 'utf8');
      assert.ok(withdrawals.includes(id));
    });

    it('withdraws a held task, of which nothing is sealed, by the keyboard alone', async () => {
      const { workbench, datasetFolder } = stage;
      await workbench.openFile('rates.js');
      await workbench.goToLine(4);
      await workbench.type(' // heavy');
      await workbench.save();
      await workbench.runCommand('Understudy: Finish Task');
      const held = workbench.row('Held Tasks', 'src/rates.js');
      await held.waitFor();
      await workbench.runCommand('Focus on Held Tasks View');
      const isFocused = async () => (await held.and(workbench.page.locator('.focused')).count()) > 0;
      for (; !(await isFocused()); await delay(200)) await workbench.press('ArrowDown');
      await workbench.press('Shift+F10');
      const items = workbench.page.getByRole('menuitem');
      await items.filter({ hasText: 'Withdraw…' }).waitFor();
      // From the first to the last one, over Review and Keep.
      await delay(300);
      await workbench.press('ArrowUp', 'Enter');
      await workbench.dialog.getByText('Withdraw this task?').waitFor();
      await workbench.press('Enter');
      await held.waitFor({ state: 'detached' });
      assert.deepEqual(await recordsIn(datasetFolder), []);
    });

    it('follows what happens to the dataset elsewhere', async () => {
      const { workbench, datasetFolder } = stage;
      await workbench.openFile('rates.js');
      await workbench.goToLine(4);
      await workbench.type(' and bulky');
      await workbench.save();
      await workbench.runCommand('Understudy: Finish Task');
      await workbench.clickInRow(workbench.row('Held Tasks', 'src/rates.js'), 'Keep');
      const row = workbench.row('Sealed Tasks', 'Without an instruction');
      await row.waitFor();
      const store = await openDataset(datasetFolder);
      await store.withdraw(await recordsIn(datasetFolder));
      await row.waitFor({ state: 'detached' });
    });

    it('leads through it all in four steps, and ticks what was done', async () => {
      const { workbench } = stage;
      await workbench.runCommand('Understudy: Open Walkthrough');
      const page = workbench.page.locator('.gettingStartedContainer');
      await page.locator('h2', { hasText: 'Get Started with Understudy' }).waitFor();
      for (const title of [
        'Understand what is recorded',
        'Switch it on',
        'Watch a task being sealed',
        'See it, and delete it',
      ])
        assert.equal(await page.getByRole('heading', { name: title }).count(), 1, title);
      for (const title of ['Switch it on', 'Watch a task being sealed', 'See it, and delete it'])
        await page.getByRole('checkbox', { name: `${title}: Completed` }).waitFor();
    });
  });
}
