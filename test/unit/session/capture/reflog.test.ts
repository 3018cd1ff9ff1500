import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { movesSince, reflogFormat } from '../../../../src/session/capture/reflog.ts';
import { withFolder } from '../journal/support.ts';

describe('movesSince', () => {
  it('tells every move of HEAD since a commit, from what git writes', async function () {
    this.timeout(20_000);
    await withFolder(async (folder) => {
      const identity = ['-c', 'user.name=N', '-c', 'user.email=n@example.com'];
      const git = (...args: string[]) =>
        execFileSync('git', ['-C', folder, ...identity, ...args], { encoding: 'utf8', stdio: 'pipe' });
      const head = () => git('rev-parse', 'HEAD').trim();
      const commit = (name: string, ...options: string[]) => {
        writeFileSync(join(folder, name), name);
        git('add', '.');
        git('commit', '-qm', name, ...options);
      };
      const moves = (since: string | null) =>
        movesSince(git('reflog', `--format=${reflogFormat}`), since).map(({ action }) => action);

      git('init', '-q', '-b', 'main');
      commit('a');
      const first = head();
      commit('b');
      commit('c', '--amend');
      git('checkout', '-qb', 'side');
      commit('d');
      git('checkout', '-q', 'main');
      commit('e');
      git('merge', '-q', 'side', '-m', 'both');
      git('revert', '--no-edit', 'HEAD~1');
      git('reset', '-q', '--hard', 'HEAD~1');
      assert.deepEqual(moves(first), [
        'commit',
        'commit',
        'checkout',
        'commit',
        'checkout',
        'commit',
        'merge',
        'revert',
        'reset',
      ]);
      assert.deepEqual(moves(head()), []);
      assert.deepEqual(moves('0'.repeat(40)), ['reset']);
      assert.equal(movesSince(git('reflog', `--format=${reflogFormat}`), first).at(-1)?.commit, head());
    });
  });

  it('sees nothing in a repository without a log', () => {
    assert.deepEqual(movesSince('', null), []);
  });
});
