/**
 * Loads datasets with the tools that trainers use: `node test/consumers/run.ts [FOLDER...]`; without a folder, some that
 * are made here. The tools are installed once, into .vscode-test/.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { openDataset } from '../../src/dataset/store.ts';
import type { Trajectory } from '../../src/trajectory/record.ts';
import { anyRecord, publicationOf, RecordBuilder, sampleRecord, testPolicy, testReceipt } from '../support/records.ts';

const here = import.meta.dirname;
const requirements = join(here, 'requirements.txt');
const environment = join(here, '../../.vscode-test/consumers-venv');
const bin = process.platform === 'win32' ? join(environment, 'Scripts') : join(environment, 'bin');

const python = ['python3', 'python'].find((name) => {
  const isNewEnough = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';
  return spawnSync(name, ['-c', isNewEnough], { stdio: 'ignore' }).status === 0;
});
if (python) await loadAll(python);
else
  console.log(
    'SKIPPED: loading with datasets, DuckDB and Polars needs Python 3.10 or newer with venv; none was found.',
  );

async function loadAll(python: string): Promise<void> {
  if (!install(python)) return;
  const scratch = mkdtempSync(join(tmpdir(), 'understudy-consumers-'));
  try {
    const named = process.argv.slice(2).map((folder) => resolve(folder));
    for (const folder of named.length > 0 ? named : await makeDatasets(scratch)) load(folder, scratch);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** False, and said so, where the package index cannot be reached. */
function install(python: string): boolean {
  const installed = join(environment, 'requirements.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return true;
  rmSync(environment, { recursive: true, force: true });
  execFileSync(python, ['-m', 'venv', environment], { stdio: 'inherit' });
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
  const pip = spawnSync(join(bin, 'python'), args, { encoding: 'utf8' });
  if (pip.status === 0) {
    copyFileSync(requirements, installed);
    return true;
  }
  if (!/connection broken|NewConnectionError|ProxyError|Timeout|Forbidden/i.test(pip.stderr))
    throw new Error(pip.stderr);
  console.log(
    'SKIPPED: loading with datasets, DuckDB and Polars needs the Python package index, which was not reached.',
  );
  return false;
}

/** Offline, and with caches that go away: what was loaded before must not help. */
function load(folder: string, scratch: string): void {
  const env = { ...process.env, HF_HOME: scratch, HF_DATASETS_CACHE: join(scratch, 'cache'), HF_HUB_OFFLINE: '1' };
  execFileSync(join(bin, 'python'), [join(here, 'load.py'), folder], { env, stdio: 'inherit' });
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
