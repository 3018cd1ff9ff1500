/** What stands around an edit in time, as far as the rules ask for it. */

import { isElsewhere } from './carets.ts';
import type { EditSeen, Seen } from './seen.ts';
import { isKeystroke, replacedWord } from './shapes.ts';

export interface Around {
  /** Milliseconds since the edit before in the same file. */
  sinceEdit: number;
  /** Whether the file was saved right after, with no other edit between. */
  saved: boolean;
  /** Whether git was at work about this time. */
  git: boolean;
  /** What one-word replacements other files saw about this time, as `from\nto`. */
  wordsElsewhere: ReadonlySet<string>;
  /** Whether it is one of several edits away from the cursor that follow each other faster than anybody acts. */
  streamed: boolean;
}

/** A file is read anew up to this long after git wrote it, or git's index is seen this much later; in milliseconds. */
const gitWindow = 2_000;
const saveWindow = 1_500;
const renameWindow = 3_000;
const streamGap = 300;
const streamLength = 3;

/** For each edit, in order, what stands around it. @param seen in the order of time. */
export function lookAround(seen: readonly Seen[]): Map<EditSeen, Around> {
  const around = new Map<EditSeen, Around>();
  const git = seen.filter(({ kind }) => kind === 'git').map(({ t }) => t);
  const words = wordReplacements(seen);
  const last = new Map<number, EditSeen>();
  let gitFrom = 0;
  let wordsFrom = 0;
  for (const one of seen) {
    if (one.kind === 'git') continue;
    const before = last.get(one.file);
    if (one.kind === 'save') {
      const about = before && around.get(before);
      if (about && one.t - before.t <= saveWindow) about.saved = true;
      continue;
    }
    while (gitFrom < git.length && git[gitFrom] < one.t - gitWindow) gitFrom++;
    while (wordsFrom < words.length && words[wordsFrom].t < one.t - renameWindow) wordsFrom++;
    const elsewhere = new Set<string>();
    for (let i = wordsFrom; i < words.length && words[i].t <= one.t + renameWindow; i++)
      if (words[i].file !== one.file) elsewhere.add(words[i].word);
    around.set(one, {
      sinceEdit: before ? one.t - before.t : Number.POSITIVE_INFINITY,
      saved: false,
      git: gitFrom < git.length && git[gitFrom] <= one.t + gitWindow,
      wordsElsewhere: elsewhere,
      streamed: false,
    });
    last.set(one.file, one);
  }
  markStreams(around);
  return around;
}

function wordReplacements(seen: readonly Seen[]): { t: number; file: number; word: string }[] {
  return seen.flatMap((one) => {
    // A key pressed within a word replaces it too.
    if (one.kind !== 'edit' || (one.changes.length === 1 && isKeystroke(one.changes[0]))) return [];
    const word = replacedWord(one.changes);
    return word ? [{ t: one.t, file: one.file, word: `${word.from}\n${word.to}` }] : [];
  });
}

function markStreams(around: Map<EditSeen, Around>): void {
  const chains = new Map<number, EditSeen[]>();
  const finish = (chain: readonly EditSeen[]) => {
    const away = chain.filter(isElsewhere).length;
    if (away < streamLength || away < chain.length / 2) return;
    for (const edit of chain) (around.get(edit) as Around).streamed = true;
  };
  for (const [edit, { sinceEdit }] of around) {
    const chain = chains.get(edit.file) ?? [];
    if (sinceEdit <= streamGap) chain.push(edit);
    else {
      finish(chain);
      chains.set(edit.file, [edit]);
    }
  }
  for (const chain of chains.values()) finish(chain);
}
