import type { Draft } from '../../sealing/workerRequest.ts';
import type { RecordRevision } from '../../trajectory/revision.ts';
import type { HeldTasks } from '../tasks/heldTasks.ts';
import type { SealedTasks } from '../tasks/sealedTasks.ts';
import type { TaskReference } from '../views/taskActions.ts';

/** A task under review: where it comes from, and what becomes of it. All throw SealingError and WorkerEnd. */
export interface ReviewedTask {
  readonly target: TaskReference;
  /** The records as they would stand after the revisions. */
  draft(revisions: readonly RecordRevision[]): Promise<Draft>;
  /** Makes the revisions last. @returns the task as it is sealed then; null when nothing of it was sealed. */
  keep(revisions: readonly RecordRevision[]): Promise<ReviewedTask | null>;
  withdraw(): Promise<void>;
}

export interface TaskSources {
  held: Pick<HeldTasks, 'draft' | 'keep' | 'wait' | 'withdraw'>;
  sealed: Pick<SealedTasks, 'find' | 'revise' | 'withdraw'>;
}

/** Null where there is no such task in this workspace. */
export async function reviewedTask(target: TaskReference, { held, sealed }: TaskSources): Promise<ReviewedTask | null> {
  if (target.kind === 'held') return heldTask(target.taskId, { held, sealed });
  const found = await sealed.find(target.taskId);
  return found && sealedTask(target.taskId, found.trajectoryIds, sealed);
}

function heldTask(taskId: string, { held, sealed }: TaskSources): ReviewedTask {
  return {
    target: { kind: 'held', taskId },
    draft: async (revisions) => {
      // What the person has begun to change must not be sealed without it.
      if (revisions.length > 0) await held.wait(taskId);
      return held.draft(taskId, revisions);
    },
    keep: async (revisions) => {
      const trajectoryIds = (await held.keep(taskId, revisions))?.sealed ?? [];
      return trajectoryIds.length > 0 ? sealedTask(taskId, trajectoryIds, sealed) : null;
    },
    withdraw: () => held.withdraw(taskId),
  };
}

/** @param trajectoryIds all of its parts. */
function sealedTask(taskId: string, trajectoryIds: readonly string[], sealed: TaskSources['sealed']): ReviewedTask {
  const task: ReviewedTask = {
    target: { kind: 'sealed', taskId },
    draft: (revisions) => sealed.revise(trajectoryIds, revisions, false),
    keep: async (revisions) => {
      const { withheld } = await sealed.revise(trajectoryIds, revisions, true);
      return withheld.length > 0 ? null : task;
    },
    withdraw: () => sealed.withdraw(trajectoryIds),
  };
  return task;
}
