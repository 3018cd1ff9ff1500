/** Reading files that may be anything: bounded, strictly UTF-8, without following links. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { failedWith } from './errors.ts';

/** Bytes in a row, as UTF-8 and without its line feed. `pack` and the viewers of model hubs hold no longer ones. */
export const rowLimit = 4 * 1024 * 1024;

const lineFeed = 0x0a;

/** A file that does not hold what it should. The message is for people and does not name the file. */
export class UnreadableError extends Error {}

/** @throws UnreadableError, or the error of `node:fs` when there is no such file. */
export async function readSmallFile(file: string): Promise<string> {
  const handle = await openFile(file);
  try {
    if ((await handle.stat()).size > rowLimit) throw new UnreadableError(`longer than ${rowLimit} bytes`);
    return decode(await handle.readFile());
  } finally {
    await handle.close();
  }
}

/** At most so many bytes from the beginning, as characters of one byte. @throws as `readSmallFile`. */
export async function readStart(file: string, length: number): Promise<string> {
  const handle = await openFile(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Null where there is no such file. @throws UnreadableError, or another error of `node:fs`. */
export async function readIfThere(file: string): Promise<string | null> {
  return readSmallFile(file).catch((error) => {
    if (failedWith(error, 'ENOENT')) return null;
    throw error;
  });
}

/**
 * The lines of a file, without their line feeds. @throws UnreadableError when a line is too long or not UTF-8, or when
 * the last one lacks its line feed.
 */
export async function* readLines(file: string): AsyncGenerator<string> {
  const handle = await openFile(file);
  try {
    const rest = yield* splitLines(handle.createReadStream({ autoClose: false }), rowLimit);
    if (rest.length > 0) throw new UnreadableError('the last line does not end with a line feed');
  } finally {
    await handle.close();
  }
}

/** Yields each line that ends with a line feed, and returns the bytes after the last one. */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<string, Buffer, undefined> {
  let pending: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      pending.push(chunk.subarray(start, end));
      start = end + 1;
      if (size + pending[pending.length - 1].length > limit) throw new UnreadableError(`a line of over ${limit} bytes`);
      yield decode(Buffer.concat(pending));
      pending = [];
      size = 0;
    }
    pending.push(chunk.subarray(start));
    size += chunk.length - start;
    if (size > limit) throw new UnreadableError(`a line of over ${limit} bytes`);
  }
  return Buffer.concat(pending);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UnreadableError('not UTF-8');
  }
}

async function openFile(file: string): Promise<FileHandle> {
  // O_NONBLOCK: opening a named pipe must not wait for its other end. Windows has neither flag.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(file, flags).catch((error) => {
    throw failedWith(error, 'ELOOP') ? new UnreadableError('a link; links are not followed') : error;
  });
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new UnreadableError('not a file');
}
