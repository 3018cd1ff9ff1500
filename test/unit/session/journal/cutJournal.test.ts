import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { newId } from '../../../../src/consent/grant.ts';
import type { SessionEvent } from '../../../../src/session/events.ts';
import { cutJournal } from '../../../../src/session/journal/cutJournal.ts';
import { JournalWriter } from '../../../../src/session/journal/journalWriter.ts';
import { readJournal } from '../../../../src/session/journal/readJournal.ts';
import { fail, key, newHeader, withFolder } from './support.ts';

const work = (t: number): SessionEvent => ({ kind: 'file', t, action: 'create', path: `made-${t}.ts`, to: null });
const known = (t: number): SessionEvent => ({ kind: 'known', t, values: [{ type: 'secret', value: `known-${t}` }] });

async function journal(folder: string, events: SessionEvent[]): Promise<string> {
  const path = join(folder, `${newId()}.journal`);
  const writer = new JournalWriter(path, key, newHeader(), fail);
  for (const event of events) {
    writer.append(event);
    await writer.flush();
  }
  await writer.close();
  return path;
}

describe('cutJournal', () => {
  it('leaves what happened before, and what must be redacted', async () => {
    await withFolder(async (folder) => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), fc.nat(9), async (kinds, from) => {
          const events = kinds.map((isWork, t) => (isWork ? work(t) : known(t)));
          const path = await journal(folder, events);
          const before = await readJournal(path, key);
          const kept = events.filter((event) => event.kind === 'known' || event.t < from);
          const result = await cutJournal(path, key, from);
          if (kept.length === events.length) assert.equal(result, 'untouched');
          else if (kept.every(({ kind }) => kind === 'known')) {
            assert.equal(result, 'gone');
            await assert.rejects(stat(path), { code: 'ENOENT' });
            return;
          } else assert.equal(result, 'cut');
          assert.deepEqual(await readJournal(path, key), { ...before, events: kept });
        }),
        { numRuns: 40 },
      );
      assert.deepEqual(
        (await readdir(folder)).filter((name) => !name.endsWith('.journal')),
        [],
      );
    });
  });

  it('cuts one with a torn tail, and deletes one in which nothing stands', async () => {
    await withFolder(async (folder) => {
      const path = await journal(folder, [work(1), work(2), work(3)]);
      const bytes = await readFile(path);
      await writeFile(path, bytes.subarray(0, -5));
      assert.equal(await cutJournal(path, key, 2), 'cut');
      assert.deepEqual((await readJournal(path, key)).events, [work(1)]);
      await writeFile(path, bytes.subarray(0, 40));
      assert.equal(await cutJournal(path, key, 2), 'gone');
    });
  });

  it('touches nothing that was written with another key', async () => {
    await withFolder(async (folder) => {
      const path = await journal(folder, [work(1)]);
      const bytes = await readFile(path);
      await assert.rejects(cutJournal(path, randomBytes(32), 0), { fault: 'key' });
      assert.deepEqual(await readFile(path), bytes);
    });
  });
});
