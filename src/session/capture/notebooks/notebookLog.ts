import type { DocumentFacts, DocumentMirror } from '../documents/documentMirror.ts';
import type { TaskStream } from '../taskStream.ts';
import { type CellOutput, readOutputs } from './cellOutput.ts';
import { pairCells } from './cellPairs.ts';
import type { CellPaths } from './cellPaths.ts';
import { CellRuns, type RunSummary } from './cellRuns.ts';

/** More cells that come or go at once are no work by hand. */
const most = 100;

export interface Cell {
  /** As the mirror knows its document. */
  name: string;
  facts: Omit<DocumentFacts, 'path'>;
  text: string;
  version: number;
  run: RunSummary | undefined;
}

/** Cells that came where others went. One that only moved is told as gone from here, and as come there. */
export interface CellsChange {
  removed: readonly Cell[];
  added: readonly Cell[];
}

/**
 * Tells what happens to the cells of notebooks: each is a file of its own, whose text the mirror follows as that of any
 * document. Notebooks are named by their paths.
 */
export class NotebookLog {
  readonly #stream: TaskStream;
  readonly #mirror: DocumentMirror;
  readonly #paths: CellPaths;
  readonly #tellsRuns: boolean;
  readonly #runs = new CellRuns();
  /** Of each notebook the cells that got another text while it seemed to have no unsaved changes. */
  readonly #clean = new Map<string, Cell[]>();

  /** @param tellsRuns whether the runs of cells are told. */
  constructor(stream: TaskStream, mirror: DocumentMirror, paths: CellPaths, tellsRuns: boolean) {
    this.#tellsRuns = tellsRuns;
    this.#stream = stream;
    this.#mirror = mirror;
    this.#paths = paths;
  }

  /** Opened, or there when listening begins. */
  open(notebook: string, cells: readonly Cell[]): void {
    this.#paths.see(notebook, cells.map(nameOf));
    for (const cell of cells) {
      this.#runs.skip(cell.name, cell.run);
      this.#openCell(cell, cell.text);
    }
  }

  /** @param cells as they stand now. @param isDirty whether the notebook has unsaved changes; see `told`. */
  change(notebook: string, changes: readonly CellsChange[], cells: readonly Cell[], isDirty: boolean): void {
    const gone = new Map(changes.flatMap(({ removed }) => removed).map((cell) => [cell.name, cell]));
    const come = new Map(changes.flatMap(({ added }) => added).map((cell) => [cell.name, cell]));
    const isMoved = ({ name }: Cell) => gone.has(name) && come.has(name);
    const pairs: [Cell, Cell][] = [];
    for (const { removed, added } of changes) {
      const before = removed.filter((cell) => !isMoved(cell));
      const after = added.filter((cell) => !isMoved(cell));
      for (const [i, j] of pairCells(before.map(textOf), after.map(textOf))) pairs.push([before[i], after[j]]);
    }
    const replaced = new Set(pairs.flat());
    const isAlone = (cell: Cell) => !isMoved(cell) && !replaced.has(cell);
    const deleted = [...gone.values()].filter(isAlone);
    const created = [...come.values()].filter(isAlone);
    const isTold = deleted.length + created.length <= most;

    for (const cell of deleted) {
      const path = this.#paths.pathOf(cell.name);
      if (isTold && path) this.#mirror.act(cell.name, () => ({ kind: 'file', action: 'delete', path, to: null }));
      this.#close(cell);
    }
    for (const [cell, by] of pairs) this.#paths.replace(notebook, cell.name, by.name);
    this.#paths.see(notebook, cells.map(nameOf));
    for (const [cell, by] of pairs) {
      this.#close(cell);
      this.#openCell(by, cell.text);
      this.#rewrite(by, cell.text, isDirty);
    }
    for (const cell of created) {
      const path = this.#paths.pathOf(cell.name);
      if (isTold && path) this.#stream.append({ kind: 'file', action: 'create', path, to: null });
      this.#openCell(cell, isTold ? '' : cell.text);
      this.#rewrite(cell, isTold ? '' : cell.text, isDirty);
    }
    for (const { name, run } of come.values()) this.#runs.skip(name, run);
    if (!isDirty) this.#clean.set(notebook, [...come.values()]);
    if (!isTold && this.#stream.task) this.#stream.append({ kind: 'gap', reason: 'limit' });
  }

  /**
   * The editor told anything of a notebook; to be called before all else. That a notebook has unsaved changes it tells by
   * the event after the change, at once [measured]: where it does not, the cells came from the disk.
   */
  told(notebook: string, isDirty: boolean): void {
    for (const { name, version } of (isDirty && this.#clean.get(notebook)) || [])
      this.#mirror.change(name, { version, reason: null, changes: [], dirty: true }, () => '');
    this.#clean.delete(notebook);
  }

  /** The editor told of a cell's last run. `outputs` are read only where it has just ended. */
  run(name: string, summary: RunSummary | undefined, outputs: () => readonly CellOutput[]): void {
    if (!this.#tellsRuns || !this.#mirror.has(name) || !this.#runs.hasEnded(name, summary)) return;
    const { pieces, truncated, bytes } = readOutputs(outputs());
    const { success, timing } = summary ?? {};
    this.#mirror.act(name, (doc) => ({
      kind: 'cell_run',
      doc,
      success: success ?? null,
      duration: timing ? Math.max(0, timing.endTime - timing.startTime) : null,
      output: pieces.join(''),
      output_status: truncated ? 'truncated' : 'complete',
      output_bytes: bytes,
    }));
  }

  save(cells: readonly Cell[]): void {
    for (const { name, version, text } of cells) if (this.#mirror.has(name)) this.#mirror.save(name, version, text);
  }

  /** Closed, or not to be recorded any more. */
  close(notebook: string, cells: readonly Cell[]): void {
    for (const cell of cells) this.#close(cell);
    this.#paths.leave(notebook);
    this.#clean.delete(notebook);
  }

  /** Before the editor opens it anew under its new path. */
  rename(from: string, to: string): void {
    this.#paths.rename(from, to);
  }

  #openCell({ name, facts }: Cell, text: string): void {
    const path = this.#paths.pathOf(name);
    if (path) this.#mirror.open(name, { path, ...facts }, text);
  }

  /** Tells how a cell came to its text. Who brought it there is not seen, but that it came from the disk may be. */
  #rewrite({ name, text, version }: Cell, before: string, dirty: boolean): void {
    if (text === before) return;
    const edit = { version, reason: null, changes: [differenceOf(before, text)], active: null, dirty };
    this.#mirror.change(name, edit, () => text);
  }

  #close({ name }: Cell): void {
    this.#mirror.close(name);
    this.#runs.forget(name);
  }
}

const nameOf = ({ name }: Cell) => name;
const textOf = ({ text }: Cell) => text;

/** The one change, as short as may be, that leads from one text to the other. */
function differenceOf(before: string, after: string): { offset: number; length: number; text: string } {
  const shorter = Math.min(before.length, after.length);
  let offset = 0;
  while (offset < shorter && before[offset] === after[offset]) offset++;
  let rest = 0;
  while (rest < shorter - offset && before.at(-1 - rest) === after.at(-1 - rest)) rest++;
  return { offset, length: before.length - offset - rest, text: after.slice(offset, after.length - rest) };
}
