/** What git tells of a folder; nothing where git is missing, slow or has nothing to say. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { identityOf, logFormat, repositoriesOf, ticketsIn, valuesOfLog } from '../session/capture/knownValues.ts';
import type { KnownValue } from '../session/events.ts';

const run = promisify(execFile);
/** A git that hangs must not hold up recording. */
const timeout = 5000;
const maxBuffer = 4 * 2 ** 20;
const mostCommits = 500;
const mostBranches = 200;
/** No question starts a program that the repository's own settings name, or asks for a password. */
const quiet = ['-c', 'core.fsmonitor=false', '-c', 'log.showSignature=false'];

/** Identity, remotes, recent authors and commits, tickets of branches. */
export async function readGitValues(folder: string): Promise<KnownValue[]> {
  const [name, mail, globalName, globalMail, remotes, log, branches] = await Promise.all([
    git(folder, ['config', 'user.name']),
    git(folder, ['config', 'user.email']),
    git(folder, ['config', '--global', 'user.name']),
    git(folder, ['config', '--global', 'user.email']),
    git(folder, ['config', '--get-regexp', '^remote\\..*\\.(push)?url$']),
    git(folder, ['log', '-z', `-n${mostCommits}`, `--format=${logFormat}`]),
    git(folder, [
      'for-each-ref',
      '--sort=-committerdate',
      `--count=${mostBranches}`,
      '--format=%(refname:short)',
      'refs',
    ]),
  ]);
  return [
    ...identityOf(name, mail),
    ...identityOf(globalName, globalMail),
    ...repositoriesOf(remotes),
    ...valuesOfLog(log),
    ...ticketsIn(branches).map((value): KnownValue => ({ type: 'ticket', value })),
  ];
}

/** Those of the paths that git ignores; null where the folder is in no repository. */
export async function ignoredBy(folder: string, paths: readonly string[]): Promise<string[] | null> {
  if ((await git(folder, ['rev-parse', '--is-inside-work-tree'])) !== 'true') return null;
  const ignored = await git(folder, ['check-ignore', '-z', '--stdin'], paths.join('\0'));
  return ignored.split('\0').filter((path) => path !== '');
}

/** What git keeps of a file: in its index, or else in its last commit. Null where there is none. */
export async function readCommitted(folder: string, path: string): Promise<Buffer | null> {
  for (const version of ['', 'HEAD']) {
    const args = ['-C', folder, ...quiet, 'cat-file', 'blob', `${version}:./${path}`];
    const found = await run('git', args, { ...options(), encoding: 'buffer' }).catch(() => null);
    if (found) return found.stdout;
  }
  return null;
}

function options() {
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  return { timeout, maxBuffer, killSignal: 'SIGKILL', env, windowsHide: true } as const;
}

async function git(folder: string, args: string[], input = ''): Promise<string> {
  const running = run('git', ['-C', folder, ...quiet, ...args], options());
  // A git that ends without reading, or is not there, closes the pipe.
  running.child.stdin?.on('error', () => {}).end(input);
  return await running.then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
}
