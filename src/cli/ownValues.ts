/** The options with which a person names what must not stay. */
import type { Command } from 'commander';
import { tryPattern } from '../sealing/tryPattern.ts';
import type { KnownValue } from '../session/events.ts';
import { CliError } from './cliError.ts';
import { readDenylist } from './denylist.ts';
import { workerFile } from './workerFile.ts';

export interface OwnValues {
  denylist?: string;
  pattern?: string[];
}

export function addOwnValues(command: Command): Command {
  return command
    .option('--denylist <file>', 'values that must not stay, one a line')
    .option(
      '--pattern <regex>',
      'regular expression (JavaScript, flags gdu) whose matches, or whose group `value`, must not stay; repeatable',
      (pattern: string, before: string[] = []) => [...before, pattern],
    );
}

/** @throws CliError */
export async function readOwnValues({ denylist, pattern = [] }: OwnValues): Promise<KnownValue[]> {
  for (const source of pattern) {
    const fault = await tryPattern(workerFile(), source);
    if (fault) throw new CliError(`--pattern ${source} cannot be used: ${fault}`);
  }
  return [...pattern.map((value): KnownValue => ({ type: 'pattern', value })), ...(await readDenylist(denylist))];
}
