import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openDataset } from '../../src/dataset/store.ts';
import { publicationOf, sampleRecord, testPolicy, testReceipt } from '../support/records.ts';
import { npm } from '../support/vscode/npm.ts';

const run = promisify(execFile);
const built = join(import.meta.dirname, '../../dist/cli');

describe('the packaged command', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-cli-package-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('installs from its tarball without a network, and runs without VS Code', async () => {
    const [packed] = JSON.parse(await npm(built, 'pack', '--json', '--pack-destination', folder)) as {
      filename: string;
      size: number;
      files: { path: string }[];
    }[];
    const names = packed.files.map(({ path }) => path);
    for (const name of ['LICENSE', 'package.json', 'understudy.cjs', 'sealingWorker.cjs']) {
      assert.ok(names.includes(name), name);
    }
    assert.ok(!names.some((name) => name.endsWith('.map')));
    assert.ok(packed.size < 2_000_000, `${packed.size} bytes`);

    const place = join(folder, 'place');
    await mkdir(place);
    await writeFile(join(place, 'package.json'), '{"private":true}');
    await npm(
      place,
      'install',
      '--offline',
      '--omit=optional',
      '--no-audit',
      '--no-fund',
      join(folder, packed.filename),
    );

    const dataset = join(folder, 'dataset');
    const store = await openDataset(dataset);
    await store.addConsent(testReceipt, testPolicy);
    await store.publish(publicationOf(sampleRecord()));

    const command = join(place, 'node_modules/.bin', process.platform === 'win32' ? 'understudy.cmd' : 'understudy');
    const understudy = async (...args: string[]) => {
      const { stdout } = await run(command, args, { cwd: place, shell: process.platform === 'win32' });
      return stdout;
    };
    assert.match(await understudy('--help'), /^Usage: understudy/);
    assert.match(await understudy('validate', dataset), /^1 trajectory, \d+ examples, no faults$/m);
    assert.match(await understudy('export', dataset, '--to', 'zeta', '--out', join(folder, 'out')), /^\d rows? from 1/);
    assert.match(await understudy('report', dataset, '--out', join(folder, 'report.html')), /^16 charts/);
  });
});
