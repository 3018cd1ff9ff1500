/** What stands around an edit in time, as far as the rules ask for it. */

import { isElsewhere } from './carets.ts';
import type { EditSeen, Seen } from './seen.ts';
import { isKeystroke, partOf, replacedWord } from './shapes.ts';
import { UndoStack } from './undoing.ts';

export interface Around {
  /** The edit before in the same file. */
  before: EditSeen | null;
  /** Milliseconds since then. */
  sinceEdit: number;
  /** Whether the file was saved right after, with no other edit between. */
  saved: boolean;
  /** Whether git was at work about this time. */
  git: boolean;
  /** What one-word replacements other files saw about this time, as `from\nto`. */
  wordsElsewhere: ReadonlySet<string>;
  /** Whether it is one of several edits away from the cursor that follow each other faster than anybody acts. */
  streamed: boolean;
  /** Whether it is one of several insertions that go on from each other, as one text taken word by word or line by line. */
  isPart: boolean;
  /** Whether it takes back exactly what was done before, or does it again. */
  repeats: 'undo' | 'redo' | null;
}

/** A file is read anew up to this long after git wrote it, or git's index is seen this much later; in milliseconds. */
const gitWindow = 2_000;
const saveWindow = 1_500;
const renameWindow = 3_000;
const streamGap = 500;
const streamLength = 3;
/** Parts of a suggestion follow each other as fast as one key is pressed again. */
const partGap = 500;

/** For each edit, in order, what stands around it. @param seen in the order of time. */
export function lookAround(seen: readonly Seen[]): Map<EditSeen, Around> {
  const around = new Map<EditSeen, Around>();
  const git = seen.filter(({ kind }) => kind === 'git').map(({ t }) => t);
  const words = wordReplacements(seen);
  const last = new Map<number, EditSeen>();
  const stacks = new Map<number, UndoStack>();
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
    const stack = stacks.get(one.file) ?? new UndoStack();
    stacks.set(one.file, stack);
    around.set(one, {
      before: before ?? null,
      sinceEdit: before ? one.t - before.t : Number.POSITIVE_INFINITY,
      saved: false,
      git: gitFrom < git.length && git[gitFrom] <= one.t + gitWindow,
      wordsElsewhere: elsewhere,
      streamed: false,
      isPart: false,
      repeats: stack.take(one.changes),
    });
    last.set(one.file, one);
  }
  markStreams(around);
  markParts(around);
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
  markChains(
    around,
    (_edit, { sinceEdit }) => sinceEdit <= streamGap,
    (chain) => {
      const away = chain.filter(isElsewhere).length;
      if (away < streamLength || away < chain.length / 2) return;
      for (const edit of chain) (around.get(edit) as Around).streamed = true;
    },
  );
}

/** A suggestion taken in parts: words and what stands between them, or lines, each put in where the one before ended. */
function markParts(around: Map<EditSeen, Around>): void {
  markChains(around, goesOn, (chain) => {
    const isNoKey = (edit: EditSeen) => partOf(edit) !== null && !isKeystroke(edit.changes[0]);
    // What was typed in front of them and behind them is no part.
    const [from, to] = [chain.findIndex(isNoKey), chain.findLastIndex(isNoKey)];
    if (from === to) return;
    for (const edit of chain.slice(from, to + 1)) (around.get(edit) as Around).isPart = true;
  });
}

function goesOn(edit: EditSeen, { before, sinceEdit }: Around): boolean {
  const part = partOf(edit);
  const partBefore = before && partOf(before);
  if (!part || !partBefore || sinceEdit > partGap) return false;
  const [[{ offset, inserted }], [next]] = [before.changes, edit.changes];
  // Two words in a row would have been one, and the same text again is a paste again.
  const isAgain = part !== 'between' && (next.inserted === inserted || (part === 'word' && partBefore === 'word'));
  return !isAgain && next.offset === offset + inserted.length;
}

/** Cuts the edits of each file into chains. @param goesOn whether an edit belongs to the chain of the one before it. */
function markChains(
  around: Map<EditSeen, Around>,
  goesOn: (edit: EditSeen, about: Around) => boolean,
  mark: (chain: readonly EditSeen[]) => void,
): void {
  const chains = new Map<number, EditSeen[]>();
  for (const [edit, about] of around) {
    const chain = chains.get(edit.file);
    if (chain && goesOn(edit, about)) chain.push(edit);
    else {
      if (chain) mark(chain);
      chains.set(edit.file, [edit]);
    }
  }
  for (const chain of chains.values()) mark(chain);
}
