/** What a commit or a stash holds. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askGit, readGit } from './askGit.ts';

/** Of so many files it is asked whether they stand as a stash has them. */
const mostCompared = 20;

/** Paths relative to the top, of files that differ between two commits; without a first one, all of the second's. */
export async function pathsBetween(root: string, from: string | null, to: string): Promise<string[]> {
  if (from === to) return [];
  const options = ['-r', '--no-commit-id', '--name-only', '-z'];
  return listed(await readGit(root, ['diff-tree', ...options, ...(from ? [from, to] : ['--root', to])]));
}

export async function messageOf(root: string, commit: string): Promise<{ message: string; parents: string[] }> {
  const [parents = '', message = ''] = (await askGit(root, ['show', '-s', '--format=%P%x00%B', commit])).split('\0');
  return { message: message.trim(), parents: parents.split(' ').filter((parent) => parent !== '') };
}

/** A stash is a commit on the one it was made on; files that were not tracked stand in a third parent. */
export async function stashedPaths(root: string, stash: string): Promise<string[]> {
  const untracked = readGit(root, ['ls-tree', '-r', '--name-only', '-z', `${stash}^3`]);
  return [...(await pathsBetween(root, `${stash}^1`, stash)), ...listed(await untracked)];
}

/** Whether the files stand as the stash has them: it was brought back. */
export async function standsAsStashed(root: string, stash: string, paths: readonly string[]): Promise<boolean> {
  for (const path of paths.slice(0, mostCompared)) {
    const [stashed, untracked, file] = await Promise.all([
      readGit(root, ['cat-file', 'blob', `${stash}:${path}`]),
      readGit(root, ['cat-file', 'blob', `${stash}^3:${path}`]),
      readFile(join(root, path), 'utf8').catch(() => ''),
    ]);
    // Git may write other line ends than it keeps.
    if (file.replaceAll('\r\n', '\n') !== (stashed || untracked).replaceAll('\r\n', '\n')) return false;
  }
  return paths.length > 0;
}

function listed(names: string): string[] {
  return names.split('\0').filter((name) => name !== '');
}
