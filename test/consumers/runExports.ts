/** Exports a dataset to every format, and reads what comes of it with the tools for which it is made. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openDataset } from '../../src/dataset/store.ts';
import { renderings } from '../../src/examples/renderings/renderings.ts';
import { buildTrajectories } from '../../src/trajectory/buildTrajectories.ts';
import { commandFile } from '../support/command.ts';
import { anyWork, publicationOf, sampleRecord, testPolicy, testReceipt } from '../support/records.ts';
import { solvedTask } from '../support/solvedTask.ts';
import { meta, TaskBuilder } from '../support/tasks.ts';
import { pythonWith } from './python.ts';

const here = import.meta.dirname;
const requirements = join(here, 'exports-requirements.txt');
const python = pythonWith('exports', { requirements, purpose: 'reading exports with datasets and atif' });
const harborPython = pythonWith('harbor', {
  requirements: join(here, 'harbor-requirements.txt'),
  // Its validators need little of what it needs to run agents.
  bareRequirements: join(here, 'harbor-requirements-bare.txt'),
  minor: 12,
  purpose: "Harbor's own validators",
});
if (python || harborPython) {
  const scratch = mkdtempSync(join(tmpdir(), 'understudy-exports-'));
  try {
    const dataset = await makeDataset(join(scratch, 'dataset'));
    for (const { name } of renderings) {
      execFileSync(process.execPath, [
        commandFile,
        'export',
        dataset,
        '--to',
        name,
        '--out',
        join(scratch, 'out', name),
      ]);
    }
    const caches = { HF_HOME: scratch, HF_DATASETS_CACHE: join(scratch, 'cache') };
    const env = { ...process.env, ...caches, HF_HUB_OFFLINE: '1' };
    if (python) execFileSync(python, [join(here, 'exports.py'), join(scratch, 'out')], { env, stdio: 'inherit' });
    if (harborPython)
      execFileSync(harborPython, [join(here, 'harbor_checks.py'), join(scratch, 'out')], { stdio: 'inherit' });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Something for every format. */
async function makeDataset(folder: string): Promise<string> {
  const rewritten = new TaskBuilder({ 'a.ts': 'one\ntwo\n' })
    .edit(4, 0, 'const wrong = guess;\n', 0, 'completion')
    .wait(2)
    .edit(10, 13, 'right = known')
    .wait(20);
  const store = await openDataset(folder);
  await store.addConsent(testReceipt, testPolicy);
  const environment = { repo: 'https://github.com/someone/something', base_commit: 'a'.repeat(40) };
  const publicTask = { ...solvedTask({ environment }), trajectory_id: 'b'.repeat(32), task_id: 'c'.repeat(32) };
  const signals = [...publicTask.consent.signals, 'repository' as const];
  const [preference] = buildTrajectories(rewritten.task(), meta);
  const records = [
    sampleRecord(),
    solvedTask(),
    { ...publicTask, consent: { ...publicTask.consent, signals } },
    { ...preference, consent: sampleRecord().consent },
    ...fc.sample(anyWork, { numRuns: 60, seed: 4 }),
  ];
  await store.inBulk(async () => {
    for (const record of records) await store.publish(publicationOf(record));
  });
  return folder;
}
