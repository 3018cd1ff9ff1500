import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, pathsBetween, standsAsStashed, stashedPaths } from '../../../../src/editor/git/commitFacts.ts';
import {
  type HeadState,
  isRebasing,
  movesBetween,
  readHeadState,
  stashesBetween,
} from '../../../../src/editor/git/headState.ts';
import { findRepositories, type Repository } from '../../../../src/editor/git/repositories.ts';
import { GitRepository, gitIn } from '../../../support/gitRepository.ts';
import { withFolder } from '../../session/journal/support.ts';

/** A look after each of some steps, at what it led to. */
async function look(repository: Repository, step: () => unknown) {
  const before = await readHeadState(repository);
  step();
  const now = await readHeadState(repository);
  const moves = await movesBetween(repository.root, before, now);
  return { before, now, moves, told: moves.map(({ action, branch, from, to }) => [action, branch, from !== to]) };
}

async function withRepository(body: (made: GitRepository, found: Repository, parent: string) => Promise<void>) {
  await withFolder(async (folder) => {
    const parent = realpathSync(folder);
    const made = new GitRepository(join(parent, 'repository'));
    made.commit('a');
    made.commit('b');
    const [found] = await findRepositories(made.folder);
    await body(made, found, parent);
  });
}

describe('a look at a repository', function () {
  this.timeout(60_000);

  it('tells branches, resets, reverts and picks by what git itself writes', async () => {
    await withRepository(async (made, found) => {
      const { git } = made;
      const at = async (...args: string[]) => (await look(found, () => git(...args))).told;
      assert.deepEqual(await at('switch', '-qc', 'topic'), [['checkout', 'topic', false]]);
      made.commit('t');
      assert.deepEqual(await at('checkout', '-q', 'main'), [['checkout', 'main', true]]);
      assert.deepEqual(await at('checkout', '-q', 'main'), []);
      assert.deepEqual(await at('branch', '-m', 'trunk'), []);
      assert.deepEqual(await at('cherry-pick', 'topic'), [['cherry_pick', 'trunk', true]]);
      assert.deepEqual(await at('revert', '--no-edit', 'HEAD'), [['revert', 'trunk', true]]);
      for (const mode of ['--soft', '--mixed', '--hard'])
        assert.deepEqual(await at('reset', '-q', mode, 'HEAD~1'), [['reset', 'trunk', true]]);
      assert.deepEqual(await at('reset', '-q', '--hard'), [['reset', 'trunk', false]]);
      assert.deepEqual(await at('checkout', '-q', 'HEAD~0'), [['checkout', null, false]]);
      assert.deepEqual(await at('commit', '-q', '--allow-empty', '-m', 'x'), [['commit', null, true]]);
      assert.deepEqual(await at('tag', 'v1'), []);
    });
  });

  it('tells merges with and without a commit, and those that had conflicts', async () => {
    await withRepository(async (made, found) => {
      const { git } = made;
      git('switch', '-qc', 'topic');
      made.commit('t');
      git('switch', '-q', 'main');
      const forward = await look(found, () => git('merge', '-q', 'topic'));
      assert.deepEqual(forward.told, [['merge', 'main', true]]);
      assert.deepEqual(await pathsBetween(made.folder, forward.before.head, forward.now.head!), ['t']);
      git('switch', '-qc', 'other', 'HEAD~1');
      made.commit('t', 'mine');
      git('switch', '-q', 'main');
      const conflict = await look(found, () => made.tryGit('merge', '-q', 'other'));
      assert.deepEqual(conflict.told, []);
      made.write('t', 'both\n');
      const solved = await look(found, () => git('commit', '-qam', 'Both'));
      assert.deepEqual(solved.told, [['merge', 'main', true]]);
      const { message, parents } = await messageOf(made.folder, solved.now.head!);
      assert.deepEqual([message, parents.length], ['Both', 2]);
      assert.deepEqual(await pathsBetween(made.folder, parents[0], solved.now.head!), ['t']);
    });
  });

  it('tells a rebase as one when it is over, also one that stopped', async () => {
    await withRepository(async (made, found) => {
      const { git } = made;
      git('switch', '-qc', 'topic');
      for (const name of ['one', 'two', 'b']) made.commit(name, `topic ${name}`);
      git('switch', '-q', 'main');
      made.commit('b', 'main b');
      git('switch', '-q', 'topic');
      const before = await readHeadState(found);
      made.tryGit('rebase', '-q', 'main');
      assert.equal(isRebasing(found), true);
      made.write('b', 'both\n');
      git('add', '.');
      git('rebase', '--continue');
      assert.equal(isRebasing(found), false);
      const now = await readHeadState(found);
      const moves = await movesBetween(found.root, before, now);
      assert.deepEqual(
        moves.map(({ action, branch, from, to }) => [action, branch, from, to]),
        [['rebase', 'topic', before.head, now.head]],
      );
      const squashed = await look(found, () => {
        made.write('two', 'three\n');
        git('commit', '-qa', '--fixup', 'HEAD~1');
        git('rebase', '-qi', '--autosquash', 'main');
      });
      assert.deepEqual(
        squashed.told.map(([action]) => action),
        ['commit', 'rebase'],
      );
    });
  });

  it('tells stashes that are made, brought back and thrown away', async () => {
    await withRepository(async (made, found) => {
      const { git, folder } = made;
      made.write('a', 'a\n\n');
      made.write('new/untracked', 'new\n');
      const pushed = await look(found, () => git('stash', 'push', '-qu', '-m', 'my words'));
      assert.deepEqual(pushed.told, []);
      const { made: stashes } = stashesBetween(pushed.before, pushed.now);
      assert.deepEqual(
        stashes.map(({ subject }) => subject),
        ['On main: my words'],
      );
      const [{ commit }] = stashes;
      const paths = await stashedPaths(folder, commit);
      assert.deepEqual(paths, ['a', 'new/untracked']);
      assert.equal(await standsAsStashed(folder, commit, paths), false);
      git('stash', 'apply', '-q');
      assert.equal(await standsAsStashed(folder, commit, paths), true);
      git('reset', '-q', '--hard');
      git('clean', '-fdq');
      const popped = await look(found, () => git('stash', 'pop', '-q'));
      assert.deepEqual(stashesBetween(popped.before, popped.now), { made: [], gone: stashes });
      assert.equal(await standsAsStashed(folder, commit, paths), true);
    });
  });

  it('tells the first commit, and the past of a clone as no work', async () => {
    await withFolder(async (parent) => {
      const made = new GitRepository(join(parent, 'first'));
      const [found] = await findRepositories(made.folder);
      const { told, before } = await look(found, () => made.commit('a'));
      assert.equal(before.head, null);
      assert.deepEqual(told, [['commit', 'main', true]]);
      gitIn(parent)('clone', '-q', 'first', 'second');
      const [clone] = await findRepositories(join(parent, 'second'));
      const unborn: HeadState = { ...before, log: [], head: null };
      const moves = await movesBetween(clone.root, unborn, await readHeadState(clone));
      assert.deepEqual(
        moves.map(({ action }) => action),
        ['checkout'],
      );
    });
  });

  it('goes by the commits where git keeps no log', async () => {
    await withRepository(async (made, found) => {
      const { git } = made;
      git('config', 'core.logAllRefUpdates', 'false');
      git('reflog', 'expire', '--expire=now', '--all');
      const two = await look(found, () => [made.commit('c'), made.commit('d')]);
      assert.deepEqual(two.told, [
        ['commit', 'main', true],
        ['commit', 'main', true],
      ]);
      assert.equal(two.moves[1].to, two.now.head);
      assert.deepEqual((await look(found, () => made.commit('d', 'e', 'e', '--amend'))).told, [
        ['commit', 'main', true],
      ]);
      assert.deepEqual((await look(found, () => git('reset', '-q', 'HEAD~1'))).told, [['reset', 'main', true]]);
      assert.deepEqual((await look(found, () => git('switch', '-qc', 'x'))).told, [['checkout', 'x', false]]);
    });
  });

  it('reads an old pull or merge for what it is where git keeps no log', async () => {
    await withRepository(async (made, found) => {
      const { git } = made;
      git('config', 'core.logAllRefUpdates', 'false');
      git('switch', '-qc', 'topic');
      made.commit('t');
      git('switch', '-q', 'main');
      const before = await readHeadState(found);
      git('merge', '-q', 'topic');
      const now = await readHeadState(found);
      const moves = await movesBetween(found.root, { ...before, log: now.log, time: before.time + 60 }, now);
      assert.deepEqual(
        moves.map(({ action }) => action),
        ['merge'],
      );
    });
  });
});

