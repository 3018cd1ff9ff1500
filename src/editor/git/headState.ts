/** What git says of a repository at one moment, and of what happened since another one. */
import { existsSync } from 'node:fs';
import {
  type HeadMove,
  isSame,
  type LogEntry,
  movesOf,
  newEntries,
  parseReflog,
  reflogOptions,
} from '../../session/capture/reflog.ts';
import { askGit } from './askGit.ts';
import type { Repository } from './repositories.ts';

/** More moves between two looks are no work by hand. */
const mostMoves = 200;

export interface HeadState {
  /** Null before the first commit. */
  head: string | null;
  branch: string | null;
  log: LogEntry[];
  stashes: LogEntry[];
  /** Seconds since the Unix epoch. */
  time: number;
}

/** Of a repository that has only just come into being. */
export const unbornState: HeadState = { head: null, branch: null, log: [], stashes: [], time: 0 };

export async function readHeadState({ root }: Repository): Promise<HeadState> {
  const position = () =>
    Promise.all([
      askGit(root, ['rev-parse', '--verify', '--quiet', 'HEAD']),
      askGit(root, ['symbolic-ref', '--short', '--quiet', 'HEAD']),
    ]);
  for (;;) {
    const time = Math.floor(Date.now() / 1000);
    const [head, branch] = await position();
    const [log, stashes] = await Promise.all(['HEAD', 'refs/stash'].map((ref) => readReflog(root, ref)));
    // Git went on meanwhile, and what was read does not fit together.
    if (String(await position()) !== String([head, branch])) continue;
    return { head: head || null, branch: branch || null, log, stashes, time };
  }
}

async function readReflog(root: string, ref: string): Promise<LogEntry[]> {
  return parseReflog(await askGit(root, ['reflog', `-n${mostMoves}`, ...reflogOptions, ref, '--']));
}

/** A rebase, or a series of patches, that waits for the person: it is told when it is over. */
export function isRebasing({ files }: Repository): boolean {
  return existsSync(files['rebase-merge']) || existsSync(files['rebase-apply']);
}

/** The moves of HEAD between two states, oldest first. */
export async function movesBetween(root: string, before: HeadState, now: HeadState): Promise<HeadMove[]> {
  const entries = newEntries(before.log, now.log);
  if (entries.length > 0) {
    // A stash is made with a reset of its own.
    const stashed = newEntries(before.stashes, now.stashes);
    return movesOf(entries, before.head, now.branch).filter(
      ({ action, from, to, time }) =>
        action !== 'reset' || from !== to || !stashed.some((stash) => Math.abs(stash.time - time) <= 1),
    );
  }
  return now.head !== null && (now.head !== before.head || now.branch !== before.branch)
    ? await unloggedMoves(root, before, { ...now, head: now.head })
    : [];
}

/** Where git keeps no log (`core.logAllRefUpdates`), by the commits that are there now. */
async function unloggedMoves(
  root: string,
  before: HeadState,
  { head, branch, time }: HeadState & { head: string },
): Promise<HeadMove[]> {
  const moved = (action: HeadMove['action'], from = before.head, to = head): HeadMove => ({
    action,
    from,
    to,
    branch,
    time,
  });
  if (before.branch !== branch && before.head !== null) return [moved('checkout')];
  const base = before.head && (await askGit(root, ['merge-base', before.head, head]));
  if (base !== before.head) {
    if (base === head) return [moved('reset')];
    const [parents, others] = await Promise.all([parentsOf(root, head), parentsOf(root, before.head as string)]);
    return [moved(parents === others ? 'commit' : 'unknown')];
  }
  const range = before.head ? `${before.head}..${head}` : head;
  const options = ['--first-parent', '--reverse', '--format=%H %ct %P', `-n${mostMoves}`];
  const commits = (await askGit(root, ['log', ...options, range])).split('\n').map((line) => line.split(' '));
  // Commits that had been made before came by a pull or a merge.
  if (commits.some(([, at]) => Number(at) < before.time)) return [moved('merge')];
  return commits.map(([commit, , ...parents]) =>
    moved(parents.length > 1 ? 'merge' : 'commit', parents[0] ?? null, commit),
  );
}

async function parentsOf(root: string, commit: string): Promise<string> {
  return await askGit(root, ['show', '-s', '--format=%P', commit]);
}

/** Stashes that were made, and those that are gone, between two states. */
export function stashesBetween(before: HeadState, now: HeadState): { made: LogEntry[]; gone: LogEntry[] } {
  return { made: without(now.stashes, before.stashes).reverse(), gone: without(before.stashes, now.stashes) };
}

function without(entries: readonly LogEntry[], others: readonly LogEntry[]): LogEntry[] {
  return entries.filter((entry) => !others.some((other) => isSame(entry, other)));
}
