import { execFile } from 'node:child_process';
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TEMPLATE = join(import.meta.dirname, 'workspace');

export interface TestWorkspace {
  folder: string;
  git(...args: string[]): Promise<string>;
  dispose(): Promise<void>;
}

/** A small project in a temporary folder: a git repository with one commit. */
export async function createTestWorkspace(template = TEMPLATE): Promise<TestWorkspace> {
  // Real: on some systems the temporary folder is a link, and VS Code's paths would not equal ours.
  // Short: a longer name that ends in drawn letters is now and then taken for a secret.
  const parent = await realpath(await mkdtemp(join(tmpdir(), 'ust-')));
  const folder = join(parent, 'workspace');
  await cp(template, folder, { recursive: true });
  const env = {
    ...process.env,
    ...{ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    ...{
      GIT_AUTHOR_NAME: 'Author',
      GIT_AUTHOR_EMAIL: 'author@example.com',
      GIT_COMMITTER_NAME: 'Author',
      GIT_COMMITTER_EMAIL: 'author@example.com',
    },
  };
  const git = async (...args: string[]) => (await run('git', args, { cwd: folder, env })).stdout;
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '.');
  await git('commit', '--quiet', '--message=Start');
  return { folder, git, dispose: () => rm(parent, { recursive: true, force: true, maxRetries: 5 }) };
}
