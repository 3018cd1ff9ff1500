import { type Command, InvalidArgumentError, Option } from 'commander';
import { readDataset } from '../dataset/dataset.ts';
import { isWithdrawn } from '../dataset/syncDataset.ts';
import { renderings } from '../examples/renderings/renderings.ts';
import { CliError } from './cliError.ts';
import { counted } from './counted.ts';
import { type ExportFilter, filterValues, takesRecord, takesRow } from './exportFilter.ts';
import { ExportFolder } from './exportFolder.ts';
import { outFault } from './outFault.ts';
import { Progress } from './progress.ts';
import { soundRecords } from './records.ts';
import { type Line, printJson, printLines } from './terminal.ts';

interface Options extends ExportFilter {
  to: string;
  out: string;
  json?: boolean;
}

/** Reasons that are counted one by one; what is rarer is summed. */
const mostReasons = 1000;
const shownReasons = 12;

export function exportCommand(program: Command): void {
  program
    .command('export')
    .description('render the examples of a dataset for a trainer; exits 1 when a record is not sound')
    .argument('<dir>', 'the dataset folder')
    .addOption(
      new Option('--to <format>', 'what reads it').choices(renderings.map(({ name }) => name)).makeOptionMandatory(),
    )
    .requiredOption('--out <dir>', 'an empty or new folder')
    .addOption(choices('--outcome <status...>', 'only these outcomes', filterValues.outcome))
    .option('--language <id...>', 'only examples in these languages, by the ids of VS Code')
    .option('--license <spdx...>', 'only code under these licences')
    .addOption(choices('--use <use...>', 'only records whose consent grants all of these', filterValues.use))
    .option('--include-imported', 'also imported records, which grant no use: you answer for the consent')
    .addOption(choices('--origin <origin...>', 'only examples whose edits were all made so', filterValues.origin))
    .option('--min-chars <n>', 'only records in which edits put in as many characters', wholeNumber)
    .addOption(choices('--signal <signal...>', 'only records made under consent to all of these', filterValues.signal))
    .option(
      '--verified',
      'only what a run showed: a repair by its own check, a task run again by verify-task, else the tests of the outcome',
    )
    .option('--json', 'print the result as JSON')
    .action(exportExamples);
}

function choices(flags: string, description: string, values: readonly string[]): Option {
  return new Option(flags, description).choices(values);
}

function wholeNumber(value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new InvalidArgumentError('expected a whole number');
  return Number(value);
}

async function exportExamples(dir: string, options: Options): Promise<void> {
  const dataset = await readDataset(dir);
  const rendering = renderings.find(({ name }) => name === options.to);
  if (!rendering) throw new CliError(`there is no format ${options.to}`);
  const withdrawn = await dataset.withdrawn();
  const folder = await ExportFolder.open(options.out, rendering, dataset.folder);
  const progress = new Progress();
  const done = { format: options.to, records: 0, records_in_it: 0, rows: 0, filtered: 0, lacking: {} as Counts };
  try {
    for await (const record of soundRecords(dataset, progress, 'exporting')) {
      if (isWithdrawn(record, withdrawn)) continue;
      done.records++;
      if (!takesRecord(record, options)) {
        done.filtered++;
        continue;
      }
      const verification = await dataset.readVerification(record);
      const rendered = rendering.render(record, verification);
      if (typeof rendered === 'string') {
        count(done.lacking, rendered);
        await folder.leaveOut(record.trajectory_id, rendered);
        continue;
      }
      const rows = rendered.filter((row) => takesRow(record, row, options));
      if (rows.length === 0) done.filtered++;
      else done.records_in_it++;
      for (const row of rows) await folder.add(row);
      done.rows += rows.length;
    }
    await folder.finish();
  } catch (error) {
    outFault(
      `--out ${options.out}`,
      'Make room, and export into an empty folder: this one is not whole.',
    )(error as Error);
  } finally {
    progress.end();
    await folder.close();
  }
  if (options.json) printJson({ ...done, files: folder.files });
  else printLines(summary(done, folder.files, options.out));
}

type Counts = Record<string, number>;

function count(counts: Counts, reason: string): void {
  const key = reason in counts || Object.keys(counts).length < mostReasons ? reason : 'other reasons';
  counts[key] = (counts[key] ?? 0) + 1;
}

function* summary(
  {
    records,
    records_in_it,
    rows,
    filtered,
    lacking,
  }: { lacking: Counts } & Record<'records' | 'records_in_it' | 'rows' | 'filtered', number>,
  files: readonly string[],
  out: string,
): Iterable<Line> {
  yield [`${counted(rows, 'row', 'rows')} from ${records_in_it} of ${counted(records, 'record', 'records')}`];
  if (filtered > 0) yield [`${filtered} left out by the filters`];
  const reasons = Object.entries(lacking).sort(([, a], [, b]) => b - a);
  for (const [reason, times] of reasons.slice(0, shownReasons)) yield [`${times} left out: ${reason}`];
  const others = reasons.slice(shownReasons).reduce((sum, [, times]) => sum + times, 0);
  if (others > 0) yield [`${others} left out for other reasons`];
  yield [`written to ${out}: ${files.join(', ')}`];
}
