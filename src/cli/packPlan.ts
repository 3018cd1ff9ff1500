import { type Command, Option } from 'commander';
import { packPlan } from '../pack/plan.ts';
import type { Use } from '../pack/sources.ts';
import { useOption } from './pack.ts';
import { printJson, printLines } from './terminal.ts';

interface Options {
  out: string;
  use: Use;
  includeImported?: boolean;
  bench?: string[];
  json?: boolean;
}

export function packPlanCommand(program: Command): void {
  program
    .command('pack-plan')
    .description('write what a cluster needs to pack: the same SQL, the paths, and a runner')
    .argument('<dir...>', 'the dataset folders; also URIs that the cluster reads, which are not looked at here')
    .requiredOption('--out <dir>', 'an empty or new folder for the plan')
    .addOption(useOption())
    .addOption(new Option('--engine <engine>', 'what runs it').choices(['spark']).makeOptionMandatory())
    .option('--include-imported', 'also imported records, which grant no use: you answer for the consent')
    .option('--bench <file...>', 'leave out what holds items of these benchmarks; made by: understudy features')
    .option('--json', 'print the result as JSON')
    .action(plan);
}

async function plan(folders: string[], { out, use, includeImported, bench, json }: Options): Promise<void> {
  const files = await packPlan({ folders, out, use, includeImported: includeImported ?? false, bench: bench ?? [] });
  if (json) printJson({ out, files });
  else {
    printLines([
      [`planned into ${out}: ${files.join(', ')}`],
      ['run it where Spark is: spark-submit pack_spark.py OUT'],
    ]);
  }
}
