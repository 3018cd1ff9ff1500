/** More at once are no work by hand but a checkout or a build. */
const most = 100;
const settleTime = 500;

export interface FileSystemView {
  /** Whether a file stands at the path now. */
  exists(path: string): Promise<boolean>;
}

type Action = 'create' | 'delete';

/**
 * Files that came and went without the editor's doing. Watchers tell of a change more than once, of the editor's own
 * changes too, and of a save that replaces the file as its end and beginning: so they are heard out for half a second.
 */
export class OutsideFiles {
  readonly #files: FileSystemView;
  readonly #tell: (action: Action, path: string) => void;
  readonly #overflow: () => void;
  readonly #toldByEditor = new Map<string, number>();
  #heard = new Map<string, Action>();
  #timer: NodeJS.Timeout | null = null;

  constructor(files: FileSystemView, tell: (action: Action, path: string) => void, overflow: () => void) {
    this.#files = files;
    this.#tell = tell;
    this.#overflow = overflow;
  }

  /** What the editor itself told of; the watcher's echo counts for nothing. */
  ignoreEcho(path: string): void {
    this.#toldByEditor.set(path, Date.now());
    this.#heard.delete(path);
  }

  hear(action: Action, path: string): void {
    if (!this.#heard.has(path)) this.#heard.set(path, action);
    this.#timer ??= setTimeout(() => void this.#settle(), settleTime);
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  async #settle(): Promise<void> {
    const heard = this.#heard;
    this.#heard = new Map();
    this.#timer = null;
    for (const [path, at] of this.#toldByEditor) if (Date.now() - at > 4 * settleTime) this.#toldByEditor.delete(path);
    if (heard.size > most) {
      this.#overflow();
      return;
    }
    for (const [path, action] of heard) {
      const remains = await this.#files.exists(path);
      // Otherwise it was replaced, or was only there for a moment.
      if (remains === (action === 'create') && !this.#toldByEditor.has(path)) this.#tell(action, path);
    }
  }
}
