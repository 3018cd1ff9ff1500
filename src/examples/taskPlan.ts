/** What a record tells of a task that can be given to somebody else: the two states, and the tests that tell them apart. */
import { posix } from 'node:path';
import type { Redacted } from '../redaction/redacted.ts';
import { notebookOf } from '../session/cellPath.ts';
import { testCommand } from '../session/testCommand.ts';
import { isTestPath } from '../trajectory/fileFacts.ts';
import { FilePaths } from '../trajectory/filePaths.ts';
import { FileStates } from '../trajectory/fileStates.ts';
import type { PatchedFile } from '../trajectory/netPatch.ts';
import type { Step, Trajectory } from '../trajectory/record.ts';
import { changesText } from '../trajectory/replay.ts';
import { isDefined } from '../trajectory/testDefinition.ts';
import { missingImports } from './closure.ts';

export interface TaskPlan {
  instruction: Redacted;
  /** Names of tests, sorted, as the person saw them. */
  failToPass: Redacted[];
  passToPass: Redacted[];
  /** The last run of the command that the outcome rests on. */
  run: TestRun;
  /** The files before the first step, and as that run found them: `before[i]` became `after[i]`. */
  before: PatchedFile[];
  after: PatchedFile[];
  /** Where the files around those of the record come from; null where nothing but the record is known. */
  commit: { repo: Redacted; hash: string } | null;
}

export interface TestRun {
  index: number;
  /** As typed. */
  command: Redacted;
  cwd: Redacted;
  /** Where the command's own `cd` leads. */
  directory: string;
  runner: string;
  exit_code: number | null;
}

/** @returns what the record lacks, for people, where no task can be made of it. */
export function planOf(record: Trajectory): TaskPlan | string {
  const { outcome, gaps, steps, part, parts, instruction, environment } = record;
  if (parts > 1)
    return `it is part ${part + 1} of ${parts} of a task that was too long for one record: parts are not put together`;
  const failToPass = testsThat(record, 'failed', 'passed');
  if (outcome.status !== 'succeeded' || failToPass.length === 0) {
    return 'no named test was seen to fail and then to pass';
  }
  if (gaps.length > 0) return 'something is missing in it';
  const isUnknown = ({ kind, action }: Step) => kind === 'resync' || action === 'change';
  if (steps.some(isUnknown)) return 'something changed that was not recorded';

  const run = lastRun(record);
  if (!run) return 'it is not known which command ran the tests, and where';
  if (run.exit_code !== 0) return 'the tests failed in the end';
  const first = steps.find(changesText)?.index ?? steps.length;
  const isAsked = instruction.text !== null && !instruction.hindsight;
  if (!isAsked || (instruction.available_from_step ?? Infinity) > first)
    return 'nothing was asked before the first change';

  const [before, after] = statesOf(record, run.index);
  if (!before.some((file, i) => isChanged(file, after[i]) && !isTestFile(file, after[i]))) {
    return 'nothing but tests was changed';
  }
  // No file has the path of a cell.
  if (before.some((file, i) => notebookOf(file.path) !== null && file.text !== after[i].text)) {
    return 'it changes a notebook, whose cells are no files';
  }
  const stray = [...before, ...after].find(({ path }) => !isInside(path));
  if (stray) return `the path ${stray.path} leads out of the workspace`;

  const { repo, base_commit: hash } = environment;
  const isPublic = hash !== null && isCommit(hash) && repo !== null && /^[\x21-\x7e]+$/.test(repo);
  return {
    instruction: instruction.text as Redacted,
    failToPass,
    passToPass: testsThat(record, 'passed', 'passed'),
    run,
    before,
    after,
    commit: isPublic ? { repo, hash } : null,
  };
}

function isChanged(before: PatchedFile, after: PatchedFile): boolean {
  return before.text !== after.text || (before.path !== after.path && after.text !== null);
}

/** Whether a change belongs to the patch of the tests. */
export function isTestFile(before: PatchedFile, after: PatchedFile): boolean {
  return isTestPath(before.path) || isTestPath(after.path);
}

function testsThat({ outcome }: Trajectory, before: string, after: string): Redacted[] {
  return outcome.tests
    .filter((test) => !test.flaky && test.before === before && test.after === after)
    .map(({ name }) => name)
    .sort();
}

function lastRun({ steps, outcome }: Trajectory): TestRun | null {
  const runs = steps.flatMap((step): (TestRun & { normalised: string })[] => {
    const { index, kind, command, cwd, exit_code } = step;
    const test = kind === 'test' && command !== null ? testCommand(command, cwd) : null;
    if (command === null || cwd === null || !test || test.directory === null) return [];
    const { directory, runner, normalised } = test;
    return [{ index, command, cwd, directory, runner, exit_code, normalised }];
  });
  const shown = runs.find(({ index }) => index === outcome.evidence.at(-1));
  return runs.findLast(({ normalised }) => normalised === shown?.normalised) ?? null;
}

/** The files before the first step, and as the run of the tests found them. */
export function statesOf({ files, steps }: Trajectory, run: number): [PatchedFile[], PatchedFile[]] {
  const states = new FileStates(files.map(({ base_text }) => base_text));
  const paths = new FilePaths(files.map(({ path }) => path));
  const now = () => files.map((_, file) => ({ path: paths.of(file), text: states.text(file) }));
  const before = now();
  for (const step of steps.slice(0, run)) {
    states.apply(step);
    paths.apply(step);
  }
  return [before, now()];
}

/** Why the files of the record do not seem to be enough to run the tests; null where nothing is known to be missing. */
export function openEnd({ files }: Trajectory, { failToPass, before, after, run }: TaskPlan): string | null {
  const texts = files.map(({ base_text, final_text }) => ({ base: base_text, final: final_text }));
  const lost = failToPass.find((name) => isDefined(name, texts) === null);
  if (lost !== undefined) return `no public commit is known, and the record does not hold the test ${lost}`;
  const known = [before, after].map(
    (state) => new Map(state.flatMap(({ path, text }) => (text === null ? [] : [[path, text] as [string, string]]))),
  );
  const other = [...known[0].keys()].find((path) => /\.(py|go|rs|java|kt|rb|cs|php|c|cc|cpp|swift|scala)$/.test(path));
  if (other) return `no public commit is known, and what ${other} needs is judged for JavaScript and TypeScript alone`;
  if (!known[0].has(posix.join(run.directory, 'package.json'))) {
    return 'no public commit is known, and the record does not hold package.json';
  }
  const [missing] = known.flatMap(missingImports);
  return missing ? `no public commit is known, and the record does not hold ${missing}` : null;
}

/** Whether a path stays where it is put. */
export function isInside(path: string): boolean {
  return (
    path !== '' && !/[\\\x00-\x1f]|^[a-z]:/i.test(path) && !posix.isAbsolute(path) && !path.split('/').includes('..')
  );
}

function isCommit(hash: string): boolean {
  return /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(hash);
}
