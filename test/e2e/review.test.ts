import assert from 'node:assert/strict';
import { readDataset } from '../../src/dataset/dataset.ts';
import { validateDataset } from '../../src/dataset/validate.ts';
import type { Trajectory } from '../../src/trajectory/record.ts';
import { randomToken } from '../support/secrets.ts';
import { VERSIONS, type VersionName } from '../support/vscode/versions.ts';
import { recordsIn, waitForRecords } from './support/session.ts';
import { Stage } from './support/stage.ts';

const instruction = 'Parcels of five kilograms have a price of their own';

for (const version of Object.keys(VERSIONS) as VersionName[]) {
  describe(`the review in VS Code ${VERSIONS[version].vscode}`, () => {
    let stage: Stage;
    /** What the page's policy refused. */
    const refused: string[] = [];
    const secret = randomToken(32);

    before(async () => {
      stage = await Stage.set({ version });
      stage.workbench.page.on('console', (message) => {
        if (/Content Security Policy|Uncaught/.test(message.text())) refused.push(message.text());
      });
    });
    after(() => stage.strike());

    const timeline = () => stage.workbench.webview.getByRole('listbox', { name: 'Steps' });
    const steps = (name: string | RegExp) => timeline().getByRole('option', { name });
    const button = (name: string | RegExp) => stage.workbench.webview.getByRole('button', { name });
    const tab = (name: string | RegExp) => stage.workbench.webview.getByRole('tab', { name });
    const changes = () => stage.workbench.webview.getByRole('list', { name: 'Changes' });
    const outcome = () => stage.workbench.webview.getByRole('combobox', { name: 'Outcome' });
    const record = async (): Promise<Trajectory> => {
      assert.deepEqual((await validateDataset(stage.datasetFolder)).faults, []);
      const [id] = await recordsIn(stage.datasetFolder);
      return (await readDataset(stage.datasetFolder)).readTrajectory(id);
    };

    it('shows a held task as it would be sealed: each step with its code, its output and what was redacted', async () => {
      const { workbench } = stage;
      await workbench.clickStatus();
      await workbench.clickDialogButton('Agree');
      await workbench.waitForStatus('Understudy: recording');
      await workbench.openFile('rates.js');
      await workbench.showTerminal();
      await workbench.runInTerminal('npm test');
      await workbench.openFile('rates.js');
      await workbench.goToLine(4);
      await workbench.type(`\nconst token = '${secret}';`);
      await workbench.save();
      await workbench.runInTerminal('npm test');
      await workbench.openFile('rates.js');
      await workbench.goToLine(6);
      await workbench.type('\n// the falcon tariff');
      await workbench.save();
      await workbench.runCommand('Understudy: Finish Task');
      await workbench.runCommand('Understudy: Review Task');
      await workbench.choose('src/rates.js');

      await workbench.webview.getByText('Not sealed yet').waitFor();
      await steps(/^Test run, npm test, .*failed/)
        .first()
        .click();
      await workbench.webview.getByLabel('Output').getByText('AssertionError').first().waitFor();
      await steps(/^Edit, rates\.js, typed/)
        .first()
        .click();
      await workbench.webview.getByText("const token = 'REDACTED_SECRET_0001';").first().waitFor();
      if (process.env.UNDERSTUDY_SCREENSHOTS) {
        await workbench.press('Control+j', 'Control+b');
        await steps(/^Edit, rates\.js, typed/)
          .first()
          .click();
        await workbench.screenshot('media/review.png');
        await workbench.screenshotInThemes('media/review.png');
      }
      await tab(/^Redacted/).click();
      await workbench.webview.getByRole('cell', { name: 'REDACTED_SECRET_0001' }).waitFor();
      await workbench.webview.getByRole('cell', { name: 'secret', exact: true }).waitFor();
      await tab(/^Examples/).click();
      await workbench.webview.getByRole('region', { name: 'The example' }).waitFor();
    });

    it('seals what is kept, with the instruction of the person', async () => {
      const { workbench, datasetFolder } = stage;
      await workbench.webview.getByLabel('Instruction').fill(instruction);
      await workbench.webview.getByLabel('Instruction').press('Enter');
      await changes().getByText('instruction changed').waitFor();
      assert.deepEqual(await recordsIn(datasetFolder), []);
      await button('Keep').click();
      await waitForRecords(datasetFolder, 1);
      await workbench.webview.getByText(/^Sealed, revision/).waitFor();
      const sealed = await record();
      assert.deepEqual([sealed.instruction.text, sealed.instruction.source], [instruction, 'user']);
      assert.ok(!JSON.stringify(sealed).includes(secret));
    });

    it('drops steps, redacts a selection and sets the outcome of what is sealed, in its next revision', async () => {
      const { workbench } = stage;
      const before = await record();
      // The page is put away behind another tab, and made anew.
      await workbench.openFile('rates.js');
      await workbench.page.locator('.tab').filter({ hasText: 'Review:' }).click();
      await tab(/^Step/).click();
      const runs = await steps(/^Test run/).count();
      await steps(/^Test run/)
        .last()
        .click();
      await button('Drop step').click();
      await changes()
        .getByText(/dropped/)
        .waitFor();
      assert.equal(await steps(/^Test run/).count(), runs - 1);

      await steps(/^Edit, rates\.js, typed/)
        .last()
        .click();
      await workbench.webview.getByText('falcon').first().dblclick();
      await button('Redact selection').click();
      await changes().getByText('6 characters redacted').waitFor();
      await outcome().selectOption('Abandoned');
      await changes().getByText('outcome: Abandoned').waitFor();
      await button('Undo last').click();
      await changes().getByText('outcome: Abandoned').waitFor({ state: 'detached' });
      await outcome().selectOption('Unknown');
      await changes().getByText('outcome: Unknown').waitFor();
      assert.deepEqual(await record(), before, 'nothing is written before it is saved');

      await button('Save').click();
      await changes().waitFor({ state: 'detached' });
      const revised = await record();
      assert.equal(revised.revision, before.revision + 1);
      assert.deepEqual([revised.outcome.status, revised.outcome.basis], ['unknown', 'user']);
      assert.equal(revised.steps.filter(({ kind }) => kind === 'test').length, runs - 1);
      assert.doesNotMatch(JSON.stringify(revised), /falcon/);
    });

    it('is worked by keys alone, and loses nothing when it is closed', async () => {
      const { workbench } = stage;
      await workbench.press('Control+w');
      await workbench.runCommand('Understudy: Review Task');
      await workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: instruction }).waitFor();
      await workbench.press('Enter');
      await timeline().waitFor();
      const focused = () => workbench.webview.locator(':focus');
      const label = () => focused().getAttribute('aria-label');
      const tabTo = async (name: string) => {
        for (let i = 0; i < 12 && (await label().catch(() => null)) !== name; i++) await workbench.press('Tab');
        assert.equal(await label(), name);
      };
      await workbench.webview.locator('body').press('Tab');
      await tabTo('Step');
      await workbench.press('ArrowRight');
      await tabTo('Steps');
      assert.equal(await timeline().getAttribute('aria-activedescendant'), 'step-1');
      await workbench.press('Home', 'Shift+ArrowDown');
      await button('Cut 2 steps').waitFor();
      await workbench.press('Delete');
      await changes().getByText('steps 1–2 cut').waitFor();
      await workbench.press('Tab', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
      await workbench.webview.getByText('Package manager').waitFor();

      const before = await record();
      await workbench.page.keyboard.press('F1');
      await workbench.type('View: Close Editor');
      await workbench.press('Enter');
      await workbench.notification('changes that are not saved').getByRole('button', { name: 'Reopen' }).click();
      await changes().getByText('steps 1–2 cut').waitFor();
      await button('Save').press('Enter');
      await changes().waitFor({ state: 'detached' });
      assert.equal((await record()).steps.length, before.steps.length - 2);
    });

    it('loads and runs nothing but its own', () => assert.deepEqual(refused, []));
  });
}
