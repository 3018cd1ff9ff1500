import type { Command } from 'commander';
import { readDataset } from '../dataset/dataset.ts';
import { openDataset } from '../dataset/store.ts';
import { type AuditFinding, auditDataset } from '../sealing/auditDataset.ts';
import { addOwnValues, type OwnValues, readOwnValues } from './ownValues.ts';
import { type Line, printJson, printLines, red } from './terminal.ts';

interface Options extends OwnValues {
  fix?: boolean;
  json?: boolean;
}

export function auditCommand(program: Command): void {
  addOwnValues(program.command('audit'))
    .description('look through a dataset with the newest rules; exits 1 when something would be covered today')
    .argument('<dir>', 'the dataset folder')
    .option('--fix', 'redact the records in which something was found: their next revision takes their place')
    .option('--json', 'print the result as JSON')
    .action(audit);
}

async function audit(dir: string, { fix, json, ...own }: Options): Promise<void> {
  const known = await readOwnValues(own);
  await readDataset(dir);
  const store = fix ? await openDataset(dir) : null;
  const findings: AuditFinding[] = [];
  for await (const finding of auditDataset(dir, { known, store })) {
    findings.push(finding);
    if (!json) printLines([line(finding, fix ?? false)], 'auto');
  }
  const open = findings.filter(({ fault }) => !fix || fault !== null);
  if (json) printJson(findings);
  else if (findings.length === 0) printLines([['nothing to cover']]);
  else printLines([[`${findings.length - open.length} records redacted, ${open.length} left with something to cover`]]);
  process.exitCode = open.length > 0 ? 1 : 0;
}

function line({ trajectoryId, types, files, steps, fault }: AuditFinding, isFixed: boolean): Line {
  const values = Object.entries(types).map(([type, count]) => (count > 1 ? `${count} × ${type}` : type));
  const places = [...files, ...(steps.length > 0 ? [`steps ${steps.join(', ')}`] : [])];
  const end = fault === null ? (isFixed ? ': redacted' : '') : ': ';
  return [
    `${trajectoryId}: ${values.join(', ')} in ${places.join('; ') || 'the record'}${end}`,
    fault ? red(fault) : '',
  ];
}
