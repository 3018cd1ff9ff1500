import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { taskFolder, trajectoryFileName } from '../../../src/dataset/layout.ts';
import { summariseTasks } from '../../../src/dataset/recordSummary.ts';
import { type DatasetStore, openDataset } from '../../../src/dataset/store.ts';
import { changeStamp, TaskIndex } from '../../../src/dataset/taskIndex.ts';
import type { Trajectory } from '../../../src/trajectory/record.ts';
import { idOf, publicationOf, sampleRecord, testPolicy, testReceipt } from '../../support/records.ts';

const project = idOf('project');

describe('the tasks of a dataset', () => {
  let folder: string;
  let store: DatasetStore;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'understudy-index-')), 'dataset');
    store = await openDataset(folder);
    await store.addConsent(testReceipt, testPolicy);
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true }));

  async function publish(name: string, fields: Partial<Trajectory> = {}): Promise<string> {
    await store.publish(publicationOf(sampleRecord(name, fields)));
    return idOf(name);
  }
  const listed = async (index = new TaskIndex()) =>
    (await index.tasks(store, project)).map(({ trajectoryIds }) => trajectoryIds);

  it('are those of one project, each with its parts in order', async () => {
    const whole = await publish('whole');
    await publish('of another', { project_id: idOf('another project') });
    const task_id = idOf('long task');
    const second = await publish('second', { task_id, part: 1, parts: 2 });
    const first = await publish('first', { task_id, part: 0, parts: 2 });
    assert.deepEqual((await listed()).sort(), [[first, second], [whole]].sort());
  });

  it('stand in the order in which they were written', async () => {
    const ids = [];
    for (const name of ['a', 'b', 'c', 'd']) {
      ids.push([await publish(name)]);
      // A file system's clock may tick only a hundred times a second.
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.deepEqual(await listed(), ids.reverse());
  });

  it('tell by their stamp that a record was revised, and go with it', async () => {
    const id = await publish('a');
    const index = new TaskIndex();
    const [before] = await index.tasks(store, project);
    assert.deepEqual(await index.tasks(store, project), [before]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await store.revise(publicationOf(sampleRecord('a', { revision: 2 })));
    const [after] = await index.tasks(store, project);
    assert.notEqual(after.stamp, before.stamp);
    await store.withdraw([id]);
    assert.deepEqual(await index.tasks(store, project), []);
  });

  it('are not read from what is no record, or leads elsewhere', async () => {
    const id = await publish('a');
    const hostile = idOf('hostile');
    await mkdir(join(folder, 'data', hostile.slice(0, 2)), { recursive: true });
    await symlink(join(folder, taskFolder(id)), join(folder, taskFolder(hostile)));
    const other = idOf('other');
    await mkdir(join(folder, taskFolder(other)), { recursive: true });
    await symlink(
      join(folder, taskFolder(id), trajectoryFileName),
      join(folder, taskFolder(other), trajectoryFileName),
    );
    const copied = idOf('copied');
    await mkdir(join(folder, taskFolder(copied)), { recursive: true });
    await writeFile(join(folder, taskFolder(copied), trajectoryFileName), JSON.stringify(sampleRecord('a')));
    await mkdir(join(folder, taskFolder(idOf('empty'))), { recursive: true });
    assert.deepEqual(await listed(), [[id]]);
  });

  it('change the stamp of the folder with whatever is published, revised or withdrawn', async () => {
    assert.equal(await changeStamp(join(folder, 'nowhere')), null);
    const changes = [
      () => publish('a'),
      () => store.revise(publicationOf(sampleRecord('a', { revision: 2 }))),
      () => store.withdraw([idOf('a')]),
    ];
    for (const change of changes) {
      const before = await changeStamp(folder);
      await new Promise((resolve) => setTimeout(resolve, 20));
      await change();
      assert.notEqual(await changeStamp(folder), before);
    }
  });

  it('are summed up over their parts', async () => {
    const task_id = idOf('long task');
    const instruction = { text: 'Say hello', source: 'user', hindsight: false, available_from_step: 0 };
    const told = instruction as Trajectory['instruction'];
    const first = await publish('first', { task_id, parts: 2, instruction: told });
    const last = sampleRecord('last', { task_id, part: 1, parts: 2 });
    await store.publish(publicationOf(last));
    const [one, both] = await summariseTasks(store, [[first], [first, last.trajectory_id]]);
    assert.ok(one && both);
    assert.deepEqual([both.instruction, both.outcome], ['Say hello', last.outcome.status]);
    assert.deepEqual(both.languages, ['javascript', 'plaintext']);
    assert.equal(both.bytes > one.bytes, true);
    assert.ok(one.examples.length > 0);
    assert.deepEqual(
      both.examples,
      one.examples.map(({ format, rows }) => ({ format, rows: 2 * rows })),
    );
  });

  it('are nothing where a record is gone or cannot be read', async () => {
    const id = await publish('a');
    assert.deepEqual(await summariseTasks(store, [[idOf('gone')]]), [null]);
    await writeFile(join(folder, taskFolder(id), trajectoryFileName), '{}');
    assert.deepEqual(await summariseTasks(store, [[id]]), [null]);
  });
});
