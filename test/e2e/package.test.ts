import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { validateDataset } from '../../src/dataset/validate.ts';
import { VERSIONS, type VersionName } from '../support/vscode/versions.ts';
import { keepTask, waitForRecords } from './support/session.ts';
import { Stage } from './support/stage.ts';

const root = join(import.meta.dirname, '../..');
const largest = 700_000;

describe('the packaged extension', () => {
  let folder: string;
  let vsix: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-package-'));
    vsix = join(folder, 'understudy.vsix');
    await promisify(execFile)('npm', ['run', 'package', '--', '--out', vsix], { cwd: root });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is small', async () => {
    const { size } = await stat(vsix);
    assert.ok(size < largest, `${size} bytes`);
  });

  for (const version of Object.keys(VERSIONS) as VersionName[]) {
    it(`installs into VS Code ${VERSIONS[version].vscode}, works there, and leaves the dataset when it is uninstalled`, async () => {
      const stage = await Stage.set({ version, installVsix: vsix, machineSettings: {} });
      try {
        const { workbench, server } = stage;
        // Where the setting names no other.
        const dataset = join(server.home, '.local', 'share', 'understudy', 'dataset');
        await workbench.clickStatus();
        await workbench.dialog.waitFor();
        await workbench.clickDialogButton('Agree');
        await workbench.waitForStatus('Understudy: recording');
        await workbench.openFile('rates.js');
        await workbench.goToLine(7);
        await workbench.type('// packaged');
        await workbench.runCommand('Understudy: Finish Task');
        await keepTask(workbench, stage.extensionStorage);
        await waitForRecords(dataset, 1);

        await server.uninstallExtension('understudy.understudy');
        await server.restart();
        await workbench.page.reload();
        await workbench.page.locator('.statusbar-item').first().waitFor();
        // VS Code tidies up some seconds later.
        await delay(10_000);
        assert.equal(await workbench.statusItem.count(), 0);
        const { trajectories, faults } = await validateDataset(dataset);
        assert.deepEqual([trajectories, faults], [1, []]);
      } finally {
        await stage.strike();
      }
    });
  }
});
