import { runWorker, WorkerEnd, type WorkerLimits } from './runWorker.ts';
import { emptyReport, type SealReport, type SealRequest } from './sealRequest.ts';

export const sealLimits: WorkerLimits = { time: 120_000, memory: 2048 };

/**
 * Seals in a worker. One that has to be killed had published whole tasks or nothing; the rest is withheld.
 * @throws SealingError
 */
export async function runSealing(
  workerFile: string | URL,
  request: SealRequest,
  limits = sealLimits,
): Promise<SealReport> {
  try {
    return await runWorker(workerFile, 'seal', request, limits);
  } catch (error) {
    if (!(error instanceof WorkerEnd)) throw error;
    return { ...emptyReport, withheld: [error.reason] };
  }
}
