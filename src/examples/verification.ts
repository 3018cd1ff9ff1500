/**
 * What `verify-task` saw when it ran a task again, beside the record and never in it: the tests alone over the state
 * before, three times, and then everything, three times. A test is confirmed that failed in all of the first and passed in all
 * of the others; one that no run names did not fail.
 */
import * as z from 'zod';
import { step, type Trajectory, testStatus } from '../trajectory/record.ts';
import type { TaskPlan } from './taskPlan.ts';

/** How often each state is run. */
export const runsOfState = 3;

const state = z.enum(['before', 'after']);
const seen = z.enum([...testStatus.options, 'absent']);
const names = z.array(z.string());

const run = z.strictObject({
  state: state.describe('before: the state before with the tests as they became; after: all as it became'),
  exit_code: z.int().nullable().describe('null where the time limit ended it'),
  timed_out: z.boolean().describe('the time limit ended it; nothing counts that it printed'),
  complete: z.boolean().describe('every test that ran is among the results'),
  duration: z.enum(step.shape.elapsed.options),
});

const test = z.strictObject({
  name: z.string(),
  before: z.array(seen).describe('in the runs of the state before, in order'),
  after: z.array(seen).describe('in the runs of the state after'),
});

/** The row of `verification.jsonl`. */
export const verification = z
  .strictObject({
    verification_version: z.literal('1').describe('grows when its meaning changes'),
    trajectory_id: z.string(),
    revision: z.int().positive().describe('of the record that was run; of another one it says nothing'),
    producer: z.string().describe('version of Understudy'),
    closure: z.enum(['public_commit', 'record']).describe('what the state was built from, as in the task'),
    place: z.enum(['container', 'host']).describe('where it ran'),
    engine: z.enum(['docker', 'podman']).nullable().describe('what ran the container'),
    image: z.string().nullable().describe('name of the image; null where it names a registry'),
    image_id: z.string().nullable().describe('hash that the engine gave the image'),
    tools: z
      .array(z.strictObject({ name: z.string(), version: z.string().nullable() }))
      .describe('what ran the tests, as it told its version there'),
    setup: z.boolean().describe('a command of the verifier ran first, to install what is needed'),
    time_limit_seconds: z.int().positive().describe('of each run'),
    runs: z.array(run).describe('in order'),
    tests: z.array(test).describe('by name'),
    tests_left_out: z.int().nonnegative().describe('tests whose names redaction would cover'),
    fail_to_pass: names.describe('failed in each run before, passed in each run after'),
    pass_to_pass: names.describe('passed in each run'),
    flaky: names.describe('not the same in all runs of one state'),
    confirmed: z
      .boolean()
      .describe('a test went from failed to passed, each run before was red and each run after was green'),
  })
  .describe('A task that was run again, to see whether its tests tell the states apart.');
export type Verification = z.infer<typeof verification>;
export type VerificationRun = Verification['runs'][number];
export type VerifiedTest = Verification['tests'][number];
export type SeenStatus = z.infer<typeof seen>;

/** What follows from the runs. Tests are in the order of their names. */
export function conclude(
  runs: readonly VerificationRun[],
  tests: readonly VerifiedTest[],
): Pick<Verification, 'fail_to_pass' | 'pass_to_pass' | 'flaky' | 'confirmed'> {
  const all = (statuses: readonly SeenStatus[], status: SeenStatus) => statuses.every((one) => one === status);
  const those = (wanted: (test: VerifiedTest) => boolean) => tests.filter(wanted).map(({ name }) => name);
  const failToPass = those(({ before, after }) => all(before, 'failed') && all(after, 'passed'));
  const isAsItShould = ({ state, exit_code }: VerificationRun) =>
    exit_code !== null && (exit_code === 0) === (state === 'after');
  return {
    fail_to_pass: failToPass,
    pass_to_pass: those(({ before, after }) => all([...before, ...after], 'passed')),
    flaky: those((test) => [test.before, test.after].some((statuses) => !all(statuses, statuses[0]))),
    confirmed: failToPass.length > 0 && runs.every(isAsItShould),
  };
}

/** What is wrong with a row that its schema cannot tell, as sentences for people. */
export function verificationFaults(row: Verification, record: Trajectory): string[] {
  const count = (wanted: string) => row.runs.filter(({ state }) => state === wanted).length;
  const isWhole = state.options.every(
    (one) => count(one) === runsOfState && row.tests.every((test) => test[one].length === runsOfState),
  );
  const follows = Object.entries(conclude(row.runs, row.tests)).every(
    ([key, value]) => JSON.stringify(row[key as keyof Verification]) === JSON.stringify(value),
  );
  return [
    ...(row.trajectory_id === record.trajectory_id ? [] : ['belongs to another record']),
    ...(row.revision === record.revision ? [] : [`verifies revision ${row.revision}, not ${record.revision}`]),
    ...(isWhole ? [] : [`does not tell of ${runsOfState} runs of each state`]),
    ...(follows ? [] : ['its conclusions do not follow from its runs']),
  ];
}

/** Whether it shows that the task of this very record is one, built from what its row names. */
export function confirms(row: Verification, record: Trajectory, { commit }: Pick<TaskPlan, 'commit'>): boolean {
  const closure = commit ? 'public_commit' : 'record';
  return row.confirmed && row.closure === closure && verificationFaults(row, record).length === 0;
}
