import type { Translate } from '../../consent/statusText.ts';
import { joined, type TaskRow } from './row.ts';
import { durationText } from './texts.ts';

/** A held task, its times in milliseconds since the Unix epoch. */
export interface Held {
  taskId: string;
  /** What it was about; null where its journal cannot be read. */
  label: string | null;
  endedAt: number;
  review: boolean;
  /** Null while it waits for review, and when it cannot be sealed. */
  sealsAt: number | null;
  discardedAt: number;
  /** Why sealing refused it, as a code; null when it did not. */
  withheld: string | null;
}

export function heldRows(tasks: readonly Held[], now: number, t: Translate): TaskRow[] {
  return tasks.map((task) => {
    const agoText = durationText(Math.max(0, now - task.endedAt), t);
    const left = durationText(Math.max(0, task.discardedAt - now), t);
    return {
      kind: 'held',
      id: task.taskId,
      taskId: task.taskId,
      label: task.label ?? t('A task that cannot be read'),
      description: joined(fate(task, now, left, t), t('ended {0} ago', agoText)),
      icon: task.withheld !== null ? 'warning' : task.review ? 'eye' : 'clock',
      context: task.withheld === null ? 'held' : 'withheld',
    };
  });
}

function fate({ withheld, review, sealsAt }: Held, now: number, left: string, t: Translate): string {
  if (withheld !== null) return joined(t('cannot be sealed with certainty'), t('discarded in {0}', left));
  if (review) return joined(t('waiting for review'), t('discarded in {0}', left));
  if (sealsAt === null || sealsAt <= now) return t('being sealed');
  return t('sealed in {0}', durationText(sealsAt - now, t));
}
