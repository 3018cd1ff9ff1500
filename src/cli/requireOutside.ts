import { resolve, sep } from 'node:path';
import { CliError } from './cliError.ts';

/** What is written must not come to lie among what is read. @param name of the argument @throws CliError */
export function requireOutside(name: string, path: string, dataset: string): void {
  if (`${resolve(path)}${sep}`.startsWith(`${dataset}${sep}`)) {
    throw new CliError(`${name} ${path} lies in the dataset. Choose a place outside of it.`);
  }
}