describe('findRepositories', function () {
  this.timeout(60_000);

  it('finds the one above, those below, linked work trees and submodules, each with its own log', async () => {
    await withRepository(async (made, found, parent) => {
      const { git, folder } = made;
      const inner = new GitRepository(join(folder, 'packages/inner'));
      inner.commit('i');
      git('worktree', 'add', '-q', join(parent, 'linked'), '-b', 'linked');
      git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', join(folder, 'packages/inner'), 'sub');
      made.write('deep/er/file', '');
      const roots = (place: string) => findRepositories(place).then((all) => all.map(({ root }) => root).sort());
      assert.deepEqual(await roots(folder), [folder, inner.folder, join(folder, 'sub')].sort());
      assert.deepEqual(await roots(join(folder, 'deep/er')), [folder]);
      const [linked] = await findRepositories(join(parent, 'linked'));
      assert.equal(linked.files['logs/HEAD'], join(folder, '.git/worktrees/linked/logs/HEAD'));
      assert.equal(linked.files['logs/refs/stash'], found.files['logs/refs/stash']);
      const committed = await look(linked, () => gitIn(linked.root)('commit', '-q', '--allow-empty', '-m', 'x'));
      assert.deepEqual(committed.told, [['commit', 'linked', true]]);
      assert.deepEqual((await look(found, () => {})).told, []);
    });
  });

  it('finds none outside of a repository, and none in a bare one', async () => {
    await withFolder(async (folder) => {
      assert.deepEqual(await findRepositories(folder), []);
      gitIn(folder)('init', '-q', '--bare', 'bare');
      assert.deepEqual(await findRepositories(join(folder, 'bare')), []);
    });
  });
});
