import { deriveText } from '../redaction/derive.ts';
import type { Redacted } from '../redaction/redacted.ts';
import type { Step } from './record.ts';

/** The paths of a record's files, moved on step by step as files and folders are renamed. */
export class FilePaths {
  readonly #paths: Redacted[] = [];
  readonly #files = new Map<string, number>();
  readonly #named = new Map<string, Set<number>>();

  /** `paths`: those of the files before the first step. */
  constructor(paths: readonly Redacted[]) {
    for (const [file, path] of paths.entries()) this.#put(file, path);
  }

  of(file: number): Redacted {
    return this.#paths[file];
  }

  /** The file that has the path now. */
  find(path: string): number | null {
    return this.#files.get(path) ?? null;
  }

  /** The files whose path is, or ends with, these folders and this name. */
  endingWith(path: string): number[] {
    const named = [...(this.#named.get(nameOf(path)) ?? [])];
    return named.filter((file) => `/${this.#paths[file]}`.endsWith(`/${path}`));
  }

  /** Follows a rename of a file, or of a folder. */
  apply({ action, file_id, path, to_path }: Pick<Step, 'action' | 'file_id' | 'path' | 'to_path'>): void {
    if (action !== 'rename' || to_path === null) return;
    if (file_id !== null) this.#put(file_id, to_path);
    if (path === null) return;
    for (const [file, old] of this.#paths.entries()) {
      if (old.startsWith(`${path}/`))
        this.#put(
          file,
          deriveText((to, from) => to + from.slice(path.length), to_path, old),
        );
    }
  }

  #put(file: number, path: Redacted): void {
    const old = this.#paths[file];
    if (old !== undefined) {
      if (this.#files.get(old) === file) this.#files.delete(old);
      this.#named.get(nameOf(old))?.delete(file);
    }
    this.#paths[file] = path;
    this.#files.set(path, file);
    const name = nameOf(path);
    const named = this.#named.get(name) ?? new Set();
    this.#named.set(name, named.add(file));
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
