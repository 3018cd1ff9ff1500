/** What the runs of one test command say of its tests by name. */
import type { Redacted } from '../redaction/redacted.ts';
import type { Draft } from './drafts.ts';
import { isTestPath } from './fileFacts.ts';
import type { Outcome, Step } from './record.ts';
import { isDefined } from './testDefinition.ts';
import { editBetween, isExplained, type Moment, type Run, type TaskSoFar, textsBetween } from './testRuns.ts';

type Status = Step['tests'][number]['status'];

/** One test in the runs that name it, in order. */
interface History {
  name: Redacted;
  seen: { run: Run; status: Status }[];
  /** It passed in one run and failed in the next, or the other way round, and nothing happened between. */
  flaky: boolean;
}

export function historiesOf(runs: readonly Run[], { drafts }: TaskSoFar): History[] {
  const histories = new Map<string, History>();
  for (const run of runs) {
    for (const { name, status } of run.draft.step.tests) {
      const history = histories.get(name) ?? { name, seen: [], flaky: false };
      histories.set(name, history);
      history.seen.push({ run, status });
    }
  }
  const explained = oncePerPair((from, to) => isExplained(from, to, drafts));
  for (const history of histories.values()) {
    history.flaky = history.seen.some(({ run, status }, i) => {
      const next = history.seen[i + 1];
      return next !== undefined && isFlip(status, next.status) && !explained(run, next.run);
    });
  }
  return [...histories.values()];
}

/** Thousands of tests ask the same of the same two runs. */
export function oncePerPair<Answer>(ask: (from: Run, to: Run) => Answer): (from: Run, to: Run) => Answer {
  const answers = new Map<string, Answer>();
  return (from, to) => {
    const key = `${from.at} ${to.at}`;
    if (!answers.has(key)) answers.set(key, ask(from, to));
    return answers.get(key) as Answer;
  };
}

function isFlip(a: Status, b: Status): boolean {
  return a !== b && a !== 'skipped' && b !== 'skipped';
}

/** As the record tells them: before is the first run that names the test, the last run of the command aside. */
export function namedTests(runs: readonly Run[], task: TaskSoFar): Outcome['tests'] {
  const last = runs.at(-1);
  const histories = historiesOf(runs, task);
  const size = task.files.reduce((sum, { base, final }) => sum + (base?.length ?? 0) + (final?.length ?? 0), 0);
  const files = histories.length * size > searchLimit ? [] : task.files;
  const first = task.drafts.findIndex(({ step }) => changes.has(step.kind));
  return histories.map(({ name, seen, flaky }) => ({
    name,
    before: seen.find(({ run }) => run !== last)?.status ?? null,
    after: seen.find(({ run }) => run === last)?.status ?? null,
    flaky,
    present_at_base: seen.some(({ run }) => first < 0 || run.at < first) ? true : isDefined(name, files),
  }));
}

/** Characters to look through for definitions; of more it is not known. */
const searchLimit = 200_000_000;

/** What can change which tests there are. */
const changes: ReadonlySet<Step['kind']> = new Set(['edit', 'resync', 'file', 'git']);

export interface Fix {
  red: Run;
  edit: Run['draft'];
  green: Run;
}

/**
 * A test that failed in one run, passed in the next that names it, with an edit between, and passed in the last run of the
 * command; none where a test that had passed failed in the last run, or that run was red. More tests must have passed in it
 * than before: of two with one name one may have been taken out. Flaky tests show nothing. Of several the one that passed last.
 */
export function fixByName(runs: readonly Run[], task: TaskSoFar): Fix | null {
  const last = runs.at(-1);
  const histories = historiesOf(runs, task);
  if (!last?.green || histories.some(({ seen }) => isIn(seen, last, 'failed'))) return null;
  const edit = oncePerPair((from, to) => editBetween(from, to, task));
  const fixes: Fix[] = [];
  for (const { seen, flaky } of histories) {
    if (flaky || !isIn(seen, last, 'passed')) continue;
    for (const [i, { run: red, status }] of seen.entries()) {
      const green = seen[i + 1];
      if (status !== 'failed' || green?.status !== 'passed' || noMorePassed(red.draft, last.draft)) continue;
      const between = edit(red, green.run);
      if (between) fixes.push({ red, edit: between, green: green.run });
    }
  }
  return fixes.sort((a, b) => b.green.at - a.green.at || b.red.at - a.red.at)[0] ?? null;
}

function isIn(seen: History['seen'], run: Run, status: Status): boolean {
  return seen.some((one) => one.run === run && one.status === status);
}

type Told = Pick<Draft, 'step' | 'testsComplete' | 'testsPassed'>;

/**
 * Whether what a red and a green run say of their tests speaks against their exit codes:
 *
 * - the green one names a failed test, or says that none passed;
 * - it ended without the numbers with which the red one closed: its program left before its tests were over;
 * - none of the tests that failed in the red one passed in it, and they were skipped or are gone: by their names or, where
 *   not all are named, because no more tests passed than before.
 */
export function contradicts(red: Told, green: Told): boolean {
  const after = new Map<string, Status>(green.step.tests.map(({ name, status }) => [name, status]));
  if ([...after.values()].includes('failed') || green.testsPassed === 0) return true;
  if (red.testsPassed !== null && green.testsPassed === null && green.step.output_status === 'complete') return true;
  const failed = red.step.tests.filter(({ status }) => status === 'failed').map(({ name }) => name);
  if (failed.length === 0) return false;
  const isGone = (name: string) => after.get(name) !== 'passed' && (after.has(name) || green.testsComplete);
  return failed.every(isGone) || noMorePassed(red, green);
}

/**
 * Whether exit codes can be believed where files of tests changed between a red and a green run: the runner counted in both,
 * and one of the tests that it named as failed still stands in some file. Else one may have been put in the place of another.
 */
export function testsStand(red: Moment, green: Moment, task: TaskSoFar): boolean {
  const { before, after } = textsBetween(red, green, task);
  if (task.files.every(({ path }, file) => !isTestPath(path) || before[file] === after[file])) return true;
  if (red.draft.testsPassed === null || green.draft.testsPassed === null) return false;
  const texts = before.map((text, file) => ({ base: after[file], final: text }));
  return red.draft.step.tests.some(({ name, status }) => status === 'failed' && isDefined(name, texts) !== false);
}

/** False where it is not known. */
function noMorePassed(red: Told, green: Told): boolean {
  return red.testsPassed !== null && green.testsPassed !== null && green.testsPassed <= red.testsPassed;
}
