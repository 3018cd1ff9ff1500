import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LineFile } from '../../../src/pack/lineFile.ts';

describe('a file of lines', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-lines-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('is cut back to where it was whole, and goes on from there', async () => {
    const path = join(folder, 'lines');
    await writeFile(path, 'one\ntwo\ntorn');
    const file = await LineFile.open(path, 8);
    await file.add('drei 👋');
    assert.equal(file.bytes, 8 + Buffer.byteLength('drei 👋\n'));
    await file.close();
    await file.close();
    assert.equal(await readFile(path, 'utf8'), 'one\ntwo\ndrei 👋\n');
  });

  it('begins anew where nothing was whole', async () => {
    const path = join(folder, 'new');
    await writeFile(path, 'torn');
    const file = await LineFile.open(path, 0);
    await file.add('x'.repeat(3_000_000));
    await file.sync();
    assert.equal((await readFile(path)).length, 3_000_001);
    await file.close();
  });
});
