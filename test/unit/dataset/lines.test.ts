import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { readLines, readSmallFile, rowLimit, splitLines, UnreadableError } from '../../../src/dataset/lines.ts';

async function all(lines: AsyncIterable<string>): Promise<string[]> {
  const out: string[] = [];
  for await (const line of lines) out.push(line);
  return out;
}

describe('lines', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-lines-'));
  });
  after(() => rm(folder, { recursive: true }));

  const file = async (content: string | Uint8Array) => {
    const path = join(folder, 'file');
    await writeFile(path, content);
    return path;
  };

  it('are the same however the bytes come in', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '👩', '\u2028', '\r') });
    const pieces = fc.array(fc.nat(7), { minLength: 1 }).filter((sizes) => sizes.some((size) => size > 0));
    await fc.assert(
      fc.asyncProperty(fc.array(text), pieces, async (lines, sizes) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        async function* chunks() {
          for (let at = 0, i = 0; at < bytes.length; at += sizes[i++ % sizes.length]) {
            yield bytes.subarray(at, at + sizes[i % sizes.length]);
          }
        }
        assert.deepEqual(await all(splitLines(chunks(), 1000)), lines);
      }),
    );
  });

  it('end with a line feed and nothing else', async () => {
    assert.deepEqual(await all(readLines(await file('a\r\n\u2028b\n\n'))), ['a\r', '\u2028b', '']);
    await assert.rejects(all(readLines(await file('a\nb'))), /does not end with a line feed/);
  });

  it('are not longer than the limit, which is noticed without reading on', async () => {
    const longest = 'x'.repeat(rowLimit);
    assert.deepEqual(await all(readLines(await file(`${longest}\n`))), [longest]);
    await assert.rejects(all(readLines(await file(`${longest}x\n`))), UnreadableError);
    await assert.rejects(readSmallFile(await file(`${longest}x`)), /longer than/);
    async function* endless() {
      for (;;) yield Buffer.alloc(65536, 'x');
    }
    await assert.rejects(all(splitLines(endless(), 1_000_000)), UnreadableError);
  });

  it('are UTF-8', async () => {
    await assert.rejects(readSmallFile(await file(Buffer.from([0x61, 0xff]))), /not UTF-8/);
    await assert.rejects(all(readLines(await file(Buffer.from([0xed, 0xa0, 0x80, 0x0a])))), /not UTF-8/);
  });

  it('come from files alone', async () => {
    const link = join(folder, 'link');
    await symlink(await file('secret\n'), link);
    await assert.rejects(readSmallFile(link), /link/);
    await assert.rejects(readSmallFile(folder), /not a file/);
    await assert.rejects(readSmallFile(join(folder, 'none')), { code: 'ENOENT' });
  });
});
