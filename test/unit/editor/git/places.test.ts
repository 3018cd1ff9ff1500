import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAgreedPlace, readPlace } from '../../../../src/editor/git/places.ts';
import { readRepositoryFacts } from '../../../../src/editor/git/repositoryFacts.ts';
import { GitRepository } from '../../../support/gitRepository.ts';

let top: string;
let folder: string;
beforeEach(async () => {
  top = await realpath(await mkdtemp(join(tmpdir(), 'understudy-place-')));
  folder = join(top, 'work');
});
afterEach(() => rm(top, { recursive: true, force: true }));

const past = new Date('2020-01-01');
const empty = async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
};

describe('isAgreedPlace', () => {
  it('holds for the same repository, on whatever branch, and in a new clone of it', async () => {
    const repository = new GitRepository(folder);
    repository.commit('a.txt');
    const place = await readPlace([folder]);
    repository.commit('b.txt');
    repository.git('checkout', '-q', '--orphan', 'pages');
    repository.commit('c.txt');
    assert.equal(await isAgreedPlace(place, [folder], past), true);
    repository.git('clone', '-q', '--branch', 'main', folder, join(top, 'clone'));
    await rm(folder, { recursive: true });
    new GitRepository(top).git('-C', join(top, 'clone'), 'clone', '-q', join(top, 'clone'), folder);
    assert.equal(await isAgreedPlace(place, [folder], past), true);
  });

  it('does not hold for another repository in the same folder, nor without one', async () => {
    new GitRepository(folder).commit('a.txt');
    const place = await readPlace([folder]);
    await empty();
    assert.equal(await isAgreedPlace(place, [folder], past), false);
    new GitRepository(folder).commit('other.txt');
    assert.equal(await isAgreedPlace(place, [folder], past), false);
  });

  it('does not hold with a folder more, and does with one less', async () => {
    await mkdir(folder);
    await mkdir(join(top, 'more'));
    const both = await readPlace([folder, join(top, 'more')]);
    assert.equal(await isAgreedPlace(both, [folder], past), true);
    const one = await readPlace([folder]);
    assert.equal(await isAgreedPlace(one, [folder, join(top, 'more')], past), false);
    assert.equal(await isAgreedPlace(one, [], past), false);
  });

  it('goes on where the first commit is made after the agreement, and not where a history came from elsewhere', async () => {
    await mkdir(folder);
    const place = await readPlace([folder]);
    assert.deepEqual(place, [{ path: folder, root: null }]);
    const agreedAt = new Date(Date.now() - 60_000);
    assert.equal(await isAgreedPlace(place, [folder], agreedAt), true);
    const repository = new GitRepository(folder);
    assert.equal(await isAgreedPlace(place, [folder], agreedAt), true);
    repository.commit('a.txt');
    assert.equal(await isAgreedPlace(place, [folder], agreedAt), true);
    assert.equal(await isAgreedPlace(place, [folder], new Date(Date.now() + 60_000)), false);
  });
});

describe('readRepositoryFacts', () => {
  /** A remote that was fetched from. */
  const publish = (repository: GitRepository, name: string, url: string) => {
    repository.git('remote', 'add', name, url);
    repository.git('update-ref', `refs/remotes/${name}/main`, 'HEAD');
  };

  it('tells the oldest commit, the public remote and where HEAD stands in it', async () => {
    const repository = new GitRepository(folder);
    const root = repository.commit('a.txt');
    const commit = repository.commit('b.txt');
    publish(repository, 'origin', 'git@github.com:owner/name.git');
    const address = 'https://github.com/owner/name';
    assert.deepEqual(await readRepositoryFacts([folder]), { root, address, commit });
    repository.commit('c.txt');
    assert.deepEqual(await readRepositoryFacts([folder]), { root, address, commit: null });
  });

  it('names the repository that a fork was made from', async () => {
    const repository = new GitRepository(folder);
    const root = repository.commit('a.txt');
    publish(repository, 'origin', 'git@github.com:me/name.git');
    publish(repository, 'upstream', 'https://github.com/owner/name');
    const facts = await readRepositoryFacts([folder]);
    assert.deepEqual(facts, { root, address: 'https://github.com/owner/name', commit: root });
  });

  it('names no remote that is not public, and its commits with it', async () => {
    const repository = new GitRepository(folder);
    const root = repository.commit('a.txt');
    publish(repository, 'origin', 'git@git.example.com:owner/name.git');
    assert.deepEqual(await readRepositoryFacts([folder]), { root, address: null, commit: null });
  });

  it('does not take the end of a shallow clone for the oldest commit', async () => {
    const repository = new GitRepository(folder);
    repository.commit('a.txt');
    repository.commit('b.txt');
    repository.git('clone', '-q', '--depth', '1', `file://${folder}`, join(top, 'clone'));
    assert.equal((await readRepositoryFacts([join(top, 'clone')]))?.root, null);
  });

  it('tells nothing outside of a repository, and of several', async () => {
    await mkdir(folder);
    assert.equal(await readRepositoryFacts([folder]), null);
    new GitRepository(folder).commit('a.txt');
    new GitRepository(join(top, 'other')).commit('a.txt');
    assert.equal(await readRepositoryFacts([folder, join(top, 'other')]), null);
    assert.equal(await readRepositoryFacts([]), null);
  });
});
