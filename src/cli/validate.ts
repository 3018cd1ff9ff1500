import type { Command } from 'commander';
import { validateDataset } from '../dataset/validate.ts';
import { counted } from './counted.ts';
import { printJson, printLines } from './terminal.ts';

export function validateCommand(program: Command): void {
  program
    .command('validate')
    .description('check every record of a dataset: schema, hashes, replay; exits 1 when something is wrong')
    .argument('<dir>', 'the dataset folder')
    .option('--privacy', 'also look for what tells of a time, a place, a person or a machine, in fields and in files')
    .option('--json', 'print the result as JSON')
    .action(validate);
}

async function validate(dir: string, { json, privacy }: { json?: boolean; privacy?: boolean }): Promise<void> {
  const result = await validateDataset(dir, { privacy });
  const { trajectories, examples, faults } = result;
  if (json) printJson(result);
  else {
    printLines(faults.map(({ file, fault }) => [`${file}: ${fault}`]));
    const counts = [counted(trajectories, 'trajectory', 'trajectories'), counted(examples, 'example', 'examples')];
    const verdict = faults.length === 0 ? 'no faults' : counted(faults.length, 'fault', 'faults');
    printLines([[[...counts, verdict].join(', ')]]);
  }
  process.exitCode = faults.length === 0 ? 0 : 1;
}
