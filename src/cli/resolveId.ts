import type { Dataset } from '../dataset/dataset.ts';
import { CliError } from './cliError.ts';

/** The id that begins so. @throws CliError when none does, or several do */
export async function resolveId(dataset: Dataset, prefix: string): Promise<string> {
  const found: string[] = [];
  for await (const id of dataset.trajectoryIds()) if (id.startsWith(prefix)) found.push(id);
  if (found.length === 1) return found[0];
  if (found.length === 0) {
    throw new CliError(`no trajectory ${prefix} in ${dataset.folder}; see: understudy show ${dataset.folder}`);
  }
  throw new CliError(`${prefix} begins ${found.length} ids; give more digits: ${found.slice(0, 4).join(', ')} …`);
}
