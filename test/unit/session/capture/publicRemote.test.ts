import assert from 'node:assert/strict';
import { publicAddress } from '../../../../src/session/capture/publicRemote.ts';

describe('publicAddress', () => {
  it('gives the address of a repository on a public forge, however it is cloned', () => {
    for (const remote of [
      'https://github.com/owner/name.git',
      'https://github.com/owner/name/',
      'https://www.GitHub.com/owner/name',
      'git@github.com:owner/name.git',
      'ssh://git@github.com/owner/name.git',
      'ssh://git@github.com:22/owner/name',
    ])
      assert.equal(publicAddress(remote), 'https://github.com/owner/name', remote);
    assert.equal(publicAddress('git@gitlab.com:group/inner/name.git'), 'https://gitlab.com/group/inner/name');
    assert.equal(publicAddress('https://git.sr.ht/~owner/name'), 'https://git.sr.ht/~owner/name');
  });

  it('gives none of any other place, nor what names an account or a password', () => {
    for (const remote of [
      '',
      '/srv/git/name.git',
      '../name',
      'file:///srv/git/owner/name',
      'C:\\git\\owner\\name',
      'git@git.example.com:owner/name.git',
      'https://github.com.example.com/owner/name',
      'https://example.com/github.com/owner/name',
      'http://github.com/owner/name',
      'https://somebody@bitbucket.org/owner/name',
      'https://git:password@github.com/owner/name',
      'https://x-access-token:password@github.com/owner/name',
      'https://github.com:8443/owner/name',
      'https://github.com/owner',
      'https://github.com/owner/../../etc',
      'https://github.com/owner/name?x=y',
      'git@github.com:/owner/name',
    ])
      assert.equal(publicAddress(remote), null, remote);
  });
});
