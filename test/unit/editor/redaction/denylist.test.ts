import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { SecretStorage } from 'vscode';
import { Denylist, DenylistError, deniedValues } from '../../../../src/editor/redaction/denylist.ts';
import type { KnownValue } from '../../../../src/session/events.ts';

/** What all windows share, slow as a keyring is. */
class TestSecrets {
  readonly stored = new Map<string, string>();
  readonly #listeners = new Set<(event: { key: string }) => void>();

  readonly storage = {
    get: async (key: string) => {
      await delay(1);
      return this.stored.get(key);
    },
    store: (key: string, value: string) => this.#change(key, () => this.stored.set(key, value)),
    delete: (key: string) => this.#change(key, () => this.stored.delete(key)),
    onDidChange: (listener: (event: { key: string }) => void) => {
      this.#listeners.add(listener);
      return { dispose: () => this.#listeners.delete(listener) };
    },
  } as unknown as SecretStorage;

  async #change(key: string, change: () => void): Promise<void> {
    await delay(1);
    change();
    for (const listener of this.#listeners) listener({ key });
  }
}

const denied = (...values: string[]): KnownValue[] => values.map((value) => ({ type: 'denied', value }));

describe('the list of always redacted values', () => {
  let secrets: TestSecrets;
  beforeEach(() => {
    secrets = new TestSecrets();
  });

  /** The list as a window has it, and what the window is told. */
  function opened() {
    const told: KnownValue[] = [];
    return { told, denylist: new Denylist(secrets.storage, (values) => told.push(...values)) };
  }

  it('keeps each value once, also when two are added at the same time', async () => {
    const { denylist } = opened();
    await Promise.all([denylist.add(['falcon']), denylist.add(['osprey', 'falcon'])]);
    assert.deepEqual(await denylist.values(), denied('falcon', 'osprey'));
    await denylist.clear();
    assert.deepEqual(await denylist.values(), []);
  });

  it('tells of each value that is added once, here and in other windows', async () => {
    const [here, there] = [opened(), opened()];
    await here.denylist.add(['falcon']);
    await delay(20);
    assert.deepEqual([here.told, there.told], [denied('falcon'), denied('falcon')]);
    await there.denylist.add(['osprey']);
    await delay(20);
    assert.deepEqual([here.told, there.told], [denied('falcon', 'osprey'), denied('falcon', 'osprey')]);
  });

  it('tells nothing of what was asked for, and nothing once it is disposed', async () => {
    await opened().denylist.add(['falcon']);
    const { told, denylist } = opened();
    await denylist.values();
    await denylist.add(['falcon']);
    denylist.dispose();
    await opened().denylist.add(['osprey']);
    await delay(20);
    assert.deepEqual(told, []);
  });

  it('tells of a value again that was forgotten in between', async () => {
    const { told, denylist } = opened();
    await denylist.add(['falcon']);
    await denylist.clear();
    await denylist.add(['falcon']);
    assert.deepEqual(told, denied('falcon', 'falcon'));
  });

  it('does not take a broken list for an empty one, does not write over it, and can be begun anew', async () => {
    const { denylist } = opened();
    await denylist.add(['falcon']);
    const [key] = secrets.stored.keys();
    for (const broken of ['{', '{}', '[1]', '[""]', 'null', '']) {
      secrets.stored.set(key, broken);
      await assert.rejects(denylist.values(), DenylistError);
      await assert.rejects(denylist.add(['osprey']), DenylistError);
      assert.equal(secrets.stored.get(key), broken);
    }
    await denylist.clear();
    assert.deepEqual(await denylist.values(), []);
  });

  it('shows no value in its error', async () => {
    const { denylist } = opened();
    await denylist.add(['falcon']);
    secrets.stored.set([...secrets.stored.keys()][0], '["falcon"');
    await assert.rejects(denylist.values(), (error: Error) => !error.message.includes('falcon'));
  });
});

describe('deniedValues', () => {
  it('takes one value a selection, trimmed, and each once', () => {
    assert.deepEqual(deniedValues(['  falcon\n', '', 'osprey', 'falcon']), ['falcon', 'osprey']);
    assert.deepEqual(deniedValues(['abcd', 'x'.repeat(10_000)]), ['abcd', 'x'.repeat(10_000)]);
  });

  it('takes nothing where there is nothing, or something is too short, too long or a placeholder', () => {
    for (const selected of [[], ['', ''], ['   '], [' abc '], ['x'.repeat(10_001)], ['falcon', 'abc']]) {
      assert.equal(deniedValues(selected), null);
    }
    assert.equal(deniedValues(['REDACTED_SECRET_0001']), null);
  });
});
