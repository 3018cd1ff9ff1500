/** What happened to HEAD, from git's own notes: they tell also what came and went between two looks. */
import type { SessionEventOf } from '../events.ts';

export interface HeadMove {
  action: SessionEventOf<'git'>['action'];
  /** Where HEAD stood before; null before the first commit. */
  from: string | null;
  /** Where HEAD stood afterwards. */
  to: string;
  /** The branch afterwards; null for none. */
  branch: string | null;
  /** Seconds since the Unix epoch. */
  time: number;
}

export interface LogEntry {
  commit: string;
  time: number;
  subject: string;
}

/** `git reflog` prints a line for each move, the latest first. */
export const reflogOptions = ['--date=raw', '--format=%H%x09%gd%x09%gs'];

export function parseReflog(printed: string): LogEntry[] {
  return [...printed.matchAll(/^(\S+)\t.*?@\{(\d+).*?\}\t(.*)$/gm)].map(([, commit, time, subject]) => ({
    commit,
    time: Number(time),
    subject,
  }));
}

/** What a log has in front of what was read before; all of it if nothing of that is left. Both latest first. */
export function newEntries(before: readonly LogEntry[], now: readonly LogEntry[]): LogEntry[] {
  const goesOn = (at: number) => before.slice(0, now.length - at).every((entry, i) => isSame(entry, now[at + i]));
  const count = before.length === 0 ? -1 : now.findIndex((_, at) => goesOn(at));
  return count < 0 ? [...now] : now.slice(0, count);
}

export function isSame(a: LogEntry, b: LogEntry): boolean {
  return a.commit === b.commit && a.time === b.time && a.subject === b.subject;
}

const actions: [RegExp, HeadMove['action']][] = [
  [/^commit(?: \((?:initial|amend)\))?:/, 'commit'],
  [/^commit \(merge\):|^merge |^pull\b/, 'merge'],
  [/^commit \(cherry-pick\):|^cherry-pick:/, 'cherry_pick'],
  [/^checkout:|^clone:/, 'checkout'],
  [/^reset:/, 'reset'],
  [/^revert:/, 'revert'],
];
/** Git tells each step of a rebase; `pull` rebases too, under its own name and options. */
const rebaseStep = /^(?:rebase|pull)\b.*? \((\w+)\):|^rebase\b.*?(finished)?:/;
const rebaseEnd = /^(?:finish|finished|abort)$/;

/**
 * The moves that entries of HEAD's log tell of, oldest first. A rebase is one move, with the commits made while it had
 * stopped; so is none a checkout of the branch one is on, or another name for it.
 * @param entries latest first. @param before where HEAD stood before them. @param branch on which it stands now.
 */
export function movesOf(entries: readonly LogEntry[], before: string | null, branch: string | null): HeadMove[] {
  const moves: HeadMove[] = [];
  const branches = branchesAfter(entries, branch);
  for (let i = entries.length - 1; i >= 0; i--) {
    const last = isRebase(entries[i]) ? endOfRebase(entries, i) : i;
    const { commit: to, time, subject } = entries[last];
    const from = entries[i + 1]?.commit ?? before;
    const action = last < i || isRebase(entries[i]) ? 'rebase' : actionOf(subject);
    i = last;
    if (/^Branch: renamed|^checkout: moving from (\S+) to \1$/.test(subject)) continue;
    moves.push({ action, from, to, branch: branches[i], time });
  }
  return moves;
}

/** Told from the end: git notes by which name a branch was left, but for where one goes only what was typed. */
function branchesAfter(entries: readonly LogEntry[], now: string | null): (string | null)[] {
  let branch = now;
  return entries.map(({ subject }) => {
    const after = branch;
    const [, left] = /^(?:checkout: moving from|Branch: renamed refs\/heads\/)\s?(\S+) to /.exec(subject) ?? [];
    if (left !== undefined) branch = /^[0-9a-f]{40,64}$/.test(left) ? null : left;
    return after;
  });
}

function isRebase({ subject }: LogEntry): boolean {
  return rebaseStep.test(subject);
}

/** Index of its last entry: where it ends, or where it was given up without a word. */
function endOfRebase(entries: readonly LogEntry[], start: number): number {
  let last = start;
  for (let i = start; i >= 0; i--) {
    const [, stage, finished] = rebaseStep.exec(entries[i].subject) ?? [];
    if (stage === 'start' && i < start) break;
    if (rebaseEnd.test(stage ?? finished ?? '')) return i;
    if (isRebase(entries[i])) last = i;
  }
  return last;
}

function actionOf(subject: string): HeadMove['action'] {
  return actions.find(([pattern]) => pattern.test(subject))?.[1] ?? 'unknown';
}
