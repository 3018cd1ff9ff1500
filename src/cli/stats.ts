import type { Command } from 'commander';
import { readDataset } from '../dataset/dataset.ts';
import type { Counts, Lengths, Statistics } from '../dataset/statistics.ts';
import { gatherStatistics } from './gatherStatistics.ts';
import { bold, faint, type Line, printJson, printLines } from './terminal.ts';

/** Of a list of counts. */
const shown = 12;

export function statsCommand(program: Command): void {
  program
    .command('stats')
    .description('count what a dataset holds, of the data and never of a person; exits 1 when a record is not sound')
    .argument('<dir>', 'the dataset folder')
    .option('--json', 'print the numbers as JSON')
    .action(stats);
}

async function stats(dir: string, { json }: { json?: boolean }): Promise<void> {
  const statistics = await gatherStatistics(await readDataset(dir));
  if (json) printJson(statistics);
  else printLines(lines(statistics), 'auto');
}

function* lines(statistics: Statistics): Iterable<Line> {
  const { records, lengths, duplicates, ...others } = statistics;
  yield [bold('records'), ` ${format(records)}`];
  for (const [title, counts] of Object.entries(others)) yield [bold(titleOf(title)), ` ${list(counts as Counts)}`];
  yield [bold('duplicates'), ` ${format(duplicates.same)} the same, ${format(duplicates.near)} nearly`];
  for (const [title, length] of Object.entries(lengths)) {
    yield [bold(titleOf(title)), ` ${spread(length, records)}`, faint(` a record`)];
  }
}

function titleOf(name: string): string {
  return name.replaceAll('_', ' ');
}

function list(counts: Counts): string {
  const sorted = Object.entries(counts)
    .filter(([, times]) => times > 0)
    .sort(([, a], [, b]) => b - a);
  const rest = sorted.slice(shown).reduce((sum, [, times]) => sum + times, 0);
  const told = sorted.slice(0, shown).map(([name, times]) => `${name} ${format(times)}`);
  return [...told, ...(rest > 0 ? [`others ${format(rest)}`] : [])].join(', ') || 'none';
}

function spread({ sum, largest }: Lengths, records: number): string {
  return `${format(Math.round(sum / Math.max(1, records)))} on average, ${format(largest)} at most`;
}

function format(number: number): string {
  return number.toLocaleString('en');
}
