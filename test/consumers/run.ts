/**
 * Loads datasets with the tools that trainers use: `node test/consumers/run.ts [FOLDER...]`; without a folder, some that
 * are made here. The tools are installed once, into .vscode-test/.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

const here = import.meta.dirname;
const requirements = join(here, 'requirements.txt');
/** Packages without those that they ask for: training itself, which would bring PyTorch. */
const bareRequirements = join(here, 'requirements-bare.txt');
const environment = join(here, '../../.vscode-test/consumers-venv');
const bin = process.platform === 'win32' ? join(environment, 'Scripts') : join(environment, 'bin');

const python = ['python3', 'python'].find((name) => {
  const isNewEnough = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))';
  return spawnSync(name, ['-c', isNewEnough], { stdio: 'ignore' }).status === 0;
});
if (python) await loadAll(python);
else
  console.log(
    'SKIPPED: loading with datasets, DuckDB, Polars and TRL needs Python 3.11 or newer with venv; none was found.',
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
  const wanted = [requirements, bareRequirements].map((file) => readFileSync(file, 'utf8')).join('');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return true;
  rmSync(environment, { recursive: true, force: true });
  execFileSync(python, ['-m', 'venv', environment], { stdio: 'inherit' });
  const install = (...args: string[]) => {
    const quietly = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...args];
    return spawnSync(join(bin, 'python'), quietly, { encoding: 'utf8' });
  };
  let pip = install('-r', requirements);
  if (pip.status === 0) pip = install('--no-deps', '-r', bareRequirements);
  if (pip.status === 0) {
    writeFileSync(installed, wanted);
    return true;
  }
  if (!/connection broken|NewConnectionError|ProxyError|Timeout|Forbidden/i.test(pip.stderr))
    throw new Error(pip.stderr);
  console.log(
    'SKIPPED: loading with datasets, DuckDB, Polars and TRL needs the Python package index, which was not reached.',
  );
  return false;
}

/** Offline, and with caches that go away: what was loaded before must not help. */
function load(folder: string, scratch: string): void {
  const caches = { HF_HOME: scratch, HF_DATASETS_CACHE: join(scratch, 'cache') };
  const env = { ...process.env, ...caches, HF_HUB_OFFLINE: '1', TRANSFORMERS_VERBOSITY: 'error' };
  execFileSync(join(bin, 'python'), [join(here, 'load.py'), folder], { env, stdio: 'inherit' });
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
