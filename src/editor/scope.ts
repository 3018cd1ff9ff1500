import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { type Disposable, type Event, EventEmitter, type Uri, type WorkspaceFolder, workspace } from 'vscode';
import { IgnoreRules } from '../session/capture/ignoreRules.ts';
import { askGit } from './askGit.ts';
import { DisposableStore } from './disposableStore.ts';

interface Tree {
  folder: string;
  /** Where the ignore rules begin: the top of the git work tree, or the workspace folder where there is none. */
  top: string;
  rules: IgnoreRules;
}

/** What is inside of the consent: files on a disk, in a folder of this workspace, that are not ignored. */
export class Scope implements Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  /** Ignore rules changed, or folders came or went. */
  readonly onDidChange: Event<void> = this.#changed.event;
  readonly #ownRules: string;
  #trees = new Map<string, Tree>();

  private constructor(ownRules: string) {
    this.#ownRules = ownRules;
    const watcher = this.#store.add(workspace.createFileSystemWatcher('**/.gitignore'));
    const reset = () => {
      this.#trees = new Map();
      this.#changed.fire();
    };
    this.#store.add(watcher.onDidChange(reset));
    this.#store.add(watcher.onDidCreate(reset));
    this.#store.add(watcher.onDidDelete(reset));
    this.#store.add(workspace.onDidChangeWorkspaceFolders(reset));
  }

  static async create(): Promise<Scope> {
    return new Scope(await ownIgnoreRules());
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** The path under which a file is recorded; null for a file that must not be. */
  pathOf(uri: Uri): string | null {
    const folder = uri.scheme === 'file' ? workspace.getWorkspaceFolder(uri) : undefined;
    if (!folder) return null;
    const tree = this.#treeOf(folder);
    const inside = relative(tree.top, uri.fsPath);
    if (inside === '' || inside.startsWith('..') || tree.rules.excludes(inside.split(sep).join('/'))) return null;
    // A link may lead out of the workspace.
    return isInside(uri.fsPath, tree.folder) ? workspace.asRelativePath(uri) : null;
  }

  /** A working directory, `.` for the root; null when it is outside of the workspace. */
  directoryOf(uri: Uri): string | null {
    const folder = uri.scheme === 'file' ? workspace.getWorkspaceFolder(uri) : undefined;
    if (!folder || !isInside(uri.fsPath, folder.uri.fsPath)) return null;
    const isRoot = uri.fsPath === folder.uri.fsPath;
    if (isRoot && (workspace.workspaceFolders?.length ?? 0) > 1) return folder.name;
    return isRoot ? '.' : workspace.asRelativePath(uri);
  }

  #treeOf({ uri: { fsPath } }: WorkspaceFolder): Tree {
    let tree = this.#trees.get(fsPath);
    if (!tree) {
      const top = workTreeAbove(fsPath) ?? fsPath;
      const shared = `${this.#ownRules}\n${readOrNull(join(top, '.git/info/exclude')) ?? ''}`;
      tree = { folder: fsPath, top, rules: new IgnoreRules((path) => readOrNull(join(top, path)), shared) };
      this.#trees.set(fsPath, tree);
    }
    return tree;
  }
}

/** The top of the git work tree that a folder is in. */
export function workTreeAbove(folder: string): string | null {
  if (existsSync(join(folder, '.git'))) return folder;
  return dirname(folder) === folder ? null : workTreeAbove(dirname(folder));
}

function isInside(path: string, folder: string): boolean {
  const real = realPath(path);
  const top = realPath(folder);
  return real === top || real.startsWith(top.endsWith(sep) ? top : top + sep);
}

/** Without links; also of a file that is gone or not yet there. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), path.slice(dirname(path).length));
  }
}

/** The person's own ignore file, which counts in every repository. */
async function ownIgnoreRules(): Promise<string> {
  const configured = await askGit(homedir(), ['config', '--global', '--type=path', 'core.excludesFile']);
  const usual = join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'git/ignore');
  return readOrNull(configured || usual) ?? '';
}

function readOrNull(path: string): string | null {
  try {
    // Most folders have no ignore file, and to hear that as an exception costs ten times as much.
    return statSync(path, { throwIfNoEntry: false }) ? readFileSync(path, 'utf8') : null;
  } catch {
    return null;
  }
}
