import { readFile } from 'node:fs/promises';
import { patternFault } from '../redaction/detectors/patternFault.ts';
import { type KnownValue, knownValueType } from '../session/events.ts';
import { CliError } from './cliError.ts';

const typed = new RegExp(`^(${knownValueType.options.join('|')}):(.*)$`);

/**
 * Values that must not stay: one a line, `type:value`, or a text that is covered wherever it stands. Blank lines and lines that begin with `#` are passed
 * over.
 * @throws CliError
 */
export async function readDenylist(file: string | undefined): Promise<KnownValue[]> {
  if (file === undefined) return [];
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new CliError(`${file} cannot be read: ${error.message}`);
  });
  return text.split(/\r?\n/).flatMap((line, index): KnownValue[] => {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return [];
    const [, type = 'denied', value = trimmed] = typed.exec(trimmed) ?? [];
    if (value.trim() === '') throw new CliError(`${file}:${index + 1} names a type but no value`);
    const fault = type === 'pattern' ? patternFault(value.trim()) : null;
    if (fault) throw new CliError(`${file}:${index + 1}: this pattern cannot be used: ${fault}`);
    return [{ type: knownValueType.parse(type), value: value.trim() }];
  });
}
