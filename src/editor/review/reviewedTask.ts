import { sealLimits } from '../../sealing/runSealing.ts';
import { runWorker } from '../../sealing/runWorker.ts';
import type { Draft } from '../../sealing/workerRequest.ts';
import type { RecordRevision, Revision } from '../../trajectory/revision.ts';
import type { HeldTasks } from '../tasks/heldTasks.ts';
import type { SealedTasks } from '../tasks/sealedTasks.ts';

/** What a review is of. */
export type ReviewTarget =
  | { kind: 'held'; taskId: string }
  | { kind: 'sealed'; taskId: string; trajectoryIds: readonly string[] };

/** A task under review: where it comes from, and what becomes of it. All throw SealingError and WorkerEnd. */
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
  held: Pick<HeldTasks, 'draft' | 'keep' | 'wait' | 'withdraw'>;
  sealed: Pick<SealedTasks, 'withdraw' | 'tell'>;
}

export function reviewedTask(target: ReviewTarget, sources: TaskSources): ReviewedTask {
  return target.kind === 'held' ? heldTask(target, sources) : sealedTask(target, sources);
}

function heldTask(target: Extract<ReviewTarget, { kind: 'held' }>, sources: TaskSources): ReviewedTask {
  const { held } = sources;
  const { taskId } = target;
  return {
    target,
    draft: async (revisions) => {
      // What the person has begun to change must not be sealed without it.
      if (revisions.length > 0) await held.wait(taskId);
      return held.draft(taskId, revisions);
    },
    keep: async (revisions) => {
      const trajectoryIds = (await held.keep(taskId, revisions))?.sealed ?? [];
      return trajectoryIds.length > 0 ? sealedTask({ kind: 'sealed', taskId, trajectoryIds }, sources) : null;
    },
    withdraw: () => held.withdraw(taskId),
  };
}

function sealedTask(target: Extract<ReviewTarget, { kind: 'sealed' }>, sources: TaskSources): ReviewedTask {
  const { workerFile, datasetFolder, sealed } = sources;
  const { trajectoryIds } = target;
  const revise = (trajectoryId: string, revisions: Revision[], write: boolean): Promise<Draft> => {
    return runWorker(
      workerFile,
      'revise',
      { datasetFolder: datasetFolder(), trajectoryId, revisions, write },
      sealLimits,
    );
  };
  return {
    target,
    draft: async (revisions) => {
      const drafts = [];
      for (const trajectoryId of trajectoryIds) {
        drafts.push(await revise(trajectoryId, revisionsOf(trajectoryId, revisions), false));
      }
      return {
        // The first is the one that was asked for, behind it are parts that follow it.
        records: drafts.flatMap(({ records }) => records.slice(0, 1)),
        withheld: drafts.flatMap(({ withheld }) => withheld),
      };
    },
    keep: async (revisions) => {
      try {
        for (const [trajectoryId, own] of runsOf(revisions)) {
          if ((await revise(trajectoryId, own, true)).withheld.length > 0) return null;
        }
      } finally {
        sealed.tell();
      }
      return sealedTask(target, sources);
    },
    withdraw: () => sealed.withdraw(trajectoryIds),
  };
}

/** What changes a record: its own revisions, and those of other parts that are of the whole task. */
export function revisionsOf(trajectoryId: string, revisions: readonly RecordRevision[]): Revision[] {
  const own = revisions.filter((one) => one.trajectoryId === trajectoryId || one.revision.kind !== 'cut');
  return own.map(({ revision }) => revision);
}

/** Revisions of one record that follow one another, together: written at once, they make one revision of it. */
export function runsOf(revisions: readonly RecordRevision[]): [trajectoryId: string, revisions: Revision[]][] {
  const runs: [string, Revision[]][] = [];
  for (const { trajectoryId, revision } of revisions) {
    const last = runs.at(-1);
    if (last?.[0] === trajectoryId) last[1].push(revision);
    else runs.push([trajectoryId, [revision]]);
  }
  return runs;
}
