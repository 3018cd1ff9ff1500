import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Uses } from '../../../src/consent/receipt.ts';
import { exampleFile, taskFolder, trajectoryFileName, withdrawalsFile } from '../../../src/dataset/layout.ts';
import { DatasetStore, openDataset } from '../../../src/dataset/store.ts';
import { validateDataset } from '../../../src/dataset/validate.ts';
import { exampleFormats, exportFormats } from '../../../src/examples/formats.ts';
import { benchItemsOf } from '../../../src/pack/benchmark.ts';
import { type PackOptions, pack } from '../../../src/pack/pack.ts';
import { rowsOf } from '../../../src/pack/report.ts';
import { splitBucket } from '../../../src/trajectory/hashes.ts';
import type { Trajectory } from '../../../src/trajectory/record.ts';
import { decodedRows, readParquet } from '../../support/parquet.ts';
import {
  anyRecord,
  anyWork,
  idOf,
  publicationOf,
  RecordBuilder,
  sampleRecord,
  sha256,
  testPolicy,
  testReceipt,
} from '../../support/records.ts';
import { randomToken } from '../../support/secrets.ts';
import { solvedTask } from '../../support/solvedTask.ts';
import { verificationOf } from '../../support/verifications.ts';

const noUses: Uses = { train: false, commercial: false, redistribute: false, publish: false };

/** A record with a text of its own, so that it is nobody's duplicate. */
function workOn(name: string, fields: Partial<Trajectory> = {}): Trajectory {
  const words = Array.from({ length: 60 }, (_, i) => `${name.replace(/\W/g, '_')}_${i}`).join(' ');
  return new RecordBuilder(name, [{ path: 'src/a.py', base: 'x = 1\n', language: 'python' }])
    .edit(0, [{ offset: 6, deleted: 0, inserted: `${words}\n` }])
    .build({ project_id: idOf(`project of ${name}`), ...fields });
}

function consentTo(uses: Partial<Uses>): Pick<Trajectory, 'consent'> {
  const { consent } = sampleRecord();
  return { consent: { ...consent, uses: { ...noUses, ...uses } } };
}

