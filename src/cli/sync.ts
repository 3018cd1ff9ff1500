import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readDataset } from '../dataset/dataset.ts';
import { openDataset } from '../dataset/store.ts';
import { type SyncReport, syncDataset } from '../dataset/syncDataset.ts';
import { staleRecords } from '../pack/staleRecords.ts';
import { CliError } from './cliError.ts';
import { counted } from './counted.ts';
import { goesOn, outFault } from './outFault.ts';
import { Progress } from './progress.ts';
import { requireOutside } from './requireOutside.ts';
import { type Line, printJson, printLines, tellError } from './terminal.ts';

export function syncCommand(program: Command): void {
  program
    .command('sync')
    .description('bring a copy of a dataset up to its source; exits 1 when something could not be taken over')
    .argument('<source>', 'the dataset folder that others write')
    .argument('<copy>', 'your copy of it, which may hold other datasets too; made when it is not there')
    .option('--packed <dir...>', 'packed sets made from the copy: says which of them must be made anew')
    .option('--json', 'print the result as JSON')
    .action(sync);
}

interface Options {
  packed?: string[];
  json?: boolean;
}

async function sync(from: string, to: string, { packed = [], json }: Options): Promise<void> {
  const source = await readDataset(from);
  if (resolve(to) === source.folder) throw new CliError(`${to} is the source itself. Name the copy.`);
  requireOutside('the copy', to, source.folder);
  const copy = await openDataset(to);
  const progress = new Progress();
  const report = await copy
    .inBulk(() => syncDataset(source, copy, (done) => progress.tell('looking at records', done)))
    .finally(() => progress.end())
    .catch(outFault(to, goesOn));
  for (const fault of report.faults) tellError(`left out: ${fault}`);
  const changed = [...report.revised, ...report.withdrawn];
  const stale: Stale[] = [];
  for (const set of packed) stale.push({ packed: set, records: await staleRecords(set, new Set(changed)) });
  if (json) printJson({ ...report, packed: stale });
  else printLines(summary(report, changed, stale, to));
  process.exitCode = report.faults.length > 0 ? 1 : 0;
}

/** A packed set, and what it holds of the records that were withdrawn or revised. */
interface Stale {
  packed: string;
  records: string[];
}

function* summary(
  { added, revised, withdrawn, unchanged, verified }: SyncReport,
  changed: string[],
  stale: Stale[],
  to: string,
): Iterable<Line> {
  yield [
    `${counted(added.length, 'record', 'records')} added, ${revised.length} in a newer revision, ${withdrawn.length} withdrawn`,
  ];
  yield [`${unchanged} stand as they were`];
  if (verified.length > 0) yield [`${verified.length} of them with a new verification`];
  for (const { packed, records } of stale) {
    if (records.length === 0) yield [`${packed} need not be made anew`];
    else yield [`${packed} must be made anew: it holds ${records.length} of the records withdrawn or revised`];
  }
  if (changed.length > 0) {
    yield [`packed sets and exports made from ${to} that hold one of these records must be made anew:`];
    for (const id of changed) yield [`  ${id}`];
  }
}
