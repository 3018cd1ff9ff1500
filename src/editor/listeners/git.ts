import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Disposable, type Event, extensions, RelativePattern, Uri, workspace } from 'vscode';
import { ticketsIn } from '../../session/capture/knownValues.ts';
import { type HeadMove, movesSince, reflogFormat } from '../../session/capture/reflog.ts';
import type { TaskStream } from '../../session/capture/taskStream.ts';
import { DisposableStore } from '../disposableStore.ts';
import { codeOf, type Log } from '../log.ts';
import type { Scope } from '../scope.ts';

const run = promisify(execFile);
/** A commit made in a terminal moves HEAD before its command ends: the command's end belongs to the same task. */
const settleTime = 800;
const mostPaths = 500;

/** The part of the git extension's API (version 1) in use; members differ by version, so each is optional. */
interface GitApi {
  repositories: Repository[];
  onDidOpenRepository?: Event<Repository>;
}
interface Repository {
  rootUri: Uri;
  state: { HEAD?: { name?: string; commit?: string }; onDidChange?: Event<void> };
}

/**
 * Commits and other moves of HEAD, by whomever they are made, in repositories that hold a workspace folder; and, to
 * `onIndex`, when git writes its index: it does so whenever it changes files.
 */
export async function listenToGit(
  stream: TaskStream,
  scope: Scope,
  log: Log,
  onIndex: () => void,
): Promise<Disposable> {
  const store = new DisposableStore();
  const api = await gitApi();
  const follow = (repository: Repository) => {
    const root = repository.rootUri.fsPath;
    const isOurs = workspace.workspaceFolders?.some(({ uri }) => uri.scheme === 'file' && related(uri.fsPath, root));
    if (isOurs) {
      store.add(new HeadFollower(repository, stream, scope, log));
      const index = store.add(workspace.createFileSystemWatcher(new RelativePattern(repository.rootUri, '.git/index')));
      store.add(index.onDidChange(onIndex));
      store.add(index.onDidCreate(onIndex));
    }
  };
  api?.repositories.forEach(follow);
  if (api?.onDidOpenRepository) store.add(api.onDidOpenRepository(follow));
  return store;
}

async function gitApi(): Promise<GitApi | null> {
  const extension = extensions.getExtension('vscode.git');
  try {
    return (await extension?.activate())?.getAPI(1) ?? null;
  } catch {
    // Git is switched off, or not installed.
    return null;
  }
}

function related(a: string, b: string): boolean {
  return a === b || a.startsWith(join(b, '/')) || b.startsWith(join(a, '/'));
}

class HeadFollower implements Disposable {
  readonly #store = new DisposableStore();
  readonly #repository: Repository;
  readonly #root: string;
  readonly #stream: TaskStream;
  readonly #scope: Scope;
  readonly #log: Log;
  #head: Promise<string | null>;
  #timer: NodeJS.Timeout | null = null;

  constructor(repository: Repository, stream: TaskStream, scope: Scope, log: Log) {
    this.#repository = repository;
    this.#root = repository.rootUri.fsPath;
    this.#stream = stream;
    this.#scope = scope;
    this.#log = log;
    this.#head = this.#git('rev-parse', '--verify', 'HEAD').catch(() => null);
    // The extension looks only now and then, and not without focus; the file changes at once.
    const watcher = this.#store.add(
      workspace.createFileSystemWatcher(new RelativePattern(repository.rootUri, '.git/logs/HEAD')),
    );
    const look = () => {
      this.#timer ??= setTimeout(() => {
        this.#timer = null;
        this.#head = this.#head.then((head) => this.#look(head));
      }, settleTime);
    };
    this.#store.add(watcher.onDidChange(look));
    this.#store.add(watcher.onDidCreate(look));
    if (repository.state.onDidChange) this.#store.add(repository.state.onDidChange(look));
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#store.dispose();
  }

  /** Tells what happened since HEAD stood at `before`. @returns where it stands now. */
  async #look(before: string | null): Promise<string | null> {
    try {
      const now = await this.#git('rev-parse', '--verify', 'HEAD').catch(() => null);
      if (now === before || now === null) return now;
      const moves = movesSince(await this.#git('reflog', `--format=${reflogFormat}`), before);
      for (const move of moves) await this.#tell(move);
      return now;
    } catch (error) {
      this.#log.write('git_failed', codeOf(error));
      return before;
    }
  }

  async #tell({ action, commit }: HeadMove): Promise<void> {
    const isCommit = action === 'commit' || action === 'merge' || action === 'revert';
    const message = isCommit ? await this.#git('show', '-s', '--format=%B', commit) : null;
    const names = isCommit ? await this.#git('show', '--name-only', '--format=', '-z', '--first-parent', commit) : '';
    const paths = names
      .split('\0')
      .filter((name) => name.trim() !== '')
      .map((name) => this.#scope.pathOf(Uri.file(join(this.#root, name.trim()))))
      .filter((path) => path !== null)
      .slice(0, mostPaths);
    const branch = this.#repository.state.HEAD?.name ?? null;
    const tickets = ticketsIn(`${branch}\n${message}`).map((value) => ({ type: 'ticket' as const, value }));
    this.#stream.append({ kind: 'known', values: [{ type: 'commit', value: commit }, ...tickets] });
    this.#stream.append({ kind: 'git', action, message, branch, paths });
  }

  async #git(...args: string[]): Promise<string> {
    const { stdout } = await run('git', ['-C', this.#root, ...args], { maxBuffer: 16 * 2 ** 20 });
    return stdout.trim();
  }
}
