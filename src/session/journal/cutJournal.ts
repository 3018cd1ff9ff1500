import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isWork } from '../boundaries.ts';
import type { SessionEvent } from '../events.ts';
import { JournalError } from './errors.ts';
import { encodeFrame, encodePreamble } from './frames.ts';
import { readJournal } from './readJournal.ts';

/** What must be redacted stays known; that recording ended tells nothing. */
const stays: ReadonlySet<SessionEvent['kind']> = new Set(['known', 'stop']);

/** `gone`: nothing was left that makes a task. */
export type Cut = 'untouched' | 'cut' | 'gone';

/**
 * Takes out of a journal whatever happened from a time on; the file of before is replaced in one rename. Nobody may be writing it. @throws JournalError when it cannot be read
 */
export async function cutJournal(path: string, key: Buffer, from: number): Promise<Cut> {
  const journal = await readJournal(path, key).catch((error) => {
    if (error instanceof JournalError && error.fault === 'empty') return null;
    throw error;
  });
  const kept = journal?.events.filter((event) => event.t < from || stays.has(event.kind)) ?? [];
  if (journal && kept.length === journal.events.length) return 'untouched';
  if (!journal || !kept.some(isWork)) {
    await rm(path, { force: true });
    return 'gone';
  }
  const { header, createdAt } = journal;
  const preamble = encodePreamble({ taskId: header.task_id, createdAt });
  const frames = [JSON.stringify(header), kept.map((event) => `${JSON.stringify(event)}\n`).join('')];
  await replace(path, Buffer.concat([preamble, ...frames.map((text, i) => encodeFrame(key, preamble, i, text))]));
  return 'cut';
}

async function replace(path: string, bytes: Buffer): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  // Windows does not open folders.
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
}
