import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { newId } from '../../../../src/consent/grant.ts';
import { isGone, Lease, thisPlace } from '../../../../src/session/journal/lease.ts';
import { readJournal } from '../../../../src/session/journal/readJournal.ts';
import { key, withFolder } from './support.ts';

const second = 1000;
const day = 24 * 60 * 60 * second;

function child(script: string, ...args: string[]): ChildProcess {
  const path = join(import.meta.dirname, 'processes', script);
  return spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function kill(process: ChildProcess): Promise<void> {
  process.kill('SIGKILL');
  await once(process, 'exit');
}

/** Lets the lease look as if its owner had been silent for so long. */
async function age(folder: string, ms: number): Promise<void> {
  const then = new Date(Date.now() - ms);
  for (const name of await readdir(folder)) if (name.endsWith('.lease')) await utimes(join(folder, name), then, then);
}

async function leases(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.lease'));
}

describe('isGone', () => {
  const silences = fc.integer({ min: 0, max: 3 * day });
  const pids = fc.integer({ min: 1, max: 2 ** 22 });

  it('spares every owner that gave a sign of life within ten seconds', () => {
    const owners = fc.option(fc.record({ pid: pids, place: fc.constantFrom(thisPlace, 'elsewhere') }));
    fc.assert(
      fc.property(owners, fc.integer({ min: 0, max: 10 * second }), fc.boolean(), (owner, silence, running) => {
        assert.equal(
          isGone(owner, silence, () => running),
          false,
        );
      }),
    );
  });

  it('never gives up later than sooner', () => {
    const owners = fc.option(fc.record({ pid: pids, place: fc.constantFrom(thisPlace, 'elsewhere') }));
    fc.assert(
      fc.property(owners, silences, fc.nat(), fc.boolean(), (owner, silence, more, running) => {
        if (isGone(owner, silence, () => running)) assert.ok(isGone(owner, silence + more, () => running));
      }),
    );
  });

  it('waits a day for a process that runs, ten seconds for one that does not, a minute for one it cannot see', () => {
    const here = { pid: 1, place: thisPlace };
    const limit = (owner: typeof here | null, running: boolean) =>
      [10 * second, 60 * second, day].find((silence) => isGone(owner, silence + 1, () => running));
    assert.deepEqual([limit(here, true), limit(here, false)], [day, 10 * second]);
    assert.deepEqual([limit({ ...here, place: 'elsewhere' }, true), limit(null, true)], [60 * second, 60 * second]);
  });
});

describe('Lease', function () {
  this.timeout(30_000);

  it('keeps others out while its owner lives, even if it is silent for hours', async () => {
    await withFolder(async (folder) => {
      const id = newId();
      const owner = child('holdLease.ts', folder, id);
      await once(createInterface(owner.stdout!), 'line');
      assert.equal(await Lease.claim(folder, id), null);
      owner.kill('SIGSTOP');
      await age(folder, 5 * 60 * 60 * second);
      assert.equal(await Lease.claim(folder, id), null);
      await kill(owner);
    });
  });

  it('is renewed every second', async () => {
    await withFolder(async (folder) => {
      const lease = await Lease.take(folder, newId());
      await age(folder, 5 * second);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const silent = (await leases(folder)).map((name) => join(folder, name));
      const { statSync } = await import('node:fs');
      for (const path of silent) assert.ok(Date.now() - statSync(path).mtimeMs < 2 * second);
      await lease.release();
    });
  });

  it('of a killed owner is claimed ten seconds later and not before', async () => {
    await withFolder(async (folder) => {
      const id = newId();
      const owner = child('holdLease.ts', folder, id);
      await once(createInterface(owner.stdout!), 'line');
      await kill(owner);
      assert.equal(await Lease.claim(folder, id), null);
      await age(folder, 11 * second);
      const lease = await Lease.claim(folder, id);
      assert.ok(lease);
      await lease.release();
      assert.deepEqual(await leases(folder), []);
    });
  });

  it('goes to one of many processes that claim it at once', async () => {
    await withFolder(async (folder) => {
      const id = newId();
      const owner = child('holdLease.ts', folder, id);
      await once(createInterface(owner.stdout!), 'line');
      await kill(owner);
      await age(folder, 11 * second);
      const start = String(Date.now() + 1500);
      const claimers = Array.from({ length: 8 }, () => child('claimLease.ts', folder, id, start));
      const answers = await Promise.all(
        claimers.map(async (claimer) => String(await once(createInterface(claimer.stdout!), 'line'))),
      );
      assert.deepEqual(answers.toSorted(), [...Array(7).fill('lost'), 'won']);
      await Promise.all(claimers.map(kill));
    });
  });

  it('of a killed owner can be claimed also when the clock was set back since', async () => {
    await withFolder(async (folder) => {
      const taskId = newId();
      const owner = child('holdLease.ts', folder, taskId);
      await once(createInterface(owner.stdout!), 'line');
      await kill(owner);
      await age(folder, -day);
      const lease = await Lease.claim(folder, taskId);
      assert.ok(lease);
      await lease.release();
    });
  });

  it('of a claimer that died in turn can be claimed again', async () => {
    await withFolder(async (folder) => {
      const id = newId();
      for (let i = 0; i < 2; i++) {
        const claimer = child('claimLease.ts', folder, id, '0');
        assert.deepEqual(await once(createInterface(claimer.stdout!), 'line'), ['won']);
        await kill(claimer);
        await age(folder, 11 * second);
      }
      assert.ok(await Lease.claim(folder, id).then((lease) => lease?.release().then(() => true)));
    });
  });

  it('that is torn counts by its heartbeat alone', async () => {
    await withFolder(async (folder) => {
      const id = newId();
      await writeFile(join(folder, `${id}.1.lease`), '{"pid":');
      assert.equal(await Lease.claim(folder, id), null);
      await age(folder, 61 * second);
      await (await Lease.claim(folder, id))!.release();
    });
  });
});

describe('a killed writer', function () {
  this.timeout(30_000);

  it('leaves all that it had flushed, in order, and no readable text', async () => {
    await withFolder(async (folder) => {
      for (let round = 0; round < 5; round++) {
        const path = join(folder, newId());
        const writer = child('writeJournal.ts', path, key.toString('hex'));
        let flushed = 0;
        const lines = createInterface(writer.stdout!).on('line', (line) => {
          flushed = Number(line);
        });
        while (flushed < 5 + round) await once(lines, 'line');
        await kill(writer);
        const { events } = await readJournal(path, key);
        assert.ok(events.length >= flushed);
        assert.deepEqual(
          events.map(({ t }) => t),
          events.map((_, i) => i),
        );
      }
    });
  });
});
