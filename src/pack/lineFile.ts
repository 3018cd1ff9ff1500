import { type FileHandle, open } from 'node:fs/promises';

const bufferSize = 1 << 20;

/** Lines appended to a file, which is cut back to where it was known to be whole when it is opened. */
export class LineFile {
  readonly path: string;
  #bytes: number;
  readonly #handle: FileHandle;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #isClosed = false;

  private constructor(path: string, handle: FileHandle, bytes: number) {
    this.path = path;
    this.#handle = handle;
    this.#bytes = bytes;
  }

  static async open(path: string, bytes: number): Promise<LineFile> {
    // Not for appending: what stands behind `bytes` is written over.
    const handle = await open(path, bytes > 0 ? 'r+' : 'w', 0o600);
    await handle.truncate(bytes);
    return new LineFile(path, handle, bytes);
  }

  /** Also what is not on the disk yet. */
  get bytes(): number {
    return this.#bytes + this.#pendingBytes;
  }

  async add(line: string): Promise<void> {
    const bytes = Buffer.from(`${line}\n`);
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= bufferSize) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#pendingBytes === 0) return;
    await this.#handle.write(Buffer.concat(this.#pending), 0, this.#pendingBytes, this.#bytes);
    this.#bytes += this.#pendingBytes;
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  async sync(): Promise<void> {
    await this.flush();
    await this.#handle.datasync();
  }

  /** Twice does no harm. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.flush();
    await this.#handle.close();
  }
}
