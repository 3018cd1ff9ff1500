/** The runs of a task's test commands, and what lies between two of them. */
import type { Redacted } from '../redaction/redacted.ts';
import type { TaskFile } from '../session/task.ts';
import { testCommand } from '../session/testCommand.ts';
import type { Draft } from './drafts.ts';
import { FileStates } from './fileStates.ts';
import type { Step } from './record.ts';

/** A test command that ended, and how is known. */
export interface Run {
  draft: Draft;
  /** Index of the draft. */
  at: number;
  green: boolean;
}

/** The files and steps of a whole task. */
export interface TaskSoFar {
  drafts: readonly Draft[];
  files: readonly TaskFile<Redacted>[];
}

/**
 * The runs of each command, in order. A run stopped by a signal (128 and more) or never started (126, 127) is none. Where
 * no exit code is told, as by a debugger, all its tests must be known by name: red if one failed, green if one passed.
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
    same.push({ draft, at, green });
  }
  return [...runs.values()];
}

/** Null where it is not known. */
function isGreen({ step: { exit_code, tests }, testsComplete }: Draft): boolean | null {
  if (exit_code !== null) return exit_code < 0 || exit_code > 125 ? null : exit_code === 0;
  if (!testsComplete) return null;
  if (tests.some(({ status }) => status === 'failed')) return false;
  return tests.some(({ status }) => status === 'passed') ? true : null;
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

/** The last edit between two runs; null where there is none, or no text differs between them. */
export function editBetween(from: Run, to: Run, task: TaskSoFar): Draft | null {
  const edit = task.drafts
    .slice(from.at + 1, to.at)
    .findLast(({ step, begin }) => step.kind === 'edit' && begin <= to.draft.begin);
  return edit && textsDiffer(from, to, task) ? edit : null;
}

/** Whether a text differs between the end of one run and the beginning of the other. */
function textsDiffer(from: Run, to: Run, { drafts, files }: TaskSoFar): boolean {
  const states = new FileStates(files.map(({ base }) => base));
  const texts = () => files.map((_, file) => states.text(file));
  for (const { step } of drafts.slice(0, from.at)) states.apply(step);
  const before = texts();
  for (const { step, times } of drafts.slice(from.at, to.at)) {
    const seen = times.filter((time) => time <= to.draft.begin).length;
    if (step.changes.length === 0 || seen > 0) states.apply({ ...step, changes: step.changes.slice(0, seen) });
  }
  return texts().some((text, file) => text !== before[file]);
}
