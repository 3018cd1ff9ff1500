/** What can be done with a sealed task from its row. Commands can be called by anybody: what they are given is checked. */
import { env, l10n, UIKind, Uri, commands as vscodeCommands, window } from 'vscode';
import * as z from 'zod';
import { randomId } from '../../consent/receipt.ts';
import { taskFolder, trajectoryFileName } from '../../dataset/layout.ts';
import { SealingError } from '../../sealing/runWorker.ts';
import { codeOf, type Log } from '../log.ts';
import type { SealedTasks } from '../sealedTasks.ts';

const sealedTask = z.object({
  kind: z.literal('sealed'),
  trajectoryIds: z.array(randomId).min(1),
  instruction: z.string().nullable().catch(null),
});

/** Asks for the words, and writes them to each part of the task as its next revision. */
export async function editInstruction(sealed: SealedTasks, log: Log, argument: unknown): Promise<void> {
  const { data: task } = sealedTask.safeParse(argument);
  if (!task) return;
  const words = await window.showInputBox({
    title: l10n.t('Edit Instruction'),
    prompt: l10n.t('What was the task? Secrets are taken out of it. Left empty, the record has no instruction.'),
    value: task.instruction ?? '',
    ignoreFocusOut: true,
  });
  if (words === undefined || words.trim() === (task.instruction ?? '')) return;
  try {
    const isWritten = await sealed.revise(task.trajectoryIds, { kind: 'instruction', text: words.trim() || null });
    if (!isWritten) {
      void window.showWarningMessage(
        l10n.t('The record stays as it was: with this instruction it could not be redacted with certainty.'),
      );
    }
  } catch (error) {
    log.write('dataset_failed', codeOf(error));
    const reason = error instanceof SealingError ? error.message : l10n.t('The record could not be written anew.');
    void window.showErrorMessage(`Understudy: ${reason}`);
  }
}

/** In the system's file manager where the editor can reach it, else the record itself in an editor. */
export async function revealTask(datasetFolder: string, argument: unknown): Promise<void> {
  const { data: task } = sealedTask.safeParse(argument);
  if (!task) return;
  const file = Uri.joinPath(Uri.file(datasetFolder), taskFolder(task.trajectoryIds[0]), trajectoryFileName);
  if (env.remoteName === undefined && env.uiKind === UIKind.Desktop) {
    await vscodeCommands.executeCommand('revealFileInOS', file);
  } else await window.showTextDocument(file);
}
