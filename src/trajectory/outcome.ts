/** How a task ended, judged only from what was seen, and rather not at all than wrongly. */
import type { Redacted } from '../redaction/redacted.ts';
import type { TaskFile } from '../session/task.ts';
import type { Draft } from './drafts.ts';
import { FileStates } from './fileStates.ts';
import type { Outcome, Step } from './record.ts';
import { testCommand } from './testCommand.ts';

export interface Verdict {
  status: Outcome['status'];
  basis: Outcome['basis'];
  evidence: Draft[];
  /** Null when nothing was edited. */
  reverted: boolean | null;
}

/** A test command that ended with an exit code of its own. */
interface Run {
  draft: Draft;
  /** Index of the draft. */
  at: number;
  green: boolean;
}

/**
 * The first of these that holds:
 *
 * 1. `abandoned`: something was edited, and every file is in the end as it was in the beginning.
 * 2. `succeeded`: some test command was red, then a text was edited, then the same command was green, and no test command
 *    was red in its last run. Edits count from the end of the red run to the beginning of the green one, and must have
 *    left some text different.
 * 3. `failed`: the last run of any test command was red.
 * 4. `unknown`.
 *
 * A run without an exit code, stopped by a signal (128 and more) or never started (126, 127) is no evidence. Nor is any
 * run of a flaky command: one that changed its colour although nothing happened between that could explain it.
 */
export function judge(drafts: readonly Draft[], files: readonly TaskFile<Redacted>[]): Verdict {
  const edited = drafts.some(({ step }) => step.kind === 'edit');
  const reverted = edited ? files.every(({ base, final }) => base === final) : null;
  if (reverted) return { status: 'abandoned', basis: 'none', evidence: [], reverted };

  const commands = [...runsByCommand(drafts).values()].filter((runs) => !isFlaky(runs, drafts));
  const fixes = commands.map((runs) => fixOf(runs, drafts, files)).filter((fix) => fix !== null);
  const inOrder = commands.flat().sort((a, b) => a.at - b.at);
  if (fixes.length > 0 && commands.every((runs) => runs.at(-1)?.green)) {
    const [evidence] = fixes.sort((a, b) => b[2].end - a[2].end);
    return { status: 'succeeded', basis: 'exit_code', evidence, reverted };
  }
  const last = inOrder.at(-1);
  if (last && !last.green) return { status: 'failed', basis: 'exit_code', evidence: [last.draft], reverted };
  return { status: 'unknown', basis: 'none', evidence: [], reverted };
}

function runsByCommand(drafts: readonly Draft[]): Map<string, Run[]> {
  const runs = new Map<string, Run[]>();
  for (const [at, draft] of drafts.entries()) {
    const { kind, command, cwd, exit_code } = draft.step;
    if (kind !== 'test' || exit_code === null || exit_code < 0 || exit_code > 125) continue;
    const test = testCommand(command as string, cwd);
    if (!test) continue;
    const same = runs.get(test.normalised) ?? [];
    runs.set(test.normalised, same);
    same.push({ draft, at, green: exit_code === 0 });
  }
  return runs;
}

/** What can change the colour of a test. */
const causes: ReadonlySet<Step['kind']> = new Set(['edit', 'resync', 'file', 'git', 'command']);

function isFlaky(runs: Run[], drafts: readonly Draft[]): boolean {
  return runs.some((run, i) => {
    const next = runs[i + 1];
    if (!next || next.green === run.green) return false;
    // What happened while the first run was under way stands before it, and the run may not have seen it.
    let from = run.at;
    while (from > 0 && drafts[from - 1].end >= run.draft.begin) from--;
    return drafts.slice(from, next.at).every(({ step, gaps }) => !causes.has(step.kind) && gaps.length === 0);
  });
}

/** Red, the last edit between, green; null unless the last red run was mended by an edit. */
function fixOf(
  runs: Run[],
  drafts: readonly Draft[],
  files: readonly TaskFile<Redacted>[],
): [Draft, Draft, Draft] | null {
  const at = runs.findLastIndex((run) => !run.green);
  const [red, green] = [runs[at], runs[at + 1]];
  if (!red || !green) return null;
  const edit = drafts
    .slice(red.at + 1, green.at)
    .findLast(({ step, begin }) => step.kind === 'edit' && begin <= green.draft.begin);
  return edit && textsDiffer(drafts, files, red, green) ? [red.draft, edit, green.draft] : null;
}

/** Whether a text differs between the end of one run and the beginning of the other. */
function textsDiffer(drafts: readonly Draft[], files: readonly TaskFile<Redacted>[], red: Run, green: Run): boolean {
  const states = new FileStates(files.map(({ base }) => base));
  const texts = () => files.map((_, file) => states.text(file));
  for (const { step } of drafts.slice(0, red.at)) states.apply(step);
  const before = texts();
  for (const { step, times } of drafts.slice(red.at, green.at)) {
    const seen = times.filter((time) => time <= green.draft.begin).length;
    if (step.changes.length === 0 || seen > 0) states.apply({ ...step, changes: step.changes.slice(0, seen) });
  }
  return texts().some((text, file) => text !== before[file]);
}

/**
 * Diagnostics that an edit made go away: distinct by file, source, code and message, present in one snapshot of a file,
 * absent in its next one with an edit of the file between, and in no later one.
 */
export function countResolvedDiagnostics(drafts: readonly Draft[]): number {
  const files = new Map<number, { present: Set<string>; edited: boolean; resolved: Set<string> }>();
  for (const { step } of drafts) {
    if (step.file_id === null) continue;
    const file = files.get(step.file_id) ?? { present: new Set(), edited: false, resolved: new Set() };
    files.set(step.file_id, file);
    if (step.kind === 'edit') file.edited = true;
    if (step.kind !== 'diagnostics') continue;
    const present = new Set(step.diagnostics.map((item) => JSON.stringify([item.source, item.code, item.message])));
    if (file.edited) for (const item of file.present) file.resolved.add(item);
    for (const item of present) file.resolved.delete(item);
    file.present = present;
    file.edited = false;
  }
  return [...files.values()].reduce((sum, { resolved }) => sum + resolved.size, 0);
}
