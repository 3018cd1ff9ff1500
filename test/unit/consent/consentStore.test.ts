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

describe('ConsentStore', () => {
  const now = new Date('2026-03-01T12:00:00Z');

  it('has no receipt in a workspace never seen', () => {
    assert.equal(new ConsentStore(new TestMemory()).validReceipt(now), null);
  });

  it('gives back what was kept, over a restart', async () => {
    const memory = new TestMemory();
    const receipt = grant(policy, now);
    await new ConsentStore(memory).keep(receipt);
    await new ConsentStore(memory).setPaused(true);
    assert.deepEqual(new ConsentStore(memory).validReceipt(now), receipt);
    assert.equal(new ConsentStore(memory).paused, true);
  });

  it('has none after it was revoked or ran out', async () => {
    const store = new ConsentStore(new TestMemory());
    await store.keep(grant(policy, now));
    assert.equal(store.validReceipt(new Date('2026-09-01')), null);
    await store.revoke();
    assert.equal(store.validReceipt(now), null);
  });

  it('takes no damaged memory for consent', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const memory = new TestMemory();
        memory.values.set('understudy.receipt', value);
        assert.equal(new ConsentStore(memory).validReceipt(now), null);
      }),
    );
  });

  it('draws the project id once, and anew for another workspace', async () => {
    const memory = new TestMemory();
    const id = await new ConsentStore(memory).projectId();
    assert.equal(await new ConsentStore(memory).projectId(), id);
    assert.notEqual(await new ConsentStore(new TestMemory()).projectId(), id);
  });
});
