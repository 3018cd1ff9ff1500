import { dirname, join } from 'node:path';
import { type Disposable, workspace } from 'vscode';
import { hashesIn, ticketsIn } from '../../session/capture/knownValues.ts';
import type { HeadMove, LogEntry } from '../../session/capture/reflog.ts';
import type { TaskStream } from '../../session/capture/taskStream.ts';
import type { SessionEventOf } from '../../session/events.ts';
import { type Scope, workTreeAbove } from '../capture/scope.ts';
import { DisposableStore } from '../disposableStore.ts';
import { messageOf, pathsBetween, standsAsStashed, stashedPaths } from '../git/commitFacts.ts';
import {
  type HeadState,
  isRebasing,
  movesBetween,
  readHeadState,
  stashesBetween,
  unbornState,
} from '../git/headState.ts';
import { findRepositories, type Repository } from '../git/repositories.ts';
import { watchPath } from '../git/watchPath.ts';
import { codeOf, type Log } from '../log.ts';

/** A commit made in a terminal moves HEAD before its command ends: the command's end belongs to the same task. */
const settleTime = 800;
const mostPaths = 500;
/** Of a change to a great many files, so many are looked at to find those that are recorded. */
const mostLookedAt = 1000;

/**
 * Commits, stashes and other moves of HEAD, by whomever they are made, in repositories that hold a workspace folder or
 * lie in one; and, to `onIndex`, when git writes its index: it does so whenever it changes files. Git is asked itself:
 * the editor's git extension lags, waits for focus, and may be switched off.
 */
export async function listenToGit(
  stream: TaskStream,
  scope: Scope,
  log: Log,
  onIndex: () => void,
): Promise<Disposable> {
  const store = new DisposableStore();
  const followed = new Map<string, Follower>();
  const fresh = new Set<string>();
  let timer: NodeJS.Timeout | null = null;

  const findAll = async () => {
    timer = null;
    const folders = workspace.workspaceFolders?.filter(({ uri }) => uri.scheme === 'file') ?? [];
    const found = (await Promise.all(folders.map(({ uri }) => findRepositories(uri.fsPath)))).flat();
    for (const [root, follower] of followed) {
      if (found.some((repository) => repository.root === root)) continue;
      followed.delete(root);
      follower.dispose();
    }
    for (const repository of found) {
      if (followed.has(repository.root)) continue;
      const state = fresh.has(repository.root) ? unbornState : null;
      const follower = new Follower(repository, state, { stream, scope, log, onIndex });
      followed.set(repository.root, store.add(follower));
    }
    fresh.clear();
    await Promise.all([...followed.values()].map(({ ready }) => ready));
  };
  const findSoon = () => {
    timer ??= setTimeout(() => void findAll(), settleTime);
  };

  const watcher = store.add(workspace.createFileSystemWatcher('**/.git', false, true, false));
  store.add(
    watcher.onDidCreate(({ fsPath }) => {
      fresh.add(dirname(fsPath));
      findSoon();
    }),
  );
  store.add(watcher.onDidDelete(findSoon));
  // Of a folder that came with many others the watcher may not have told.
  store.add(
    workspace.onDidOpenTextDocument(({ uri }) => {
      const top = scope.pathOf(uri) === null ? null : workTreeAbove(dirname(uri.fsPath));
      if (top !== null && !followed.has(top)) findSoon();
    }),
  );
  store.add(workspace.onDidChangeWorkspaceFolders(findSoon));
  store.add({ dispose: () => timer && clearTimeout(timer) });
  await findAll();
  return store;
}

interface Surroundings {
  stream: TaskStream;
  scope: Scope;
  log: Log;
  onIndex: () => void;
}

type GitEvent = Omit<SessionEventOf<'git'>, 't' | 'kind' | 'paths'> & { paths: string[] };

/** Follows one repository. */
class Follower implements Disposable {
  /** Resolves when it knows from where the repository goes on. */
  readonly ready: Promise<unknown>;
  readonly #store = new DisposableStore();
  readonly #repository: Repository;
  readonly #around: Surroundings;
  #state: Promise<HeadState>;
  #timer: NodeJS.Timeout | null = null;
  /** The last stash, if its files stand as it has them. */
  #applied: string | null = null;
  #disposed = false;

  constructor(repository: Repository, state: HeadState | null, around: Surroundings) {
    this.#repository = repository;
    this.#around = around;
    this.#state = state ? Promise.resolve(state) : this.#begin();
    this.ready = this.#state;
    const { files } = repository;
    const look = () => this.#lookSoon();
    for (const path of [files.HEAD, files['logs/HEAD'], files['logs/refs/stash']])
      this.#store.add(watchPath(path, look));
    const indexed = () => {
      around.onIndex();
      look();
    };
    this.#store.add(watchPath(files.index, indexed));
    if (state) look();
  }

