import type { Command } from 'commander';
import { jsonSchema } from '../dataset/columns.ts';
import { recordSchemas } from '../dataset/schemas.ts';
import { exportFormats } from '../examples/formats.ts';
import { CliError } from './cliError.ts';
import { printJson, printLines } from './terminal.ts';

export function schemaCommand(program: Command): void {
  program
    .command('schema')
    .description('print the JSON Schema of a kind of row, or the names of all')
    .argument('[name]', 'trajectory, or a format of examples')
    .option('--json', 'print the names as JSON')
    .action(printSchema);
}

function printSchema(name: string | undefined, { json }: { json?: boolean }): void {
  const schemas = new Map(Object.entries(recordSchemas));
  for (const { name, schema } of exportFormats) schemas.set(name, schema);
  const names = [...schemas.keys()];
  if (name === undefined) {
    if (json) printJson(names);
    else printLines(names.map((each) => [each]));
    return;
  }
  const schema = schemas.get(name);
  if (!schema) throw new CliError(`there is no schema ${name}; there are: ${names.join(', ')}`);
  printJson(jsonSchema(schema));
}
