import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
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

  const places = () => ({
    datasetFolder: join(folder, 'dataset'),
    journals: join(folder, 'journal'),
    key: key.toString('hex'),
  });

  /** Sealed, one step a minute. */
  async function sealed(task: Trajectory[]) {
    const { datasetFolder, journals } = places();
    const store = await openDataset(datasetFolder);
    await store.addConsent(testReceipt, testPolicy);
    let minute = 0;
    const times = [];
    for (const trajectory of task) {
      await store.publish(publicationOf(trajectory));
      times.push({ trajectoryId: trajectory.trajectory_id, ends: trajectory.steps.map(() => minute++) });
    }
    await writeSealedTimes(journals, key, task[0].task_id, times);
    return { store, times };
  }

  it('cuts the part in which they begin, and leaves nothing of the parts behind it', async () => {
    const task = parts();
    assert.ok(task.length > 1);
    const { store, times } = await sealed(task);
    const later = task[0].steps.findIndex(({ changes }) => changes.some(({ inserted }) => inserted === 'later '));
    assert.ok(later > 0);

    const forgotten = await forget({ ...places(), from: times[0].ends[later] });
    assert.deepEqual(forgotten, { cut: 1, withdrawn: task.length - 1 });
    const record = await store.readTrajectory(task[0].trajectory_id);
    assert.deepEqual(
      [record.revision, record.files.find(({ path }) => path === 'a.ts')?.final_text],
      [2, 'sooner one\n'],
    );
    assert.ok(!JSON.stringify(record).includes('later'));
    const { trajectories, faults } = await validateDataset(store.folder);
    assert.deepEqual([trajectories, faults], [1, []]);
  });

  it('does so once, however often it is begun, and cuts further when more is to be forgotten', async () => {
    const builder = new TaskBuilder({ 'a.ts': 'one\n' }).edit(0, 0, 'first ').run('make', 0).edit(0, 0, 'second ');
    const [task] = buildTrajectories(builder.run('make', 0).edit(0, 0, 'third ').task(), meta);
    const { store, times } = await sealed([task]);
    const at = (text: string) =>
      times[0].ends[task.steps.findIndex(({ changes }) => changes.some(({ inserted }) => inserted === text))];
    const age = async () => Math.round((await stat(join(places().journals, `${task.task_id}.sealed`))).mtimeMs);
    const before = await age();
    assert.deepEqual(await forget({ ...places(), from: at('third ') }), { cut: 1, withdrawn: 0 });
    const { revision } = await store.readTrajectory(task.trajectory_id);
    assert.deepEqual(await forget({ ...places(), from: at('third ') }), { cut: 0, withdrawn: 0 });
    assert.equal((await store.readTrajectory(task.trajectory_id)).revision, revision);
    assert.deepEqual(await forget({ ...places(), from: at('second ') }), { cut: 1, withdrawn: 0 });
    const left = await store.readTrajectory(task.trajectory_id);
    assert.equal(left.files[0].final_text, 'first one\n');
    // Its times go no later for it.
    assert.ok(Math.abs((await age()) - before) <= 1);
    assert.deepEqual(await forget({ ...places(), from: 0 }), { cut: 0, withdrawn: 1 });
  });

  it('leaves nothing of what was under construction when a process died', async () => {
    const [task] = buildTrajectories(new TaskBuilder({ 'a.ts': 'one\n' }).edit(0, 0, 'falcon ').task(), meta);
    const { store, times } = await sealed([task]);
    const torn = join(store.folder, '.tmp', `task-${'a'.repeat(32)}`);
    await mkdir(torn, { recursive: true });
    await writeFile(join(torn, 'trajectory.jsonl'), JSON.stringify(task).slice(0, 3000));
    await forget({ ...places(), from: times[0].ends[0] });
    await assert.rejects(stat(torn));
  });
});