  dispose(): void {
    this.#disposed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#store.dispose();
  }

  async #begin(): Promise<HeadState> {
    const state = await readHeadState(this.#repository);
    this.#applied = await this.#appliedOf(state);
    return state;
  }

  #lookSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#state = this.#state.then((before) => this.#look(before));
    }, settleTime);
  }

  /** Tells what happened since a state. @returns the state now. */
  async #look(before: HeadState): Promise<HeadState> {
    if (this.#disposed || isRebasing(this.#repository)) return before;
    try {
      const now = await readHeadState(this.#repository);
      const applied = await this.#appliedOf(now);
      const { root } = this.#repository;
      const moves = await movesBetween(root, before, now);
      const { made, gone } = stashesBetween(before, now);
      const told = [
        ...made.map((stash) => ({ time: stash.time, tell: () => this.#tellStash('stash', stash, now) })),
        ...moves.map((move) => ({ time: move.time, tell: () => this.#tellMove(move) })),
      ];
      for (const { tell } of told.sort((a, b) => a.time - b.time)) await tell();
      for (const stash of gone) await this.#tellGone(stash, now);
      // Nothing in git's notes says that a stash was applied but is still there.
      const isNew = applied !== null && applied !== this.#applied && made.length + gone.length === 0;
      if (isNew) await this.#tellStash('stash_apply', now.stashes[0], now);
      this.#applied = applied;
      return now;
    } catch (error) {
      this.#around.log.write('git_failed', codeOf(error));
      return before;
    }
  }

  async #tellMove({ action, from, to, branch }: HeadMove): Promise<void> {
    const { root } = this.#repository;
    const { message, parents } = await messageOf(root, to);
    // A merge that only goes forward makes no commit.
    const isCommit = action === 'merge' ? parents.length > 1 : ['commit', 'revert', 'cherry_pick'].includes(action);
    const paths = await pathsBetween(root, isCommit ? (parents[0] ?? null) : from, to);
    // After a conflict, what is reverted is committed like anything else.
    const reverts = action === 'commit' && /^This reverts commit [0-9a-f]{7}/m.test(message);
    const said = isCommit ? message : null;
    this.#tell({ action: reverts ? 'revert' : action, message: said, branch, paths, moved: from !== to }, [to]);
  }

  async #tellStash(action: GitEvent['action'], { commit, subject }: LogEntry, { branch }: HeadState): Promise<void> {
    const paths = await stashedPaths(this.#repository.root, commit);
    // Without words of the person's own it repeats the last commit's.
    const [, message = null] = /^On [^:]+: (.*)/.exec(subject) ?? [];
    this.#tell({ action, message, branch, paths, moved: false }, [commit]);
  }

  /** A stash is gone when it was popped, or dropped; if it had been applied before, that was told. */
  async #tellGone(stash: LogEntry, now: HeadState): Promise<void> {
    const wasApplied = this.#applied === stash.commit;
    const action = !wasApplied && (await this.#stands(stash)) ? 'stash_apply' : 'stash_drop';
    await this.#tellStash(action, stash, now);
  }

  async #appliedOf({ stashes: [last] }: HeadState): Promise<string | null> {
    return last && (await this.#stands(last)) ? last.commit : null;
  }

  async #stands({ commit }: LogEntry): Promise<boolean> {
    const { root } = this.#repository;
    return standsAsStashed(root, commit, await stashedPaths(root, commit));
  }

  #tell(event: GitEvent, commits: string[]): void {
    if (this.#disposed) return;
    const { stream } = this.#around;
    const text = `${event.branch}\n${event.message}`;
    const hashes = [...commits, ...hashesIn(text)].map((value) => ({ type: 'commit' as const, value }));
    const tickets = ticketsIn(text).map((value) => ({ type: 'ticket' as const, value }));
    stream.append({ kind: 'known', values: [...hashes, ...tickets] });
    stream.append({ kind: 'git', ...event, paths: this.#inScope(event.paths) });
  }

  #inScope(names: readonly string[]): string[] {
    const paths: string[] = [];
    for (const name of names.slice(0, mostLookedAt)) {
      const path = this.#around.scope.pathOfReal(join(this.#repository.root, name));
      if (path !== null && paths.push(path) >= mostPaths) break;
    }
    return paths;
  }
}
