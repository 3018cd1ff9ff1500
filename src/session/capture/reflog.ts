/** What happened to HEAD, from git's own notes: they tell also what came and went between two looks. */
import type { SessionEventOf } from '../events.ts';

export interface HeadMove {
  action: SessionEventOf<'git'>['action'];
  /** Where HEAD stood afterwards. */
  commit: string;
}

/** Each line is `<hash>\t<subject>`, the latest first, as `git reflog --format=%H%x09%gs` prints. */
export const reflogFormat = '%H%x09%gs';

const actions: [RegExp, HeadMove['action']][] = [
  [/^commit \(merge\)|^merge |^pull/, 'merge'],
  [/^commit(?: \((?:initial|amend)\))?:/, 'commit'],
  [/^checkout:/, 'checkout'],
  [/^reset:/, 'reset'],
  [/^rebase/, 'rebase'],
  [/^revert:/, 'revert'],
];

/** The moves since HEAD stood at a commit, oldest first; from a commit that the log does not know, only the last one. */
export function movesSince(reflog: string, commit: string | null): HeadMove[] {
  const lines = reflog.split('\n').filter((line) => line.includes('\t'));
  const hashes = lines.map((line) => line.slice(0, line.indexOf('\t')));
  const from = commit === null ? -1 : hashes.indexOf(commit);
  return lines
    .slice(0, from < 0 ? 1 : from)
    .map((line, i) => ({ action: actionOf(line.slice(line.indexOf('\t') + 1)), commit: hashes[i] }))
    .reverse();
}

function actionOf(subject: string): HeadMove['action'] {
  return actions.find(([pattern]) => pattern.test(subject))?.[1] ?? 'unknown';
}
