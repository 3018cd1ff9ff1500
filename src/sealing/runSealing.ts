import { runWorker, WorkerEnd, type WorkerLimits } from './runWorker.ts';
import { emptyReport, type SealReport, type SealRequest, type WithheldReason } from './sealRequest.ts';
import type { Draft, DraftRequest, ReviseRequest } from './workerRequest.ts';

export const sealLimits: WorkerLimits = { time: 120_000, memory: 2048 };

/**
 * Seals in a worker. One that has to be killed had published whole tasks or nothing; the rest is withheld.
 * @throws SealingError
 */
export function runSealing(workerFile: string | URL, request: SealRequest, limits = sealLimits): Promise<SealReport> {
  return orWithheld(runWorker(workerFile, 'seal', request, limits), emptyReport);
}

/** Shows in a worker what sealing would write. @throws SealingError */
export function runDraft(workerFile: string | URL, request: DraftRequest, limits = sealLimits): Promise<Draft> {
  return orWithheld(runWorker(workerFile, 'draft', request, limits), noDraft);
}

/** Revises a sealed record in a worker. One that has to be killed left the record as it was. @throws SealingError */
export function runRevision(workerFile: string | URL, request: ReviseRequest, limits = sealLimits): Promise<Draft> {
  return orWithheld(runWorker(workerFile, 'revise', request, limits), noDraft);
}

const noDraft: Draft = { records: [], withheld: [] };

async function orWithheld<Answer extends { withheld: WithheldReason[] }>(
  work: Promise<Answer>,
  nothing: Answer,
): Promise<Answer> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof WorkerEnd)) throw error;
    return { ...nothing, withheld: [error.reason] };
  }
}
