import assert from 'node:assert/strict';
import { readDataset } from '../../src/dataset/dataset.ts';
import { changeSettings, machineSettingsFile } from '../support/vscode/settings.ts';
import { keepTask, waitForRecords } from './support/session.ts';
import { Stage } from './support/stage.ts';

describe('redaction in the hands of a person', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.set({ version: 'newest' });
  });
  after(() => stage.strike());

  it('takes a selected word out of what is sealed already and of what is to come', async () => {
    const { workbench, datasetFolder } = stage;
    await workbench.clickStatus();
    await workbench.clickDialogButton('Agree');
    await workbench.waitForStatus('Understudy: recording');
    await workbench.openFile('rates.js');
    await workbench.goToLine(7);
    await workbench.type('\n// the falcon tariff');
    await workbench.save();
    await workbench.runCommand('Understudy: Finish Task');
    await keepTask(workbench, stage.extensionStorage);
    const [first] = await waitForRecords(datasetFolder, 1);
    const textOf = async (id: string) => JSON.stringify(await (await readDataset(datasetFolder)).readTrajectory(id));
    assert.match(await textOf(first), /falcon/);

    await workbench.openFile('rates.js');
    await workbench.goToLine(8);
    await workbench.press('Control+ArrowLeft', 'Control+ArrowLeft', 'Control+Shift+ArrowRight');
    await workbench.chooseInContextMenu('Always Redact This');
    await workbench.notification(/taken out of 1 records/).waitFor();
    await workbench.clearNotifications();
    assert.doesNotMatch(await textOf(first), /falcon/);

    await workbench.openFile('rates.js');
    await workbench.chooseInContextMenu('Preview Redaction of This File');
    await workbench.page.locator('.tab.active').filter({ hasText: 'as a record would keep it' }).waitFor();
    await workbench.page
      .locator('.editor.modified .view-line')
      .filter({ hasText: 'REDACTED_SECRET_0001' })
      .first()
      .waitFor();
    await workbench.page
      .locator('.editor.modified .view-line span')
      .filter({ hasText: 'REDACTED_SECRET_0001' })
      .last()
      .hover();
    await workbench.page.locator('.monaco-hover').filter({ hasText: 'always redacted' }).first().waitFor();
    if (process.env.UNDERSTUDY_SCREENSHOTS) await workbench.screenshot('media/preview.png');
  });

  it('stops for a pattern that cannot be used, says which in the status bar, and goes on when it is mended', async () => {
    const { workbench, server } = stage;
    const use = (patterns: string[]) =>
      changeSettings(machineSettingsFile(server.userDataDir), { 'understudy.redaction.extraPatterns': patterns });
    await use(['PRJ-\\d+', '(\\w+)+!']);
    await workbench.waitForStatus('Understudy: stopped by an error');
    await workbench
      .notification(/Pattern 2 of understudy\.redaction\.extraPatterns, \(\\w\+\)\+!, cannot be used/)
      .waitFor();
    await workbench.statusItem.hover();
    await workbench.page
      .locator('.monaco-hover')
      .filter({ hasText: 'Pattern 2 of understudy.redaction.extraPatterns' })
      .first()
      .waitFor();
    await use(['PRJ-\\d+']);
    await workbench.waitForStatus('Understudy: recording');
  });
});
