import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderProbe } from '../../../../src/editor/tasks/folderProbe.ts';

describe('FolderProbe', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-probe-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('has an answer from any folder that is there or is not', async () => {
    const probe = new FolderProbe();
    assert.equal(await probe.answers(folder), true);
    assert.equal(await probe.answers(join(folder, 'missing')), true);
    await writeFile(join(folder, 'dataset.json'), '');
    assert.equal(await probe.answers(folder), true);
  });

  it('gives up on one that is silent, asks it no second time meanwhile, and notices when it is back', async function () {
    if (process.platform === 'win32') return this.skip();
    // Nothing comes back from opening a pipe to which nobody writes: as from a network drive that is gone.
    const pipe = join(folder, 'dataset.json');
    execFileSync('mkfifo', [pipe]);
    const probe = new FolderProbe();
    assert.equal(await probe.answers(folder, 50), false);
    const before = performance.now();
    assert.equal(await probe.answers(folder, 60_000), false);
    assert.ok(performance.now() - before < 30_000);
    closeSync(openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK));
    await rm(pipe);
    while (!(await probe.answers(folder, 50)));
  });
});
