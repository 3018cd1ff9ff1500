import assert from 'node:assert/strict';
import { LiveShare } from '../../../../src/editor/consent/liveShare.ts';

/** Live Share as its package `vsls` describes it. */
class FakeLiveShare {
  session: unknown = { role: 0, id: null };
  asked = 0;
  readonly #listeners = new Set<() => void>();

  readonly extension = {
    activate: async () => ({
      getApi: async () => {
        this.asked++;
        return this;
      },
    }),
  };

  onDidChangeSession = (listener: () => void) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  change(session: unknown): void {
    this.session = session;
    for (const listener of this.#listeners) listener();
  }
}

describe('LiveShare', () => {
  it('is none where it is not installed', async () => {
    const liveShare = new LiveShare(
      () => undefined,
      () => {},
    );
    await liveShare.ask();
    assert.equal(liveShare.state, 'none');
  });

  it('tells of sessions as they begin and end, as host and as guest', async () => {
    const fake = new FakeLiveShare();
    const states: string[] = [];
    const liveShare = new LiveShare(
      () => fake.extension as never,
      () => states.push(liveShare.state),
    );
    await liveShare.ask();
    assert.equal(liveShare.state, 'idle');
    for (const role of [1, 0, 2, 0]) fake.change({ role, id: role === 0 ? null : 'some' });
    assert.deepEqual(states, ['session', 'idle', 'session', 'idle']);
    await liveShare.ask();
    assert.equal(fake.asked, 1);
    liveShare.dispose();
    fake.change({ role: 1 });
    assert.equal(states.length, 4);
  });

  it('takes what it does not understand for a session', async () => {
    const fake = new FakeLiveShare();
    fake.session = 'something new';
    const liveShare = new LiveShare(
      () => fake.extension as never,
      () => {},
    );
    await liveShare.ask();
    assert.equal(liveShare.state, 'session');
  });

  it('says that it does not know where the extension cannot be asked', async () => {
    const silent = [
      { activate: async () => undefined },
      { activate: async () => ({}) },
      { activate: async () => ({ getApi: () => null }) },
      { activate: async () => ({ getApi: () => ({ session: null }) }) },
      { activate: () => Promise.reject(new Error('broken')) },
    ];
    for (const extension of silent) {
      const liveShare = new LiveShare(
        () => extension as never,
        () => {},
      );
      await liveShare.ask();
      assert.equal(liveShare.state, 'unknown');
    }
  });

  it('asks again where it was installed meanwhile', async () => {
    const fake = new FakeLiveShare();
    let installed = false;
    const liveShare = new LiveShare(
      () => (installed ? (fake.extension as never) : undefined),
      () => {},
    );
    await liveShare.ask();
    installed = true;
    await liveShare.ask();
    assert.equal(liveShare.state, 'idle');
  });
});
