import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { newId } from '../../../../src/consent/grant.ts';
import type { SessionEvent } from '../../../../src/session/events.ts';
import { JournalError } from '../../../../src/session/journal/errors.ts';
import { preambleBytes } from '../../../../src/session/journal/frames.ts';
import { type JournalLimits, JournalWriter, journalLimits } from '../../../../src/session/journal/journalWriter.ts';
import { readJournal, readJournalHeader } from '../../../../src/session/journal/readJournal.ts';
import { fail, key, newHeader, someEvent, withFolder } from './support.ts';

const batches = fc.array(fc.array(someEvent, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });

async function write(path: string, written: SessionEvent[][], header = newHeader()): Promise<void> {
  const writer = new JournalWriter(path, key, header, fail);
  for (const batch of written) {
    for (const event of batch) writer.append(event);
    await writer.flush();
  }
  await writer.close();
}

/** Where each frame begins, and the end of the last one. */
function frameOffsets(bytes: Buffer): number[] {
  const offsets = [preambleBytes];
  for (let at = preambleBytes; at < bytes.length; ) offsets.push((at += 4 + 12 + bytes.readUInt32BE(at) + 16));
  return offsets;
}

async function faultOf(reading: Promise<unknown>): Promise<string> {
  const error = await reading.then(
    () => null,
    (error: unknown) => error,
  );
  assert.ok(error instanceof JournalError, String(error));
  return error.fault;
}

const isPrefix = (short: unknown[], long: unknown[]) => assert.deepEqual(short, long.slice(0, short.length));

describe('a journal', () => {
  it('gives back what was written, with its header', async () => {
    await withFolder(async (folder) => {
      await fc.assert(
        fc.asyncProperty(batches, async (written) => {
          const path = join(folder, newId());
          const header = newHeader();
          await write(path, written, header);
          const { createdAt, ...journal } = await readJournal(path, key);
          assert.deepEqual(journal, { header, events: written.flat(), truncated: false });
          assert.deepEqual([await readJournalHeader(path, key), createdAt <= Date.now()], [header, true]);
        }),
        { numRuns: 50 },
      );
    });
  });

  it('keeps what was flushed when its tail is torn off anywhere', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, newId());
      const written: SessionEvent[][] = [1, 2, 3].map((doc) => [{ kind: 'save', t: doc, doc }]);
      await write(path, written);
      const bytes = await readFile(path);
      const offsets = frameOffsets(bytes);
      const nearFrames = [0, ...offsets].flatMap((offset) => Array.from({ length: 70 }, (_, i) => offset + i - 35));
      for (const length of nearFrames.filter((length) => length >= 0 && length <= bytes.length)) {
        await writeFile(path, bytes.subarray(0, length));
        const whole = offsets.filter((offset) => offset <= length).length - 2;
        if (whole < 0) {
          assert.equal(await faultOf(readJournal(path, key)), 'empty');
          continue;
        }
        const { events, truncated } = await readJournal(path, key);
        assert.deepEqual(events, written.flat().slice(0, whole));
        assert.equal(truncated, !offsets.includes(length));
      }
    });
  });

  it('believes nothing from a changed byte on', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, newId());
      const written: SessionEvent[][] = [1, 2, 3].map((doc) => [{ kind: 'save', t: doc, doc }]);
      await write(path, written);
      const bytes = await readFile(path);
      await fc.assert(
        fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
          const changed = Buffer.from(bytes);
          changed[at] ^= flip;
          await writeFile(path, changed);
          try {
            const { events, truncated } = await readJournal(path, key);
            isPrefix(events, written.flat());
            assert.ok(truncated);
          } catch (error) {
            assert.ok(error instanceof JournalError);
          }
        }),
      );
    });
  });

  it('notices frames that were swapped, left out or taken from another journal', async () => {
    await withFolder(async (folder) => {
      const [path, otherPath] = [join(folder, newId()), join(folder, newId())];
      const header = newHeader();
      const written: SessionEvent[][] = [1, 2, 3].map((doc) => [{ kind: 'save', t: doc, doc }]);
      await write(path, written, header);
      await write(otherPath, written, newHeader());
      const bytes = await readFile(path);
      const [, one, two, three, end] = frameOffsets(bytes);
      const other = await readFile(otherPath);
      const [, , otherTwo, otherThree] = frameOffsets(other);
      const head = bytes.subarray(0, one);
      const frames = [bytes.subarray(one, two), bytes.subarray(two, three), bytes.subarray(three, end)];
      const forgeries = [
        [head, frames[1], frames[0], frames[2]],
        [head, frames[0], frames[2]],
        [head, frames[0], other.subarray(otherTwo, otherThree), frames[2]],
        [head, frames[0], frames[0], frames[1]],
      ];
      for (const forgery of forgeries) {
        await writeFile(path, Buffer.concat(forgery));
        const { events, truncated } = await readJournal(path, key);
        isPrefix(events, written.flat());
        assert.ok(truncated && events.length < 2);
      }
      await writeFile(path, Buffer.concat([other.subarray(0, preambleBytes), bytes.subarray(preambleBytes)]));
      assert.equal(await faultOf(readJournal(path, key)), 'key');
    });
  });

  it('tells a wrong key from a file that is no journal', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, newId());
      await write(path, [[{ kind: 'save', t: 1, doc: 1 }]]);
      assert.equal(await faultOf(readJournal(path, randomBytes(32))), 'key');
      await writeFile(path, 'These are not the bytes of a journal, and they never were.');
      assert.equal(await faultOf(readJournal(path, key)), 'format');
    });
  });

  it('holds nothing readable of what was recorded, and nobody else may open it', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, newId());
      const secret = 'correct horse battery staple';
      const header = newHeader();
      await write(path, [[{ kind: 'base', t: 1, doc: 1, text: secret }]], header);
      const bytes = await readFile(path);
      for (const encoding of ['utf8', 'utf16le', 'base64', 'hex'] as const) {
        for (const piece of secret.split(' '))
          assert.equal(bytes.includes(Buffer.from(piece).toString(encoding)), false);
      }
      assert.equal(bytes.includes(header.project_id), false);
      assert.equal(bytes.includes(Buffer.from(header.project_id, 'hex')), false);
      if (process.platform !== 'win32') assert.equal((await stat(path)).mode & 0o777, 0o600);
    });
  });
});

