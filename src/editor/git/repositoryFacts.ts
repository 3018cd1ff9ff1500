/** What git tells of which repository folders are in. */
import { publicAddress } from '../../session/capture/publicRemote.ts';
import type { SessionEventOf } from '../../session/events.ts';
import { askGit } from './askGit.ts';

/** Git reads a whole history once for it. */
const patience = 60_000;

/** The oldest commit that HEAD comes from; null without one. In a shallow clone it is where the clone begins. */
export async function oldestCommit(folder: string): Promise<string | null> {
  const roots = await askGit(folder, ['rev-list', '--max-parents=0', 'HEAD'], '', patience);
  return roots.split('\n').at(-1) || null;
}

export async function headCommit(folder: string): Promise<string | null> {
  return (await askGit(folder, ['rev-parse', '--verify', '-q', 'HEAD'])) || null;
}

export async function hasCommit(folder: string, commit: string): Promise<boolean> {
  return (await askGit(folder, ['cat-file', '-t', commit])) === 'commit';
}

/** Milliseconds since the Unix epoch. */
export async function timeOf(folder: string, commit: string): Promise<number> {
  return Number(await askGit(folder, ['show', '-s', '--format=%ct', commit])) * 1000;
}

type RepositoryFacts = Omit<SessionEventOf<'repository'>, 'kind' | 't'>;

/** Null where the folders are in no repository, or in several. */
export async function readRepositoryFacts(folders: readonly string[]): Promise<RepositoryFacts | null> {
  const tops = new Set(await Promise.all(folders.map((folder) => askGit(folder, ['rev-parse', '--show-toplevel']))));
  const [folder] = folders;
  if (tops.size !== 1 || tops.has('')) return null;
  const isShallow = (await askGit(folder, ['rev-parse', '--is-shallow-repository'])) !== 'false';
  const root = isShallow ? null : await oldestCommit(folder);
  const remote = await publicRemoteOf(folder);
  const head = remote && (await headCommit(folder));
  const at = head && (await refAt(folder, head, `refs/remotes/${remote.name}/`));
  return { root, address: remote?.address ?? null, commit: head && at ? head : null };
}

/** The one that a fork is made from counts, if there is one, then the one that was cloned. */
async function publicRemoteOf(folder: string): Promise<{ name: string; address: string } | null> {
  const lines = (await askGit(folder, ['config', '--get-regexp', '^remote\\..*\\.url$'])).split('\n');
  const remotes = lines.flatMap((line) => {
    const [, name, url] = /^remote\.(.+)\.url (\S+)$/.exec(line) ?? [];
    const address = url === undefined ? null : publicAddress(url);
    return address === null ? [] : [{ name, address }];
  });
  const byName = (wanted: string) => remotes.find(({ name }) => name === wanted);
  return byName('upstream') ?? byName('origin') ?? remotes.at(0) ?? null;
}

/** A remote's branch that holds the commit. */
function refAt(folder: string, commit: string, below: string): Promise<string> {
  return askGit(folder, ['for-each-ref', '--count=1', `--contains=${commit}`, '--format=%(refname)', below]);
}
