import assert from 'node:assert/strict';
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import { Scope } from '../../src/editor/capture/scope.ts';
import { listenToGit } from '../../src/editor/listeners/git.ts';
import { Log } from '../../src/editor/log.ts';
import { CellPaths } from '../../src/session/capture/notebooks/cellPaths.ts';
import type { Happening, TaskStream } from '../../src/session/capture/taskStream.ts';
import { GitRepository, gitIn } from '../support/gitRepository.ts';
import { fileUri, waitFor } from './support/recordings.ts';

type GitEvent = Extract<Happening, { kind: 'git' }>;
type Listening = { dispose(): void };

const root = () => fileUri().fsPath;
const git = (...args: string[]) => gitIn(root())(...args);
const write = (name: string, text: string) => writeFile(fileUri(name).fsPath, text);

describe('what git does', () => {
  let events: Happening[];
  let listening: Listening;
  let start: string;
  beforeEach(async () => {
    start = git('rev-parse', 'HEAD');
    listening = await listen();
  });
  afterEach(async () => {
    listening.dispose();
    await rm(fileUri('other').fsPath, { recursive: true, force: true });
    git('worktree', 'prune');
    git('checkout', '-qf', 'main');
    git('reset', '-q', '--hard', start);
    git('clean', '-ffdq');
    for (const branch of git('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n'))
      if (branch !== 'main') git('branch', '-qD', branch);
  });

  /** Keeps also what no task takes: a commit that follows another one. */
  async function listen(): Promise<Listening> {
    events = [];
    const stream = { append: (event: Happening) => void events.push(event) } as TaskStream;
    const log = new Log(vscode.window.createOutputChannel('git under test', { log: true }));
    const scope = await Scope.create(new CellPaths());
    const listener = await listenToGit(stream, scope, log, () => stream.append({ kind: 'git_index' }));
    return { dispose: () => [listener, scope].forEach((one) => void one.dispose()) };
  }

  const ofGit = () => events.filter((event): event is GitEvent => event.kind === 'git');

  /** The events after `step` has been seen through. */
  async function seen(count: number, step: () => unknown) {
    const known = ofGit().length;
    await step();
    await waitFor('the moves', () => ofGit().length >= known + count);
    return ofGit().slice(known);
  }
  const told = (events: Awaited<ReturnType<typeof seen>>) =>
    events.map(({ action, branch, moved, paths }) => [action, branch, moved, paths]);

  it('tells a branch switch with the branch as of then, and whether another commit came with it', async () => {
    assert.deepEqual(told(await seen(1, () => git('switch', '-qc', 'side'))), [['checkout', 'side', false, []]]);
    await write('side.txt', 'side\n');
    git('add', '.');
    const [commit, back] = await seen(2, () => {
      git('commit', '-qm', 'On the side');
      git('checkout', '-q', 'main');
    });
    assert.deepEqual([commit.action, commit.branch, commit.message], ['commit', 'side', 'On the side']);
    assert.deepEqual(told([back]), [['checkout', 'main', true, ['side.txt']]]);
  });

  it('tells a stash and what brings it back, by whichever command', async () => {
    await appendFile(fileUri('package.json').fsPath, '\n');
    const pushed = await seen(1, () => git('stash', 'push', '-q', '-m', 'later'));
    assert.deepEqual(told(pushed), [['stash', 'main', false, ['package.json']]]);
    assert.equal(pushed[0].message, 'later');
    assert.deepEqual(told(await seen(1, () => git('stash', 'apply', '-q'))), [
      ['stash_apply', 'main', false, ['package.json']],
    ]);
    assert.equal((await seen(1, () => git('stash', 'drop', '-q')))[0].action, 'stash_drop');
    const [again] = await seen(1, () => git('stash', 'push', '-q'));
    assert.deepEqual([again.action, again.message], ['stash', null]);
    assert.deepEqual(told(await seen(1, () => git('stash', 'pop', '-q'))), [
      ['stash_apply', 'main', false, ['package.json']],
    ]);
  });

  it('tells a revert and a merge with message and files, and a rebase as one', async () => {
    await write('one.txt', 'one\n');
    git('add', '.');
    await seen(1, () => git('commit', '-qm', 'One'));
    const [revert] = await seen(1, () => git('revert', '--no-edit', 'HEAD'));
    assert.deepEqual(told([revert]), [['revert', 'main', true, ['one.txt']]]);
    assert.match(revert.message ?? '', /^Revert "One"\n\nThis reverts commit [0-9a-f]{40}/);
    const reverted = /[0-9a-f]{40}/.exec(revert.message ?? '')?.[0];
    const known = events.flatMap((event) => (event.kind === 'known' ? event.values : []));
    assert.ok(known.some(({ type, value }) => type === 'commit' && value === reverted));

    await seen(3, async () => {
      git('switch', '-qc', 'topic', 'HEAD~2');
      for (const name of ['two.txt', 'three.txt']) {
        await write(name, name);
        git('add', '.');
        git('commit', '-qm', name);
      }
    });
    const rebased = await seen(1, () => git('rebase', '-q', 'main'));
    assert.deepEqual(
      rebased.map(({ action, branch, moved }) => [action, branch, moved]),
      [['rebase', 'topic', true]],
    );
    git('switch', '-q', 'main');
    const moves = await seen(2, () => git('merge', '-q', '--no-ff', '-m', 'Both', 'topic'));
    assert.deepEqual(told(moves.slice(1)), [['merge', 'main', true, ['three.txt', 'two.txt']]]);
    assert.equal(moves[1].message, 'Both');
  });

  it('tells commits that are made with the git extension', async () => {
    const extension = await vscode.extensions.getExtension('vscode.git')?.activate();
    const api = extension?.getAPI(1);
    const repository = await waitFor('the repository', () => api.repositories[0]);
    await write('button.txt', 'x\n');
    await repository.add([fileUri('button.txt').fsPath]);
    for (const [key, value] of [
      ['name', 'Author'],
      ['email', 'author@example.com'],
    ])
      await repository.setConfig(`user.${key}`, value);
    const commits = await seen(1, () => repository.commit('With a click'));
    assert.deepEqual(told(commits), [['commit', 'main', true, ['button.txt']]]);
  });

  it('needs no git extension', async () => {
    const configuration = vscode.workspace.getConfiguration('git');
    await configuration.update('enabled', false, vscode.ConfigurationTarget.Global);
    try {
      listening.dispose();
      listening = await listen();
      const commits = await seen(1, () => git('commit', '-q', '--allow-empty', '-m', 'Alone'));
      assert.deepEqual(told(commits), [['commit', 'main', true, []]]);
    } finally {
      await configuration.update('enabled', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('follows a linked work tree, whose git folder lies elsewhere', async () => {
    git('worktree', 'add', '-q', join(root(), 'other/linked'), '-b', 'linked');
    listening.dispose();
    listening = await listen();
    const linked = gitIn(join(root(), 'other/linked'));
    await write('other/linked/new.txt', 'x\n');
    linked('add', '.');
    const commits = await seen(1, () => linked('commit', '-qm', 'Linked'));
    assert.deepEqual(told(commits), [['commit', 'linked', true, ['other/linked/new.txt']]]);
  });

  it('follows two repositories, one of which is made while it records', async () => {
    await mkdir(fileUri('other/inner').fsPath, { recursive: true });
    const made = new GitRepository(fileUri('other/inner').fsPath);
    made.commit('a.txt', 'First');
    await vscode.workspace.openTextDocument(fileUri('other/inner/a.txt'));
    // Where the watcher tells of the new folder, the first commit is told too.
    await setTimeout(2000);
    made.commit('b.txt', 'Second');
    const second = await waitFor('the second', () => ofGit().find(({ message }) => message === 'Second'));
    assert.deepEqual(told([second]), [['commit', 'main', true, ['other/inner/b.txt']]]);
    const inner = made.git;
    const both = await seen(2, () => {
      inner('commit', '-q', '--allow-empty', '-m', 'Inner');
      git('commit', '-q', '--allow-empty', '-m', 'Outer');
    });
    assert.deepEqual(both.map(({ message }) => message).sort(), ['Inner', 'Outer']);
  });

  it('goes by HEAD where git keeps no log', async () => {
    git('config', 'core.logAllRefUpdates', 'false');
    git('reflog', 'expire', '--expire=now', '--all');
    await rm(fileUri('.git/logs').fsPath, { recursive: true, force: true });
    listening.dispose();
    listening = await listen();
    const commits = await seen(2, async () => {
      for (const name of ['One', 'Two']) {
        await write(name, name);
        git('add', '.');
        git('commit', '-qm', name);
      }
    });
    assert.deepEqual(
      commits.map(({ message }) => message),
      ['One', 'Two'],
    );
    assert.equal((await seen(1, () => git('switch', '-qc', 'unlogged')))[0].branch, 'unlogged');
    git('config', '--unset', 'core.logAllRefUpdates');
  });
});
