import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readDataset } from '../../../src/dataset/dataset.ts';
import { deleteDataset } from '../../../src/dataset/deleteDataset.ts';
import { policyFile, taskFolder } from '../../../src/dataset/layout.ts';
import { type DatasetStore, openDataset } from '../../../src/dataset/store.ts';
import { syncDataset } from '../../../src/dataset/syncDataset.ts';
import { validateDataset } from '../../../src/dataset/validate.ts';
import { idOf, publicationOf, sampleRecord, testPolicy, testReceipt } from '../../support/records.ts';

describe('links in a dataset', () => {
  let parent: string;
  let folder: string;
  let precious: string;
  let store: DatasetStore;
  const id = idOf('sample');

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'understudy-links-'));
    folder = join(parent, 'dataset');
    precious = join(parent, 'precious');
    store = await openDataset(folder);
    await store.addConsent(testReceipt, testPolicy);
    await store.publish(publicationOf(sampleRecord()));
  });
  afterEach(() => rm(parent, { recursive: true }));

  /** Puts a link in place of a folder, which leads to a copy of it elsewhere. */
  async function replaceByLink(name: string): Promise<void> {
    await cp(join(folder, name), precious, { recursive: true });
    await rename(join(folder, name), join(parent, 'moved'));
    await symlink(precious, join(folder, name));
  }

  const contentOf = async (path: string) => (await readdir(path, { recursive: true })).sort();

  for (const name of ['data', 'consent', join('consent', 'receipts'), 'schema', '.tmp']) {
    it(`in place of ${name} end everything that reads, writes or deletes, and what they lead to stays`, async () => {
      await replaceByLink(name);
      const left = join(precious, `withdrawn-${id}`);
      await mkdir(left);
      await utimes(left, 0, 0);
      const before = await contentOf(precious);
      const next = publicationOf({ ...sampleRecord(), revision: 2 });
      for (const work of [
        () => openDataset(folder),
        () => readDataset(folder),
        () => validateDataset(folder),
        () => store.withdraw([id]),
        () => store.publish(publicationOf(sampleRecord('other'))),
        () => deleteDataset(folder),
        () => store.revise(next),
      ]) {
        await assert.rejects(work, { reason: 'symlink' });
      }
      assert.deepEqual(await contentOf(precious), before);
    });
  }

  it('in place of a bucket are not followed by what deletes and replaces', async () => {
    await replaceByLink(dirname(taskFolder(id)));
    const before = await contentOf(precious);
    await assert.rejects(store.withdraw([id]), { reason: 'symlink' });
    await assert.rejects(store.revise(publicationOf({ ...sampleRecord(), revision: 2 })), { reason: 'symlink' });
    assert.deepEqual(await contentOf(precious), before);
    for await (const found of (await readDataset(folder)).trajectoryIds()) assert.fail(found);
  });

  it('in place of a record are taken away when it is withdrawn, and what they lead to stays', async () => {
    await replaceByLink(taskFolder(id));
    const before = await contentOf(precious);
    await store.withdraw([id]);
    await assert.rejects(readdir(join(folder, taskFolder(id))), { code: 'ENOENT' });
    assert.deepEqual(await contentOf(precious), before);
  });

  it('may not be led by names: ids and versions that are paths are refused', async () => {
    for (const name of ['../../x', '..', '/etc/passwd', 'a/b', '', '.', 'c:\\x', `${'0'.repeat(32)}/..`]) {
      assert.throws(() => taskFolder(name), RangeError);
      assert.throws(() => policyFile(name), RangeError);
    }
  });

  it('nor by a receipt of others: its policy is not looked for outside', async () => {
    await writeFile(join(parent, 'secret.md'), testPolicy.text);
    const file = join(folder, 'consent', 'receipts', `${testReceipt.receipt_id}.json`);
    const receipt = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...receipt, policy_version: '../../../secret' }));
    const copy = await openDataset(join(parent, 'copy'));
    const { faults, added } = await syncDataset(await readDataset(folder), copy);
    assert.deepEqual(added, []);
    assert.match(faults.join('\n'), /not the version of a policy/);
    assert.match(JSON.stringify((await validateDataset(folder)).faults), /is not in consent\/policies/);
  });
});
