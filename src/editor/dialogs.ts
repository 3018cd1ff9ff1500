import { l10n, window } from 'vscode';

/** @returns whether the person confirmed. */
export async function confirmDeletion(datasetFolder: string): Promise<boolean> {
  const remove = l10n.t('Delete Dataset');
  const detail = l10n.t(
    'Every record and example in {0} is deleted, of all workspaces. Tasks that are open or held are not in there yet, and stay: withdraw them by themselves. Copies that you gave away stay where they are. This cannot be undone.',
    datasetFolder,
  );
  const title = l10n.t('Delete the whole dataset?');
  return (await window.showWarningMessage(title, { modal: true, detail }, remove)) === remove;
}

/** @returns whether the person confirmed. */
export async function confirmForgetting(): Promise<boolean> {
  const forget = l10n.t('Forget Them');
  const detail = l10n.t('What you chose to have redacted always may then stand in records to come.');
  const title = l10n.t('Forget all always redacted values?');
  return (await window.showWarningMessage(title, { modal: true, detail }, forget)) === forget;
}

/** @returns the words, perhaps none; null when the person went back. */
export async function askInstruction(): Promise<string | null> {
  const words = await window.showInputBox({
    title: l10n.t('Start Task'),
    prompt: l10n.t('What are you going to do? It becomes the instruction of the example. You may leave it empty.'),
    placeHolder: l10n.t('Fix the rounding of the total'),
    ignoreFocusOut: true,
  });
  return words?.trim() ?? null;
}
