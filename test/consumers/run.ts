/**
 * Loads datasets with the tools that trainers use: `node test/consumers/run.ts [FOLDER...]`; without a folder, some that
 * are made here. The tools are installed once, into .vscode-test/.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { openDataset } from '../../src/dataset/store.ts';
import type { Trajectory } from '../../src/trajectory/record.ts';
import {
  anyRecord,
  anyWork,
  publicationOf,
  RecordBuilder,
  sampleRecord,
  testPolicy,
  testReceipt,
} from '../support/records.ts';
import { text as words } from '../support/tasks.ts';
import { pythonWith, trainers } from './python.ts';

const here = import.meta.dirname;

const python = pythonWith('consumers', { ...trainers, purpose: 'loading with datasets, DuckDB, Polars and TRL' });
if (python) await loadAll(python);

async function loadAll(python: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'understudy-consumers-'));
  try {
    const named = process.argv.slice(2).map((folder) => resolve(folder));
    for (const folder of named.length > 0 ? named : await makeDatasets(scratch)) load(python, folder, scratch);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Offline, and with caches that go away: what was loaded before must not help. */
function load(python: string, folder: string, scratch: string): void {
  const caches = { HF_HOME: scratch, HF_DATASETS_CACHE: join(scratch, 'cache') };
  const env = { ...process.env, ...caches, HF_HUB_OFFLINE: '1', TRANSFORMERS_VERBOSITY: 'error' };
  execFileSync(python, [join(here, 'load.py'), folder], { env, stdio: 'inherit' });
}

async function makeDatasets(scratch: string): Promise<string[]> {
  const bare = new RecordBuilder('bare', [{ path: 'gone.txt', base: 'x' }]).remove(0).build();
  const told = new RecordBuilder('told', [{ path: 'twice.js', base: 'return x;\n', language: 'javascript' }])
    .run('npx tsc', 2, 'twice.js(1,1): error')
    .replace(0, 'x', 'x * 2')
    .run('npx tsc', 0, '')
    .build({ instruction: { text: words('Double it'), source: 'user', hindsight: false, available_from_step: 0 } });
  return Promise.all([
    makeDataset(join(scratch, 'many tasks'), [
      sampleRecord(),
      ...fc.sample(anyRecord, { numRuns: 60, seed: 1 }),
      ...fc.sample(anyWork, { numRuns: 200, seed: 2 }),
    ]),
    makeDataset(join(scratch, 'one task'), [sampleRecord()]),
    makeDataset(join(scratch, 'one told task'), [told]),
    makeDataset(join(scratch, 'no examples'), [bare]),
  ]);
}

async function makeDataset(folder: string, records: Trajectory[]): Promise<string> {
  const store = await openDataset(folder);
  await store.addConsent(testReceipt, testPolicy);
  for (const record of records) await store.publish(publicationOf(record));
  return folder;
}
