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
import { anyRecord, publicationOf, RecordBuilder, sampleRecord, testPolicy, testReceipt } from '../support/records.ts';
import { pythonWith } from './python.ts';

const here = import.meta.dirname;

const python = pythonWith('consumers', join(here, 'requirements.txt'), 'loading with datasets, DuckDB and Polars');
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
  const env = { ...process.env, HF_HOME: scratch, HF_DATASETS_CACHE: join(scratch, 'cache'), HF_HUB_OFFLINE: '1' };
  execFileSync(python, [join(here, 'load.py'), folder], { env, stdio: 'inherit' });
}

async function makeDatasets(scratch: string): Promise<string[]> {
  const bare = new RecordBuilder('bare', [{ path: 'gone.txt', base: 'x' }]).remove(0).build();
  return Promise.all([
    makeDataset(join(scratch, 'many tasks'), [sampleRecord(), ...fc.sample(anyRecord, { numRuns: 60, seed: 1 })]),
    makeDataset(join(scratch, 'one task'), [sampleRecord()]),
    makeDataset(join(scratch, 'no examples'), [bare]),
  ]);
}

async function makeDataset(folder: string, records: Trajectory[]): Promise<string> {
  const store = await openDataset(folder);
  await store.addConsent(testReceipt, testPolicy);
  for (const record of records) await store.publish(publicationOf(record));
  return folder;
}
