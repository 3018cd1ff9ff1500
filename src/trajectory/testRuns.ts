/** The runs of a task's test commands, and what lies between two of them. */
import type { Redacted } from '../redaction/redacted.ts';
import type { TaskFile } from '../session/task.ts';
import { testCommand } from '../session/testCommand.ts';
import { codeText } from './codeText.ts';
import type { Draft } from './drafts.ts';
import { isTestPath } from './fileFacts.ts';
import { FileStates } from './fileStates.ts';
import type { Step } from './record.ts';

export type Moment = Pick<Run, 'draft' | 'at'>;

/** A test command that ended, and how is known. */
export interface Run {
  draft: Draft;
  /** Index of the draft. */
  at: number;
  green: boolean;
  /** Which tests the command runs depends on more than the command. */
  varies: boolean;
}

/** The files and steps of a whole task. */
export interface TaskSoFar {
  drafts: readonly Draft[];
  files: readonly TaskFile<Redacted>[];
}

/** Ctrl+C as terminals echo it, and what pytest says of it: some runners then end as if a test had failed. */
const interrupted = /\^C$|^!+ KeyboardInterrupt !+$/m;

/**
 * The runs of each command, in order. A run stopped by a signal (128 and more) or never started (126, 127) is none, nor is
 * one that was broken off before it named a failed test. Where no exit code is told, as by a debugger, all its tests must be
 * known by name: red if one failed, green if one passed.
 */
export function runsByCommand(drafts: readonly Draft[]): Run[][] {
  const runs = new Map<string, Run[]>();
  for (const [at, draft] of drafts.entries()) {
    const { kind, command, cwd } = draft.step;
    const green = kind === 'test' ? isGreen(draft) : null;
    const test = green === null ? null : testCommand(command as string, cwd);
    if (green === null || !test) continue;
    const same = runs.get(test.normalised) ?? [];
    runs.set(test.normalised, same);
    same.push({ draft, at, green, varies: test.varies });
  }
  return [...runs.values()];
}

/** Null where it is not known. */
function isGreen({ step, testsComplete }: Draft): boolean | null {
  const { exit_code, tests } = step;
  if (!cameToEnd(step)) return null;
  if (exit_code !== null) return exit_code === 0;
  if (!testsComplete) return null;
  if (tests.some(({ status }) => status === 'failed')) return false;
  return tests.some(({ status }) => status === 'passed') ? true : null;
}

/** Whether a run was neither stopped nor kept from starting, as far as that shows. */
export function cameToEnd({ exit_code, output, tests }: Step): boolean {
  if (exit_code !== null && (exit_code < 0 || exit_code > 125)) return false;
  return !interrupted.test(output ?? '') || tests.some(({ status }) => status === 'failed');
}

/** What can change the colour of a test. */
const causes: ReadonlySet<Step['kind']> = new Set(['edit', 'resync', 'file', 'git', 'command']);

/** Whether anything between two runs could explain that they differ. */
export function isExplained(from: Run, to: Run, drafts: readonly Draft[]): boolean {
  // What happened while the first run was under way stands before it, and the run may not have seen it.
  let at = from.at;
  while (at > 0 && drafts[at - 1].end >= from.draft.begin) at--;
  return drafts.slice(at, to.at).some(({ step, gaps }) => causes.has(step.kind) || gaps.length > 0);
}

/** The last edit between two runs; null where there is none, or nothing between them can have mended what was tested. */
export function editBetween(from: Moment, to: Moment, task: TaskSoFar): Draft | null {
  const edits = task.drafts
    .slice(from.at + 1, to.at)
    .filter(({ step, begin }) => step.kind === 'edit' && begin <= to.draft.begin);
  const changed = edits.length > 0 ? changedCode(from, to, task) : null;
  return edits.findLast(({ step }) => changed?.has(step.file_id)) ?? null;
}

/**
 * The files whose code differs between the end of one run and the beginning of the other, and was not put back since.
 * Documentation, comments and the tests themselves are no such code: a test that was emptied passes, too.
 */
function changedCode(from: Moment, to: Moment, task: TaskSoFar): ReadonlySet<number | null> {
  const { before, after } = textsBetween(from, to, task);
  const isChanged = (text: string | null, file: number) => {
    const { path, language, final } = task.files[file];
    if (text === before[file] || isTestPath(path) || documentation.test(path)) return false;
    const code = (of: string | null) => of && codeText(of, language);
    const red = code(before[file]);
    return code(text) !== red && code(final) !== red;
  };
  return new Set(after.flatMap((text, file) => (isChanged(text, file) ? [file] : [])));
}

/** The text of each file at the end of one run and at the beginning of the other. */
export function textsBetween(from: Moment, to: Moment, { drafts, files }: TaskSoFar) {
  const states = new FileStates(files.map(({ base }) => base));
  const texts = () => files.map((_, file) => states.text(file));
  for (const { step } of drafts.slice(0, from.at)) states.apply(step);
  const before = texts();
  for (const { step, times } of drafts.slice(from.at, to.at)) {
    const seen = times.filter((time) => time <= to.draft.begin).length;
    if (step.changes.length === 0 || seen > 0) states.apply({ ...step, changes: step.changes.slice(0, seen) });
  }
  return { before, after: texts() };
}

const documentation = /\.(?:md|mdx|rst|adoc|txt)$/i;
