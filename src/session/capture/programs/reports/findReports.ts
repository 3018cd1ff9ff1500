import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { isExcludedPlace } from '../../documents/ignoreRules.ts';
import { type ReportPlaces, reportFile } from './reportPlaces.ts';

/** What one run may cost. */
const most = { folders: 2000, files: 2000 };
/** So many folders at most stand for `**`. */
const deepest = 4;

export interface FoundReports {
  /** Without links, in order. */
  paths: string[];
  /** Nothing was left out. */
  complete: boolean;
}

/** The files that may be reports, whatever stands in them. No link is followed out of `top`. */
export async function findReports(directory: string, top: string, places: ReportPlaces): Promise<FoundReports> {
  const root = await realpath(top).catch(() => null);
  if (root === null) return { paths: [], complete: true };
  const search = new Search(root);
  const bases = [directory, ...places.bases.map((base) => resolve(directory, base))];
  for (const base of new Set(bases)) {
    const real = await search.inside(base);
    if (real === null) continue;
    for (const folder of places.folders) await search.look(real, folder === '' ? [] : folder.split('/'));
    for (const file of places.files) await search.take(resolve(real, file));
  }
  return { paths: [...search.found].sort(), complete: !search.exhausted };
}

class Search {
  readonly found = new Set<string>();
  exhausted = false;
  readonly #root: string;
  readonly #entries = new Map<string, Dirent[]>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The path without links; null for what does not stand in the workspace, or in a place that is never looked at. */
  async inside(path: string): Promise<string | null> {
    const real = await realpath(path).catch(() => null);
    if (real === null) return null;
    const below = relative(this.#root, real);
    const isOutside = below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below);
    return isOutside || isExcludedPlace(below.split(sep).join('/')) ? null : real;
  }

  async take(path: string): Promise<void> {
    const real = await this.inside(path);
    if (real !== null) this.#add(real);
  }

  async look(folder: string, [name, ...rest]: string[], depth = 0): Promise<void> {
    const entries = await this.#read(folder);
    if (name === undefined) {
      for (const entry of entries)
        if (entry.isFile() && reportFile.test(entry.name)) this.#add(join(folder, entry.name));
      return;
    }
    if (name === '**') await this.look(folder, rest);
    for (const entry of entries) {
      // A link is neither file nor folder here, so that none is followed.
      if (!entry.isDirectory()) continue;
      const next = join(folder, entry.name);
      const isAny = (name === '*' || name === '**') && !entry.name.startsWith('.') && !isExcludedPlace(entry.name);
      if (name === '**' && isAny && depth < deepest) await this.look(next, [name, ...rest], depth + 1);
      else if (name === '*' ? isAny : entry.name === name) await this.look(next, rest);
    }
  }

  #add(path: string): void {
    if (this.found.size < most.files) this.found.add(path);
    else this.exhausted ||= !this.found.has(path);
  }

  async #read(folder: string): Promise<Dirent[]> {
    let entries = this.#entries.get(folder);
    if (!entries) {
      this.exhausted ||= this.#entries.size >= most.folders;
      entries = this.exhausted ? [] : await readdir(folder, { withFileTypes: true }).catch(() => []);
      this.#entries.set(folder, entries);
    }
    return entries;
  }
}
