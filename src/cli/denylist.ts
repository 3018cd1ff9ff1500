import { readFile } from 'node:fs/promises';
import { tryPattern } from '../sealing/tryPattern.ts';
import { type KnownValue, knownValueType } from '../session/events.ts';
import { CliError } from './cliError.ts';
import { workerFile } from './workerFile.ts';

const typed = new RegExp(`^(${knownValueType.options.join('|')}):(.*)$`);

/**
 * Values that must not stay: one a line, `type:value`, or a text that is covered wherever it stands. Blank lines and lines
 * that begin with `#` are passed over.
 * @throws CliError
 */
export async function readDenylist(file: string | undefined): Promise<KnownValue[]> {
  if (file === undefined) return [];
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new CliError(`${file} cannot be read: ${error.message}`);
  });
  const values: KnownValue[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const [, type = 'denied', value = trimmed] = typed.exec(trimmed) ?? [];
    if (value.trim() === '') throw new CliError(`${file}:${index + 1} names a type but no value`);
    const fault = type === 'pattern' ? await tryPattern(workerFile(), value.trim()) : null;
    if (fault) throw new CliError(`${file}:${index + 1}: this pattern cannot be used: ${fault}`);
    values.push({ type: knownValueType.parse(type), value: value.trim() });
  }
  return values;
}
