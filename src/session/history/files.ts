import { notebookOf } from '../cellPath.ts';
import type { RawDocument } from '../document.ts';
import type { SessionEventOf } from '../events.ts';

/** A file of the workspace; it keeps its identity through renames and reopening. */
export interface FileState {
  path: string;
  language: string | null;
  encoding: string | null;
  eol: 'lf' | 'crlf' | null;
  /** Null while the text is unknown. */
  document: RawDocument | null;
  /** Whether changes were missed: no edit can be told until the whole text is given again. */
  lost: boolean;
  /** Whether it came into being in the open task. */
  created: boolean;
  /** Where errors and warnings stand, while they speak of the text as it is. */
  diagnosed: SessionEventOf<'diagnostics'>['items'];
}

/** The events contradict each other: a journal or an import that is broken. */
export class HistoryError extends Error {
  override name = 'HistoryError';
}

/** The files of a session, by their paths and by the numbers of their documents. */
export class Files {
  readonly #documents = new Map<number, FileState>();
  readonly #paths = new Map<string, FileState>();

  open({ doc, path, language, eol, encoding }: SessionEventOf<'open'>): FileState {
    const state = this.at(path);
    Object.assign(state, { language, encoding, eol });
    this.#documents.set(doc, state);
    return state;
  }

  /** @throws HistoryError for a document that was never opened. */
  of(event: { doc: number; t: number; kind: string }): FileState {
    const state = this.#documents.get(event.doc);
    if (state) return state;
    throw new HistoryError(`${event.kind} event at t=${event.t} names document ${event.doc}, which was never opened`);
  }

  byDocument(doc: number): FileState | undefined {
    return this.#documents.get(doc);
  }

  byPath(path: string): FileState | undefined {
    return this.#paths.get(path);
  }

  /** The cells of a notebook that are known. */
  cellsOf(notebook: string): FileState[] {
    return [...this.#paths.values()].filter(({ path }) => notebookOf(path) === notebook);
  }

  /** The file at a path, known from now on. */
  at(path: string): FileState {
    const state = this.#paths.get(path) ?? newFile(path);
    this.#paths.set(path, state);
    return state;
  }

  delete(path: string): void {
    const state = this.#paths.get(path);
    if (state) state.document = null;
    this.#paths.delete(path);
  }

  /** Moves a file, all files of a folder, or all cells of a notebook. The editor opens the new document before it tells of the rename. */
  rename(from: string, to: string): void {
    for (const [path, state] of [...this.#paths]) {
      if (path !== from && !path.startsWith(`${from}/`) && notebookOf(path) !== from) continue;
      const target = to + path.slice(from.length);
      const opened = this.#paths.get(target);
      for (const [doc, other] of this.#documents) if (other === opened) this.#documents.set(doc, state);
      state.document ??= opened?.document ?? null;
      state.path = target;
      this.#paths.delete(path);
      this.#paths.set(target, state);
    }
  }

  /** The next task begins: every file that stands now stood before it. */
  settle(): void {
    for (const state of this.#paths.values()) state.created = false;
  }
}

function newFile(path: string): FileState {
  return {
    path,
    language: null,
    encoding: null,
    eol: null,
    document: null,
    lost: false,
    created: false,
    diagnosed: [],
  };
}
