import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Disposable, type Event, EventEmitter, Uri, type WorkspaceFolder, workspace } from 'vscode';
import { ExcludedPaths, type Exclusions } from '../../consent/exclusions.ts';
import { IgnoreRules, ignoreFiles } from '../../session/capture/documents/ignoreRules.ts';
import { rootNames } from '../../session/capture/documents/rootNames.ts';
import type { CellPaths } from '../../session/capture/notebooks/cellPaths.ts';
import { languageOf } from '../../session/fileText.ts';
import { DisposableStore } from '../disposableStore.ts';
import { askGit } from '../git/askGit.ts';

interface Tree {
  /** The workspace folder without links: git sees it there. */
  folder: string;
  /** Where the ignore rules begin: the top of the git work tree, or the workspace folder where there is none. */
  top: string;
  rules: IgnoreRules;
}

/** Of the documents of a notebook's cells. */
export const cellScheme = 'vscode-notebook-cell';

const none: Exclusions = { paths: [], languages: [] };

/**
 * What is inside of the consent: files on a disk, in a folder of this workspace, that are neither ignored nor excluded, and the
 * cells of notebooks that are such files.
 */
export class Scope implements Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  /** Ignore rules changed, or folders came or went. */
  readonly onDidChange: Event<void> = this.#changed.event;
  readonly cells: CellPaths;
  readonly #ownRules: string;
  readonly #excluded: ExcludedPaths;
  readonly #languages: ReadonlySet<string>;
  #trees = new Map<string, Tree>();

  private constructor(cells: CellPaths, ownRules: string, { paths, languages }: Exclusions) {
    this.#excluded = new ExcludedPaths(paths, homedir());
    this.#languages = new Set(languages);
    this.cells = cells;
    this.#ownRules = ownRules;
    const watcher = this.#store.add(
      workspace.createFileSystemWatcher(`**/{${[...ignoreFiles, '.git/info/exclude'].join(',')}}`),
    );
    const reset = () => {
      this.#trees = new Map();
      this.#changed.fire();
    };
    this.#store.add(watcher.onDidChange(reset));
    this.#store.add(watcher.onDidCreate(reset));
    this.#store.add(watcher.onDidDelete(reset));
    this.#store.add(workspace.onDidChangeWorkspaceFolders(reset));
  }

  /** @param cells those of the notebooks that are followed. */
  static async create(cells: CellPaths, exclusions = none): Promise<Scope> {
    return new Scope(cells, await ownIgnoreRules(), exclusions);
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** The path under which a file is recorded; null for a file that must not be. */
  pathOf(uri: Uri): string | null {
    const folder = folderOf(uri);
    if (!folder) return null;
    const { folder: root, top, rules } = this.#treeOf(folder);
    const inside = relative(folder.uri.fsPath, uri.fsPath);
    // A link may lead out of the workspace, or to a file that is ignored.
    const named = join(root, inside);
    const real = realPath(named);
    if (inside === '' || !isBelow(real, root) || this.#isExcluded(uri, named, real)) return null;
    for (const path of new Set([named, real])) if (rules.excludes(slashed(relative(top, path)))) return null;
    return [...rootOf(folder), slashed(inside)].join('/');
  }

  /** The same of a file that is given without links, as git and other programs name it. */
  pathOfReal(path: string): string | null {
    const uri = Uri.file(path);
    if (folderOf(uri)) return this.pathOf(uri);
    const folder = workspace.workspaceFolders?.find((one) => isBelow(path, this.#treeOf(one).folder));
    return folder ? this.pathOf(Uri.joinPath(folder.uri, slashed(relative(this.#treeOf(folder).folder, path)))) : null;
  }

  /** The path under which a document is recorded; null for a file that is open as a notebook: its cells are recorded. */
  documentPathOf(uri: Uri): string | null {
    if (uri.scheme === cellScheme) return this.#isOtherLanguage(uri) ? null : this.cells.pathOf(uri.toString());
    return isOpenNotebook(uri) ? null : this.pathOf(uri);
  }

  /** A working directory, `.` for the root; null when it is outside of the workspace. */
  directoryOf(uri: Uri): string | null {
    const folder = folderOf(uri);
    if (!folder) return null;
    const inside = relative(folder.uri.fsPath, uri.fsPath);
    const { folder: root } = this.#treeOf(folder);
    const real = realPath(join(root, inside));
    if (real !== root && !isBelow(real, root)) return null;
    if ([uri.fsPath, real].some((path) => this.#excluded.excludes(path, true))) return null;
    return [...rootOf(folder), slashed(inside)].filter((part) => part !== '').join('/') || '.';
  }

  #isExcluded(uri: Uri, ...paths: string[]): boolean {
    return [uri.fsPath, ...paths].some((path) => this.#excluded.excludes(path)) || this.#isOtherLanguage(uri);
  }

  excludesLanguage(language: string): boolean {
    return this.#languages.has(language);
  }

  /** Whether a file is in an excluded language: by its name, or as the editor has it open. */
  #isOtherLanguage(uri: Uri): boolean {
    if (this.#languages.size === 0) return false;
    const named = languageOf(uri.path);
    if (named !== null && this.#languages.has(named)) return true;
    const name = uri.toString();
    return workspace.textDocuments.some((open) => this.#languages.has(open.languageId) && open.uri.toString() === name);
  }

  #treeOf({ uri: { fsPath } }: WorkspaceFolder): Tree {
    let tree = this.#trees.get(fsPath);
    if (!tree) {
      const folder = realPath(fsPath);
      const top = workTreeAbove(folder) ?? folder;
      const excludeFile = join(commonGitFolder(top), 'info/exclude');
      const shared = () => `${this.#ownRules}\n${readOrNull(excludeFile) ?? ''}`;
      tree = { folder, top, rules: new IgnoreRules((path) => readOrNull(join(top, path)), shared) };
      this.#trees.set(fsPath, tree);
    }
    return tree;
  }
}

export function isOpenNotebook(uri: Uri): boolean {
  return workspace.notebookDocuments.some((notebook) => notebook.uri.toString() === uri.toString());
}

/** The innermost, where one folder of the workspace lies in another. */
function folderOf(uri: Uri): WorkspaceFolder | undefined {
  return uri.scheme === 'file' ? workspace.getWorkspaceFolder(uri) : undefined;
}

/** What stands in front of the paths in a workspace of several folders. */
function rootOf(folder: WorkspaceFolder): string[] {
  const folders = workspace.workspaceFolders ?? [];
  return folders.length > 1 ? [rootNames(folders.map(({ name }) => name))[folder.index]] : [];
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}

/** Where git keeps what all work trees of a repository share; a linked one and a submodule have a file in its place. */
function commonGitFolder(top: string): string {
  const place = join(top, '.git');
  const [, elsewhere] = /^gitdir: (.*)/.exec(readOrNull(place) ?? '') ?? [];
  if (elsewhere === undefined) return place;
  const own = resolve(top, elsewhere.trim());
  return resolve(own, readOrNull(join(own, 'commondir'))?.trim() ?? '.');
}

/** The top of the git work tree that a folder is in. */
export function workTreeAbove(folder: string): string | null {
  if (existsSync(join(folder, '.git'))) return folder;
  return dirname(folder) === folder ? null : workTreeAbove(dirname(folder));
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
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
