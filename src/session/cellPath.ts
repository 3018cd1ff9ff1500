/** The path of a cell of a notebook, which is recorded as a file of its own: `analysis.ipynb#3`. */
export function cellPath(notebook: string, number: number): string {
  return `${notebook}#${number}`;
}

/** The path of the notebook of which a path names a cell; null for any other path. */
export function notebookOf(path: string): string | null {
  return /^(.+)#\d+$/.exec(path)?.[1] ?? null;
}

/** A notebook's own text is JSON with pictures in it: it is recorded by its cells. */
export function isNotebook(path: string): boolean {
  return /\.ipynb$/i.test(path);
}
