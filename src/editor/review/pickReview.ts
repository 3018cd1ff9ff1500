import { l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { endText, fateText } from '../tasks/heldTaskPicker.ts';
import type { HeldTasks } from '../tasks/heldTasks.ts';
import type { SealedTasks } from '../tasks/sealedTasks.ts';
import type { TaskReference } from '../views/taskActions.ts';
import { firstLine } from '../views/texts.ts';

type Item = QuickPickItem & { target?: TaskReference };

/** As many as one looks through; the view has them all. */
const mostSealed = 50;

/** Lets the person choose a task of the workspace: those that wait first. */
export async function pickReview(
  held: HeldTasks,
  sealed: SealedTasks,
  projectId: string | null,
  open: (target: TaskReference) => void,
): Promise<void> {
  const items = [...(projectId === null ? [] : await heldItems(held, projectId)), ...(await sealedItems(sealed))];
  if (items.length === 0) {
    void window.showInformationMessage(l10n.t('There is no task to review: none has ended in this workspace yet.'));
    return;
  }
  const placeHolder = l10n.t('Choose the task to see as a trainer will get it');
  const picked = await window.showQuickPick(items, { title: l10n.t('Review Task'), placeHolder, matchOnDetail: true });
  if (picked?.target) open(picked.target);
}

async function heldItems(held: HeldTasks, projectId: string): Promise<Item[]> {
  const tasks = (await held.list(projectId)).filter(({ withheld }) => withheld === null);
  if (tasks.length === 0) return [];
  const items = tasks.map(async (task): Promise<Item> => {
    const label = (await held.label(task.taskId)) ?? l10n.t('A task that cannot be read: its key is gone');
    return {
      label,
      description: endText(task),
      detail: fateText(task),
      target: { kind: 'held', taskId: task.taskId },
    };
  });
  return [separator(l10n.t('Held')), ...(await Promise.all(items))];
}

async function sealedItems(sealed: SealedTasks): Promise<Item[]> {
  const { tasks } = await sealed.newest(mostSealed);
  const items = tasks.flatMap(({ taskId, summary }): Item[] => {
    if (!summary) return [];
    const { instruction, languages } = summary;
    // Quick picks draw icons for such words.
    const label = firstLine(instruction ?? '').replaceAll('$(', '\\$(') || l10n.t('A task without an instruction');
    return [{ label, description: languages.join(', '), target: { kind: 'sealed', taskId } }];
  });
  return items.length === 0 ? [] : [separator(l10n.t('Sealed')), ...items];
}

function separator(label: string): Item {
  return { label, kind: QuickPickItemKind.Separator };
}
