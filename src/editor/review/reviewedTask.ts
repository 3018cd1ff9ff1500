import { openDataset } from '../../dataset/store.ts';
import { sealLimits } from '../../sealing/runSealing.ts';
import { runWorker } from '../../sealing/runWorker.ts';
import type { Draft } from '../../sealing/workerRequest.ts';
import type { RecordRevision } from '../../trajectory/revision.ts';
import type { HeldTasks } from '../heldTasks.ts';

/** What a review is of. */
export type ReviewTarget =
  | { kind: 'held'; taskId: string }
  | { kind: 'sealed'; taskId: string; trajectoryIds: readonly string[] };

/** A task under review: where it comes from, and what becomes of it. All throw SealingError, WorkerEnd or DatasetError. */
export interface ReviewedTask {
  readonly target: ReviewTarget;
  /** The records as they would stand after the revisions. */
  draft(revisions: readonly RecordRevision[]): Promise<Draft>;
  /** Makes the revisions last. @returns the task as it is sealed then; null when nothing of it was sealed. */
  keep(revisions: readonly RecordRevision[]): Promise<ReviewedTask | null>;
  withdraw(): Promise<void>;
}

export interface TaskSources {
  workerFile: string;
  datasetFolder: () => string;
  held: Pick<HeldTasks, 'draft' | 'keep' | 'withdraw'>;
  /** A sealed task was revised or withdrawn. */
  onSealedChange: () => void;
}

export function reviewedTask(target: ReviewTarget, sources: TaskSources): ReviewedTask {
  return target.kind === 'held' ? heldTask(target, sources) : sealedTask(target, sources);
}

function heldTask(target: Extract<ReviewTarget, { kind: 'held' }>, sources: TaskSources): ReviewedTask {
  const { held } = sources;
  const { taskId } = target;
  return {
    target,
    draft: (revisions) => held.draft(taskId, revisions),
    keep: async (revisions) => {
      const trajectoryIds = (await held.keep(taskId, revisions))?.sealed ?? [];
      return trajectoryIds.length > 0 ? sealedTask({ kind: 'sealed', taskId, trajectoryIds }, sources) : null;
    },
    withdraw: () => held.withdraw(taskId),
  };
}

function sealedTask(target: Extract<ReviewTarget, { kind: 'sealed' }>, sources: TaskSources): ReviewedTask {
  const { workerFile, datasetFolder, onSealedChange } = sources;
  const { trajectoryIds } = target;
  const revise = async (revisions: readonly RecordRevision[], write: boolean): Promise<Draft> => {
    const drafts: Draft[] = [];
    for (const trajectoryId of trajectoryIds) {
      const own = revisions.filter((one) => one.trajectoryId === trajectoryId || one.revision.kind === 'redact');
      const request = { datasetFolder: datasetFolder(), trajectoryId, revisions: own.map(({ revision }) => revision) };
      const isWritten = write && own.length > 0;
      drafts.push(await runWorker(workerFile, 'revise', { ...request, write: isWritten }, sealLimits));
    }
    return {
      records: drafts.flatMap(({ records }) => records),
      withheld: drafts.flatMap(({ withheld }) => withheld),
    };
  };
  return {
    target,
    draft: (revisions) => revise(revisions, false),
    keep: async (revisions) => {
      const { withheld } = await revise(revisions, true);
      onSealedChange();
      return withheld.length > 0 ? null : sealedTask(target, sources);
    },
    withdraw: async () => {
      await (await openDataset(datasetFolder())).withdraw(trajectoryIds);
      onSealedChange();
    },
  };
}
