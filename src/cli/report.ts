import { constants } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { readDataset } from '../dataset/dataset.ts';
import { readIfThere } from '../dataset/lines.ts';
import { CliError } from './cliError.ts';
import { gatherStatistics } from './gatherStatistics.ts';
import { datasetPage } from './report/datasetPage.ts';
import { packedPage } from './report/packedPage.ts';
import { requireOutside } from './requireOutside.ts';
import { printJson, printLines } from './terminal.ts';

interface Options {
  out: string;
  json?: boolean;
}

export function reportCommand(program: Command): void {
  program
    .command('report')
    .description('write one HTML file with charts of the data; nothing in it measures a person')
    .argument('<dir>', 'a dataset folder, or a packed set')
    .option('--out <file>', 'the file, which is replaced when it is there', 'report.html')
    .option('--json', 'print what was written as JSON')
    .action(report);
}

async function report(dir: string, { out, json }: Options): Promise<void> {
  const packed = await readIfThere(join(dir, 'pack.json')).catch(() => null);
  if (packed === null) requireOutside('--out', out, resolve(dir));
  const page =
    packed === null ? datasetPage(dir, await gatherStatistics(await readDataset(dir))) : packedPage(dir, packed);
  // The chart library is large: other commands start without it.
  const { reportPage } = await import('./report/page.ts');
  const html = reportPage(page);
  // Where it is called in somebody's folder, a link of theirs may stand under the name.
  const flag = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | (constants.O_NOFOLLOW ?? 0);
  await writeFile(out, html, { mode: 0o600, flag }).catch((error) => {
    throw new CliError(`--out ${out} cannot be written: ${error.message}. Name another file.`);
  });
  const written = { file: resolve(out), bytes: Buffer.byteLength(html), charts: page.sections.length };
  if (json) printJson(written);
  else printLines([[`${written.charts} charts written to ${written.file}, ${written.bytes} bytes`]]);
}
