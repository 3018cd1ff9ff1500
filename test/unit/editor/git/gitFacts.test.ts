import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readDotenvFiles } from '../../../../src/editor/capture/dotenvFiles.ts';
import { readGitValues } from '../../../../src/editor/git/gitFacts.ts';
import { fakeMail, fakeName, fakeWord } from '../../../support/people.ts';

describe('what lies about a workspace', () => {
  let folder: string;
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim();
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('tells identity, authors, commits, remotes and tickets of a repository', async () => {
    const [name, mail, other, otherMail, owner] = [fakeName(), fakeMail(), fakeName(), fakeMail(), fakeWord()];
    git('init', '-q', '-b', 'main');
    git('config', 'user.name', name);
    git('config', 'user.email', mail);
    git('config', 'commit.gpgsign', 'false');
    git('remote', 'add', 'origin', `git@github.com:${owner}/kit.git`);
    git('commit', '-q', '--allow-empty', '-m', `ZOR-12 Begin\n\nCo-authored-by: ${other} <${otherMail}>`);
    git('branch', 'feature/ZOR-77-more');
    const known = (await readGitValues(folder)).map(({ type, value }) => `${type}:${value}`);
    for (const expected of [
      `person:${name}`,
      `email:${mail}`,
      `person:${other}`,
      `email:${otherMail}`,
      `repository:${owner}/kit`,
      `commit:${git('rev-parse', 'HEAD')}`,
      'ticket:ZOR-12',
      'ticket:ZOR-77',
    ]) {
      assert.ok(known.includes(expected), expected);
    }
  });

  it('reads the environment files that git ignores, in all folders, and no templates of others', async () => {
    git('init', '-q');
    await write('.gitignore', '.env\n*.local\n');
    await write('.env', 'A=one\n');
    await write('packages/api/.env.local', 'B=two\n');
    await write('.env.example', 'C=three\n');
    await write('node_modules/x/.env', 'D=four\n');
    await write('packages/api/.env', `E=${'x'.repeat(70_000)}\n`);
    assert.deepEqual((await readDotenvFiles(folder)).sort(), ['A=one\n', 'B=two\n']);
  });

  it('reads them all, but for templates, where there is no repository', async () => {
    await write('.env', 'A=one\n');
    await write('.env.example', 'C=three\n');
    assert.deepEqual(await readDotenvFiles(folder), ['A=one\n']);
    assert.deepEqual(
      (await readGitValues(folder)).filter(({ type }) => type === 'commit' || type === 'repository'),
      [],
    );
  });

  it('has nothing to tell of a folder that is not there', async () => {
    assert.deepEqual(await readDotenvFiles(join(folder, 'gone')), []);
  });
});