const imported: Pick<Trajectory, 'consent'> = {
  consent: { ...sampleRecord().consent, source: 'imported', receipt_id: null, policy_version: null, uses: noUses },
};

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('pack', () => {
  let parent: string;
  let folders = 0;
  before(async () => {
    parent = await mkdtemp(join(tmpdir(), 'understudy-pack-'));
  });
  after(() => rm(parent, { recursive: true }));

  async function datasetOf(records: readonly Trajectory[]): Promise<string> {
    const folder = join(parent, `dataset ${folders++}`);
    const store = await openDataset(folder);
    await store.addConsent(
      { ...testReceipt, uses: { train: true, commercial: true, redistribute: true, publish: true } },
      testPolicy,
    );
    for (const record of records) await store.publish(publicationOf(record));
    return folder;
  }

  const newOut = () => join(parent, `packed ${folders++}`);

  function options(sources: readonly string[], more: Partial<PackOptions> = {}): PackOptions {
    const usual = {
      use: 'train',
      includeImported: false,
      bench: [],
      tokenizer: null,
      also: [],
      today: '2026-05-04',
    } as const;
    return { folders: sources, out: newOut(), ...usual, ...more };
  }

  async function rowsIn(out: string, format: string): Promise<Record<string, unknown>[]> {
    const files = globSync(`data/${format}/*.parquet`, { cwd: out }).sort();
    return (await Promise.all(files.map((file) => readParquet(join(out, file))))).flatMap(decodedRows);
  }

  async function decisionsIn(out: string): Promise<Map<unknown, Record<string, unknown>>> {
    const { rows } = await readParquet(join(out, 'decisions.parquet'));
    return new Map(rows.map((row) => [row.trajectory_id, row]));
  }

  it('packs tasks that were run again, with the tests that were confirmed, and no others', async () => {
    const [confirmed, other] = [solvedTask(), workOn('other')];
    const source = await datasetOf([confirmed, other]);
    const seen = options([source]);
    assert.equal(rowsOf(await pack(seen), 'task'), 0);
    await new DatasetStore(source).verify(verificationOf(confirmed));
    const packing = options([source]);
    await pack(packing);
    const [row, ...others] = await rowsIn(packing.out, 'task');
    assert.deepEqual(others, []);
    assert.deepEqual([row.trajectory_id, row.verification], [confirmed.trajectory_id, 'verified']);
    assert.equal(row.FAIL_TO_PASS, '["doubles","halves"]');
    assert.match(await readFile(join(packing.out, 'README.md'), 'utf8'), /^- config_name: task$/m);
  });

  it('makes the formats that no folder holds, where they are asked for', async () => {
    const record = sampleRecord();
    const source = await datasetOf([record]);
    const without = await pack(options([source]));
    const packing = options([source], { also: ['commit', 'execution', 'preference'] });
    const report = await pack(packing);
    for (const { name, derive } of exportFormats.filter((format) => packing.also.includes(format.name))) {
      const expected = derive(record);
      assert.equal(rowsOf(without, name), 0);
      assert.equal(rowsOf(report, name), expected.length);
      if (expected.length === 0) continue;
      const found = await rowsIn(packing.out, name);
      assert.deepEqual(
        found.map(({ trajectory_id, lengths }) => ({ trajectory_id, lengths })),
        expected.map((row) => {
          const { trajectory_id, lengths } = row as { trajectory_id: string; lengths: object };
          return { trajectory_id, lengths };
        }),
      );
    }
    assert.ok(rowsOf(report, 'commit') > 0 && rowsOf(report, 'execution') > 0);
  });

  it('writes the rows of the JSON lines, value by value', async () => {
    const works = [...fc.sample(anyRecord, { numRuns: 40, seed: 3 }), ...fc.sample(anyWork, { numRuns: 60, seed: 4 })];
    const records = [sampleRecord(), solvedTask(), ...works].map((record, i) => {
      const project_id = idOf(`project ${i}`);
      return { ...record, project_id, split_bucket: workOn('x', { project_id }).split_bucket };
    });
    const source = await datasetOf(records);
    const packing = options([source]);
    const { decisions } = await pack(packing);
    assert.equal(
      Object.values(decisions).reduce((sum, count) => sum + count),
      records.length,
    );
    const kept = [...(await decisionsIn(packing.out))].filter(([, { decision }]) => decision === 'kept');
    assert.ok(kept.length > 10);
    for (const format of ['trajectories', ...exampleFormats.map(({ name }) => name)]) {
      const name = format === 'trajectories' ? trajectoryFileName : exampleFile(format);
      const expected = kept.flatMap(([id, { split }]) => {
        const file = join(source, taskFolder(String(id)), name);
        const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
        return lines.map((line) => ({ ...JSON.parse(line), split }));
      });
      const found = await rowsIn(packing.out, format);
      assert.ok(found.length > 1, `${format} has no rows`);
      const inOrder = (rows: Record<string, unknown>[]) => rows.map((row) => JSON.stringify(row)).sort();
      assert.deepEqual(inOrder(found), inOrder(expected), format);
    }
  });

  it('declares the columns in the file, as datasets reads them', async () => {
    const packing = options([await datasetOf([workOn('a')])]);
    const { files } = await pack(packing);
    const { metadata } = await readParquet(
      join(packing.out, files.find(({ format }) => format === 'trajectories')?.name ?? ''),
    );
    const { features } = JSON.parse(metadata.get('huggingface') ?? '').info;
    assert.deepEqual(features.revision, { dtype: 'int64', _type: 'Value' });
    assert.deepEqual(features.gaps.feature.after_step, { dtype: 'int64', _type: 'Value' });
    assert.deepEqual(features.split, { dtype: 'string', _type: 'Value' });
  });

  it('keeps what grants the use, and imports only when asked', async () => {
    const records = [
      workOn('trains', consentTo({ train: true })),
      workOn('sells', consentTo({ train: true, commercial: true })),
      workOn('comes', imported),
    ];
    const source = await datasetOf(records);
    const kept = async (more: Partial<PackOptions>) => {
      const packing = options([source], more);
      await pack(packing);
      return new Set((await rowsIn(packing.out, 'trajectories')).map(({ trajectory_id }) => trajectory_id));
    };
    assert.deepEqual(await kept({}), new Set([idOf('trains'), idOf('sells')]));
    assert.deepEqual(await kept({ use: 'commercial' }), new Set([idOf('sells')]));
    assert.deepEqual(await kept({ use: 'commercial', includeImported: true }), new Set([idOf('sells'), idOf('comes')]));
  });

  it('honours a withdrawal that another folder holds, and takes the newest revision', async () => {
    const [gone, old] = [workOn('gone'), workOn('old')];
    const first = await datasetOf([gone, old, workOn('stays')]);
    const second = await datasetOf([{ ...old, revision: 2 }]);
    await appendFile(join(second, withdrawalsFile), `{"id":"${gone.trajectory_id}"}\n`);
    const packing = options([first, second]);
    const report = await pack(packing);
    assert.deepEqual([report.decisions.withdrawn, report.decisions.kept, report.copies_left_out], [1, 2, 1]);
    const rows = await rowsIn(packing.out, 'trajectories');
    assert.equal(rows.find(({ trajectory_id }) => trajectory_id === idOf('old'))?.revision, 2);
  });

  it('leaves out a repository that a folder excludes whole', async () => {
    const { consent } = sampleRecord();
    const lineage_key = sha256('root commit');
    const project_id = idOf('fork');
    const fork = workOn('fork', {
      project_id,
      lineage_key,
      split_bucket: splitBucket(lineage_key, project_id),
      consent: { ...consent, signals: [...consent.signals, 'repository'] },
    });
    const source = await datasetOf([fork, workOn('other')]);
    await appendFile(join(source, withdrawalsFile), `{"id":"${lineage_key}"}\n`);
    const { decisions } = await pack(options([source]));
    assert.deepEqual([decisions.withdrawn, decisions.kept], [1, 1]);
    const { faults } = await validateDataset(source);
    assert.deepEqual(
      faults.filter(({ file }) => file.includes('withdrawals')),
      [],
    );
  });

  it('leaves out what holds a benchmark', async () => {
    const leaked = workOn('leaked');
    const patch = `--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n x = 1\n+${leaked.files[0].final_text?.split('\n')[1]}\n`;
    const file = join(parent, 'bench.jsonl');
    await writeFile(file, `${JSON.stringify({ instance_id: 'x', patch })}`);
    const items = await all(benchItemsOf(file, 'patch'));
    assert.equal(items[0].bench_id, 'bench.jsonl:1');
    const bench = join(parent, 'bench.grams.jsonl');
    await writeFile(bench, items.map((item) => `${JSON.stringify(item)}\n`).join(''));
    const packing = options([await datasetOf([leaked, workOn('other')])], { bench: [bench] });
    const { decisions } = await pack(packing);
    assert.deepEqual([decisions.contaminated, decisions.kept], [1, 1]);
    assert.equal((await decisionsIn(packing.out)).get(leaked.trajectory_id)?.decision, 'contaminated');
  });

  it('makes examples anew that another version derived', async () => {
    const source = await datasetOf([workOn('current')]);
    const file = join(source, taskFolder(idOf('current')), exampleFile('next_edit'));
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/"deriver_version":"\d+"/, '"deriver_version":"0","of_old":1'));
    const packing = options([source]);
    const { decisions } = await pack(packing);
    assert.equal(decisions.unsound, 0);
    const [{ split, ...row }] = await rowsIn(packing.out, 'next_edit');
    assert.deepEqual(row, JSON.parse(text));
  });

  describe('leaves out and names', () => {
    const token = `ghp_${randomToken(36)}`;
    const broken: Record<string, [RegExp, (file: (name: string) => string) => Promise<void>]> = {
      'a broken line': [/trajectory\.jsonl: not JSON/, (file) => writeFile(file(trajectoryFileName), '{"a":\n')],
      'a line of another schema': [/features\.jsonl: .*expected/, (file) => writeFile(file('features.jsonl'), '{}\n')],
      'a missing file': [/features\.jsonl: missing/, (file) => rm(file('features.jsonl'))],
      'features of another record': [
        /does not belong to the record/,
        async (file) => replace(file('features.jsonl'), /"split_bucket":\d+/, '"split_bucket":1'),
      ],
      'what does not replay': [
        /trajectory\.jsonl: /,
        async (file) => replace(file(trajectoryFileName), /"final_text":"x/, '"final_text":"y'),
      ],
      'what redaction would cover': [
        /next_edit\.jsonl: holds 1 texts to cover/,
        async (file) => replace(file(exampleFile('next_edit')), /"excerpt":"/, `"excerpt":"token = '${token}' `),
      ],
      'what a structured field tells of a machine': [
        /next_edit\.jsonl: language: an absolute path$/,
        async (file) =>
          replace(file(exampleFile('next_edit')), /"language":(?:null|"\w+")/, '"language":"/srv/build7/x"'),
      ],
      'an example of another record': [
        /next_edit\.jsonl: belongs to another record/,
        async (file) =>
          replace(file(exampleFile('next_edit')), /"trajectory_id":"\w+"/, `"trajectory_id":"${idOf('x')}"`),
      ],
    };
    async function replace(file: string, from: RegExp, to: string): Promise<void> {
      const text = await readFile(file, 'utf8');
      assert.match(text, from);
      await writeFile(
        file,
        text.replace(from, () => to),
      );
    }
    for (const [what, [expected, spoil]] of Object.entries(broken)) {
      it(what, async () => {
        const source = await datasetOf([workOn('sound'), workOn('spoiled')]);
        await spoil((name) => join(source, taskFolder(idOf('spoiled')), name));
        const told: string[] = [];
        const packing = options([source], { onUnsound: (one) => told.push(one) });
        const { decisions } = await pack(packing);
        assert.deepEqual([decisions.kept, decisions.unsound], [1, 1]);
        assert.match(told.join('\n'), expected);
        assert.ok(told[0].startsWith(join(source, taskFolder(idOf('spoiled')))));
        const { decision, fault } = (await decisionsIn(packing.out)).get(idOf('spoiled')) ?? {};
        assert.equal(decision, 'unsound');
        assert.match(String(fault), expected);
        assert.equal((await rowsIn(packing.out, 'trajectories')).length, 1);
        const bytes = globSync('**/*', { cwd: packing.out, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
        assert.ok(!bytes.some((one) => one.includes(token)));
      });
    }
  });

  it('cuts shards and numbers them, and the same again gives the same bytes', async () => {
    const source = await datasetOf(
      Array.from({ length: 12 }, (_, i) => workOn(`work ${i}`, { project_id: idOf('one') })),
    );
    const limits = { shardBytes: 6_000, recordsBetweenSaves: 5 };
    const [one, other] = [options([source], { limits }), options([source], { limits })];
    const { files } = await pack(one);
    const names = files.filter(({ format }) => format === 'trajectories').map(({ name }) => name);
    assert.ok(names.length > 2);
    names.forEach((name, i) => {
      const digits = (number: number) => String(number).padStart(5, '0');
      assert.match(name, new RegExp(`^data/trajectories/\\w+-${digits(i)}-of-${digits(names.length)}\\.parquet$`));
    });
    const ids = (await rowsIn(one.out, 'trajectories')).map(({ trajectory_id }) => trajectory_id);
    assert.deepEqual(ids, ids.toSorted());
    assert.equal(new Set(ids).size, 12);
    await pack(other);
    assert.deepEqual(bytesOf(other.out), bytesOf(one.out));
  });

  it('goes on where it was interrupted, wherever that was', async () => {
    const source = await datasetOf(Array.from({ length: 11 }, (_, i) => workOn(`work ${i}`)));
    const limits = { shardBytes: 9_000, recordsBetweenSaves: 3 };
    const whole = options([source], { limits });
    await pack(whole);
    for (const at of [1, 4, 9, 11]) {
      const packing = options([source], { limits });
      const crash: PackOptions['onProgress'] = (stage, done) => {
        if (stage === 'writing' && done === at) throw new Error('interrupted');
      };
      await assert.rejects(pack({ ...packing, onProgress: crash }), /interrupted/);
      let first: number | null = null;
      await pack({ ...packing, onProgress: (stage, done) => (first ??= stage === 'writing' ? done : null) });
      assert.equal(first, Math.floor((at - 1) / 3) * 3 + 1);
      assert.deepEqual(bytesOf(packing.out), bytesOf(whole.out));
    }
  });

  it('goes on where it was killed', async () => {
    const source = await datasetOf(Array.from({ length: 11 }, (_, i) => workOn(`work ${i}`)));
    const whole = options([source], { limits: { shardBytes: 9_000, recordsBetweenSaves: 3 } });
    await pack(whole);
    const out = newOut();
    for (const at of ['reading 5', 'writing 2', 'writing 8', 'writing 11', 'never']) {
      const child = fork(join(import.meta.dirname, 'packer.ts'), [out, source]);
      child.on('message', (told) => told === at && child.kill('SIGKILL'));
      const [code, signal] = await once(child, 'exit');
      // It may have been done before the signal came.
      if (at === 'never') assert.deepEqual([code, signal], [0, null]);
      if (existsSync(join(out, 'pack.json'))) break;
    }
    assert.deepEqual(bytesOf(out), bytesOf(whole.out));
  });

  it('ends a move into place that was interrupted', async () => {
    const packing = options([await datasetOf([workOn('a')])]);
    await pack(packing);
    const whole = bytesOf(packing.out);
    const done = join(packing.out, '.pack', 'done');
    await mkdir(done, { recursive: true });
    for (const name of ['data', 'pack.json']) await rename(join(packing.out, name), join(done, name));
    // Perhaps of other records, or for another use: it is not what was asked for now.
    await assert.rejects(pack(packing), /it is whole now/);
    assert.deepEqual(bytesOf(packing.out), whole);
    await assert.rejects(pack(packing), /is not empty/);
  });

  it('begins anew where something else is packed than what was interrupted', async () => {
    const source = await datasetOf(Array.from({ length: 5 }, (_, i) => workOn(`work ${i}`)));
    const limits = { shardBytes: 9_000, recordsBetweenSaves: 1 };
    const packing = options([source], { limits });
    const crash: PackOptions['onProgress'] = (stage, done) => {
      if (stage === 'writing' && done === 4) throw new Error('interrupted');
    };
    await assert.rejects(pack({ ...packing, onProgress: crash }), /interrupted/);
    await new DatasetStore(source).withdraw([idOf('work 1')]);
    assert.equal((await pack(packing)).decisions.kept, 4);
    assert.equal((await rowsIn(packing.out, 'trajectories')).length, 4);
  });

  it('counts tokens by the tokenizer that is named', async () => {
    const tokenizer = join(parent, 'tokenizer.json');
    const bytes = JSON.stringify({
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: [],
      normalizer: null,
      pre_tokenizer: { type: 'Split', pattern: { Regex: '' }, behavior: 'Isolated', invert: false },
      post_processor: null,
      decoder: null,
      model: { type: 'WordLevel', vocab: { '[UNK]': 0 }, unk_token: '[UNK]' },
    });
    await writeFile(tokenizer, bytes);
    const packing = options([await datasetOf([workOn('a')])], { tokenizer });
    const report = await pack(packing);
    assert.equal(report.tokenizer_sha256, createHash('sha256').update(bytes).digest('hex'));
    const [row] = await rowsIn(packing.out, 'next_edit');
    // One a character, of what a trainer reads.
    const { prompt, completion } = row as { prompt: string; completion: string };
    assert.equal(Number(row.tokens), [...prompt, ...completion].length);
    assert.match(readFileSync(join(packing.out, 'README.md'), 'utf8'), /- name: tokens\n\s+dtype: int64/);
  });

  it('has a card and a Croissant file for what has rows, and none for what has none', async () => {
    const bare = new RecordBuilder('bare', [{ path: 'gone.txt', base: 'x' }]).remove(0).build();
    const packing = options([await datasetOf([bare])]);
    const report = await pack(packing);
    assert.equal(rowsOf(report, 'next_edit'), 0);
    const card = readFileSync(join(packing.out, 'README.md'), 'utf8');
    assert.match(card, /config_name: trajectories/);
    assert.doesNotMatch(card, /config_name: next_edit/);
    for (const heading of [
      'Motivation',
      'Composition',
      'Collection process',
      'Preprocessing, cleaning, labeling',
      'Uses',
      'Distribution',
      'Maintenance',
    ]) {
      assert.ok(card.includes(`\n## ${heading}\n`), heading);
    }
    const { recordSet, conformsTo } = JSON.parse(readFileSync(join(packing.out, 'croissant.json'), 'utf8'));
    assert.equal(conformsTo, 'http://mlcommons.org/croissant/1.1');
    assert.deepEqual(
      recordSet.map((set: { name: string }) => set.name),
      ['trajectories'],
    );
  });

  describe('says what is wrong, and leaves nothing behind', () => {
    const rejects = async (packing: PackOptions, expected: RegExp) => {
      await assert.rejects(pack(packing), (error: Error) => {
        assert.match(error.message, expected);
        return true;
      });
    };

    it('with the folders', async () => {
      const source = await datasetOf([workOn('a')]);
      const plain = join(parent, 'plain');
      await mkdir(plain, { recursive: true });
      await rejects(options([source, plain]), /plain is no dataset: it has no dataset\.json/);
      await rejects(options([source, join(parent, 'none')]), /none does not exist/);
      await rejects(options([source, `${source}/`]), /named twice/);
    });

    it('with the folder to write to', async () => {
      const source = await datasetOf([workOn('a')]);
      await rejects(options([source], { out: parent }), /is not empty\. Choose an empty folder or a new one/);
      await rejects(options([source], { out: join(source, 'packed') }), /lies in .*Choose a folder outside/);
      assert.ok(!existsSync(join(source, 'packed')));
    });

    it('with the consent', async () => {
      const packing = options([await datasetOf([workOn('a', consentTo({ train: true })), workOn('b', imported)])], {
        use: 'publish',
      });
      await rejects(packing, /none grants the use publish and stays \(1 not_granted, 1 imported\)/);
      assert.ok(!existsSync(packing.out));
    });

    it('with the benchmarks and the tokenizer', async () => {
      const source = await datasetOf([workOn('a')]);
      const file = join(parent, 'no bench.jsonl');
      await writeFile(file, '{"patch":"x"}\n');
      await rejects(options([source], { bench: [file] }), /no bench\.jsonl, line 1: .*understudy features/);
      await rejects(options([source], { tokenizer: file }), /--tokenizer .*no bench\.jsonl: no tokenizer\.json/);
      await assert.rejects(all(benchItemsOf(file, 'text')), /line 1: no text in the field text\..*--field/);
    });
  });

  function bytesOf(out: string): Record<string, string> {
    const files = globSync('**/*', { cwd: out, withFileTypes: true }).filter((entry) => entry.isFile());
    return Object.fromEntries(
      files
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
        .map((file) => [file.slice(out.length), createHash('sha256').update(readFileSync(file)).digest('hex')]),
    );
  }
});
