import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { untilResumed } from '../../../../src/consent/pause.ts';
import { HostPause } from '../../../../src/editor/consent/hostPause.ts';

describe('HostPause', () => {
  let folder: string;
  let windows: HostPause[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-pause-'));
    windows = [];
  });
  afterEach(async () => {
    for (const window of windows) window.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** A window, and what tells when it hears of a change. */
  const open = (storage = folder) => {
    const heard = new EventEmitter();
    const window = new HostPause(join(storage, 'pause.json'), () => heard.emit('change'));
    windows.push(window);
    return { window, changed: () => once(heard, 'change') };
  };

  it('holds in all windows at once, and is ended by any of them', async () => {
    const [one, other] = [open(), open()];
    const paused = other.changed();
    await one.window.set(untilResumed);
    await paused;
    assert.deepEqual(other.window.current, untilResumed);
    const resumed = one.changed();
    await other.window.set(null);
    await resumed;
    assert.equal(one.window.current, null);
    assert.deepEqual(await readdir(folder), []);
  });

  it('holds in the window that pauses before anything is written', () => {
    const { window } = open();
    const written = window.set(untilResumed);
    assert.deepEqual(window.current, untilResumed);
    window.read();
    assert.deepEqual(window.current, untilResumed);
    return written;
  });

  it('holds in windows that open later, also where the storage was not there before', async () => {
    const storage = join(folder, 'new');
    await open(storage).window.set(untilResumed);
    assert.deepEqual(open(storage).window.current, untilResumed);
  });

  it('ends by itself, in all windows, and does not come back', async () => {
    const [one, other] = [open(), open()];
    const heard = other.changed();
    const until = Date.now() + 300;
    await one.window.set({ until });
    await heard;
    while (one.window.current || other.window.current) await delay(20);
    assert.ok(Date.now() >= until);
    while ((await readdir(folder)).length > 0) await delay(20);
    for (const { window } of [one, other]) {
      window.read();
      assert.equal(window.current, null);
    }
  });

  it('holds where its file says something else than it should', async () => {
    await writeFile(join(folder, 'pause.json'), 'nonsense');
    assert.deepEqual(open().window.current, untilResumed);
  });

  it('holds in its window also where the storage cannot be written, until somebody resumes there', async () => {
    await writeFile(join(folder, 'file'), '');
    const { window } = open(join(folder, 'file'));
    assert.equal(window.current, null);
    await assert.rejects(window.set(untilResumed));
    window.read();
    assert.deepEqual(window.current, untilResumed);
  });
});
