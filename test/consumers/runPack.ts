/**
 * Packs simulated folders, loads what comes out with the tools that trainers use, and packs them on Spark too:
 * `node test/consumers/runPack.ts`. What is missing for a part is said, and the part skipped.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openDataset } from '../../src/dataset/store.ts';
import { type PackOptions, pack } from '../../src/pack/pack.ts';
import { packPlan } from '../../src/pack/plan.ts';
import { simulate } from '../simulate/contributors.ts';
import { simulationHistories } from '../simulate/simulationHistories.ts';
import { anyRecord, publicationOf, RecordBuilder, sampleRecord, testPolicy, testReceipt } from '../support/records.ts';
import { pythonWith } from './python.ts';

const here = import.meta.dirname;
const options = { use: 'train', includeImported: true, bench: [] } satisfies Partial<PackOptions>;
const scratch = mkdtempSync(join(tmpdir(), 'understudy-pack-consumers-'));
try {
  const simulated = await simulatedFolders();
  const packed = await packFolders('many folders', simulated);
  const python = pythonWith('consumers', join(here, 'requirements.txt'), 'loading a packed set');
  if (python) {
    load(python, packed.out, simulated);
    const troublesome = [await troublesomeFolder()];
    load(python, (await packFolders('troublesome texts', troublesome)).out, troublesome);
    const bare = [await bareFolder()];
    load(python, (await packFolders('no examples', bare)).out, bare);
  }
  await packOnSpark(simulated, packed.decision);
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

/** Characters beyond the BMP, controls, line ends of all kinds. */
async function troublesomeFolder(): Promise<string> {
  return makeDataset('troublesome', [sampleRecord(), ...fc.sample(anyRecord, { numRuns: 60, seed: 1 })]);
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

async function packFolders(name: string, folders: string[]): Promise<{ out: string; decision: string }> {
  const out = join(scratch, `packed ${name}`);
  const { decision_sha256 } = await pack({ ...options, folders, out, tokenizer: null, today: '2026-05-04' });
  return { out, decision: decision_sha256 };
}

/** Offline, and with caches that go away: what was loaded before must not help. */
function load(python: string, packed: string, folders: string[]): void {
  const env = { ...process.env, HF_HOME: scratch, HF_DATASETS_CACHE: join(scratch, 'cache'), HF_HUB_OFFLINE: '1' };
  execFileSync(python, [join(here, 'load_pack.py'), packed, ...folders], { env, stdio: 'inherit' });
}

async function packOnSpark(folders: string[], expected: string): Promise<void> {
  if (spawnSync('java', ['-version'], { stdio: 'ignore' }).status !== 0) {
    console.log('SKIPPED: packing on Spark needs Java 17 or newer; none was found.');
    return;
  }
  const python = pythonWith('spark', join(here, 'spark-requirements.txt'), 'packing on Spark');
  if (!python) return;
  const plan = join(scratch, 'plan');
  await packPlan({ ...options, folders, out: plan });
  const out = join(scratch, 'packed on Spark');
  const printed = execFileSync(python, [join(plan, 'pack_spark.py'), out], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const found = printed.trimEnd().split('\n').at(-1);
  if (found !== expected) throw new Error(`Spark decides otherwise than DuckDB: ${found}, not ${expected}`);
  console.log(`Spark: the same decision table, ${found}`);
}
