import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDataset } from '../../src/dataset/dataset.ts';
import { validateDataset } from '../../src/dataset/validate.ts';
import { VERSIONS, type VersionName } from '../support/vscode/versions.ts';
import { keepTask, waitForRecords } from './support/session.ts';
import { Stage } from './support/stage.ts';

for (const version of Object.keys(VERSIONS) as VersionName[]) {
  describe(`a workspace of several folders in VS Code ${VERSIONS[version].vscode}`, () => {
    let stage: Stage;
    let other: string;
    before(async () => {
      stage = await Stage.set({ version });
      other = await mkdtemp(join(tmpdir(), 'understudy-other-'));
    });
    after(async () => {
      await stage.strike();
      await rm(other, { recursive: true, force: true, maxRetries: 5 });
    });

    it('is recorded as one, under the names of the folders, which may be the same', async () => {
      // Of the same name as the first one.
      const second = join(other, 'workspace');
      await mkdir(second);
      await writeFile(join(second, 'zebra.js'), 'export const stripes = 1;\n');
      await writeFile(join(second, 'kept.js'), 'export const kept = 1;\n');
      await writeFile(join(second, '.understudyignore'), 'kept.js\n');
      const file = join(other, 'both.code-workspace');
      const folders = [{ path: stage.project.folder }, { path: second }];
      await writeFile(file, JSON.stringify({ folders, settings: { 'files.autoSave': 'off' } }));
      await stage.openFolder(file);
      const { workbench, datasetFolder } = stage;
      await workbench.clickStatus();
      await workbench.clickDialogButton('Agree');
      await workbench.waitForStatus('Understudy: recording');
      for (const name of ['kept.js', 'rates.js', 'zebra.js']) {
        await workbench.openFile(name);
        await workbench.goToLine(1);
        await workbench.type('// seen\n');
        await workbench.save();
      }
      await workbench.runCommand('Understudy: Finish Task');
      await keepTask(workbench, stage.extensionStorage);
      const [id] = await waitForRecords(datasetFolder, 1);
      assert.deepEqual((await validateDataset(datasetFolder)).faults, []);
      const { files, steps } = await (await readDataset(datasetFolder)).readTrajectory(id);
      const edited = steps.flatMap(({ kind, file_id }) => (kind === 'edit' && file_id !== null ? [file_id] : []));
      assert.deepEqual(
        [...new Set(edited)].map((file) => files[file].path),
        ['workspace/src/rates.js', 'workspace-2/zebra.js'],
      );
    });
  });
}
