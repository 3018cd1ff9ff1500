import { tooSlow } from '../redaction/detectors/patternFault.ts';
import { runWorker, WorkerEnd, type WorkerLimits } from './runWorker.ts';

/** Long enough to start a worker and to try every hostile text; a pattern that runs away is killed. */
const limits: WorkerLimits = { time: 5000, memory: 256 };

const endings: Record<WorkerEnd['reason'], string> = {
  too_slow: tooSlow,
  out_of_memory: 'it takes too much memory',
  crash: 'it could not be tried: the worker crashed',
};

/** Why a pattern of the person's own cannot be used, for people; null when it can. It is tried in a worker of its own. */
export async function tryPattern(workerFile: string | URL, pattern: string): Promise<string | null> {
  try {
    return await runWorker(workerFile, 'pattern', pattern, limits);
  } catch (error) {
    if (error instanceof WorkerEnd) return endings[error.reason];
    throw error;
  }
}
