import type { Command } from 'commander';
import { readDataset } from '../dataset/dataset.ts';
import { openDataset } from '../dataset/store.ts';
import { exampleFormats } from '../examples/formats.ts';
import { counted } from './counted.ts';
import { goesOn, outFault } from './outFault.ts';
import { Progress } from './progress.ts';
import { soundRecords } from './records.ts';
import { printJson, printLines } from './terminal.ts';

export function deriveCommand(program: Command): void {
  program
    .command('derive')
    .description('make the examples beside each record anew, as this version derives them; records stay as they are')
    .argument('<dir>', 'the dataset folder')
    .option('--json', 'print the result as JSON')
    .action(derive);
}

async function derive(dir: string, { json }: { json?: boolean }): Promise<void> {
  await readDataset(dir);
  const store = await openDataset(dir);
  const progress = new Progress();
  const done = { records: 0, refreshed: 0, rows: Object.fromEntries(exampleFormats.map(({ name }) => [name, 0])) };
  const refresh = async () => {
    for await (const record of soundRecords(store, progress, 'deriving')) {
      const examples = exampleFormats.map(({ name, derive }) => ({ format: name, rows: derive(record) }));
      for (const { format, rows } of examples) done.rows[format] += rows.length;
      if (await store.refresh({ trajectory: record, examples })) done.refreshed++;
      done.records++;
    }
  };
  await store.inBulk(refresh).catch(outFault(dir, goesOn));
  if (json) {
    printJson(done);
    return;
  }
  const rows = Object.entries(done.rows).map(([format, count]) => `${count} ${format}`);
  printLines([
    [`${counted(done.records, 'record', 'records')}, ${done.refreshed} with other examples than before`],
    [`examples now: ${rows.join(', ')}`],
  ]);
}
