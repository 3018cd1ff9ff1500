import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataset } from '../../../src/dataset/store.ts';
import { packPlan, runnerFile } from '../../../src/pack/plan.ts';
import { stepsFile } from '../../../src/pack/steps.ts';

describe('the plan of a pack', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-plan-'));
    await openDataset(join(folder, 'dataset'));
  });
  after(() => rm(folder, { recursive: true }));

  it('holds the same SQL, the runner, the folders and the schemas', async () => {
    const out = join(folder, 'plan');
    const folders = [join(folder, 'dataset'), 's3a://bucket/other'];
    await packPlan({ folders, out, use: 'publish', includeImported: false, bench: [] });
    const read = (name: string) => readFileSync(join(out, name), 'utf8');
    assert.equal(read('decide.sql'), readFileSync(stepsFile, 'utf8'));
    assert.equal(read('pack_spark.py'), readFileSync(runnerFile, 'utf8'));
    assert.equal(read('bench.jsonl'), '');
    const plan = JSON.parse(read('plan.json'));
    assert.deepEqual([plan.use, plan.include_imported, plan.folders], ['publish', false, folders]);
    assert.match(plan.features_schema, /`bands` ARRAY<STRING>/);
    assert.match(plan.consent_schema, /^`trajectory_id` STRING, `consent` STRUCT<.*`publish`: BOOLEAN/);
    assert.equal(plan.formats.trajectories.file, 'trajectory.jsonl');
    assert.ok(plan.formats.next_edit.columns.includes('target'));
  });

  it('looks at the folders of this machine', async () => {
    const options = { use: 'train', includeImported: false, bench: [] } as const;
    await assert.rejects(packPlan({ ...options, folders: [folder], out: join(folder, 'a') }), /is no dataset/);
    const folders = [join(folder, 'dataset')];
    await assert.rejects(packPlan({ ...options, folders, out: folder }), /is not empty/);
  });
});
