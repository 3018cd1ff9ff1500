import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDenylist } from '../../../src/cli/denylist.ts';

describe('denylist', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-denylist-'));
  });
  after(() => rm(folder, { recursive: true }));

  const read = async (text: string) => {
    await writeFile(join(folder, 'deny.txt'), text);
    return readDenylist(join(folder, 'deny.txt'));
  };

  it('holds one value a line, with its type or as one that is always covered', async () => {
    assert.deepEqual(await read('\ufeff# ours\r\nhunter2\r\n\r\n  host:build7.corp \nhttps://x:y@z\n'), [
      { type: 'denied', value: 'hunter2' },
      { type: 'host', value: 'build7.corp' },
      { type: 'denied', value: 'https://x:y@z' },
    ]);
    assert.deepEqual(await readDenylist(undefined), []);
  });

  it('names file and line of what it cannot read', async () => {
    await assert.rejects(read('a\nemail:\n'), /deny\.txt:2 names a type but no value/);
    await assert.rejects(readDenylist(join(folder, 'none.txt')), /none\.txt cannot be read/);
  });
});
