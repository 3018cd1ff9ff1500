import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { newId } from '../consent/grant.ts';
import { randomId } from '../consent/receipt.ts';
import { runSealing } from '../sealing/runSealing.ts';
import { SealingError } from '../sealing/runWorker.ts';
import { type ImportFormat, importFormats } from '../sealing/sealRequest.ts';
import { CliError } from './cliError.ts';
import { counted } from './counted.ts';
import { addOwnValues, type OwnValues, readOwnValues } from './ownValues.ts';
import { printJson, printLines } from './terminal.ts';
import { workerFile } from './workerFile.ts';

interface Options extends OwnValues {
  format: ImportFormat;
  out: string;
  language?: string;
  project?: string;
  json?: boolean;
}

/** A history of many tasks takes longer than a task of the editor's. */
const limits = { time: 60 * 60 * 1000, memory: 4096 };

export function importCommand(program: Command): void {
  addOwnValues(program.command('import'))
    .description('seal a history that was recorded elsewhere into a dataset')
    .argument('<file>', 'the history; may be gzipped')
    .addOption(new Option('--format <format>', 'what the file is').choices(importFormats).makeOptionMandatory())
    .requiredOption('--out <dir>', 'the dataset folder; made when it is not there')
    .option('--language <id>', 'language of a keystroke trace, which does not tell it')
    .option('--project <id>', 'project of the records, 32 hex digits; a new one when left out')
    .option('--json', 'print the result as JSON')
    .action(importHistory);
}

async function importHistory(file: string, options: Options): Promise<void> {
  const projectId = randomId.safeParse(options.project ?? newId());
  if (!projectId.success) throw new CliError(`--project ${options.project}: expected 32 hex digits`);
  const report = await runSealing(
    workerFile(),
    {
      source: {
        kind: 'import',
        path: resolve(file),
        format: options.format,
        language: options.language ?? null,
        projectId: projectId.data,
        known: await readOwnValues(options),
      },
      datasetFolder: resolve(options.out),
    },
    limits,
  ).catch((error) => {
    if (!(error instanceof SealingError) || error.origin !== 'SystemError') throw error;
    throw new CliError(`--out ${options.out} cannot be written: ${error.message}. Mend that, and import again.`);
  });
  const { sealed, withheld, faults } = report;
  if (options.json) printJson(report);
  else {
    printLines(faults.map((fault) => [`${file}: ${fault}`]));
    printLines(withheld.map((reason) => [`${file}: a task was withheld: ${reason}`]));
    printLines([
      [
        `${counted(sealed.length, 'trajectory', 'trajectories')} sealed into ${options.out}, ${withheld.length} withheld`,
      ],
    ]);
  }
  process.exitCode = withheld.length > 0 || faults.length > 0 ? 1 : 0;
}
