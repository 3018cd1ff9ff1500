/**
 * When the steps of what was just sealed happened: `<task id>.sealed`, encrypted as the journals are. Records carry no clock
 * times, so this alone tells which of their steps belong to the last minutes. It goes after an hour.
 */
import { mkdir, open, readdir, readFile, rename, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { randomId } from '../../consent/receipt.ts';
import { decodeFrame, decodePreamble, encodeFrame, encodePreamble, preambleBytes } from './frames.ts';

/** The most that can be forgotten by the clock, and some minutes for asking. */
export const sealedTimesAge = 70 * 60 * 1000;

const sealedTimes = z.array(
  z.strictObject({
    trajectoryId: randomId,
    /** When each step was over, in milliseconds since the Unix epoch. */
    ends: z.array(z.number()),
  }),
);
export type SealedTimes = z.infer<typeof sealedTimes>;

/** No frame of a journal has this index: neither can be taken for the other. */
const frame = 0xffff_ffff;

export async function writeSealedTimes(folder: string, key: Buffer, taskId: string, times: SealedTimes): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await put(join(folder, `${taskId}.sealed`), key, taskId, times);
}

/** Adds those of a record's next revision, of which steps were cut. They go when those of before go. */
export async function addSealedTimes(folder: string, key: Buffer, added: SealedTimes[number]): Promise<void> {
  for (const { name, times } of await readAll(folder, key)) {
    const own = times.filter(({ trajectoryId }) => trajectoryId === added.trajectoryId);
    if (own.length === 0 || own.some(({ ends }) => ends.length === added.ends.length)) continue;
    const path = join(folder, name);
    const { mtime } = await stat(path);
    await put(path, key, name.slice(0, 32), [...times, added]);
    await utimes(path, mtime, mtime);
  }
}

/** Of all tasks that were sealed within the last hour. What cannot be read counts as absent. */
export async function readSealedTimes(folder: string, key: Buffer): Promise<SealedTimes> {
  return (await readAll(folder, key)).flatMap(({ times }) => times);
}

async function put(path: string, key: Buffer, taskId: string, times: SealedTimes): Promise<void> {
  const preamble = encodePreamble({ taskId, createdAt: Date.now() });
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(Buffer.concat([preamble, encodeFrame(key, preamble, frame, JSON.stringify(times))]));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}

async function readAll(folder: string, key: Buffer): Promise<{ name: string; times: SealedTimes }[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const all: { name: string; times: SealedTimes }[] = [];
  for (const name of names.filter((name) => /^[0-9a-f]{32}\.sealed$/.test(name))) {
    try {
      const bytes = await readFile(join(folder, name));
      decodePreamble(bytes);
      const decoded = decodeFrame(key, bytes, frame, preambleBytes);
      if (decoded) all.push({ name, times: sealedTimes.parse(JSON.parse(decoded.text)) });
    } catch {
      // Torn, or of another version.
    }
  }
  return all;
}
