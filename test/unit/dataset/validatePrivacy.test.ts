import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedTime } from '../../../src/dataset/files.ts';
import { taskFolder } from '../../../src/dataset/layout.ts';
import { openDataset } from '../../../src/dataset/store.ts';
import { validateDataset } from '../../../src/dataset/validate.ts';
import { fakeWord } from '../../support/people.ts';
import { idOf, publicationOf, sampleRecord, testPolicy, testReceipt } from '../../support/records.ts';

describe('validation of privacy', () => {
  const task = taskFolder(idOf('sample'));
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-privacy-'));
    const store = await openDataset(folder);
    await store.addConsent(testReceipt, testPolicy);
    await store.publish(publicationOf(sampleRecord()));
    await store.publish(publicationOf(sampleRecord('other')));
    await store.revise(publicationOf({ ...sampleRecord(), revision: 2 }));
    await store.withdraw([idOf('other')]);
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function faults(): Promise<string[]> {
    const { faults } = await validateDataset(folder, { privacy: true });
    return faults.map(({ file, fault }) => `${file}: ${fault}`).filter((fault) => fault.includes('privacy: '));
  }

  it('finds nothing in a dataset as it was written', async () => {
    assert.deepEqual((await validateDataset(folder, { privacy: true })).faults, []);
  });

  it('finds what a structured field tells, and does not repeat it', async () => {
    const path = `/srv/${fakeWord()}/src`;
    const file = join(folder, task, 'trajectory.jsonl');
    const text = (await readFile(file, 'utf8')).replace(/"cwd":"\."/g, `"cwd":${JSON.stringify(path)}`);
    await writeFile(file, text.replace('"language":"javascript"', '"language":"12:30:01"'));
    await utimes(file, fixedTime(), fixedTime());
    const found = await faults();
    assert.ok(found.length > 1);
    assert.ok(
      found.some((fault) => /trajectory\.jsonl: privacy: row 1: steps\[\d+\]\.cwd: an absolute path$/.test(fault)),
    );
    assert.ok(found.some((fault) => /row 1: files\[0\]\.language: a clock time$/.test(fault)));
    assert.ok(!found.join().includes(path));
  });

  it('finds times and modes of files and folders that tell more than they must', async function () {
    if (process.platform === 'win32') this.skip();
    const file = join(task, 'trajectory.jsonl');
    await utimes(join(folder, file), new Date(), new Date());
    assert.deepEqual(await faults(), [`${file}: privacy: its time tells when it was written`]);
    await utimes(join(folder, file), fixedTime(2), fixedTime(2));
    await chmod(join(folder, file), 0o644);
    await chmod(join(folder, task), 0o711);
    assert.deepEqual(
      (await faults()).sort(),
      [
        `${task}: privacy: others on this machine can open it`,
        `${file}: privacy: others on this machine can open it`,
      ].sort(),
    );
  });

  it('finds names that are not its own', async () => {
    const stray = [
      join('data', 'notes.md'),
      join(task, `${fakeWord()}.log`),
      join('consent', 'receipts', 'mine.json'),
      'x.txt',
    ];
    for (const name of stray) await writeFile(join(folder, name), '{}');
    await symlink(tmpdir(), join(folder, 'schema', 'link'));
    const found = await faults();
    for (const name of [...stray, 'schema/link'])
      assert.ok(found.includes(`${name}: privacy: not written by Understudy`), name);
  });
});