describe('JournalWriter', () => {
  it('writes nothing before the first event', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, newId());
      await write(path, []);
      await assert.rejects(stat(path), { code: 'ENOENT' });
    });
  });

  it('writes within two seconds without being asked to', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, newId());
      const writer = new JournalWriter(path, key, newHeader(), fail);
      writer.append({ kind: 'save', t: 1, doc: 1 });
      await new Promise((resolve) => setTimeout(resolve, 1900));
      assert.equal((await readJournal(path, key)).events.length, 1);
      await writer.close();
    });
  });

  it('copies: an event that changes later was recorded as it was', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, newId());
      const event: SessionEvent = { kind: 'base', t: 1, doc: 1, text: 'before' };
      const writer = new JournalWriter(path, key, newHeader(), fail);
      writer.append(event);
      event.text = 'after';
      await writer.close();
      assert.deepEqual((await readJournal(path, key)).events, [{ ...event, text: 'before' }]);
    });
  });

  it('repeats a failed write, so that the journal has no hole', async () => {
    await withFolder(async (folder) => {
      const missing = join(folder, 'missing');
      await writeFile(missing, 'a file where the folder should be');
      const path = join(missing, newId());
      const writer = new JournalWriter(path, key, newHeader(), () => {});
      writer.append({ kind: 'save', t: 1, doc: 1 });
      await assert.rejects(writer.flush());
      writer.append({ kind: 'save', t: 2, doc: 1 });
      await assert.rejects(writer.flush());
      await rm(missing);
      await mkdir(missing);
      await writer.close();
      const { events, truncated } = await readJournal(path, key);
      assert.deepEqual([events.map(({ t }) => t), truncated], [[1, 2], false]);
    });
  });

  it('keeps what was on the disk when the disk is full', async function () {
    if (process.platform === 'win32') return this.skip();
    await withFolder(async (folder) => {
      const path = join(folder, newId());
      // A limit on the size of files, in blocks: writing fails in the middle of a frame, as on a full disk.
      const script = join(import.meta.dirname, 'processes', 'writeJournal.ts');
      const shell = 'ulimit -f 200; exec "$@"';
      const args = ['-c', shell, 'bash', process.execPath, script, path, key.toString('hex')];
      const { stdout, stderr } = await promisify(execFile)('bash', args).catch((error) => error);
      assert.match(stderr, /EFBIG/);
      const flushed = Number(stdout.trim().split('\n').at(-1));
      const { events, truncated } = await readJournal(path, key);
      assert.ok(flushed > 0 && events.length >= flushed, `${events.length} of ${flushed}`);
      assert.equal(truncated, true);
    });
  });

  const limitCases: [string, Partial<JournalLimits>][] = [
    ['memory', { pending: 1000 }],
    ['file size', { file: 3000 }],
    ['age', { age: 1000 }],
  ];
  for (const [name, limits] of limitCases) {
    it(`stops at the limit of ${name} with a gap as its last event`, async () => {
      await withFolder(async (folder) => {
        const path = join(folder, newId());
        const writer = new JournalWriter(path, key, newHeader(), fail, { ...journalLimits, ...limits });
        const start = Date.now();
        for (let i = 0; i < 200; i++) writer.append({ kind: 'base', t: start + 10 * i, doc: 1, text: 'x'.repeat(20) });
        assert.equal(writer.full, true);
        await writer.close();
        const { events } = await readJournal(path, key);
        assert.ok(events.length > 1 && events.length < 200);
        assert.deepEqual(
          events.map(({ kind }) => kind === 'gap'),
          events.map((_, i) => i === events.length - 1),
        );
      });
    });
  }
});
