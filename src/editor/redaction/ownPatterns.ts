import { workspace } from 'vscode';
import * as z from 'zod';
import { tryPattern } from '../../sealing/tryPattern.ts';
import type { KnownValue } from '../../session/events.ts';
import { settings } from '../names.ts';

/** The setting names a pattern that cannot be used; the message says which, why, and what to do. */
export class PatternError extends Error {
  override name = 'PatternError';
}

/** The patterns of the setting, each tried in a worker. @throws PatternError */
export async function readOwnPatterns(workerFile: string): Promise<KnownValue[]> {
  const setting = z.array(z.string()).safeParse(workspace.getConfiguration().get(settings.extraPatterns, []));
  if (!setting.success) throw new PatternError(`${settings.extraPatterns} must be a list of regular expressions.`);
  return await tried(workerFile, setting.data, settings.extraPatterns);
}

/** Patterns that are good enough to be believed, as values to look for. @param source where they stand. @throws PatternError */
export async function tried(workerFile: string, patterns: readonly string[], source: string): Promise<KnownValue[]> {
  for (const [index, pattern] of patterns.entries()) {
    const fault = await tryPattern(workerFile, pattern);
    if (fault) {
      throw new PatternError(
        `Pattern ${index + 1} of ${source}, ${pattern}, cannot be used: ${fault}. Correct it or take it out.`,
      );
    }
  }
  return patterns.map((value) => ({ type: 'pattern', value }));
}
