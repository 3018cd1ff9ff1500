import { existsSync, type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Disposable } from '../disposableStore.ts';

/**
 * Hears when a file comes, changes or goes, whether its folder is there yet or not. The editor's own watchers miss what
 * happens in folders that have just been made [measured], as git makes them.
 */
export function watchPath(path: string, onChange: () => void): Disposable {
  let watcher: FSWatcher | null = null;
  const attach = () => {
    watcher?.close();
    const [folder, name] = nearest(path);
    const hear = (_: string, changed: string | null) => {
      const isGone = !existsSync(folder);
      if (changed !== null && changed !== name && !isGone) return;
      if (isGone || folder !== dirname(path)) attach();
      onChange();
    };
    try {
      // A folder that goes away takes its watcher along.
      watcher = watch(folder, { persistent: false }, hear).on('error', () => watcher?.close());
    } catch {
      watcher = null;
    }
  };
  attach();
  return { dispose: () => watcher?.close() };
}

/** The nearest folder above that exists, and what in it leads to the path. */
function nearest(path: string): [folder: string, name: string] {
  const folder = dirname(path);
  return existsSync(folder) || dirname(folder) === folder ? [folder, basename(path)] : nearest(folder);
}
