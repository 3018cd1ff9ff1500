import { posix, win32 } from 'node:path';

/**
 * Where the dataset is while the setting names no folder: among the person's own data, for VS Code deletes the storage of an
 * extension that is uninstalled.
 */
export function defaultDatasetFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  const { LOCALAPPDATA, XDG_DATA_HOME } = env;
  switch (platform) {
    case 'win32':
      return win32.join(LOCALAPPDATA || win32.join(home, 'AppData', 'Local'), 'Understudy', 'dataset');
    case 'darwin':
      return posix.join(home, 'Library', 'Application Support', 'Understudy', 'dataset');
    default: {
      const data =
        XDG_DATA_HOME && posix.isAbsolute(XDG_DATA_HOME) ? XDG_DATA_HOME : posix.join(home, '.local', 'share');
      return posix.join(data, 'understudy', 'dataset');
    }
  }
}
