import { type Command, Option } from 'commander';
import { type Dataset, readDataset } from '../dataset/dataset.ts';
import { DatasetError } from '../dataset/errors.ts';
import { exampleFormats, exportFormats } from '../examples/formats.ts';
import type { Trajectory } from '../trajectory/record.ts';
import { replayTrajectory } from '../trajectory/replay.ts';
import { CliError } from './cliError.ts';
import { exampleViews } from './exampleView.ts';
import { exportViews } from './exportView.ts';
import { resolveId } from './resolveId.ts';
import { type Color, type Line, printJson, printLines, tellError } from './terminal.ts';
import { outcomeSpan, timeline } from './timeline.ts';

interface Options {
  examples?: boolean;
  json?: boolean;
  color: Color;
}

/** Digits of an id that tell it from others in all but huge datasets. */
const shortId = 8;
/** Code points of an instruction in the table. */
const shortInstruction = 72;

export function showCommand(program: Command): void {
  program
    .command('show')
    .description('list the trajectories of a dataset, or show one as a person reads it')
    .argument('<dir>', 'the dataset folder')
    .argument('[id]', 'a trajectory; the beginning of its id is enough')
    .option(
      '--examples',
      'show the examples that are derived from the trajectory, also those that are made on export alone',
    )
    .option('--json', 'print JSON instead')
    .addOption(new Option('--color <when>').choices(['auto', 'always', 'never']).default('auto'))
    .action(show);
}

async function show(dir: string, id: string | undefined, options: Options): Promise<void> {
  const dataset = await readDataset(dir);
  if (id === undefined && options.examples) throw new CliError('--examples shows those of one trajectory; give its id');
  if (id === undefined) await showAll(dataset, options);
  else await showOne(dataset, await resolveId(dataset, id), options);
}

async function showOne(dataset: Dataset, id: string, { examples, json, color }: Options): Promise<void> {
  const record = await dataset.readTrajectory(id);
  if (json && !examples) return printJson(record);
  const fault = replayTrajectory(record);
  if (fault) throw new CliError(`${id} is not whole: ${fault}; see: understudy validate ${dataset.folder}`);
  const verification = await dataset.readVerification(record);
  if (!examples) return printLines(timeline(record, verification), color);
  const lines = [...exampleViews(record), ...exportViews(record, verification)];
  const formats = [...exampleFormats, ...exportFormats];
  if (json) printJson(formats.map(({ name, derive }) => ({ format: name, rows: derive(record, verification) })));
  else printLines(lines.length > 0 ? lines : [['no examples']], color);
}

/** A broken record hides no other. */
async function showAll(dataset: Dataset, { json, color }: Options): Promise<void> {
  const rows: Summary[] = [];
  for await (const id of dataset.trajectoryIds()) {
    try {
      rows.push(summaryOf(await dataset.readTrajectory(id)));
    } catch (error) {
      if (!(error instanceof DatasetError)) throw error;
      tellError(error.message);
      process.exitCode = 1;
    }
  }
  if (json) printJson(rows);
  else printLines(rows.length > 0 ? table(rows) : [['no trajectories']], color);
}

interface Summary {
  trajectory_id: string;
  outcome: Trajectory['outcome']['status'];
  steps: number;
  files: number;
  languages: string[];
  part: number;
  parts: number;
  instruction: string | null;
}

function summaryOf({ trajectory_id, outcome, steps, files, part, parts, instruction }: Trajectory): Summary {
  const languages = new Set(files.map(({ language }) => language).filter((language) => language !== null));
  return {
    trajectory_id,
    outcome: outcome.status,
    steps: steps.length,
    files: files.length,
    languages: [...languages].sort(),
    part,
    parts,
    instruction: instruction.text,
  };
}

function table(rows: Summary[]): Line[] {
  const cells = rows.map(({ trajectory_id, steps, files, languages, part, parts }) => [
    trajectory_id.slice(0, shortId),
    `${steps} ${steps === 1 ? 'step' : 'steps'}`,
    `${files} ${files === 1 ? 'file' : 'files'}`,
    languages.join(', ') || '-',
    parts > 1 ? `part ${part + 1}/${parts}` : '',
  ]);
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return rows.map(({ outcome, instruction }, i) => {
    const [id, ...others] = cells[i].map((cell, column) => cell.padEnd(widths[column] && widths[column] + 2));
    const gap = ' '.repeat('abandoned  '.length - outcome.length);
    return [id, outcomeSpan(outcome), gap, ...others, shortened(instruction ?? '')];
  });
}

/** The first line. */
function shortened(text: string): string {
  const points = Array.from(text.split('\n')[0]);
  return points.length > shortInstruction ? `${points.slice(0, shortInstruction - 1).join('')}…` : points.join('');
}
