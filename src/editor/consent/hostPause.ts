import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isOver, type Pause, parsePause, untilResumed } from '../../consent/pause.ts';
import type { Disposable } from '../disposableStore.ts';
import { watchPath } from '../git/watchPath.ts';

/**
 * The pause of all windows of the host: a small file in the storage that they share. The editor's own memory tells other
 * windows nothing before they reload.
 */
export class HostPause implements Disposable {
  readonly #file: string;
  readonly #onChange: () => void;
  readonly #watcher: Disposable;
  #current: Pause | null = null;
  /** Whether the file could not be written: then what was wanted here counts here. */
  #isUnsaved = false;
  #timer: NodeJS.Timeout | null = null;

  /** @param onChange a pause came, ended or was changed, by whichever window. */
  constructor(file: string, onChange: () => void) {
    this.#file = file;
    this.#onChange = onChange;
    this.read();
    this.#watcher = watchPath(file, () => {
      const before = JSON.stringify(this.#current);
      this.read();
      if (JSON.stringify(this.#current) !== before) onChange();
    });
  }

  get current(): Pause | null {
    return this.#current && !isOver(this.#current, Date.now()) ? this.#current : null;
  }

  /** What the file says now. Without a watcher that works, nothing else tells. */
  read(): void {
    if (!this.#isUnsaved) this.#take(parsePause(readOrNull(this.#file)));
  }

  /** Pauses, or with null resumes. It holds in this window at once. */
  async set(pause: Pause | null): Promise<void> {
    this.#take(pause);
    this.#isUnsaved = pause !== null;
    if (!pause) {
      await rm(this.#file, { force: true });
      return;
    }
    const written = `${this.#file}.${randomUUID()}`;
    await mkdir(dirname(this.#file), { recursive: true });
    await writeFile(written, JSON.stringify(pause), { mode: 0o600 });
    await rename(written, this.#file);
    this.#isUnsaved = false;
  }

  dispose(): void {
    this.#watcher.dispose();
    if (this.#timer) clearTimeout(this.#timer);
  }

  #take(pause: Pause | null): void {
    this.#current = pause;
    if (this.#timer) clearTimeout(this.#timer);
    const end = pause?.until ?? null;
    if (end === null) return;
    this.#timer = setTimeout(() => this.#end(end), Math.max(0, end - Date.now())).unref();
  }

  /** It ended by itself. A clock that is set back later must not bring it back. */
  #end(end: number): void {
    if (Date.now() < end) {
      this.#take(this.#current);
      return;
    }
    this.#current = null;
    this.#isUnsaved = false;
    void rm(this.#file, { force: true }).catch(() => {});
    this.#onChange();
  }
}

/** A file that is there and cannot be read pauses: somebody wanted to. */
function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const isThere = !['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    return isThere ? JSON.stringify(untilResumed) : null;
  }
}
