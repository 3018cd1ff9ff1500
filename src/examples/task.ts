/**
 * `task`: a state, what was asked, and the tests that failed before and passed after: the columns of SWE-bench, with what
 * is needed to build it.
 *
 * Made only where named tests were seen to fail and then to pass, all that changed is known, the request was there before
 * the first change, and the state can be built again: from a public commit, or from the files of the record alone.
 * Nothing was built or run again to make it: `verification` says so.
 */
import { posix } from 'node:path';
import * as z from 'zod';
import type { Redacted } from '../redaction/redacted.ts';
import { notebookOf } from '../session/cellPath.ts';
import { testCommand } from '../session/testCommand.ts';
import { isTestPath } from '../trajectory/fileFacts.ts';
import { FilePaths } from '../trajectory/filePaths.ts';
import { FileStates } from '../trajectory/fileStates.ts';
import { netPatch, type PatchedFile } from '../trajectory/netPatch.ts';
import { type Step, type Trajectory, text } from '../trajectory/record.ts';
import { changesText } from '../trajectory/replay.ts';
import { isDefined } from '../trajectory/testDefinition.ts';
import { missingImports } from './closure.ts';
import { count, fits, headOf, rowHead, sizeOf } from './row.ts';

/** The columns of SWE-bench: all are strings there. */
export const sweBenchColumns = {
  repo: text.describe('owner/name on GitHub, else the address of the public remote; empty where closure is record'),
  instance_id: z.string(),
  base_commit: z.string().describe('empty where closure is record'),
  patch: text.describe('unified diff of all but tests, for git apply'),
  test_patch: text.describe('unified diff of the tests, by their paths'),
  problem_statement: text.describe('the instruction, known before the first change'),
  hints_text: z.literal(''),
  created_at: z.string().describe('calendar quarter: nothing finer is recorded'),
  version: z.string().describe('of the language, where a command told it'),
  FAIL_TO_PASS: z.string().describe('JSON list of names of tests'),
  PASS_TO_PASS: z.string().describe('JSON list of names of tests'),
  environment_setup_commit: z.string(),
};

const task = z.strictObject({
  ...rowHead('1'),
  ...sweBenchColumns,
  closure: z
    .enum(['public_commit', 'record'])
    .describe(
      'where the state comes from: public_commit: the commit, with setup_files over it; record: setup_files alone, whose imports lead to nothing else',
    ),
  setup_files: z
    .array(z.strictObject({ path: text, text }))
    .describe('the files of the record when the task began; of a work tree that was not clean no other file is known'),
  test_command: text.describe('the command whose tests these are, as it was typed'),
  test_directory: text.describe('where it ran, relative to the workspace'),
  verification: z
    .enum(['observed', 'rerun'])
    .describe('observed: seen once, on the way, and perhaps on half-written code; rerun: see verification.jsonl'),
  redacted: z.boolean().describe('a file holds placeholders, which may break a test'),
  lengths: z.strictObject({
    problem_code_points: count,
    problem_bytes: count,
    patch_code_points: count.describe('patch and test_patch'),
    patch_bytes: count,
  }),
});
export type Task = z.infer<typeof task>;

function derive(record: Trajectory): Task[] {
  const made = make(record);
  return typeof made === 'string' ? [] : [made];
}

/** What a record lacks, for people; null where a task can be made of it. */
function lacks(record: Trajectory): string | null {
  const made = make(record);
  return typeof made === 'string' ? made : null;
}

