import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SecretStorage } from 'vscode';
import { JournalKey } from '../../../../src/editor/capture/journalKey.ts';
import { withFolder } from '../../session/journal/support.ts';

function keyring(): SecretStorage & { stored: Map<string, string> } {
  const stored = new Map<string, string>();
  return {
    stored,
    get: async (key: string) => stored.get(key),
    store: async (key: string, value: string) => void stored.set(key, value),
    delete: async (key: string) => void stored.delete(key),
  } as never;
}

describe('JournalKey', () => {
  it('is the same for all windows and sessions while the keyring keeps it', async () => {
    await withFolder(async (folder) => {
      const secrets = keyring();
      const first = new JournalKey(secrets, folder);
      const key = await first.readOrCreate();
      const next = new JournalKey(secrets, folder);
      assert.deepEqual(await next.readOrCreate(), key);
      assert.deepEqual([first.isLost, next.isLost], [false, false]);
    });
  });

  it('is noticed to be lost when no keyring kept it, or another one stands there', async () => {
    await withFolder(async (folder) => {
      const key = await new JournalKey(keyring(), folder).readOrCreate();
      const after = new JournalKey(keyring(), folder);
      assert.notDeepEqual(await after.readOrCreate(), key);
      assert.equal(after.isLost, true);
    });
  });

  it('is not lost, but forgotten, when the person wants it so', async () => {
    await withFolder(async (folder) => {
      const secrets = keyring();
      const first = new JournalKey(secrets, folder);
      const key = await first.readOrCreate();
      await first.forget();
      const next = new JournalKey(secrets, folder);
      assert.equal(await next.read(), null);
      assert.notDeepEqual(await next.readOrCreate(), key);
      assert.equal(next.isLost, false);
    });
  });

  it('leaves a mark that tells nothing of it', async () => {
    await withFolder(async (folder) => {
      const key = await new JournalKey(keyring(), folder).readOrCreate();
      const mark = await readFile(join(folder, 'key.mark'), 'utf8');
      assert.match(mark, /^[0-9a-f]{16}$/);
      assert.ok(!key.toString('hex').includes(mark.slice(0, 6)));
    });
  });
});
