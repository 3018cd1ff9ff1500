import { type FileHandle, open, readFile } from 'node:fs/promises';
import * as z from 'zod';
import { type SessionEvent, sessionEvent } from '../events.ts';
import { JournalError } from './errors.ts';
import { decodeFrame, decodePreamble, frameBytes, type JournalHeader, journalHeader, preambleBytes } from './frames.ts';

export interface Journal {
  header: JournalHeader;
  /** Milliseconds since the Unix epoch. */
  createdAt: number;
  events: SessionEvent[];
  /** Whether bytes follow that are no authentic frame: a tail torn by a crash, or tampering. They are not believed. */
  truncated: boolean;
}

const events = z.array(sessionEvent);

/** Of its ciphertext: it holds the policy's text. */
const longestHeader = 2 ** 20;

/** @throws JournalError when there is nothing to be had from the file. */
export async function readJournal(path: string, key: Buffer): Promise<Journal> {
  const bytes = await readFile(path);
  const { createdAt } = decodePreamble(bytes);
  const journal: Journal = { header: readHeader(bytes, key), createdAt, events: [], truncated: false };
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

/** The header alone, however long the journal is. @throws JournalError */
export async function readJournalHeader(path: string, key: Buffer): Promise<JournalHeader> {
  const file = await open(path, 'r');
  try {
    const head = await readUpTo(file, preambleBytes + 4);
    const declared = head.length === preambleBytes + 4 ? head.readUInt32BE(preambleBytes) : 0;
    return readHeader(await readUpTo(file, preambleBytes + frameBytes(Math.min(declared, longestHeader))), key);
  } finally {
    await file.close();
  }
}

async function readUpTo(file: FileHandle, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
  return buffer.subarray(0, bytesRead);
}

/** The one frame without which nothing else helps. Whole but unreadable, it was written with another key. */
function readHeader(bytes: Buffer, key: Buffer): JournalHeader {
  const { taskId } = decodePreamble(bytes);
  const frame = decodeFrame(key, bytes, 0, preambleBytes);
  if (frame) {
    const header = parse(journalHeader, frame.text);
    if (header.task_id !== taskId) throw new JournalError('format');
    return header;
  }
  const declared = bytes.length >= preambleBytes + 4 ? bytes.readUInt32BE(preambleBytes) : Infinity;
  throw new JournalError(bytes.length >= preambleBytes + frameBytes(declared) ? 'key' : 'empty');
}

function parse<T>(schema: z.ZodType<T>, json: string): T {
  const parsed = schema.safeParse(JSON.parse(json));
  if (!parsed.success) throw new JournalError('format');
  return parsed.data;
}
