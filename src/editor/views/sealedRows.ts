import type { Translate } from '../../consent/statusText.ts';
import type { RecordSummary } from '../../dataset/recordSummary.ts';
import type { SealedTask } from '../tasks/sealedTasks.ts';
import { joined, type Row, type TaskRow } from './row.ts';
import { counted, firstLine, plain, sizeText } from './texts.ts';

/** @param more how many tasks are not among these; @param showMore the command that brings them. */
export function sealedRows(tasks: readonly SealedTask[], more: number, showMore: string, t: Translate): Row[] {
  const rows: Row[] = tasks.map((task) => sealedRow(task, t));
  if (more > 0) rows.push({ id: 'more', label: t('{0} more…', String(more)), icon: 'ellipsis', command: showMore });
  return rows;
}

function sealedRow({ taskId, trajectoryIds, summary }: SealedTask, t: Translate): TaskRow {
  const task = { kind: 'sealed' as const, id: taskId, taskId };
  if (!summary) {
    const description = t('withdraw it, or run "understudy validate"');
    const tooltip = trajectoryIds.join('\n');
    return { ...task, label: t('A record that is broken'), description, tooltip, icon: 'warning', context: 'broken' };
  }
  const { outcome, instruction, languages, examples, bytes } = summary;
  const made = examples.reduce((sum, { rows }) => sum + rows, 0);
  const madeText = counted(made, t('1 example'), t('{0} examples', String(made)));
  return {
    ...task,
    label: instruction ? firstLine(instruction) : t('Without an instruction'),
    description: joined(outcomeText(outcome, t), ...languages.slice(0, 2), madeText, sizeText(bytes, t)),
    ...outcomeIcon[outcome],
    ...(instruction ? { tooltip: plain(instruction) } : {}),
    context: 'sealed',
    children: [
      { id: `${taskId}/languages`, icon: 'code', label: t('Languages: {0}', languages.join(', ') || t('none')) },
      ...examples.map(({ format, rows }) => ({
        id: `${taskId}/${format}`,
        icon: 'list-unordered',
        label: format,
        description: counted(rows, t('1 example'), t('{0} examples', String(rows))),
      })),
      { id: `${taskId}/size`, icon: 'database', label: t('On the disk: {0}', sizeText(bytes, t)) },
    ],
  };
}

const outcomeIcon: Record<RecordSummary['outcome'], Pick<Row, 'icon' | 'color'>> = {
  succeeded: { icon: 'pass', color: 'testing.iconPassed' },
  failed: { icon: 'error', color: 'testing.iconFailed' },
  abandoned: { icon: 'circle-slash' },
  unknown: { icon: 'question' },
};

function outcomeText(outcome: RecordSummary['outcome'], t: Translate): string {
  switch (outcome) {
    case 'succeeded':
      return t('succeeded');
    case 'failed':
      return t('failed');
    case 'abandoned':
      return t('abandoned');
    case 'unknown':
      return t('outcome unknown');
  }
}
