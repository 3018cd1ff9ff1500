import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type LogEntry, movesOf, newEntries, parseReflog } from '../../../../src/session/capture/reflog.ts';

/** Entries of a log, latest first, each with a commit of its own where none is named. */
function log(...subjects: (string | [subject: string, commit: string])[]): LogEntry[] {
  return subjects.map((one, i) => {
    const [subject, commit] = typeof one === 'string' ? [one, `c${subjects.length - i}`] : one;
    return { commit, subject, time: 1000 + subjects.length - i };
  });
}

function told(entries: LogEntry[], branch: string | null = 'main') {
  return movesOf(entries, 'c0', branch).map(({ action, from, to, branch }) => [action, from, to, branch]);
}

describe('parseReflog', () => {
  it('reads what git prints', () => {
    const printed = 'ab12\tHEAD@{1795647543 +0100}\tcommit: a\tb @{1 +0}\tc\ncd34\tstash@{1795647542 -0500}\t';
    assert.deepEqual(parseReflog(printed), [
      { commit: 'ab12', time: 1795647543, subject: 'commit: a\tb @{1 +0}\tc' },
      { commit: 'cd34', time: 1795647542, subject: '' },
    ]);
    assert.deepEqual(parseReflog(''), []);
  });
});

describe('newEntries', () => {
  const entry = fc.record({ commit: fc.constantFrom('a', 'b'), time: fc.nat(2), subject: fc.constantFrom('x', 'y') });

  it('tells what was put in front, also when the old end was cut off', () => {
    fc.assert(
      fc.property(fc.array(entry), fc.array(entry, { minLength: 1 }), fc.nat(9), (added, before, cut) => {
        const now = [...added, ...before.slice(0, Math.max(1, before.length - cut))];
        const found = newEntries(before, now);
        // A log that repeats itself may be read as shorter, never as longer.
        assert.ok(found.length <= added.length);
        assert.deepEqual(found, now.slice(0, found.length));
      }),
    );
  });

  it('tells it exactly where moves have times or commits of their own', () => {
    const before = log('b', 'a');
    assert.deepEqual(newEntries(before, before), []);
    const added = log('f', 'e', 'd', 'c').slice(0, 2);
    assert.deepEqual(newEntries(before, [...added, ...before]), added);
    assert.deepEqual(newEntries([], before), before);
    // The log was thrown away and begun anew.
    assert.deepEqual(newEntries(before, log('z')), log('z'));
  });
});

describe('movesOf', () => {
  it('names what happened', () => {
    const subjects: [string, string][] = [
      ['commit (initial): a', 'commit'],
      ['commit: a', 'commit'],
      ['commit (amend): a', 'commit'],
      ["commit (merge): Merge branch 'b'", 'merge'],
      ['commit (cherry-pick): a', 'cherry_pick'],
      ['merge b: Fast-forward', 'merge'],
      ["merge b: Merge made by the 'ort' strategy.", 'merge'],
      ['pull: Fast-forward', 'merge'],
      ['pull --rebase: Fast-forward', 'merge'],
      ['pull --rebase origin main (finish): returning to refs/heads/main', 'rebase'],
      ['revert: Revert "a"', 'revert'],
      ['cherry-pick: a', 'cherry_pick'],
      ['reset: moving to HEAD~1', 'reset'],
      ['clone: from ../other', 'checkout'],
      ['checkout: moving from b to main', 'checkout'],
      ['am: a', 'unknown'],
      ['', 'unknown'],
    ];
    for (const [subject, action] of subjects)
      assert.equal(movesOf(log(subject), 'c0', 'main')[0].action, action, subject);
  });

  it('tells the branch as of each move, by the names under which branches were left', () => {
    const hash = 'ab'.repeat(20);
    const entries = log(
      'commit: on main',
      `checkout: moving from ${hash} to main`,
      'commit: on none',
      'checkout: moving from newer to HEAD~1',
      'Branch: renamed refs/heads/new to refs/heads/newer',
      'commit: on new',
      ['checkout: moving from old to new', 'c0'],
    );
    assert.deepEqual(
      told(entries).map(([action, , , branch]) => [action, branch]),
      [
        ['checkout', 'new'],
        ['commit', 'new'],
        ['checkout', null],
        ['commit', null],
        ['checkout', 'main'],
        ['commit', 'main'],
      ],
    );
    assert.deepEqual(told(entries)[0].slice(1, 3), ['c0', 'c0']);
  });

  it('tells a rebase as one, with the commits made while it had stopped', () => {
    const entries = log(
      'commit: after',
      'rebase (finish): returning to refs/heads/topic',
      'rebase (fixup): (pick): b',
      'commit (amend): a',
      'rebase (pick): fix (finish): a',
      'rebase (start): checkout main',
      'commit: before',
    );
    assert.deepEqual(told(entries, 'topic'), [
      ['commit', 'c0', 'c1', 'topic'],
      ['rebase', 'c1', 'c6', 'topic'],
      ['commit', 'c6', 'c7', 'topic'],
    ]);
  });

  it('ends a rebase that was aborted, given up, or made by an older git', () => {
    const aborted = log('commit: x', ['rebase (abort): updating HEAD', 'c0'], 'rebase (start): checkout main');
    assert.deepEqual(told(aborted), [
      ['rebase', 'c0', 'c0', 'main'],
      ['commit', 'c0', 'c3', 'main'],
    ]);
    const quit = log('commit: x', 'rebase (pick): a', 'rebase (start): checkout main');
    assert.deepEqual(
      told(quit).map(([action]) => action),
      ['rebase', 'commit'],
    );
    const older = log('rebase finished: returning to refs/heads/main', 'rebase: a', 'rebase: checkout main');
    assert.deepEqual(told(older), [['rebase', 'c0', 'c3', 'main']]);
    const two = log('rebase (finish): x', 'rebase (start): x', 'rebase (finish): x', 'rebase (start): x');
    assert.equal(told(two).length, 2);
  });

  it('says nothing of a checkout that changes nothing', () => {
    assert.deepEqual(told(log(['checkout: moving from main to main', 'c0'])), []);
  });
});
