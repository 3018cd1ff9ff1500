/**
 * `task`: a state, what was asked, and the tests that failed before and passed after: the columns of SWE-bench, with what
 * is needed to build it.
 *
 * Made only where named tests were seen to fail and then to pass, all that changed is known, the request was there before
 * the first change, and the state can be built again: from a public commit, from files of the record that need nothing
 * else, or because it was. `verification` says whether it was run again.
 */
import * as z from 'zod';
import type { Redacted } from '../redaction/redacted.ts';
import { notebookOf } from '../session/cellPath.ts';
import { netPatch, type PatchedFile } from '../trajectory/netPatch.ts';
import { type Trajectory, text } from '../trajectory/record.ts';
import { changesText } from '../trajectory/replay.ts';
import { count, fits, headOf, rowHead, sizeOf } from './row.ts';
import { isTestFile, openEnd, planOf } from './taskPlan.ts';
import { confirms, type Verification } from './verification.ts';

const task = z.strictObject({
  ...rowHead('1'),
  // The columns of SWE-bench, which are strings there.
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
  closure: z
    .enum(['public_commit', 'record'])
    .describe(
      'where the state comes from: public_commit: the commit, with setup_files over it; record: setup_files alone, whose imports lead to nothing else, or which were run',
    ),
  setup_files: z
    .array(z.strictObject({ path: text, text }))
    .describe('the files of the record when the task began; of a work tree that was not clean no other file is known'),
  test_command: text.describe('the command whose tests these are, as it was typed'),
  test_directory: text.describe('where it ran, relative to the workspace'),
  verification: z
    .enum(['observed', 'verified'])
    .describe(
      'observed: seen once, on the way, and perhaps on half-written code; verified: run again from the record, red three times with the tests alone and green three times with the patch, by the names in FAIL_TO_PASS',
    ),
  redacted: z.boolean().describe('a file holds placeholders, which may break a test'),
  lengths: z.strictObject({
    problem_code_points: count,
    problem_bytes: count,
    patch_code_points: count.describe('patch and test_patch'),
    patch_bytes: count,
  }),
});
export type Task = z.infer<typeof task>;

/** @param verification what running it again showed; one of another record or revision shows nothing. */
function derive(record: Trajectory, verification: Verification | null = null): Task[] {
  const made = make(record, verification);
  return typeof made === 'string' ? [] : [made];
}

/** What a record lacks, for people; null where a task can be made of it. */
function lacks(record: Trajectory, verification: Verification | null = null): string | null {
  const made = make(record, verification);
  return typeof made === 'string' ? made : null;
}

function make(record: Trajectory, verification: Verification | null): Task | string {
  const plan = planOf(record);
  if (typeof plan === 'string') return plan;
  const { run, before, after, commit, instruction } = plan;
  const verified = verification !== null && confirms(verification, record, plan) ? verification : null;
  // That it ran is the better proof that nothing was missing.
  const open = commit || verified ? null : openEnd(record, plan);
  if (open !== null) return open;

  const patchOf = (ofTests: boolean) => {
    const isWanted = (_: PatchedFile, i: number) => isTestFile(before[i], after[i]) === ofTests;
    return netPatch(before.filter(isWanted), after.filter(isWanted));
  };
  const [patch, testPatch] = [patchOf(false), patchOf(true)];
  const [asked, changed] = [sizeOf([instruction]), sizeOf([patch, testPatch])];
  const row: Task = {
    ...headOf(
      '1',
      record,
      [0, run.index],
      record.steps
        .slice(0, run.index)
        .filter(changesText)
        .flatMap(({ file_id }) => file_id ?? []),
    ),
    repo: commit ? shortRepo(commit.repo) : ('' as Redacted),
    instance_id: `understudy-${record.trajectory_id}`,
    base_commit: commit?.hash ?? '',
    patch,
    test_patch: testPatch,
    problem_statement: instruction,
    hints_text: '',
    created_at: record.period,
    version: languageVersion(record) ?? '',
    FAIL_TO_PASS: JSON.stringify(verified?.fail_to_pass ?? plan.failToPass),
    PASS_TO_PASS: JSON.stringify(verified?.pass_to_pass ?? plan.passToPass),
    environment_setup_commit: commit?.hash ?? '',
    closure: commit ? 'public_commit' : 'record',
    setup_files: before.flatMap(({ path, text }) =>
      text === null || notebookOf(path) !== null ? [] : [{ path, text }],
    ),
    test_command: run.command,
    test_directory: run.cwd,
    verification: verified ? 'verified' : 'observed',
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
