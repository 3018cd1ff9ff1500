import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SessionEvent } from '../events.ts';
import { encodeFrame, encodePreamble, type JournalHeader } from './frames.ts';

export interface JournalLimits {
  /** Characters that may wait in memory for a disk that does not take them. */
  pending: number;
  /** Bytes of one journal. */
  file: number;
  /** Milliseconds from the first event to the last one. */
  age: number;
}

/**
 * A day of typing fits many times over: what fills 64 MB is no work by hand. Half a day leaves the other half for
 * sealing before raw text must be gone.
 */
export const journalLimits: JournalLimits = { pending: 16 * 2 ** 20, file: 64 * 2 ** 20, age: 12 * 60 * 60 * 1000 };

const flushInterval = 1000;

/**
 * Appends events to a journal, in batches of a second. Nothing is written before the first event. When a limit is
 * reached it notes the gap and takes no more: whoever records must close the task.
 */
export class JournalWriter {
  readonly path: string;
  readonly #key: Buffer;
  readonly #limits: JournalLimits;
  readonly #createdAt = Date.now();
  readonly #preamble: Buffer;
  readonly #timer: NodeJS.Timeout;
  #file: FileHandle | null = null;
  #frames = 0;
  #position = 0;
  #pending: string[] = [];
  #pendingLength = 0;
  /** Bytes on their way. They stay here until they are written: a failed write is repeated at the same place. */
  #outgoing: Buffer;
  #writing: Promise<void> = Promise.resolve();
  #full = false;

  /** `onError` hears of failed writes of the timer; `flush` and `close` throw theirs. */
  constructor(
    path: string,
    key: Buffer,
    header: JournalHeader,
    onError: (error: unknown) => void,
    limits = journalLimits,
  ) {
    this.path = path;
    this.#key = key;
    this.#limits = limits;
    this.#preamble = encodePreamble({ taskId: header.task_id, createdAt: this.#createdAt });
    this.#outgoing = Buffer.concat([this.#preamble, this.#encode(JSON.stringify(header))]);
    this.#timer = setInterval(() => this.flush().catch(onError), flushInterval);
  }

  /** Whether a limit was reached and events are no longer taken. */
  get full(): boolean {
    return this.#full;
  }

  /** Copies: what happens to the event afterwards does not matter. */
  append(event: SessionEvent): void {
    if (this.#full) return;
    const line = `${JSON.stringify(event)}\n`;
    const pending = this.#pendingLength + line.length;
    const { pending: most, file, age } = this.#limits;
    this.#full = pending > most || this.#position + pending > file || event.t - this.#createdAt > age;
    this.#push(this.#full ? `${JSON.stringify({ kind: 'gap', t: event.t, reason: 'limit' })}\n` : line);
  }

  /** Resolves when everything appended so far is on the disk. */
  flush(): Promise<void> {
    this.#writing = this.#writing.catch(() => {}).then(() => this.#write());
    return this.#writing;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    try {
      await this.flush();
    } finally {
      await this.#file?.close();
      this.#file = null;
    }
  }

  #push(line: string): void {
    this.#pending.push(line);
    this.#pendingLength += line.length;
  }

  #encode(text: string): Buffer {
    return encodeFrame(this.#key, this.#preamble, this.#frames++, text);
  }

  async #write(): Promise<void> {
    if (this.#position === 0 && this.#pending.length === 0) return;
    // The header, or what failed last time: its bytes may already stand in part, so it goes alone.
    await this.#send();
    if (this.#pending.length === 0) return;
    const batch = this.#pending.join('');
    this.#pending = [];
    this.#pendingLength = 0;
    this.#outgoing = this.#encode(batch);
    await this.#send();
  }

  async #send(): Promise<void> {
    if (this.#outgoing.length === 0) return;
    this.#file ??= await openNew(this.path);
    await writeAll(this.#file, this.#outgoing, this.#position);
    await this.#file.datasync();
    this.#position += this.#outgoing.length;
    this.#outgoing = Buffer.alloc(0);
  }
}

async function openNew(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return await open(path, 'wx', 0o600);
}

async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
