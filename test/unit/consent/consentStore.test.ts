import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ConsentStore } from '../../../src/consent/consentStore.ts';
import { grant } from '../../../src/consent/grant.ts';
import type { Memory } from '../../../src/consent/memory.ts';
import { policy } from '../../../src/consent/policy.ts';

class TestMemory implements Memory {
  readonly values = new Map<string, unknown>();
  get(key: string): unknown {
    return this.values.get(key);
  }
  async update(key: string, value: unknown): Promise<void> {
    // What VS Code keeps went through JSON.
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, JSON.parse(JSON.stringify(value)));
  }
}

const day = 24 * 60 * 60 * 1000;

describe('ConsentStore', () => {
  const now = new Date('2026-03-01T12:00:00Z');
  const place = [{ path: '/work', root: 'a'.repeat(40) }];
  const at = (days: number) => new Date(now.getTime() + days * day);

  it('has no receipt in a workspace never seen', () => {
    assert.equal(new ConsentStore(new TestMemory()).validReceipt(policy, now), null);
  });

  it('gives back what was kept, over a restart', async () => {
    const memory = new TestMemory();
    const receipt = grant(policy, now);
    await new ConsentStore(memory).keep(receipt, place);
    assert.deepEqual(new ConsentStore(memory).validReceipt(policy, now), receipt);
    assert.deepEqual(new ConsentStore(memory).place, place);
  });

  it('has none after it was revoked or ran out', async () => {
    const store = new ConsentStore(new TestMemory());
    await store.keep(grant(policy, now), place);
    assert.equal(store.validReceipt(policy, new Date('2026-09-01')), null);
    await store.revoke();
    assert.equal(store.validReceipt(policy, now), null);
  });

  it('takes no damaged memory for consent', () => {
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom('understudy.receipt', 'understudy.clock'),
        fc.anything().filter((value) => value !== null),
        async (key, value) => {
          const memory = new TestMemory();
          await new ConsentStore(memory).keep(grant(policy, now), place);
          memory.values.set(key, value);
          assert.equal(new ConsentStore(memory).validReceipt(policy, now), null);
        },
      ),
    );
  });

  it('lasts no longer than it was agreed to last, however the clock is set', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(20), fc.integer({ min: -120, max: 40 }))), async (moves) => {
        const store = new ConsentStore(new TestMemory());
        await store.keep(grant(policy, now), place);
        let passed = 0;
        let clock = 0;
        for (const [days, setBy] of moves) {
          passed += days;
          clock += days;
          await store.observe(at(clock));
          clock += setBy;
          await store.observe(at(clock));
          if (passed >= 90) assert.equal(store.validReceipt(policy, at(clock)), null);
        }
      }),
    ));

  it('is shortened by nothing while the clock just runs', async () => {
    const store = new ConsentStore(new TestMemory());
    await store.keep(grant(policy, now), place);
    for (let days = 0; days < 90; days += 0.5) {
      await store.observe(at(days));
      assert.notEqual(store.validReceipt(policy, at(days)), null);
    }
  });

  it('draws the project id once, and anew for another workspace', async () => {
    const memory = new TestMemory();
    const id = await new ConsentStore(memory).projectId();
    assert.equal(await new ConsentStore(memory).projectId(), id);
    assert.notEqual(await new ConsentStore(new TestMemory()).projectId(), id);
  });

  it('begins another project where another repository is agreed for, and goes on where a folder is added', async () => {
    const store = new ConsentStore(new TestMemory());
    await store.keep(grant(policy, now), place);
    const id = await store.projectId();
    await store.keep(grant(policy, now), [...place, { path: '/more', root: null }]);
    assert.equal(await store.projectId(), id);
    await store.keep(grant(policy, now), [{ path: '/work', root: 'b'.repeat(40) }]);
    assert.notEqual(await store.projectId(), id);
  });
});
