import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { promises } from 'node:fs';
import {
  chmod,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { datasetCard } from '../../../src/dataset/card.ts';
import { type Dataset, readDataset } from '../../../src/dataset/dataset.ts';
import { taskFolder } from '../../../src/dataset/layout.ts';
import { type DatasetStore, openDataset } from '../../../src/dataset/store.ts';
import { validateDataset } from '../../../src/dataset/validate.ts';
import {
  anyRecord,
  idOf,
  publicationOf,
  RecordBuilder,
  sampleRecord,
  testPolicy,
  testReceipt,
} from '../../support/records.ts';

const publisher = join(import.meta.dirname, 'publisher.ts');

async function idsOf(dataset: Dataset): Promise<string[]> {
  const ids: string[] = [];
  for await (const id of dataset.trajectoryIds()) ids.push(id);
  return ids;
}

/** All files and folders below a folder, relative to it. */
async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).sort();
}

describe('dataset store', () => {
  let parent: string;
  let folder: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'understudy-store-'));
    folder = join(parent, 'dataset');
  });
  afterEach(() => rm(parent, { recursive: true }));

  async function open(): Promise<DatasetStore> {
    const store = await openDataset(folder);
    await store.addConsent(testReceipt, testPolicy);
    return store;
  }

  it('begins a dataset, and opens it again', async () => {
    const store = await open();
    assert.deepEqual(await idsOf(store), []);
    const before = await namesIn(folder);
    await open();
    assert.deepEqual(await namesIn(folder), before);
    assert.deepEqual(await validateDataset(folder), { trajectories: 0, examples: 0, faults: [] });
  });

  it('gives back what it was given', async () => {
    const store = await open();
    await fc.assert(
      fc.asyncProperty(anyRecord, async (record) => {
        await store.publish(publicationOf(record));
        assert.deepEqual(await store.readTrajectory(record.trajectory_id), record);
      }),
      { numRuns: 50 },
    );
    assert.deepEqual((await validateDataset(folder)).faults, []);
  });

  it('lists ids in ascending order', async () => {
    const store = await open();
    const records = Array.from({ length: 20 }, (_, i) => sampleRecord(`task ${i}`));
    for (const record of records) await store.publish(publicationOf(record));
    assert.deepEqual(await idsOf(store), records.map((record) => record.trajectory_id).sort());
    assert.deepEqual(await idsOf(await readDataset(folder)), await idsOf(store));
  });

  it('leaves a record that stands as it is', async () => {
    const store = await open();
    assert.equal(await store.publish(publicationOf(sampleRecord())), 'published');
    const names = await namesIn(folder);
    assert.equal(await store.publish(publicationOf(sampleRecord('sample', { period: '2027-Q1' }))), 'stands');
    assert.equal((await store.readTrajectory(idOf('sample'))).period, '2026-Q2');
    assert.deepEqual(await namesIn(folder), names);
  });

  it('is readable by its owner alone, and carries no time', async function () {
    if (process.platform === 'win32') this.skip();
    const store = await open();
    await store.publish(publicationOf(sampleRecord()));
    await store.withdraw([idOf('other')]);
    for (const name of ['.', ...(await namesIn(folder))]) {
      const { mode, mtime } = await lstat(join(folder, name));
      assert.equal(mode & 0o077, 0, name);
      assert.equal(mtime.getUTCFullYear(), 1980, name);
    }
  });

  it('counts revisions in the time of the files, by which caches tell them apart', async () => {
    const store = await open();
    await store.publish(publicationOf(sampleRecord('first', { revision: 1 })));
    await store.publish(publicationOf(sampleRecord('second', { revision: 2 })));
    const timeOf = async (name: string) =>
      (await stat(join(folder, taskFolder(idOf(name)), 'trajectory.jsonl'))).mtimeMs;
    assert.equal((await timeOf('second')) - (await timeOf('first')), 1000);
  });

  it('declares example formats as soon as there are rows, and as long', async () => {
    const store = await open();
    const card = () => readFile(join(folder, 'README.md'), 'utf8');
    const plain = new RecordBuilder('plain', [{ path: 'a', base: 'x' }]).remove(0).build();
    await store.publish(publicationOf(plain));
    assert.equal(await card(), datasetCard([]));
    assert.ok(!(await readdir(join(folder, taskFolder(plain.trajectory_id)))).includes('next_edit.jsonl'));
    await store.publish(publicationOf(sampleRecord()));
    assert.equal(await card(), datasetCard(['next_edit', 'agent_trajectory_raw']));
    await store.withdraw([idOf('sample')]);
    assert.equal(await card(), datasetCard([]));
  });

  it('keeps receipts undated', async () => {
    await open();
    const kept = await readFile(join(folder, 'consent', 'receipts', `${testReceipt.receipt_id}.json`), 'utf8');
    assert.deepEqual(
      Object.keys(JSON.parse(kept)).filter((key) => /agreed|valid/.test(key)),
      [],
    );
    assert.equal(
      await readFile(join(folder, 'consent', 'policies', `${testPolicy.version}.md`), 'utf8'),
      testPolicy.text,
    );
  });

  it('refuses receipts for another policy, and records without a receipt', async () => {
    const store = await openDataset(folder);
    await assert.rejects(store.publish(publicationOf(sampleRecord())), { reason: 'no_receipt' });
    await assert.rejects(store.addConsent(testReceipt, { ...testPolicy, text: 'other' }), { reason: 'broken_consent' });
    await assert.rejects(store.addConsent(testReceipt, { ...testPolicy, version: '../1' }), {
      reason: 'broken_consent',
    });
  });

  it('writes no record that does not replay, is too long, or is not consented to', async () => {
    const store = await open();
    const names = await namesIn(folder);
    const sample = sampleRecord();
    const file = { ...sample.files[0], final_text: 'other' as (typeof sample.files)[0]['final_text'] };
    const broken = [
      { ...sample, files: [file, ...sample.files.slice(1)] },
      { ...sample, split_bucket: (sample.split_bucket + 1) % 1000 },
      { ...sample, lineage_key: 'a'.repeat(64) },
      { ...sample, consent: { ...sample.consent, signals: sample.consent.signals.filter((one) => one !== 'git') } },
      { ...sample, trajectory_id: '../../../elsewhere' },
      { ...sample, extra: 1 },
      new RecordBuilder('long', [{ path: 'a', base: 'x'.repeat(5 * 1024 * 1024) }]).remove(0).build(),
      new RecordBuilder('surrogate', [{ path: '\ud800', base: 'x' }]).remove(0).build(),
    ];
    for (const record of broken) {
      await assert.rejects(store.publish({ trajectory: record, examples: [] }), { reason: 'broken_record' });
    }
    const row = { format: 'next_edit', rows: [{ nothing: true }] };
    await assert.rejects(store.publish({ trajectory: sample, examples: [row] }), { reason: 'broken_record' });
    const stranger = { format: '../x', rows: [] };
    await assert.rejects(store.publish({ trajectory: sample, examples: [stranger] }), { reason: 'broken_record' });
    assert.deepEqual(await namesIn(folder), names);
  });

  it('tells records that are not there from broken ones', async () => {
    const store = await open();
    await assert.rejects(store.readTrajectory(idOf('none')), { reason: 'no_record' });
    await assert.rejects(store.readTrajectory('../../x'), RangeError);
    await store.publish(publicationOf(sampleRecord()));
    await writeFile(join(folder, taskFolder(idOf('sample')), 'trajectory.jsonl'), '{}\n');
    await assert.rejects(store.readTrajectory(idOf('sample')), { reason: 'broken_record' });
  });

  describe('withdrawal', () => {
    it('takes all files of a record away, notes its id alone, and lasts', async () => {
      const store = await open();
      for (const name of ['one', 'two']) await store.publish(publicationOf(sampleRecord(name)));
      await store.withdraw([idOf('one'), idOf('never here')]);
      assert.deepEqual(await idsOf(store), [idOf('two')]);
      assert.ok(!(await namesIn(folder)).some((name) => name.includes(idOf('one'))));
      assert.equal(
        await readFile(join(folder, 'consent', 'withdrawals.jsonl'), 'utf8'),
        `{"id":"${idOf('one')}"}\n{"id":"${idOf('never here')}"}\n`,
      );
      assert.equal(await store.publish(publicationOf(sampleRecord('one'))), 'withdrawn');
      assert.deepEqual(await validateDataset(folder), { trajectories: 1, examples: 2, faults: [] });
    });

    it('is noted once', async () => {
      const store = await open();
      await store.withdraw([idOf('one')]);
      await store.withdraw([idOf('one')]);
      assert.equal((await readFile(join(folder, 'consent', 'withdrawals.jsonl'), 'utf8')).split('\n').length, 2);
    });

    it('is ended at the next opening when it was interrupted', async () => {
      const store = await open();
      await store.publish(publicationOf(sampleRecord()));
      await writeFile(join(folder, 'consent', 'withdrawals.jsonl'), `{"id":"cut off{"id":"${idOf('sample')}"}\n`);
      await mkdir(join(folder, '.tmp', 'withdrawn-1'));
      await writeFile(join(folder, '.tmp', 'withdrawn-1', 'trajectory.jsonl'), 'text');
      assert.deepEqual(await idsOf(await openDataset(folder)), []);
      assert.deepEqual(await readdir(join(folder, '.tmp')), []);
    });

    it('does not follow ids out of the folder', async () => {
      const store = await open();
      await assert.rejects(store.withdraw(['../../../elsewhere']), RangeError);
      assert.ok(!(await namesIn(folder)).includes(join('consent', 'withdrawals.jsonl')));
    });
  });

  describe('revision', () => {
    const second = (text: string) => {
      const record = sampleRecord('sample', { revision: 2 });
      return publicationOf({ ...record, instruction: { ...record.instruction, text: text as never } });
    };

    it('takes the place of the record, with what is derived from it', async () => {
      const store = await open();
      await store.publish(publicationOf(sampleRecord()));
      assert.equal(await store.revise(second('Greet anew')), true);
      const record = await store.readTrajectory(idOf('sample'));
      assert.deepEqual([record.revision, record.instruction.text], [2, 'Greet anew']);
      assert.deepEqual((await validateDataset(folder)).faults, []);
      assert.deepEqual(await readdir(join(folder, '.tmp')), []);
    });

    it('takes the place of no record that is as new, gone or withdrawn', async () => {
      const store = await open();
      assert.equal(await store.revise(second('a')), false);
      await store.publish(publicationOf(sampleRecord()));
      await store.revise(second('a'));
      assert.equal(await store.revise(second('b')), false);
      assert.equal((await store.readTrajectory(idOf('sample'))).instruction.text, 'a');
      await store.withdraw([idOf('sample')]);
      assert.equal(await store.revise(second('c')), false);
    });

    it('brings nothing back that is withdrawn in that moment', async () => {
      const [store, other] = [await open(), await open()];
      await store.publish(publicationOf(sampleRecord()));
      const { rename } = promises;
      // Another process comes when the record is away and its next revision is not there yet.
      promises.rename = async (from, to) => {
        promises.rename = rename;
        syncBuiltinESMExports();
        await rename(from, to);
        await other.withdraw([idOf('sample')]);
      };
      syncBuiltinESMExports();
      assert.equal(await store.revise(second('Greet anew')), false);
      await assert.rejects(store.readTrajectory(idOf('sample')), /There is no record/);
    });

    it('leaves the record as it was when it was interrupted', async () => {
      const store = await open();
      await store.publish(publicationOf(sampleRecord()));
      const replaced = join(folder, '.tmp', `replaced-${idOf('sample')}`);
      await rename(join(folder, taskFolder(idOf('sample'))), replaced);
      assert.deepEqual(await idsOf(await openDataset(folder)), [idOf('sample')]);
      await cp(join(folder, taskFolder(idOf('sample'))), replaced, { recursive: true });
      await openDataset(folder);
      assert.deepEqual(await readdir(join(folder, '.tmp')), []);
      assert.deepEqual((await validateDataset(folder)).faults, []);
    });
  });

  it('deletes what an interrupted process left, once nobody can be at it', async () => {
    const store = await open();
    await mkdir(join(folder, '.tmp', 'task-1'));
    await writeFile(join(folder, '.tmp', 'task-1', 'trajectory.jsonl'), 'text');
    await store.mend(Date.now() + 59 * 60 * 1000);
    assert.deepEqual(await readdir(join(folder, '.tmp')), ['task-1']);
    await store.mend(Date.now() + 61 * 60 * 1000);
    assert.deepEqual(await readdir(join(folder, '.tmp')), []);
  });

  describe('with several processes', () => {
    const children: ChildProcess[] = [];
    afterEach(() => {
      for (const child of children.splice(0)) child.kill('SIGKILL');
    });
    const start = (first: number, count: number) => {
      const child = fork(publisher, [folder, `${first}`, `${count}`]);
      children.push(child);
      return child;
    };

    it('publishes the same tasks from all of them, once each', async () => {
      const racing = Array.from({ length: 4 }, () => start(0, 25));
      const codes = await Promise.all(racing.map((child) => once(child, 'exit').then(([code]) => code)));
      assert.deepEqual(codes, [0, 0, 0, 0]);
      assert.deepEqual(await validateDataset(folder), { trajectories: 25, examples: 50, faults: [] });
      assert.deepEqual(await readdir(join(folder, '.tmp')), []);
      assert.equal(
        await readFile(join(folder, 'README.md'), 'utf8'),
        datasetCard(['next_edit', 'agent_trajectory_raw']),
      );
    });

    it('leaves no torn record when they are killed', async () => {
      for (let round = 0; round < 6; round++) {
        const child = start(round * 100_000, 100_000);
        await once(child, 'message');
        await sleep(40 + 37 * round);
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      const { trajectories, faults } = await validateDataset(folder);
      assert.ok(trajectories >= 6, `${trajectories}`);
      assert.deepEqual(faults, []);
      await (await openDataset(folder)).mend(Date.now() + 24 * 60 * 60 * 1000);
      assert.deepEqual(await readdir(join(folder, '.tmp')), []);
    });
  });

  describe('refuses', () => {
    it('a folder with other files', async () => {
      await mkdir(folder);
      await writeFile(join(folder, 'thesis.txt'), 'mine');
      await assert.rejects(openDataset(folder), { reason: 'not_empty' });
      assert.deepEqual(await readdir(folder), ['thesis.txt']);
    });

    it('a folder in a git work tree, also as a dataset and behind a link', async () => {
      await open();
      await mkdir(join(parent, '.git'));
      await assert.rejects(openDataset(folder), { reason: 'git_work_tree' });
      await assert.rejects(openDataset(join(parent, 'not', 'yet')), { reason: 'git_work_tree' });
      const elsewhere = await mkdtemp(join(tmpdir(), 'understudy-link-'));
      await symlink(parent, join(elsewhere, 'link'));
      await assert.rejects(openDataset(join(elsewhere, 'link', 'new')), { reason: 'git_work_tree' });
      await rm(elsewhere, { recursive: true });
      await readDataset(folder);
    });

    it('a folder that others can write to, and closes one that others can read', async function () {
      if (process.platform === 'win32') this.skip();
      await open();
      await chmod(folder, 0o775);
      await assert.rejects(openDataset(folder), { reason: 'writable_by_others' });
      await chmod(folder, 0o755);
      await openDataset(folder);
      assert.equal((await stat(folder)).mode & 0o777, 0o700);
    });

    it('root and home', async () => {
      await assert.rejects(openDataset('/'), { reason: 'unsafe_place' });
      const home = process.env.HOME;
      try {
        process.env.HOME = parent;
        await assert.rejects(openDataset(parent), { reason: 'unsafe_place' });
      } finally {
        process.env.HOME = home;
      }
    });

    it('links and files in place of the folder and of its folders', async () => {
      await symlink(await mkdtemp(join(parent, 'target-')), folder);
      await assert.rejects(openDataset(folder), { reason: 'symlink' });
      await rm(folder);
      await writeFile(folder, '');
      await assert.rejects(openDataset(folder), { reason: 'not_a_folder' });
      await assert.rejects(openDataset(join(folder, 'below')), { reason: 'not_a_folder' });
      await rm(folder);
      const store = await open();
      await rm(join(folder, 'data'), { recursive: true });
      await symlink(parent, join(folder, 'data'));
      await assert.rejects(store.publish(publicationOf(sampleRecord())), { reason: 'symlink' });
      await rm(join(folder, 'data'));
      await writeFile(join(folder, 'data'), '');
      await assert.rejects(store.publish(publicationOf(sampleRecord())), { reason: 'not_a_folder' });
    });

    it('datasets of a format it does not know, and folders that are none', async () => {
      await open();
      await writeFile(
        join(folder, 'dataset.json'),
        '{"marker":"understudy-dataset","format":"understudy-dataset-v9"}\n',
      );
      await assert.rejects(openDataset(folder), { reason: 'unknown_format' });
      await rm(join(folder, 'dataset.json'));
      await assert.rejects(openDataset(folder), { reason: 'not_empty' });
      await assert.rejects(readDataset(folder), { reason: 'no_dataset' });
      await assert.rejects(readDataset(join(folder, 'none')), { reason: 'no_dataset' });
      await mkdir(join(folder, 'dataset.json'));
      await assert.rejects(readDataset(folder), { reason: 'no_dataset' });
    });

    it('to write on where the dataset was deleted meanwhile', async () => {
      const store = await open();
      await rm(join(folder, 'dataset.json'));
      await assert.rejects(store.publish(publicationOf(sampleRecord())), { reason: 'no_dataset' });
      await assert.rejects(store.withdraw([idOf('sample')]), { reason: 'no_dataset' });
    });
  });

  it('replaces a link that stands for one of its files, and does not write through it', async () => {
    await open();
    const target = join(parent, 'precious');
    await writeFile(target, 'mine');
    await rm(join(folder, 'README.md'));
    await symlink(target, join(folder, 'README.md'));
    await open();
    assert.equal(await readFile(target, 'utf8'), 'mine');
    assert.equal(await readFile(join(folder, 'README.md'), 'utf8'), datasetCard([]));
  });
});
