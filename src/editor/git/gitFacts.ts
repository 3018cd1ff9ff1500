/** What git tells of a folder; nothing where git is missing, slow or has nothing to say. */
import { identityOf, logFormat, repositoriesOf, ticketsIn, valuesOfLog } from '../../session/capture/knownValues.ts';
import type { KnownValue } from '../../session/events.ts';
import { askGit as git, readGitBytes } from './askGit.ts';

const mostCommits = 500;
const mostBranches = 200;

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
    const found = await readGitBytes(folder, ['cat-file', 'blob', `${version}:./${path}`]);
    if (found) return found;
  }
  return null;
}
