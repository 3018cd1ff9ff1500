import { workspace } from 'vscode';
import * as z from 'zod';
import { tooSlow } from '../redaction/detectors/patternFault.ts';
import { runWorker, WorkerEnd } from '../sealing/runWorker.ts';
import type { KnownValue } from '../session/events.ts';
import { settings } from './names.ts';

/** Long enough to start a worker and to try every hostile text; a pattern that runs away is killed. */
const limits = { time: 3000, memory: 256 };

/** The setting names a pattern that cannot be used; the message says which and why. */
export class PatternError extends Error {
  override name = 'PatternError';
}

/** The patterns of the setting, each tried in a worker. @throws PatternError */
export async function readOwnPatterns(workerFile: string): Promise<KnownValue[]> {
  const setting = z.array(z.string()).safeParse(workspace.getConfiguration().get(settings.extraPatterns, []));
  if (!setting.success) throw new PatternError(`${settings.extraPatterns} must be a list of regular expressions.`);
  for (const [index, pattern] of setting.data.entries()) {
    const fault = await runWorker(workerFile, 'pattern', pattern, limits).catch((error) => {
      if (error instanceof WorkerEnd) return tooSlow;
      throw error;
    });
    if (fault) throw new PatternError(`${settings.extraPatterns}[${index}] (${pattern}) cannot be used: ${fault}.`);
  }
  return setting.data.map((value) => ({ type: 'pattern', value }));
}
