/**
 * Packs simulated folders, loads what comes out with the tools that trainers use, and packs them on Spark too:
 * `node test/consumers/runPack.ts`. What is missing for a part is said, and the part skipped.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { readDataset } from '../../src/dataset/dataset.ts';
import { openDataset } from '../../src/dataset/store.ts';
import { exampleFormats } from '../../src/examples/formats.ts';
import { type BenchItem, benchItemsOf } from '../../src/pack/benchmark.ts';
import { type PackOptions, pack } from '../../src/pack/pack.ts';
import { packPlan } from '../../src/pack/plan.ts';
import { type PackReport, rowsOf } from '../../src/pack/report.ts';
import { netPatch } from '../../src/trajectory/netPatch.ts';
import { simulate } from '../simulate/contributors.ts';
import { simulationHistories } from '../simulate/simulationHistories.ts';
import { readParquet } from '../support/parquet.ts';
import {
  anyRecord,
  anyWork,
  publicationOf,
  RecordBuilder,
  sampleRecord,
  testPolicy,
  testReceipt,
} from '../support/records.ts';
import { solvedTask } from '../support/solvedTask.ts';
import { pythonWith, trainers } from './python.ts';

const here = import.meta.dirname;
const options = { use: 'train', includeImported: true } satisfies Partial<PackOptions>;
const scratch = mkdtempSync(join(tmpdir(), 'understudy-pack-consumers-'));
try {
  const simulated = await simulatedFolders();
  const bench = [await benchmarkOf(simulated[0])];
  const packed = await packFolders('many folders', simulated, bench);
  if (packed.report.decisions.contaminated === 0) throw new Error('nothing was compared with the benchmark');
  const python = pythonWith('consumers', { ...trainers, purpose: 'loading a packed set' });
  if (python) {
    load(python, packed.out, simulated);
    const troublesome = [await troublesomeFolder()];
    const { out, report } = await packFolders('troublesome texts', troublesome);
    for (const { name } of exampleFormats) assert.ok(rowsOf(report, name) > 0, `${name} has no rows`);
    load(python, out, troublesome);
    const bare = [await bareFolder()];
    load(python, (await packFolders('no examples', bare)).out, bare);
  }
  await packOnSpark(simulated, bench, packed);
} finally {
  rmSync(scratch, { recursive: true });
}

/** With a space and marks of patterns in their names, which readers must take as they are. */
async function simulatedFolders(): Promise<string[]> {
  const folders: string[] = [];
  for await (const folder of simulate(simulationHistories(), 12, 30, join(scratch, 'from [many] people'))) {
    folders.push(folder);
  }
  return folders;
}

/** Characters beyond the BMP, controls, line ends of all kinds; and rows of every format. */
async function troublesomeFolder(): Promise<string> {
  const texts = fc.sample(anyRecord, { numRuns: 60, seed: 1 });
  return makeDataset('troublesome', [
    sampleRecord(),
    solvedTask(),
    ...texts,
    ...fc.sample(anyWork, { numRuns: 60, seed: 4 }),
  ]);
}

async function bareFolder(): Promise<string> {
  return makeDataset('bare', [new RecordBuilder('bare', [{ path: 'gone.txt', base: 'x' }]).remove(0).build()]);
}

async function makeDataset(name: string, records: Parameters<typeof publicationOf>[0][]): Promise<string> {
  const store = await openDataset(join(scratch, name));
  await store.addConsent(testReceipt, testPolicy);
  for (const record of records) await store.publish(publicationOf(record));
  return store.folder;
}

/** As if the first records were items of a benchmark. @returns a file as `understudy features` makes it */
async function benchmarkOf(folder: string): Promise<string> {
  const texts = join(scratch, 'benchmark.jsonl');
  const items: BenchItem[] = [];
  const dataset = await readDataset(folder);
  for await (const id of dataset.trajectoryIds()) {
    const { files } = await dataset.readTrajectory(id);
    const at = (text: 'base_text' | 'final_text') => files.map((file) => ({ path: file.path, text: file[text] }));
    const patch = netPatch(at('base_text'), at('final_text'));
    if (patch !== '') appendFileSync(texts, `${JSON.stringify({ code: { text: patch } })}\n`);
  }
  for await (const item of benchItemsOf(texts, 'code.text')) if (items.length < 8) items.push(item);
  const file = join(scratch, 'benchmark.grams.jsonl');
  writeFileSync(file, items.map((item) => `${JSON.stringify(item)}\n`).join(''));
  return file;
}

interface Packed {
  out: string;
  report: PackReport;
}

async function packFolders(name: string, folders: string[], bench: string[] = []): Promise<Packed> {
  const out = join(scratch, `packed ${name}`);
  return {
    out,
    report: await pack({ ...options, folders, out, bench, tokenizer: null, also: [], today: '2026-05-04' }),
  };
}

/** Offline, and with caches that go away: what was loaded before must not help. */
function load(python: string, packed: string, folders: string[]): void {
  const caches = { HF_HOME: scratch, HF_DATASETS_CACHE: join(scratch, 'cache') };
  const env = { ...process.env, ...caches, HF_HUB_OFFLINE: '1', TRANSFORMERS_VERBOSITY: 'error' };
  execFileSync(python, [join(here, 'load_pack.py'), packed, ...folders], { env, stdio: 'inherit' });
}

/** The same decisions, and the same rows. */
async function packOnSpark(folders: string[], bench: string[], packed: Packed): Promise<void> {
  if (spawnSync('java', ['-version'], { stdio: 'ignore' }).status !== 0) {
    console.log('SKIPPED: packing on Spark needs Java 17 or newer; none was found.');
    return;
  }
  const python = pythonWith('spark', {
    requirements: join(here, 'spark-requirements.txt'),
    purpose: 'packing on Spark',
  });
  if (!python) return;
  const plan = join(scratch, 'plan');
  await packPlan({ ...options, folders, out: plan, bench });
  const out = join(scratch, 'packed on Spark');
  const printed = execFileSync(python, [join(plan, 'pack_spark.py'), out], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  assert.equal(printed.trimEnd().split('\n').at(-1), packed.report.decision_sha256, 'the decision table');
  for (const group of globSync('data/*/*', { cwd: out })) {
    const ours = await rowsIn(packed.out, `${group}-*.parquet`);
    assert.ok(ours.length > 0);
    assert.deepEqual(await rowsIn(out, `${group}/*.parquet`), ours, group);
  }
  console.log(`Spark: the same decision table, ${packed.report.decision_sha256}, and the same rows`);
}

async function rowsIn(folder: string, pattern: string): Promise<string[]> {
  const files = globSync(pattern, { cwd: folder });
  const read = await Promise.all(files.map((file) => readParquet(join(folder, file))));
  return read.flatMap(({ rows }) => rows.map((row) => JSON.stringify(row))).sort();
}
