import { workspace } from 'vscode';
import * as z from 'zod';
import { tryPattern } from '../sealing/tryPattern.ts';
import type { KnownValue } from '../session/events.ts';
import { settings } from './names.ts';

/** The setting names a pattern that cannot be used; the message says which, why, and what to do. */
export class PatternError extends Error {
  override name = 'PatternError';
}

/** The patterns of the setting, each tried in a worker. @throws PatternError */
export async function readOwnPatterns(workerFile: string): Promise<KnownValue[]> {
  const setting = z.array(z.string()).safeParse(workspace.getConfiguration().get(settings.extraPatterns, []));
  if (!setting.success) throw new PatternError(`${settings.extraPatterns} must be a list of regular expressions.`);
  for (const [index, pattern] of setting.data.entries()) {
    const fault = await tryPattern(workerFile, pattern);
    if (fault) {
      throw new PatternError(
        `Pattern ${index + 1} of ${settings.extraPatterns}, ${pattern}, cannot be used: ${fault}. Correct it or take it out.`,
      );
    }
  }
  return setting.data.map((value) => ({ type: 'pattern', value }));
}
