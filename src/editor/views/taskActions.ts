/** What can be done with a task from its row. Commands can be called by anybody: what they are given is checked. */
import { env, l10n, UIKind, Uri, commands as vscodeCommands, window } from 'vscode';
import * as z from 'zod';
import { randomId } from '../../consent/receipt.ts';
import { taskFolder, trajectoryFileName } from '../../dataset/layout.ts';
import { SealingError } from '../../sealing/runWorker.ts';
import { codeOf, type Log } from '../log.ts';
import { keep } from '../tasks/heldTaskPicker.ts';
import type { HeldTasks } from '../tasks/heldTasks.ts';
import type { SealedTask, SealedTasks } from '../tasks/sealedTasks.ts';

/** Which task; what else there is to know of it is not for the caller to say. */
export const taskReference = z.object({ kind: z.enum(['held', 'sealed']), taskId: randomId });
export type TaskReference = z.infer<typeof taskReference>;

/** Seals a held task now. */
export async function keepTask(held: HeldTasks, argument: unknown): Promise<void> {
  const { data: task } = taskReference.safeParse(argument);
  if (task?.kind === 'held') await keep(held, task.taskId);
}

/** Asks, then takes back a task that is held or sealed. */
export async function withdrawTask(
  { held, sealed }: { held: HeldTasks; sealed: SealedTasks },
  log: Log,
  argument: unknown,
): Promise<void> {
  const { data: task } = taskReference.safeParse(argument);
  if (!task) return;
  const withdraw = l10n.t('Withdraw');
  const detail =
    task.kind === 'held'
      ? l10n.t('Nothing of it is sealed, and what was recorded is deleted. This cannot be undone.')
      : l10n.t(
          'Its record and all examples made from it are deleted here. Copies follow where their holders run sync. This cannot be undone.',
        );
  const answer = await window.showWarningMessage(l10n.t('Withdraw this task?'), { modal: true, detail }, withdraw);
  if (answer !== withdraw) return;
  if (task.kind === 'held') return held.withdraw(task.taskId);
  await report(log, async () => {
    const found = await sealed.find(task.taskId);
    if (found) await sealed.withdraw(found.trajectoryIds);
  });
}

/** Asks for the words, and writes them to the task, with all of its parts, as its next revision. */
export async function editInstruction(sealed: SealedTasks, log: Log, argument: unknown): Promise<void> {
  const task = await sealedTask(sealed, argument);
  if (!task?.summary) return;
  const before = task.summary.instruction ?? '';
  const words = await window.showInputBox({
    title: l10n.t('Edit Instruction'),
    prompt: l10n.t('What was the task? Secrets are taken out of it. Left empty, the record has no instruction.'),
    value: before,
    ignoreFocusOut: true,
  });
  if (words === undefined || words.trim() === before) return;
  await report(log, async () => {
    const { trajectoryIds } = task;
    const revision = { kind: 'instruction' as const, text: words.trim() || null };
    const draft = await sealed.revise(trajectoryIds, [{ trajectoryId: trajectoryIds[0], revision }], true);
    if (draft.withheld.length === 0) return;
    void window.showWarningMessage(
      l10n.t('The record stays as it was: with this instruction it could not be redacted with certainty.'),
    );
  });
}

/** In the system's file manager where the editor can reach it, else the record itself in an editor. */
export async function revealTask(sealed: SealedTasks, datasetFolder: string, argument: unknown): Promise<void> {
  const task = await sealedTask(sealed, argument);
  if (!task) return;
  const file = Uri.joinPath(Uri.file(datasetFolder), taskFolder(task.trajectoryIds[0]), trajectoryFileName);
  if (env.remoteName === undefined && env.uiKind === UIKind.Desktop) {
    await vscodeCommands.executeCommand('revealFileInOS', file);
  } else await window.showTextDocument(file);
}

async function sealedTask(sealed: SealedTasks, argument: unknown): Promise<SealedTask | null> {
  const { data: task } = taskReference.safeParse(argument);
  return task?.kind === 'sealed' ? await sealed.find(task.taskId) : null;
}

/** Tells of a failure in the words that say how to mend it. */
async function report(log: Log, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.write('dataset_failed', codeOf(error));
    const reason = error instanceof SealingError ? error.message : l10n.t('The dataset could not be changed.');
    void window.showErrorMessage(`Understudy: ${reason}`);
  }
}
