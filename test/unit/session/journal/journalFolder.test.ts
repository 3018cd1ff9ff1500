import assert from 'node:assert/strict';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JournalFolder } from '../../../../src/session/journal/journalFolder.ts';
import { JournalWriter } from '../../../../src/session/journal/journalWriter.ts';
import { Lease, thisPlace } from '../../../../src/session/journal/lease.ts';
import { fail, key, newHeader, withFolder } from './support.ts';

describe('JournalFolder', () => {
  it('is empty where there is no folder', async () => {
    const journals = new JournalFolder(join(import.meta.dirname, 'missing'));
    assert.deepEqual(await journals.list(), []);
  });

  it('lists journals with their age and why they were withheld, and nothing else', async () => {
    await withFolder(async (folder) => {
      const journals = new JournalFolder(folder);
      const header = newHeader();
      const taskId = header.task_id;
      const before = Date.now();
      const writer = new JournalWriter(journals.journalPath(taskId), key, header, fail);
      writer.append({ kind: 'stop', t: 1 });
      await writer.close();
      await writeFile(join(folder, 'notes.journal'), '');
      const [journal, ...rest] = await journals.list();
      assert.ok(journal.createdAt >= before && journal.createdAt <= Date.now());
      assert.deepEqual([journal.taskId, journal.withheld, rest], [taskId, null, []]);
      await journals.withhold(taskId, 'audit');
      assert.equal((await journals.list())[0].withheld, 'audit');
      await journals.delete(taskId);
      assert.deepEqual(await readdir(folder), ['notes.journal']);
    });
  });

  it('takes the age of a torn journal from the file system', async () => {
    await withFolder(async (folder) => {
      const { task_id } = newHeader();
      await writeFile(join(folder, `${task_id}.journal`), 'torn');
      const [journal] = await new JournalFolder(folder).list();
      assert.ok(Math.abs(journal.createdAt - Date.now()) < 5000);
    });
  });

  it('removes what interrupted work left, and what is too old to be of use', async () => {
    await withFolder(async (folder) => {
      const journals = new JournalFolder(folder);
      const names = (id: string) => [`${id}.held`, `${id}.journal.new`, `${id}.held.new`, `${id}.sealed`];
      const [old, young, ahead, whole] = [1, 2, 3, 4].map(() => newHeader().task_id);
      await writeFile(join(folder, `${whole}.journal`), '');
      for (const id of [old, young, ahead, whole]) {
        for (const name of names(id)) await writeFile(join(folder, name), '');
      }
      const now = Date.now();
      for (const [id, ago] of [
        [old, 80],
        [ahead, -80],
        [whole, 80],
      ] as const) {
        const then = new Date(now - ago * 60_000);
        for (const name of names(id)) await utimes(join(folder, name), then, then);
      }
      const stray = [old, whole].map((id) => join(folder, `${id}.1.lease`));
      const dayBefore = new Date(now - 25 * 60 * 60_000);
      for (const path of [...stray, join(folder, `${young}.1.lease`)]) await writeFile(path, '');
      for (const path of stray) await utimes(path, dayBefore, dayBefore);
      await journals.tidy(now);
      const left = [`${whole}.journal`, `${whole}.held`, `${whole}.1.lease`, `${young}.1.lease`, ...names(young)];
      assert.deepEqual((await readdir(folder)).sort(), left.sort());
    });
  });

  it('tells whether the key is still needed, and removes what tells nothing without it', async () => {
    await withFolder(async (folder) => {
      const journals = new JournalFolder(folder);
      const { task_id, project_id } = newHeader();
      for (const name of [`${task_id}.journal`, `${task_id}.sealed`, `${project_id}.swept`, 'key.mark']) {
        await writeFile(join(folder, name), '');
      }
      assert.equal(await journals.isUsed(), true);
      await journals.delete(task_id);
      assert.equal(await journals.isUsed(), false);
      assert.deepEqual(await readdir(folder), ['key.mark']);
      // A window that has written nothing yet, and one that died before it did.
      const lease = await Lease.take(folder, task_id);
      assert.equal(await journals.isUsed(), true);
      await lease.release();
      const nobody = { pid: 2 ** 22 + 1, place: thisPlace };
      await writeFile(join(folder, `${task_id}.1.lease`), JSON.stringify(nobody));
      assert.equal(await journals.isUsed(), false);
    });
  });
});
