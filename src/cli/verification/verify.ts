/** Runs a task again: the tests alone over the state before, three times, and then everything, three times. */
import { lstat } from 'node:fs/promises';
import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import {
  conclude,
  runsOfState,
  type SeenStatus,
  type Verification,
  type VerificationRun,
  type VerifiedTest,
} from '../../examples/verification.ts';
import { redactText } from '../../redaction/redactText.ts';
import { TestReports } from '../../session/capture/programs/reports/testReports.ts';
import type { KnownValue } from '../../session/events.ts';
import type { TestResults } from '../../session/testResults.ts';
import { timeBand } from '../../trajectory/bands.ts';
import { sourceOf } from '../../trajectory/readTests.ts';
import type { Trajectory } from '../../trajectory/record.ts';
import { parseTestOutput } from '../../trajectory/testResults/testResults.ts';
import { version } from '../../version.ts';
import { CliError } from '../cliError.ts';
import type { Place } from './places.ts';
import type { Rebuild } from './rebuild.ts';
import { type Finished, runCommand } from './runCommand.ts';
import { runtimeOf } from './runners.ts';
import { WorkFolder } from './workFolder.ts';

export interface VerifyOptions {
  record: Trajectory;
  rebuild: Rebuild;
  place: Place;
  /** Holds the commit that the task begins at; null where the record holds all. */
  repository: string | null;
  setup: string | null;
  /** Of each run, in seconds. */
  timeLimit: number;
  signal: AbortSignal;
  onStage: (stage: string) => void;
}

interface Ran {
  run: VerificationRun;
  printed: TestResults | null;
  reported: TestResults | null;
}

const states = ['before', 'after'] as const;

/** @throws CliError when the state cannot be built, or nothing can be run in it. */
export async function verifyTask(options: VerifyOptions): Promise<Verification> {
  const { record, rebuild, place, repository, setup } = options;
  const { plan, workspace } = rebuild;
  const work = await WorkFolder.make();
  try {
    options.onStage('building the state');
    if (plan.commit && repository !== null) await work.checkOut(repository, plan.commit.hash);
    // The later state names all that either needs.
    await work.put(rebuild.states.after);
    if (!(await isFolder(join(work.task, plan.run.cwd)))) {
      throw new CliError(`the state holds no folder ${plan.run.cwd}, where the tests ran`);
    }
    if (setup !== null) await prepare(setup, work, options);
    const tools = await toolsOf(work, options);
    await work.keep();

    const ran: Ran[] = [];
    for (const state of states) {
      for (let i = 1; i <= runsOfState; i++) {
        options.onStage(
          `running the tests ${state === 'before' ? 'without' : 'with'} the patch, ${i} of ${runsOfState}`,
        );
        ran.push(await runTests(state, work, options));
      }
    }
    const told = testsOf(ran, { folder: place.taskPath(work.run), workspace, record });
    const runs = ran.map(({ run }) => run);
    return {
      verification_version: '1',
      trajectory_id: record.trajectory_id,
      revision: record.revision,
      producer: version,
      closure: plan.commit ? 'public_commit' : 'record',
      ...place.facts,
      tools,
      setup: setup !== null,
      time_limit_seconds: options.timeLimit,
      runs,
      ...told,
      ...conclude(runs, told.tests),
    };
  } finally {
    await work.remove();
  }
}

async function prepare(setup: string, work: WorkFolder, options: VerifyOptions): Promise<void> {
  options.onStage('setting up');
  const { cwd } = options.rebuild.plan.run;
  const finished = await run(options.place.launch(work.run, setup, cwd, { network: true }), options);
  if (finished.exitCode === 0) return;
  const why = finished.exitCode === null ? 'ran into the time limit' : `exited with ${finished.exitCode}`;
  throw new CliError(`--setup ${why}:\n${finished.output.slice(-2000)}`);
}

async function toolsOf(work: WorkFolder, options: VerifyOptions): Promise<Verification['tools']> {
  const { tool, tells } = runtimeOf(options.rebuild.plan.run.runner);
  const { exitCode, output } = await run(options.place.launch(work.run, tells, '.', { network: false }), options);
  return [{ name: tool, version: exitCode === 0 ? (/\d+(\.\d+)+/.exec(output)?.[0] ?? null) : null }];
}

async function runTests(state: (typeof states)[number], work: WorkFolder, options: VerifyOptions): Promise<Ran> {
  const { rebuild, place } = options;
  const { command, cwd, runner } = rebuild.plan.run;
  await work.begin();
  await work.put(rebuild.states[state]);
  const watched = new TestReports().begin(command, join(work.task, cwd), work.task);
  const finished = await run(place.launch(work.run, command, cwd, { network: false }), options);
  const reports = (await watched?.end()) ?? null;
  const { exitCode, isWhole } = finished;
  const timedOut = exitCode === null;
  const printed = timedOut ? null : parseTestOutput(runner, stripVTControlCharacters(finished.output));
  return {
    run: {
      state,
      exit_code: exitCode,
      timed_out: timedOut,
      complete: false,
      duration: timeBand(finished.milliseconds),
    },
    printed: printed && { ...printed, complete: printed.complete && isWhole },
    reported: timedOut ? null : reports,
  };
}

/** Of an engine that cannot run a container. */
const engineFailed = 125;

async function run(launch: Parameters<typeof runCommand>[0], options: VerifyOptions): Promise<Finished> {
  const finished = await runCommand(launch, options.timeLimit * 1000, options.signal);
  if (options.place.facts.place === 'container' && finished.exitCode === engineFailed) {
    throw new CliError(`the container cannot be run: ${finished.output.trim().slice(-2000)}`);
  }
  return finished;
}

/** What all runs say by name; names that this machine would give away are left out. */
function testsOf(
  ran: Ran[],
  { folder, workspace, record }: { folder: string; workspace: string; record: Trajectory },
): Pick<Verification, 'tests' | 'tests_left_out'> {
  const source = sourceOf(
    ran.map(({ printed }) => printed),
    ran.map(({ reported }) => reported),
  );
  const told = source.map((results, i) => {
    ran[i].run.complete = results?.complete ?? false;
    // As the record would name it.
    return new Map(results?.results.map(({ name, status }) => [name.replaceAll(folder, workspace), status]));
  });
  const names = [...new Set(told.flatMap((results) => [...results.keys()]))].sort();
  const recorded = new Set<string>(record.outcome.tests.map(({ name }) => name));
  const isTelling = tellingNames(names.filter((name) => !recorded.has(name)));
  const seen = (name: string, state: string): SeenStatus[] =>
    told.flatMap((results, i) => (ran[i].run.state === state ? [results.get(name) ?? 'absent'] : []));
  const tests = names
    .filter((name) => !isTelling.has(name))
    .map((name): VerifiedTest => ({ name, before: seen(name, 'before'), after: seen(name, 'after') }));
  return { tests, tests_left_out: isTelling.size };
}

/** Names in which redaction would cover something, of this machine among it. */
function tellingNames(names: readonly string[]): Set<string> {
  const known: KnownValue[] = [
    { type: 'host', value: hostname() },
    { type: 'home', value: homedir() },
    { type: 'user', value: userInfo().username },
  ];
  const isTelling = (text: string) => redactText(text, { known }).spans.length > 0;
  return new Set(isTelling(names.join('\n')) ? names.filter(isTelling) : []);
}

async function isFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    (state) => state.isDirectory(),
    () => false,
  );
}
