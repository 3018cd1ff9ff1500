import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { type SessionEvent, sessionEvent } from '../events.ts';
import { JournalError } from './errors.ts';
import { decodeFrame, decodePreamble, type JournalHeader, journalHeader, preambleBytes } from './frames.ts';

export interface Journal {
  header: JournalHeader;
  events: SessionEvent[];
  /** Whether bytes follow that are no authentic frame: a tail torn by a crash, or tampering. They are not believed. */
  truncated: boolean;
}

const events = z.array(sessionEvent);

/** @throws JournalError when there is nothing to be had from the file. */
export async function readJournal(path: string, key: Buffer): Promise<Journal> {
  const bytes = await readFile(path);
  const { taskId } = decodePreamble(bytes);
  const journal: Journal = { header: readHeader(bytes, key), events: [], truncated: false };
  if (journal.header.task_id !== taskId) throw new JournalError('format');
  let offset = preambleBytes;
  for (let index = 0; offset < bytes.length; index++) {
    const frame = decodeFrame(key, bytes, index, offset);
    if (!frame) {
      journal.truncated = true;
      break;
    }
    if (index > 0) journal.events.push(...parse(events, `[${frame.text.trimEnd().replaceAll('\n', ',')}]`));
    offset = frame.next;
  }
  return journal;
}

/** The one frame without which nothing else helps. Whole but unreadable, it was written with another key. */
function readHeader(bytes: Buffer, key: Buffer): JournalHeader {
  const frame = decodeFrame(key, bytes, 0, preambleBytes);
  if (frame) return parse(journalHeader, frame.text);
  const declared = bytes.length >= preambleBytes + 4 ? bytes.readUInt32BE(preambleBytes) : Infinity;
  throw new JournalError(bytes.length >= preambleBytes + 32 + declared ? 'key' : 'empty');
}

function parse<T>(schema: z.ZodType<T>, json: string): T {
  const parsed = schema.safeParse(JSON.parse(json));
  if (!parsed.success) throw new JournalError('format');
  return parsed.data;
}
