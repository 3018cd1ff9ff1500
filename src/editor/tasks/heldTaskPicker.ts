import { l10n, type QuickPickItem, commands as vscodeCommands, window } from 'vscode';
import type { HeldTasks, ListedTask } from './heldTasks.ts';

type Item<Value> = QuickPickItem & { value: Value };

/** Quick picks, so that a keyboard is enough: first the task, then what is to become of it. */
export async function pickHeldTask(held: HeldTasks, projectId: string | null): Promise<void> {
  const tasks = projectId === null ? [] : await held.list(projectId);
  if (tasks.length === 0) {
    void window.showInformationMessage(
      l10n.t('No task is held: what has ended in this workspace is sealed, or was withdrawn.'),
    );
    return;
  }
  const task = await pickTask(held, tasks);
  const action = task && (await pickAction());
  if (task && action === 'review') {
    await vscodeCommands.executeCommand('understudy.review', { kind: 'held', taskId: task.taskId });
  } else if (task && action === 'keep') await keep(held, task.taskId);
  else if (task && action === 'withdraw') await held.withdraw(task.taskId);
}

async function pickTask(held: HeldTasks, tasks: ListedTask[]): Promise<ListedTask | null> {
  const items = Promise.all(
    tasks.map(async (task): Promise<Item<ListedTask>> => {
      const label = (await held.label(task.taskId)) ?? l10n.t('A task that cannot be read: its key is gone');
      return { label, description: endText(task), detail: fateText(task), value: task };
    }),
  );
  const title = l10n.t('Held Tasks');
  const placeHolder = l10n.t('Choose the task to review, keep or withdraw');
  return (await window.showQuickPick(items, { title, placeHolder, matchOnDetail: true }))?.value ?? null;
}

type Action = 'review' | 'keep' | 'withdraw';

async function pickAction(): Promise<Action | null> {
  const items: Item<Action>[] = [
    { value: 'review', label: l10n.t('Review'), detail: l10n.t('See exactly what would be sealed, and change it') },
    { value: 'keep', label: l10n.t('Keep'), detail: l10n.t('Seal it now, as it is') },
    { value: 'withdraw', label: l10n.t('Withdraw'), detail: l10n.t('Nothing of it is sealed; its journal is deleted') },
  ];
  return (await window.showQuickPick(items, { title: l10n.t('What Becomes of This Task?') }))?.value ?? null;
}

/** Seals a held task, and says what came of it. */
export async function keep(held: HeldTasks, taskId: string): Promise<void> {
  const report = await held.keep(taskId);
  const text = !report
    ? l10n.t('The task could not be sealed. It is still held.')
    : report.withheld.length > 0
      ? l10n.t('The task was withheld: it could not be redacted with certainty. Nothing of it was written.')
      : report.sealed.length === 0
        ? l10n.t('The task held nothing that makes a record. It is gone.')
        : l10n.t('The task is sealed.');
  void window.showInformationMessage(text);
}

/** How long ago the task ended. */
export function endText({ endedAt }: ListedTask): string {
  const minutes = Math.max(0, Math.round((Date.now() - endedAt) / 60_000));
  if (minutes < 1) return l10n.t('ended just now');
  if (minutes < 60) return l10n.t('ended {0} min ago', minutes);
  const hours = Math.round(minutes / 60);
  return hours < 48 ? l10n.t('ended {0} h ago', hours) : l10n.t('ended {0} days ago', Math.round(hours / 24));
}

/** What becomes of the task when nobody decides. */
export function fateText({ sealsAt, discardedAt, withheld }: ListedTask): string {
  const until = (time: number) => {
    const minutes = Math.max(0, Math.ceil((time - Date.now()) / 60_000));
    if (minutes < 60) return l10n.t('{0} min', minutes);
    const hours = Math.ceil(minutes / 60);
    return hours < 48 ? l10n.t('{0} h', hours) : l10n.t('{0} days', Math.round(hours / 24));
  };
  if (withheld !== null) {
    return l10n.t('could not be redacted with certainty; discarded in {0}', until(discardedAt));
  }
  return sealsAt === null
    ? l10n.t('waits for your review; discarded in {0}', until(discardedAt))
    : l10n.t('sealed in {0}', until(sealsAt));
}