function make(record: Trajectory): Task | string {
  const { outcome, gaps, steps, parts, instruction, environment } = record;
  if (parts > 1) return 'it is one part of a longer task';
  const toPass = testsThat(record, 'failed', 'passed');
  if (outcome.status !== 'succeeded' || toPass.length === 0) return 'no named test was seen to fail and then to pass';
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
  const isTest = (i: number) => isTestPath(before[i].path) || isTestPath(after[i].path);
  const patchOf = (isWanted: (i: number) => boolean) => {
    return netPatch(
      before.filter((_, i) => isWanted(i)),
      after.filter((_, i) => isWanted(i)),
    );
  };
  const [patch, testPatch] = [patchOf((i) => !isTest(i)), patchOf(isTest)];
  if (patch === '') return 'nothing but tests was changed';
  // No file has the path of a cell.
  const isCell = before.some((file, i) => notebookOf(file.path) !== null && file.text !== after[i].text);
  if (isCell) return 'it changes a notebook, whose cells are no files';
  const stray = [...before, ...after].find(({ path }) => !isInside(path));
  if (stray) return `the path ${stray.path} leads out of the workspace`;

  const isPublic = isCommit(environment.base_commit) && /^[\x21-\x7e]+$/.test(environment.repo ?? '');
  const open = isPublic ? null : openEnd(record, toPass, [before, after], run.directory);
  if (open !== null) return open;
  const [asked, changed] = [sizeOf([instruction.text as Redacted]), sizeOf([patch, testPatch])];
  const commit = (isPublic && environment.base_commit) || '';
  const row: Task = {
    ...headOf(
      '1',
      record,
      [0, run.index],
      steps
        .slice(0, run.index)
        .filter(changesText)
        .flatMap(({ file_id }) => file_id ?? []),
    ),
    repo: isPublic ? shortRepo(environment.repo as Redacted) : ('' as Redacted),
    instance_id: `understudy-${record.trajectory_id}`,
    base_commit: commit,
    patch,
    test_patch: testPatch,
    problem_statement: instruction.text as Redacted,
    hints_text: '',
    created_at: record.period,
    version: languageVersion(record) ?? '',
    FAIL_TO_PASS: JSON.stringify(toPass),
    PASS_TO_PASS: JSON.stringify(testsThat(record, 'passed', 'passed')),
    environment_setup_commit: commit,
    closure: isPublic ? 'public_commit' : 'record',
    setup_files: before.flatMap(({ path, text }) =>
      text === null || notebookOf(path) !== null ? [] : [{ path, text }],
    ),
    test_command: run.command,
    test_directory: run.cwd,
    verification: 'observed',
    redacted: record.redaction.placeholders.some(({ placeholder }) =>
      [...before, ...after].some((file) => file.text?.includes(placeholder)),
    ),
    lengths: {
      problem_code_points: asked.code_points,
      problem_bytes: asked.bytes,
      patch_code_points: changed.code_points,
      patch_bytes: changed.bytes,
    },
  };
  return fits(row) ? row : 'it is too large for a row';
}

function testsThat({ outcome }: Trajectory, before: string, after: string): Redacted[] {
  return outcome.tests
    .filter((test) => !test.flaky && test.before === before && test.after === after)
    .map(({ name }) => name)
    .sort();
}

interface TestRun {
  index: number;
  command: Redacted;
  cwd: Redacted;
  directory: string;
  exit_code: number | null;
}

/** The last run of the command that the outcome rests on. */
function lastRun({ steps, outcome }: Trajectory): TestRun | null {
  const runs = steps.flatMap((step): (TestRun & { normalised: string })[] => {
    const { index, kind, command, cwd, exit_code } = step;
    const test = kind === 'test' && command !== null ? testCommand(command, cwd) : null;
    if (command === null || cwd === null || !test || test.directory === null) return [];
    return [{ index, command, cwd, directory: test.directory, exit_code, normalised: test.normalised }];
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

/** Why the files of the record are not enough to run the tests; null where nothing is known to be missing. */
function openEnd(
  { files }: Trajectory,
  names: readonly Redacted[],
  states: readonly PatchedFile[][],
  directory: string,
): string | null {
  const texts = files.map(({ base_text, final_text }) => ({ base: base_text, final: final_text }));
  const lost = names.find((name) => isDefined(name, texts) === null);
  if (lost !== undefined) return `no public commit is known, and the record does not hold the test ${lost}`;
  const known = states.map(
    (state) => new Map(state.flatMap(({ path, text }) => (text === null ? [] : [[path, text] as [string, string]]))),
  );
  const other = [...known[0].keys()].find((path) => /\.(py|go|rs|java|kt|rb|cs|php|c|cc|cpp|swift|scala)$/.test(path));
  if (other) return `no public commit is known, and what ${other} needs is judged for JavaScript and TypeScript alone`;
  if (!known[0].has(posix.join(directory, 'package.json'))) {
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

function isCommit(hash: string | null): boolean {
  return /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(hash ?? '');
}

function shortRepo(repo: Redacted): Redacted {
  const [, name] = /github\.com[:/]([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(repo) ?? [];
  return (name ?? repo) as Redacted;
}

const languageTools = ['node', 'python', 'go', 'rustc', 'java', 'ruby', 'php'];

/** Of the first of well-known languages that a command told. */
function languageVersion({ environment }: Trajectory): Redacted | null {
  const told = environment.tools.filter(({ name, version }) => version !== null && languageTools.includes(name));
  return told.at(0)?.version ?? null;
}

export const taskFormat = { name: 'task', schema: task, derive, lacks };
