import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deleteDataset } from '../../../src/dataset/deleteDataset.ts';
import { taskFolder, verificationFileName } from '../../../src/dataset/layout.ts';
import { type DatasetStore, openDataset } from '../../../src/dataset/store.ts';
import { syncDataset } from '../../../src/dataset/syncDataset.ts';
import { validateDataset } from '../../../src/dataset/validate.ts';
import { type AuditFinding, auditDataset } from '../../../src/sealing/auditDataset.ts';
import type { KnownValue } from '../../../src/session/events.ts';
import { publicationOf, testPolicy, testReceipt } from '../../support/records.ts';
import { solvedTask } from '../../support/solvedTask.ts';
import { verificationOf } from '../../support/verifications.ts';

describe('verification.jsonl', () => {
  const record = solvedTask();
  const revised = solvedTask({ record: { revision: 2 } });
  const row = verificationOf(record);
  const task = taskFolder(record.trajectory_id);
  let parent: string;
  let folder: string;
  let store: DatasetStore;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'understudy-verification-'));
    folder = join(parent, 'dataset');
    store = await openDataset(folder);
    await store.addConsent(testReceipt, testPolicy);
    await store.publish(publicationOf(record));
  });
  afterEach(() => rm(parent, { recursive: true }));

  const file = () => join(folder, task, verificationFileName);

  it('comes beside the record, whose bytes and times stay, and is valid', async () => {
    const before = await Promise.all([
      readFile(join(folder, task, 'trajectory.jsonl'), 'utf8'),
      stat(join(folder, task)),
    ]);
    assert.equal(await store.verify(row), true);
    const after = await Promise.all([
      readFile(join(folder, task, 'trajectory.jsonl'), 'utf8'),
      stat(join(folder, task)),
    ]);
    assert.equal(after[0], before[0]);
    assert.deepEqual([after[1].ino, after[1].mtimeMs], [before[1].ino, before[1].mtimeMs]);
    if (process.platform !== 'win32') assert.equal((await stat(file())).mode & 0o777, 0o600);
    assert.deepEqual(await store.readVerification(record), row);
    assert.deepEqual((await validateDataset(folder)).faults, []);
    assert.deepEqual(await readdir(join(folder, '.tmp')), []);
  });

  it('is not written for a record that is gone, stands in another revision, or that it does not fit', async () => {
    await assert.rejects(store.verify({ ...row, fail_to_pass: ['once'] }), /do not follow from its runs/);
    assert.equal(await store.verify({ ...row, revision: 2 }), false);
    await store.withdraw([record.trajectory_id]);
    assert.equal(await store.verify(row), false);
    assert.deepEqual((await validateDataset(folder)).faults, []);
  });

  it('goes with a new revision of the record, and stays when examples are derived anew', async () => {
    await store.verify(row);
    assert.equal(await store.refresh(publicationOf(record)), false);
    assert.equal(await store.refresh({ trajectory: record, examples: [] }), true);
    assert.deepEqual(await store.readVerification(record), row);
    assert.equal(await store.revise(publicationOf(revised)), true);
    assert.ok(!(await readdir(join(folder, task))).includes(verificationFileName));
  });

  it('says nothing of another revision, wherever it came from', async () => {
    await store.revise(publicationOf(revised));
    await writeFile(file(), `${JSON.stringify(row)}\n`);
    assert.equal(await store.readVerification(revised), null);
    const told = (await validateDataset(folder)).faults.map(({ fault }) => fault);
    assert.deepEqual(told, ['verifies revision 1, not 2']);
  });

  it('is checked by validate, and shows nothing where it is broken', async () => {
    const broken: [string, RegExp][] = [
      ['{"a":1}\n', /^row 1: /],
      ['not JSON\n', /not JSON/],
      [`${JSON.stringify(row)}\n${JSON.stringify(row)}\n`, /more than one row/],
      [`${JSON.stringify({ ...row, confirmed: false })}\n`, /do not follow from its runs/],
    ];
    for (const [text, fault] of broken) {
      await writeFile(file(), text);
      const [found] = (await validateDataset(folder)).faults;
      assert.match(found.fault, fault);
      assert.equal(await store.readVerification(record), null, text);
    }
  });

  it('goes when a name in it must not stay, as the audit finds, and the record stays', async () => {
    await store.verify(row);
    const audited = async (known: KnownValue[]) => {
      const found: AuditFinding[] = [];
      for await (const finding of auditDataset(folder, { known, store })) found.push(finding);
      return found.map(({ files, fault }) => [files, fault]);
    };
    assert.deepEqual(await audited([]), []);
    assert.deepEqual(await store.readVerification(record), row);
    assert.deepEqual(await audited([{ type: 'denied', value: 'halves' }]), [[[verificationFileName], null]]);
    assert.equal(await store.readVerification(record), null);
    assert.deepEqual((await validateDataset(folder)).faults, []);
  });

  it('goes with the record when it is withdrawn, and with the dataset when that is deleted', async () => {
    await store.verify(row);
    await store.withdraw([record.trajectory_id]);
    await assert.rejects(stat(file()), { code: 'ENOENT' });
    const other = join(parent, 'other');
    const another = await openDataset(other);
    await another.addConsent(testReceipt, testPolicy);
    await another.publish({ ...publicationOf(record), verification: row });
    assert.deepEqual(await deleteDataset(other), []);
    await assert.rejects(stat(other), { code: 'ENOENT' });
  });

  it('follows into copies, with the record and after it', async () => {
    const copy = await openDataset(join(parent, 'copy'));
    await syncDataset(store, copy);
    assert.equal(await copy.readVerification(record), null);
    await store.verify(row);
    assert.deepEqual((await syncDataset(store, copy)).verified, [record.trajectory_id]);
    assert.deepEqual(await copy.readVerification(record), row);
    assert.deepEqual((await syncDataset(store, copy)).verified, []);

    const fresh = await openDataset(join(parent, 'fresh'));
    assert.deepEqual((await syncDataset(store, fresh)).added, [record.trajectory_id]);
    assert.deepEqual(await fresh.readVerification(record), row);

    await store.revise(publicationOf(revised));
    assert.deepEqual((await syncDataset(store, copy)).revised, [record.trajectory_id]);
    assert.equal(await copy.readVerification(revised), null);
    assert.deepEqual((await validateDataset(copy.folder)).faults, []);
  });
});
