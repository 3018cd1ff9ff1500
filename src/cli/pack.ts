import { type Command, Option } from 'commander';
import { exportFormats } from '../examples/formats.ts';
import { taskFormat } from '../examples/task.ts';
import { pack } from '../pack/pack.ts';
import { type PackReport, reasons } from '../pack/report.ts';
import type { Use } from '../pack/sources.ts';
import { goesOn, outFault } from './outFault.ts';
import { Progress } from './progress.ts';
import { type Line, printJson, printLines, tellError } from './terminal.ts';

interface Options {
  out: string;
  use: Use;
  includeImported?: boolean;
  bench?: string[];
  tokenizer?: string;
  also?: string[];
  json?: boolean;
}

export function useOption(): Option {
  return new Option('--use <use>', 'keep only records whose consent grants it')
    .choices(['train', 'commercial', 'redistribute', 'publish'] satisfies Use[])
    .makeOptionMandatory();
}

export function packCommand(program: Command): void {
  program
    .command('pack')
    .description(
      'make one training set of many datasets: Parquet, without duplicates, in splits; exits 1 when a record is unsound',
    )
    .argument('<dir...>', 'the dataset folders')
    .requiredOption('--out <dir>', 'an empty or new folder; an interrupted pack goes on there')
    .addOption(useOption())
    .option('--include-imported', 'also imported records, which grant no use: you answer for the consent')
    .option('--bench <file...>', 'leave out what holds items of these benchmarks; made by: understudy features')
    .option('--tokenizer <file>', 'a tokenizer.json: adds the column tokens')
    .addOption(
      new Option('--also <format...>', 'formats that no folder holds, made while it is packed').choices(
        exportFormats.map(({ name }) => name).filter((name) => name !== taskFormat.name),
      ),
    )
    .option('--json', 'print the result as JSON')
    .action(packFolders);
}

async function packFolders(folders: string[], options: Options): Promise<void> {
  const progress = new Progress();
  const report = await pack({
    folders,
    out: options.out,
    use: options.use,
    includeImported: options.includeImported ?? false,
    bench: options.bench ?? [],
    tokenizer: options.tokenizer ?? null,
    also: options.also ?? [],
    today: new Date().toISOString().slice(0, 10),
    onProgress: (stage, done, total) => progress.tell(stage, done, total),
    onUnsound: (told) => {
      progress.end();
      tellError(`left out: ${told}`);
    },
  })
    .finally(() => progress.end())
    .catch(outFault(`--out ${options.out}`, goesOn));
  if (options.json) printJson(report);
  else printLines(summary(report, options.out));
  process.exitCode = report.decisions.unsound > 0 ? 1 : 0;
}

function* summary({ decisions, copies_left_out, files, decision_sha256 }: PackReport, out: string): Iterable<Line> {
  const { kept, ...left } = decisions;
  const total = Object.values(decisions).reduce((sum, count) => sum + count, 0);
  yield [`${kept} of ${total} records kept`];
  for (const [decision, count] of Object.entries(left)) {
    if (count > 0) yield [`${count} ${decision}: ${reasons[decision as keyof typeof reasons]}`];
  }
  if (copies_left_out > 0) yield [`${copies_left_out} older revisions and further copies left out`];
  for (const { name, rows, bytes } of files) yield [`${name}: ${rows} rows, ${bytes} bytes`];
  yield [`decision table ${decision_sha256}`];
  yield [`packed into ${out}: README.md is its card, decisions.parquet tells of every record`];
}
