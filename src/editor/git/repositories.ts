/** Finds the git repositories that hold a folder or lie in it. */
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { askGit } from './askGit.ts';

const deepest = 4;
const mostFolders = 1500;
const skipped = /^(?:node_modules|bower_components|vendor|venv|__pycache__|\..+)$/;

/** The files in which git keeps its state; a linked work tree and a submodule have them in the repository's own folder. */
const stateFiles = ['HEAD', 'index', 'logs/HEAD', 'logs/refs/stash', 'rebase-merge', 'rebase-apply'] as const;

export interface Repository {
  /** Top of the work tree. */
  root: string;
  files: Record<(typeof stateFiles)[number], string>;
}

/** Without those that git does not trust, because somebody else owns them, and without bare ones. */
export async function findRepositories(folder: string): Promise<Repository[]> {
  const places = [folder, ...(await placesBelow(folder))];
  const found = await Promise.all(places.map(repositoryAt));
  return [...new Map(found.filter((one) => one !== null).map((one) => [one.root, one])).values()];
}

async function repositoryAt(place: string): Promise<Repository | null> {
  const asked = ['rev-parse', '--show-toplevel', ...stateFiles.flatMap((name) => ['--git-path', name])];
  const [root, ...paths] = (await askGit(place, asked)).split('\n');
  if (paths.length !== stateFiles.length) return null;
  const files = Object.fromEntries(stateFiles.map((name, i) => [name, resolve(place, paths[i])]));
  return { root: resolve(root), files: files as Repository['files'] };
}

/** Folders with a `.git`, which is a file in a linked work tree or a submodule. */
async function placesBelow(folder: string): Promise<string[]> {
  const places: string[] = [];
  let folders = [folder];
  let seen = 0;
  for (let depth = 0; depth <= deepest && folders.length > 0; depth++) {
    const inner: string[] = [];
    for (const path of folders) {
      if (++seen > mostFolders) return places;
      for (const entry of await readdir(path, { withFileTypes: true }).catch(() => [])) {
        if (entry.name === '.git' && depth > 0) places.push(path);
        else if (entry.isDirectory() && !skipped.test(entry.name)) inner.push(join(path, entry.name));
      }
    }
    folders = inner;
  }
  return places;
}
