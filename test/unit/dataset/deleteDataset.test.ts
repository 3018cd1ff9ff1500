import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deleteDataset } from '../../../src/dataset/deleteDataset.ts';
import { taskFolder } from '../../../src/dataset/layout.ts';
import { openDataset } from '../../../src/dataset/store.ts';
import { idOf, publicationOf, sampleRecord, testPolicy, testReceipt } from '../../support/records.ts';

describe('deleting a dataset', () => {
  let parent: string;
  let folder: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'understudy-delete-'));
    folder = join(parent, 'dataset');
    const store = await openDataset(folder);
    await store.addConsent(testReceipt, testPolicy);
    await store.publish(publicationOf(sampleRecord()));
    await store.withdraw([idOf('other')]);
    await mkdir(join(folder, '.tmp', `task-${idOf('torn')}`));
    await writeFile(join(folder, '.tmp', `task-${idOf('torn')}`, 'trajectory.jsonl'), '{');
    await writeFile(join(folder, '.tmp', `file-${idOf('torn')}`), '{');
  });
  afterEach(() => rm(parent, { recursive: true }));

  it('leaves nothing of it', async () => {
    assert.deepEqual(await deleteDataset(folder), []);
    assert.deepEqual(await readdir(parent), []);
  });

  it('leaves what is not ours, and says so', async () => {
    const task = taskFolder(idOf('sample'));
    const foreign = ['thesis.txt', join(task, 'notes.md'), join('data', 'zz', 'x'), join('consent', 'signed.pdf')];
    await mkdir(join(folder, 'data', 'zz'));
    for (const name of foreign) await writeFile(join(folder, name), 'mine');
    await mkdir(join(folder, 'constructor'));
    const left = await deleteDataset(folder);
    assert.deepEqual(left.sort(), ['consent/signed.pdf', 'constructor', `${task}/notes.md`, 'data/zz', 'thesis.txt']);
    for (const name of foreign) assert.equal(await readFile(join(folder, name), 'utf8'), 'mine');
    assert.deepEqual((await readdir(folder)).sort(), ['consent', 'constructor', 'data', 'thesis.txt']);
    assert.deepEqual(await readdir(join(folder, task)), ['notes.md']);
  });

  it('does not follow links', async () => {
    const precious = join(parent, 'precious');
    await mkdir(precious);
    await writeFile(join(precious, 'trajectory.jsonl'), 'mine');
    const task = taskFolder(idOf('0'));
    await mkdir(join(folder, 'data', idOf('0').slice(0, 2)), { recursive: true });
    await symlink(precious, join(folder, task));
    assert.deepEqual(await deleteDataset(folder), [task]);
    assert.equal(await readFile(join(precious, 'trajectory.jsonl'), 'utf8'), 'mine');

    const link = join(parent, 'link');
    await symlink(folder, link);
    await assert.rejects(deleteDataset(link), { reason: 'symlink' });
  });

  it('touches no folder without our marker', async () => {
    await rm(join(folder, 'dataset.json'));
    await assert.rejects(deleteDataset(folder), { reason: 'no_dataset' });
    assert.ok((await readdir(folder)).includes('README.md'));
  });
});
