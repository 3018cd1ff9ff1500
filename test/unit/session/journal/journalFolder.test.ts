import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JournalFolder } from '../../../../src/session/journal/journalFolder.ts';
import { JournalWriter } from '../../../../src/session/journal/journalWriter.ts';
import { Lease } from '../../../../src/session/journal/lease.ts';
import { fail, key, newHeader, withFolder } from './support.ts';

describe('JournalFolder', () => {
  it('is empty where there is no folder', async () => {
    const journals = new JournalFolder(join(import.meta.dirname, 'missing'));
    assert.deepEqual([await journals.list(), await journals.strayLeases()], [[], []]);
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

  it('finds leases without a journal', async () => {
    await withFolder(async (folder) => {
      const { task_id } = newHeader();
      const lease = await Lease.take(folder, task_id);
      assert.deepEqual(await new JournalFolder(folder).strayLeases(), [task_id]);
      await lease.release();
      assert.deepEqual(await new JournalFolder(folder).strayLeases(), []);
    });
  });
});
