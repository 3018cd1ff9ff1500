import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { taskFolder } from '../../../src/dataset/layout.ts';
import { openDataset } from '../../../src/dataset/store.ts';
import { understudy } from '../../support/command.ts';
import { idOf, publicationOf, sampleRecord, testPolicy, testReceipt } from '../../support/records.ts';

describe('understudy pack', () => {
  let parent: string;
  let folder: string;
  before(async () => {
    parent = await mkdtemp(join(tmpdir(), 'understudy-cli-pack-'));
    folder = join(parent, 'dataset');
    const store = await openDataset(folder);
    await store.addConsent(testReceipt, testPolicy);
    await store.publish(publicationOf(sampleRecord()));
  });
  after(() => rm(parent, { recursive: true }));

  it('says what it kept and where, and ends with 0', async () => {
    const out = join(parent, 'packed');
    const told = await understudy(['pack', folder, '--out', out, '--use', 'train']);
    assert.deepEqual([told.code, told.err], [0, '']);
    assert.match(
      told.out,
      /^1 of 1 records kept\ndata\/agent_trajectory_raw\/.*\ndata\/next_edit\/\w+-00000-of-00001\.parquet: \d+ rows?, \d+ bytes\n/,
    );
    assert.ok(existsSync(join(out, 'croissant.json')));
  });

  it('tells the same as JSON, which stands in pack.json', async () => {
    const out = join(parent, 'packed as json');
    const told = await understudy(['pack', folder, '--out', out, '--use', 'train', '--json']);
    assert.deepEqual(JSON.parse(told.out), JSON.parse(await readFile(join(out, 'pack.json'), 'utf8')));
  });

  it('names what is unsound, packs the rest, and ends with 1', async () => {
    const spoiled = join(parent, 'spoiled');
    const store = await openDataset(spoiled);
    await store.addConsent(testReceipt, testPolicy);
    await store.publish(publicationOf(sampleRecord('spoiled \u001b[31m')));
    const file = join(spoiled, taskFolder(idOf('spoiled \u001b[31m')), 'trajectory.jsonl');
    await writeFile(file, '{\n');
    const out = join(parent, 'packed rest');
    const { err, code } = await understudy(['pack', folder, spoiled, '--out', out, '--use', 'train']);
    assert.equal(code, 1);
    assert.equal(err, `understudy: left out: ${file}: not JSON\n`);
  });

  it('ends with 2 and one line when it is called wrongly', async () => {
    const call = (...args: string[]) => ['pack', folder, '--out', join(parent, 'never'), ...args];
    const calls: [string[], RegExp][] = [
      [['pack', parent, '--out', join(parent, 'never'), '--use', 'train'], /is no dataset: it has no dataset\.json/],
      [['pack', folder, '--out', parent, '--use', 'train'], /is not empty/],
      [call('--use', 'publish'), /none grants the use publish/],
      [call('--use', 'train', '--bench', join(parent, 'none')), /none cannot be read/],
    ];
    for (const [args, expected] of calls) {
      const { out, err, code } = await understudy(args);
      assert.deepEqual([out, code], ['', 2], args.join(' '));
      assert.match(err, /^understudy: [^\n\x1b]+\n$/);
      assert.match(err, expected);
    }
    for (const args of [call(), call('--use', 'fun'), ['pack', '--use', 'train', '--out', 'x']]) {
      assert.equal((await understudy(args)).code, 2, args.join(' '));
    }
    assert.ok(!existsSync(join(parent, 'never')));
  });

  it('takes benchmarks as features writes them', async () => {
    const items = join(parent, 'items.jsonl');
    const text = "import { greet } from '../src/greet.js';\n".repeat(4);
    await writeFile(items, `${JSON.stringify({ patch: text })}\n`);
    const features = await understudy(['features', items, '--field', 'patch']);
    assert.deepEqual([features.code, features.err], [0, '']);
    assert.match(features.out, /^\{"bench_id":"items\.jsonl:1","bench_grams":\d+,"grams":\["[0-9a-f]{16}"/);
    const bench = join(parent, 'items.grams.jsonl');
    await writeFile(bench, features.out);
    const out = join(parent, 'plan');
    const plan = await understudy([
      'pack-plan',
      folder,
      '--out',
      out,
      '--use',
      'train',
      '--engine',
      'spark',
      '--bench',
      bench,
    ]);
    assert.equal(plan.code, 0);
    assert.equal(await readFile(join(out, 'bench.jsonl'), 'utf8'), features.out);
  });
});
