import { cellPath } from '../../cellPath.ts';

interface Notebook {
  /** The number of the next cell that was not seen before. */
  next: number;
  /** Of each cell seen since the notebook was opened, by the cell's name; also of those that are gone, for they may come back. */
  numbers: Map<string, number>;
  /** The numbers of its cells as they stand, in their order. */
  order: number[];
}

/**
 * The paths under which the cells of notebooks are recorded: `analysis.ipynb#3` is the cell that was the third to be seen
 * in that notebook since the session began. It keeps its number wherever it is moved to, and no other cell gets it.
 *
 * Cells are named by the caller (their URIs). The editor gives those anew whenever a notebook is opened: a notebook that
 * was closed and comes back with as many cells has the same ones.
 */
export class CellPaths {
  /** By path. */
  readonly #notebooks = new Map<string, Notebook>();
  readonly #paths = new Map<string, string>();

  /** Null for a cell that does not stand in a notebook that was seen. */
  pathOf(cell: string): string | null {
    return this.#paths.get(cell) ?? null;
  }

  /** The notebook was opened or changed: these are its cells, in their order. */
  see(path: string, cells: readonly string[]): void {
    const notebook = this.#notebooks.get(path) ?? { next: 1, numbers: new Map(), order: [] };
    this.#notebooks.set(path, notebook);
    const { numbers, order } = notebook;
    const isBack = numbers.size === 0 && order.length === cells.length;
    for (const cell of this.#cellsOf(notebook)) this.#paths.delete(cell);
    notebook.order = cells.map((cell, i) => {
      const number = numbers.get(cell) ?? (isBack ? order[i] : notebook.next++);
      numbers.set(cell, number);
      this.#paths.set(cell, cellPath(path, number));
      return number;
    });
  }

  /** A cell that the editor has put in the place of another: it is the same one, and to be seen next. */
  replace(path: string, cell: string, by: string): void {
    const numbers = this.#notebooks.get(path)?.numbers;
    const number = numbers?.get(cell);
    if (number === undefined) return;
    numbers?.delete(cell);
    numbers?.set(by, number);
    this.#paths.delete(cell);
  }

  /** The notebook was closed, or must not be recorded any more. */
  leave(path: string): void {
    const notebook = this.#notebooks.get(path);
    if (!notebook) return;
    for (const cell of this.#cellsOf(notebook)) this.#paths.delete(cell);
    notebook.numbers.clear();
  }

  /** A notebook was moved, or a folder of notebooks. The editor opens it anew under its new path. */
  rename(from: string, to: string): void {
    for (const [path, notebook] of [...this.#notebooks]) {
      if (path !== from && !path.startsWith(`${from}/`)) continue;
      this.leave(path);
      this.#notebooks.delete(path);
      this.#notebooks.set(to + path.slice(from.length), notebook);
    }
  }

  #cellsOf({ numbers }: Notebook): Iterable<string> {
    return numbers.keys();
  }
}
