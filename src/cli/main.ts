#!/usr/bin/env node
/** The `understudy` command: one file a subcommand. */
import { Command, CommanderError } from 'commander';
import { DatasetError } from '../dataset/errors.ts';
import { PackError } from '../pack/errors.ts';
import { SealingError } from '../sealing/runWorker.ts';
import { version } from '../version.ts';
import { auditCommand } from './audit.ts';
import { CliError } from './cliError.ts';
import { deriveCommand } from './derive.ts';
import { exportCommand } from './export.ts';
import { featuresCommand } from './features.ts';
import { importCommand } from './import.ts';
import { packCommand } from './pack.ts';
import { packPlanCommand } from './packPlan.ts';
import { redactCommand } from './redact.ts';
import { reportCommand } from './report.ts';
import { schemaCommand } from './schema.ts';
import { showCommand } from './show.ts';
import { statsCommand } from './stats.ts';
import { syncCommand } from './sync.ts';
import { tellError } from './terminal.ts';
import { validateCommand } from './validate.ts';
import { verifyTaskCommand } from './verifyTask.ts';

const program = new Command('understudy')
  .description('Reads, checks and makes Understudy datasets.')
  .version(version)
  .exitOverride()
  .showHelpAfterError('(see: understudy --help)');
const commands = [
  validateCommand,
  showCommand,
  statsCommand,
  reportCommand,
  exportCommand,
  verifyTaskCommand,
  schemaCommand,
  deriveCommand,
  syncCommand,
  importCommand,
  redactCommand,
  auditCommand,
  packCommand,
  packPlanCommand,
  featuresCommand,
];
for (const add of commands) add(program);

/** 0: fine. 1: faults were found. 2: the call or its input is wrong. */
async function run(): Promise<number> {
  try {
    await program.parseAsync();
    return Number(process.exitCode ?? 0);
  } catch (error) {
    // Commander has told its own errors, and help is none.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    tellError(isForPeople(error) ? error.message : String(error));
    return 2;
  }
}

/** What the system refuses names the file. */
function isForPeople(error: unknown): error is Error {
  if ([CliError, DatasetError, PackError, SealingError].some((type) => error instanceof type)) return true;
  return error instanceof Error && 'syscall' in error;
}

// A reader such as `head` that has seen enough is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  tellError(`standard output cannot be written: ${error.message}`);
  process.exit(2);
});
void run().then((code) => {
  process.exitCode = code;
});
