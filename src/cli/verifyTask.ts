import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { readDataset } from '../dataset/dataset.ts';
import { recordFaults } from '../dataset/recordFaults.ts';
import { openDataset } from '../dataset/store.ts';
import { openEnd } from '../examples/taskPlan.ts';
import { runsOfState } from '../examples/verification.ts';
import { CliError } from './cliError.ts';
import { resolveId } from './resolveId.ts';
import { type Line, printJson, printLines, tellLines } from './terminal.ts';
import { containerPlace, findEngine, getImage, hostPlace, type Place } from './verification/places.ts';
import { type Rebuild, rebuildOf } from './verification/rebuild.ts';
import { defaultImage } from './verification/runners.ts';
import { summary } from './verification/summary.ts';
import { verifyTask } from './verification/verify.ts';

interface Options {
  repository?: string;
  setup?: string;
  image?: string;
  unsafeHost?: boolean;
  timeLimit: number;
  yes?: boolean;
  json?: boolean;
}

export function verifyTaskCommand(program: Command): void {
  program
    .command('verify-task')
    .description(
      'run the tests of a recorded task again, without and with its patch, and keep beside the record what they show; exits 1 when they do not confirm it',
    )
    .argument('<dir>', 'the dataset folder')
    .argument('<id>', 'a trajectory; the beginning of its id is enough')
    .option('--repository <dir>', 'a clone that holds the public commit at which the task begins')
    .option('--setup <command>', 'runs once before, where the tests run and with network, to install what they need')
    .option(
      '--image <name>',
      'of the container; otherwise one for the test runner, in the version that the record tells',
    )
    .addOption(
      new Option('--unsafe-host', 'run it on this machine, without protection, instead of in a container').conflicts(
        'image',
      ),
    )
    .option('--time-limit <minutes>', 'of each run', minutes, 10)
    .option('--yes', 'run without asking; only where there is no terminal to ask on')
    .option('--json', 'print the result as JSON')
    .action(verify);
}

function minutes(value: string): number {
  const number = Number(value);
  if (!/^\d{1,4}(\.\d+)?$/.test(value) || number * 60 < 1) {
    throw new InvalidArgumentError('expected a number of minutes, one second at least');
  }
  return number;
}

async function verify(dir: string, prefix: string, options: Options): Promise<void> {
  const dataset = await readDataset(dir);
  const id = await resolveId(dataset, prefix);
  const record = await dataset.readTrajectory(id);
  const [fault] = recordFaults(record);
  if (fault) throw new CliError(`${id} is not sound: ${fault}; see: understudy validate ${dir}`);
  const rebuild = rebuildOf(record);
  if (typeof rebuild === 'string') throw new CliError(`${id} cannot be run again: ${rebuild}`);
  const { commit, run } = rebuild.plan;
  if (commit && options.repository === undefined) {
    throw new CliError(
      `${id} begins at a commit of ${commit.repo}: clone it, and name the clone by --repository (${commit.hash})`,
    );
  }
  if (!process.stdin.isTTY && !options.yes) {
    throw new CliError('this runs recorded commands, and there is no terminal to ask on; if you mean it, add --yes');
  }
  // Before anything is run: a folder that cannot be written to is told of now.
  const store = await openDataset(dir);
  const image = options.image ?? defaultImage(run.runner, record);
  const { place, prepare } = await choosePlace(options, image);
  const warning = commit ? null : openEnd(record, rebuild.plan);
  // Not on standard output, which may be JSON for a program.
  tellLines(question(rebuild, place, options, warning));
  if (process.stdin.isTTY && !(await isAgreed())) throw new CliError('nothing was run');
  await prepare();

  const interruption = new AbortController();
  const interrupt = () => interruption.abort(new CliError('interrupted; nothing was written'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt);
  const verification = await verifyTask({
    record,
    rebuild,
    place,
    repository: commit && options.repository !== undefined ? resolve(options.repository) : null,
    setup: options.setup ?? null,
    timeLimit: Math.round(options.timeLimit * 60),
    signal: interruption.signal,
    onStage: (stage) => tellLines([[stage]]),
  });
  if (!(await store.verify(verification))) {
    throw new CliError(`${id} was withdrawn or revised in the meantime; nothing was written`);
  }
  if (options.json) printJson(verification);
  else printLines(summary(verification), 'auto');
  process.exitCode = verification.confirmed ? 0 : 1;
}

async function choosePlace(
  { unsafeHost }: Options,
  image: string,
): Promise<{ place: Place; prepare: () => Promise<void> }> {
  if (unsafeHost) return { place: hostPlace(), prepare: async () => {} };
  const engine = await findEngine();
  if (!engine) {
    throw new CliError(
      'neither docker nor podman answers here, and recorded commands are run in a container. If you trust this record as you trust your own commands, add --unsafe-host.',
    );
  }
  const place = containerPlace(engine, image);
  return {
    place,
    prepare: async () => {
      place.facts.image_id = await getImage(engine, image);
    },
  };
}

/** What will be run, and where. */
function* question(
  { plan, redacted }: Rebuild,
  { description }: Place,
  { setup, timeLimit }: Options,
  warning: string | null,
): Iterable<Line> {
  yield ['These commands stand in the record, whoever wrote it, and will be run:'];
  if (setup !== undefined) yield [`  once, with network:  ${setup}`];
  yield [`  ${2 * runsOfState} times:  ${plan.run.command}`];
  yield [`  in the folder ${plan.run.cwd} of the task's files, for ${timeLimit} min at most each`];
  for (const line of description) yield [`  ${line}`];
  if (plan.commit) yield [`  with the files of commit ${plan.commit.hash} of ${plan.commit.repo}`];
  yield ["They run what the task's files say, such as scripts of package.json, and the tests."];
  if (redacted.length > 0) yield [`Placeholders stand in ${redacted.join(', ')}, which may break a test.`];
  if (warning !== null) yield [`Perhaps something is missing: ${warning}.`];
}

async function isAgreed(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question('Run them? Type yes: ');
    return answer.trim().toLowerCase() === 'yes';
  } finally {
    terminal.close();
  }
}
