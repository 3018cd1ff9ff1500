/**
 * `npm run demo [-- --screenshots]`: a script plays a person in a real VS Code, from consent to dataset, and shows what
 * came of it. With `--screenshots` the pictures in media/ are taken anew.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { randomToken } from '../support/secrets.ts';
import { VSCodeServer } from '../support/vscode/server.ts';
import { createTestWorkspace } from '../support/vscode/testWorkspace.ts';
import { playSession, recordsIn, sample } from './support/session.ts';
import { Workbench } from './support/workbench.ts';

const root = join(import.meta.dirname, '../..');
const takesScreenshots = process.argv.includes('--screenshots');
const scale = takesScreenshots ? 2 : 1;

const started = Date.now();
const say = (text: string) =>
  console.log(`${String(Math.round((Date.now() - started) / 1000)).padStart(3)} s  ${text}`);

const folder = await mkdtemp(join(tmpdir(), 'understudy-demo-'));
const datasetFolder = join(folder, 'dataset');
const userDataDir = join(folder, 'vscode');

say('starts VS Code (the first time it is installed from the npm registry)');
const workspace = await createTestWorkspace(sample);
const server = await VSCodeServer.start({
  version: 'newest',
  userDataDir,
  extensionDevelopmentPath: root,
  machineSettings: { 'understudy.datasetFolder': datasetFolder },
});
try {
  const workbench = await Workbench.open(server, { folder: workspace.folder, scale });
  say('a person opens a project whose tests fail, and');
  await playSession(workbench, {
    secret: randomToken(32),
    datasetFolder,
    storage: join(userDataDir, 'User', 'globalStorage', 'understudy.understudy'),
    onStep: (what) => say(`  ${what}`),
    onScene: async (name) => {
      if (takesScreenshots) await workbench.screenshot(join(root, 'media', `${name}.png`));
    },
  });
  await workbench.close();
} finally {
  await server.stop();
  await workspace.dispose();
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
}

const understudy = async (...args: string[]) =>
  (await promisify(execFile)(process.execPath, [join(root, 'dist/cli/understudy.cjs'), ...args])).stdout;

console.log(`\nThe dataset is in ${datasetFolder}\n`);
for (const name of (await readdir(datasetFolder)).sort()) console.log(`  ${name}`);
console.log(`\n$ understudy validate ${datasetFolder}\n${await understudy('validate', datasetFolder)}`);
console.log(`$ understudy show ${datasetFolder}\n${await understudy('show', datasetFolder)}`);
const [first] = await succeeded(await recordsIn(datasetFolder));
const color = process.stdout.isTTY ? 'always' : 'never';
console.log(`$ understudy show ${datasetFolder} ${first.slice(0, 8)}`);
console.log(await understudy('show', datasetFolder, first, '--color', color));
console.log(`$ understudy show ${datasetFolder} ${first.slice(0, 8)} --examples`);
console.log(await understudy('show', datasetFolder, first, '--examples', '--color', color));
console.log('Load it:\n');
console.log(`  pip install datasets`);
console.log(`  python -c "import datasets; print(datasets.load_dataset('${datasetFolder}', 'next_edit')['train'][0])"`);

async function succeeded(ids: string[]): Promise<string[]> {
  const records = await Promise.all(
    ids.map(async (id) => JSON.parse(await understudy('show', datasetFolder, id, '--json'))),
  );
  const best = records.filter(({ outcome }) => outcome.status === 'succeeded').map((record) => record.trajectory_id);
  return best.length > 0 ? best : ids;
}
