import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataset } from '../../../src/dataset/store.ts';
import { validateDataset } from '../../../src/dataset/validate.ts';
import { forget } from '../../../src/sealing/forget.ts';
import { writeSealedTimes } from '../../../src/session/journal/sealedTimes.ts';
import { buildTrajectories } from '../../../src/trajectory/buildTrajectories.ts';
import type { Trajectory } from '../../../src/trajectory/record.ts';
import { publicationOf, testPolicy, testReceipt } from '../../support/records.ts';
import { meta, TaskBuilder } from '../../support/tasks.ts';

const large = 'line of text\n'.repeat(45_000);

/** A task in several parts; in the first, `later` is put in. */
function parts(): Trajectory[] {
  const builder = new TaskBuilder({ 'a.ts': 'one\n', 'b.ts': '' }).edit(0, 0, 'sooner ').edit(0, 0, large, 1);
  builder.run('make', 0).edit(0, 0, 'later ').edit(0, 0, large, 1).run('make', 0).edit(0, 0, 'last ');
  return buildTrajectories(builder.task(), meta);
}

describe('forgetting the last minutes of what is sealed', () => {
  let folder: string;
  const key = randomBytes(32);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-forget-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('cuts the part in which they begin, and leaves nothing of the parts behind it', async () => {
    const task = parts();
    assert.ok(task.length > 1);
    const datasetFolder = join(folder, 'dataset');
    const journals = join(folder, 'journal');
    const store = await openDataset(datasetFolder);
    await store.addConsent(testReceipt, testPolicy);
    let minute = 0;
    const times = [];
    for (const trajectory of task) {
      await store.publish(publicationOf(trajectory));
      times.push({ trajectoryId: trajectory.trajectory_id, ends: trajectory.steps.map(() => minute++) });
    }
    await writeSealedTimes(journals, key, task[0].task_id, times);
    const later = task[0].steps.findIndex(({ changes }) => changes.some(({ inserted }) => inserted === 'later '));
    assert.ok(later > 0);

    const forgotten = await forget({ datasetFolder, journals, key: key.toString('hex'), from: times[0].ends[later] });
    assert.deepEqual(forgotten, { cut: 1, withdrawn: task.length - 1 });
    const record = await store.readTrajectory(task[0].trajectory_id);
    assert.deepEqual(
      [record.revision, record.files.find(({ path }) => path === 'a.ts')?.final_text],
      [2, 'sooner one\n'],
    );
    assert.ok(!JSON.stringify(record).includes('later'));
    const { trajectories, faults } = await validateDataset(datasetFolder);
    assert.deepEqual([trajectories, faults], [1, []]);
  });
});
