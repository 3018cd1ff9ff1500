/** What the task was about, in words that were written for it or seen in it: nothing is made up. */
import { deriveText } from '../redaction/derive.ts';
import type { Redacted } from '../redaction/redacted.ts';
import type { Task } from '../session/task.ts';
import type { Draft } from './drafts.ts';
import type { Trajectory } from './record.ts';
import { historiesOf, oncePerPair } from './testNames.ts';
import { editBetween, runsByCommand, type TaskSoFar } from './testRuns.ts';

export interface Instruction {
  text: Redacted | null;
  source: Trajectory['instruction']['source'];
  hindsight: boolean;
  /** The step that told it; null where it was known from the beginning, or there is none. */
  told: Draft | null;
}

const none: Instruction = { text: null, source: null, hindsight: false, told: null };

/**
 * The first of these that there is:
 *
 * 1. `user`: the person's own words.
 * 2. `commit`: the message of the last commit. It describes the answer.
 * 3. `issue`: the name of the branch on which the last edit was made, if it refers to an issue; else the line of a
 *    later revert's message that does: it describes the answer.
 * 4. `failing_test`: the names of tests that failed, passed in the next run that names them, with an edit between, and
 *    in the last one that does; those of the first run in which any of them failed. Flaky ones are none.
 */
export function instructionOf(
  task: Pick<Task<Redacted>, 'instruction' | 'files'>,
  drafts: readonly Draft[],
): Instruction {
  return (
    ownWords(task) ??
    ofCommit(drafts) ??
    ofBranch(drafts) ??
    ofRevert(drafts) ??
    ofTests({ files: task.files, drafts }) ??
    none
  );
}

/** The field in a record: `part` are its steps, `before` those of the parts in front. */
export function instructionField(
  { text, source, hindsight, told }: Instruction,
  part: readonly Draft[],
  before: readonly Draft[],
): Trajectory['instruction'] {
  const step = told === null || before.includes(told) ? 0 : part.indexOf(told);
  return { text, source, hindsight, available_from_step: text === null || step < 0 ? null : step };
}

function ownWords({ instruction }: Pick<Task<Redacted>, 'instruction'>): Instruction | null {
  return instruction && { ...instruction, hindsight: instruction.source === 'commit', told: null };
}

function ofCommit(drafts: readonly Draft[]): Instruction | null {
  const commit = drafts.findLast(({ step }) => step.action === 'commit' && step.message !== null);
  return commit ? { text: commit.step.message, source: 'commit', hindsight: true, told: commit } : null;
}

/** `123-title`, `feature/123`, `fix-issue-7`, `gh-12/title`, and what stands in place of the key of a ticket. */
const issueInBranch =
  /(?:^|\/)(?:#?[1-9]\d{0,5}(?=$|[-_/])(?!-\d\d(?:$|[-_/]))|(?:[^/]*[-_])?(?:issues?|bug|gh)[-_#]?[1-9]\d{0,5}(?!\d))|\bTICKET-(?:[a-z]{4}_)?\d{4,6}(?!\d)/i;
/** Numbers in these are versions. */
const noIssue = /^(?:releases?|versions?|v\d|dependabot|renovate|backport)(?:[-/_.]|$)/i;
/** `#12`, `owner/name#12`, `GH-12`, the address of an issue, and what stands in place of the key of a ticket. */
const issueInText =
  /(?<![#&])#[1-9]\d{0,5}\b|\bGH-[1-9]\d{0,5}\b|\/issues\/[1-9]\d{0,5}\b|\bTICKET-(?:[a-z]{4}_)?\d{4,6}(?!\d)/;

function lastEdit(drafts: readonly Draft[]): number {
  return drafts.findLastIndex(({ step }) => step.kind === 'edit');
}

function ofBranch(drafts: readonly Draft[]): Instruction | null {
  const edited = lastEdit(drafts);
  // A checkout after the last edit leads to other work.
  const named = drafts.filter(({ step }, i) => step.branch !== null && (i < edited || step.action !== 'checkout'));
  const before = named.filter((draft) => drafts.indexOf(draft) < edited);
  const branch = (before.at(-1) ?? named.at(0))?.step.branch ?? '';
  const told = named.find(({ step }) => step.branch === branch);
  if (!told || noIssue.test(branch) || !issueInBranch.test(branch)) return null;
  return { text: told.step.branch, source: 'issue', hindsight: false, told };
}

/** What is merged may be the work of others; a revert is the task's own, and a commit's message goes before its reference. */
function ofRevert(drafts: readonly Draft[]): Instruction | null {
  for (const told of drafts.slice(lastEdit(drafts) + 1)) {
    const { action, message } = told.step;
    if (action !== 'revert' || message === null) continue;
    const line = message.split('\n').find((one) => issueInText.test(one));
    if (line === undefined) continue;
    return { text: deriveText(() => line.trim(), message), source: 'issue', hindsight: true, told };
  }
  return null;
}

/** Names of tests in an instruction: of more, the first are kept. */
const mostTests = 20;

function ofTests(task: TaskSoFar): Instruction | null {
  const fixed = runsByCommand(task.drafts).flatMap((runs) => {
    const edit = oncePerPair((from, to) => editBetween(from, to, task));
    return historiesOf(runs, task)
      .filter(({ seen, flaky }) => {
        const isFixed = ({ run, status }: (typeof seen)[number], i: number) =>
          status === 'failed' && seen[i + 1]?.status === 'passed' && edit(run, seen[i + 1].run) !== null;
        return !flaky && seen.at(-1)?.status === 'passed' && seen.some(isFixed);
      })
      .map(({ name, seen }) => ({ name, run: seen.find(({ status }) => status === 'failed')!.run }));
  });
  const first = fixed.toSorted((a, b) => a.run.at - b.run.at).at(0)?.run;
  if (!first) return null;
  const names = fixed.filter(({ run }) => run.draft === first.draft).map(({ name }) => name);
  const text = deriveText((...all) => all.join('\n'), ...names.slice(0, mostTests));
  return { text, source: 'failing_test', hindsight: false, told: first.draft };
}
