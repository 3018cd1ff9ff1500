import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readDataset } from '../../src/dataset/dataset.ts';
import { validateDataset } from '../../src/dataset/validate.ts';
import { pieceLength } from '../../src/redaction/detectors/rarity.ts';
import { randomToken } from '../support/secrets.ts';
import { VERSIONS, type VersionName } from '../support/vscode/versions.ts';
import { instruction, playSession, recordsIn } from './support/session.ts';
import { Stage } from './support/stage.ts';

for (const version of Object.keys(VERSIONS) as VersionName[]) {
  describe(`a session in VS Code ${VERSIONS[version].vscode}`, () => {
    let stage: Stage;
    before(async () => {
      stage = await Stage.set({ version });
    });
    after(() => stage.strike());

    it('becomes a dataset that is valid, tells success, and holds no piece of the key', async () => {
      const secret = randomToken(32);
      const { datasetFolder, extensionStorage: storage } = stage;
      await playSession(stage.workbench, { secret, datasetFolder, storage });

      const { trajectories, examples, faults } = await validateDataset(datasetFolder);
      assert.deepEqual([trajectories, faults], [2, []]);
      assert.ok(examples >= 1);

      const dataset = await readDataset(datasetFolder);
      const ids = await recordsIn(datasetFolder);
      const records = await Promise.all(ids.map((id) => dataset.readTrajectory(id)));
      const record = records.find(({ outcome }) => outcome.status === 'succeeded');
      assert.ok(record);
      assert.deepEqual(record.instruction, {
        text: instruction,
        source: 'user',
        hindsight: false,
        available_from_step: 0,
      });
      assert.deepEqual(
        record.outcome.evidence.map((index) => record.steps[index].kind),
        ['test', 'edit', 'test'],
      );
      assert.equal(record.outcome.basis, 'test_names');
      assert.deepEqual(
        record.outcome.tests.map(({ name, before, after }) => [name, before, after]),
        [
          ['price goes by weight', 'passed', 'passed'],
          ['shipping adds up all parcels', 'failed', 'passed'],
          ['shipping is free from 50 euros on', 'failed', 'passed'],
        ],
      );
      assert.equal(record.outcome.committed, true);
      assert.equal(record.license.spdx, 'MIT');
      assert.ok(record.redaction.placeholders.some(({ type }) => type === 'secret'));
      assert.match(record.files[0].final_text ?? '', /order\.parcels\.reduce/);

      const names = await readdir(datasetFolder, { recursive: true, withFileTypes: true });
      for (const entry of names.filter((one) => one.isFile())) {
        const text = await readFile(join(entry.parentPath, entry.name), 'utf8');
        for (let i = 0; i + pieceLength <= secret.length; i++) {
          assert.ok(!text.includes(secret.slice(i, i + pieceLength)), entry.name);
        }
      }
    });
  });
}
