import type { Command } from 'commander';
import { benchItemsOf } from '../pack/benchmark.ts';

interface Options {
  field?: string;
}

export function featuresCommand(program: Command): void {
  program
    .command('features')
    .description('the grams of benchmark files, as JSON lines on standard output, for: understudy pack --bench')
    .argument('<file...>', 'JSON lines with the texts in --field; or, without --field, any texts, one item a file')
    .option('--field <name>', 'where the text of an item stands; a.b goes down; of a patch the added lines count')
    .action(features);
}

async function features(files: string[], { field }: Options): Promise<void> {
  for (const file of files) {
    for await (const item of benchItemsOf(file, field ?? null)) process.stdout.write(`${JSON.stringify(item)}\n`);
  }
}
