/** How a task ended, judged only from what was seen, and rather not at all than wrongly. */
import type { Draft } from './drafts.ts';
import type { Outcome } from './record.ts';
import { contradicts, type Fix, fixByName, namedTests, testsStand } from './testNames.ts';
import { editBetween, isExplained, type Run, runsByCommand, type TaskSoFar } from './testRuns.ts';

export interface Verdict {
  status: Outcome['status'];
  basis: Outcome['basis'];
  evidence: Draft[];
  /** Those of the command that decided; where none did, of the one that ran last. */
  tests: Outcome['tests'];
  /** Null when nothing was edited. */
  reverted: boolean | null;
}

/**
 * The first of these that holds:
 *
 * 1. `abandoned`: something was edited, and every file is in the end as it was in the beginning.
 * 2. `succeeded`: some test command was red, then a text was edited, then the same command was green, and no test command
 *    was red in its last run. Edits count from the end of the red run to the beginning of the green one, and must have
 *    left the code of some file different, to the end; see `editBetween`. Where tests are known by name, they decide
 *    (`test_names`): one failed, passed after the edit and in the last run, and none that had passed failed there; see
 *    `fixByName`. Names and numbers of tests that speak against the exit codes undo them; see `contradicts`
 *    and `testsStand`.
 * 3. `failed`: the last run of any test command was red.
 * 4. `unknown`.
 *
 * Runs of a flaky command are no evidence (one that changed its colour although nothing happened between that could
 * explain it), unless tests that are not flaky show a fix by name.
 */
export function judge(task: TaskSoFar): Verdict {
  const { drafts, files } = task;
  const all = runsByCommand(drafts);
  const edited = drafts.some(({ step }) => step.kind === 'edit');
  const reverted = edited ? files.every(({ base, final }) => base === final) : null;
  const verdict = (
    status: Verdict['status'],
    basis: Verdict['basis'],
    evidence: Draft[] = [],
    decisive: readonly Run[] = lastNamed(all),
  ): Verdict => ({ status, basis, evidence, tests: namedTests(decisive, task), reverted });
  if (reverted) return verdict('abandoned', 'none');

  const steady = all.filter((runs) => !isFlaky(runs, task));
  if (steady.every((runs) => runs.at(-1)?.green && !namesFailure(runs.at(-1)))) {
    const byName = latestFix(all, (runs) => fixByName(runs, task));
    if (byName) return verdict('succeeded', 'test_names', byName.steps, byName.runs);
    const byCode = latestFix(steady, (runs) => fixByCode(runs, task));
    if (byCode) return verdict('succeeded', 'exit_code', byCode.steps, byCode.runs);
  }
  const decisive = steady.toSorted((a, b) => lastAt(a) - lastAt(b)).at(-1);
  const last = decisive?.at(-1);
  if (!last || last.green) return verdict('unknown', 'none');
  return verdict('failed', namesFailure(last) ? 'test_names' : 'exit_code', [last.draft], decisive);
}

function lastAt(runs: readonly Run[]): number {
  return runs.at(-1)?.at ?? -1;
}

/** The runs of the command that last named a test. */
function lastNamed(all: readonly Run[][]): readonly Run[] {
  const named = all.filter((runs) => runs.some(({ draft }) => draft.step.tests.length > 0));
  return named.sort((a, b) => lastAt(b) - lastAt(a))[0] ?? [];
}

function namesFailure(run: Run | undefined): boolean {
  return run?.draft.step.tests.some(({ status }) => status === 'failed') ?? false;
}

function isFlaky(runs: readonly Run[], { drafts }: TaskSoFar): boolean {
  return runs.some((run, i) => {
    const next = runs[i + 1];
    return next !== undefined && next.green !== run.green && !isExplained(run, next, drafts);
  });
}

/** Null unless the last red run was mended by an edit. */
function fixByCode(runs: readonly Run[], task: TaskSoFar): Fix | null {
  const at = runs.findLastIndex((run) => !run.green);
  const [red, green] = [runs[at], runs[at + 1]];
  const haveCodes = [red, green].every((run) => run && run.draft.step.exit_code !== null);
  if (!haveCodes || red.varies || contradicts(red.draft, green.draft)) return null;
  const edit = editBetween(red, green, task);
  return edit && testsStand(red, green, task) ? { red, edit, green } : null;
}

/** Of the commands with a fix, the one whose green run ended last. */
function latestFix(all: readonly Run[][], fixOf: (runs: readonly Run[]) => Fix | null) {
  const found = all.flatMap((runs) => {
    const fix = fixOf(runs);
    return fix ? [{ runs, steps: [fix.red.draft, fix.edit, fix.green.draft] }] : [];
  });
  return found.sort((a, b) => b.steps[2].end - a.steps[2].end).at(0);
}
