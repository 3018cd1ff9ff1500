import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readDataset } from '../dataset/dataset.ts';
import { openDataset } from '../dataset/store.ts';
import { type SyncReport, syncDataset } from '../dataset/syncDataset.ts';
import { CliError } from './cliError.ts';
import { Progress } from './progress.ts';
import { type Line, printJson, printLines, visible } from './terminal.ts';

export function syncCommand(program: Command): void {
  program
    .command('sync')
    .description('bring a copy of a dataset up to its source; exits 1 when something could not be taken over')
    .argument('<source>', 'the dataset folder that others write')
    .argument('<copy>', 'your copy of it, which may hold other datasets too; made when it is not there')
    .option('--json', 'print the result as JSON')
    .action(sync);
}

async function sync(from: string, to: string, { json }: { json?: boolean }): Promise<void> {
  const source = await readDataset(from);
  if (resolve(to) === source.folder) throw new CliError(`${to} is the source itself. Name the copy.`);
  const copy = await openDataset(to);
  const progress = new Progress();
  const report = await copy.inBulk(() =>
    syncDataset(source, copy, (done) => progress.tell('looking at records', done)),
  );
  progress.end();
  for (const fault of report.faults) process.stderr.write(`understudy: left out: ${visible(fault)}\n`);
  const stale = [...report.revised, ...report.withdrawn];
  if (json) printJson({ ...report, pack_anew: stale.length > 0 });
  else printLines(summary(report, stale, to));
  process.exitCode = report.faults.length > 0 ? 1 : 0;
}

function* summary({ added, revised, withdrawn, unchanged }: SyncReport, stale: string[], to: string): Iterable<Line> {
  yield [`${added.length} records added, ${revised.length} in a newer revision, ${withdrawn.length} withdrawn`];
  yield [`${unchanged} stand as they were`];
  if (stale.length > 0) {
    yield [`packed sets and exports made from ${to} that hold one of these records must be made anew:`];
    for (const id of stale) yield [`  ${id}`];
  } else if (added.length > 0)
    yield [`packed sets made from ${to} lack the added records; none of them must be made anew`];
}
