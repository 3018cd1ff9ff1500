import { l10n, window } from 'vscode';

/**
 * Asks for consent, in a modal dialog: nothing else grants it. Closing the dialog in whatever way is a no.
 * @returns what the person chose.
 */
export async function askConsent(datasetFolder: string): Promise<'agree' | 'policy' | null> {
  const agree = l10n.t('Agree');
  const policy = l10n.t('Read the full policy');
  const detail = [
    l10n.t(
      'Recorded, in this workspace only: your edits key by key, notebooks, saves, created, renamed and deleted files, changes that other programs make, the lines that you look at for some seconds or jump to, terminal commands with their exit code (and the output of builds, tests, linters, package managers and git), tasks and debug sessions with their output and exceptions, test reports, manifests, errors shown by the editor, git commits.',
    ),
    l10n.t(
      'Not recorded: what you search for, values of variables, chats, other extensions, ignored files and .env files, anything outside this workspace, clock times. Nothing is sent anywhere, and nobody is measured.',
    ),
    l10n.t(
      'When a task ends, secrets and identifiers are taken out and the task is written to {0}. Redaction is not perfect: look at what is kept before you share it.',
      datasetFolder,
    ),
    l10n.t(
      'Click the status bar to pause at any moment. "Understudy: Stop Recording" takes your agreement back, "Understudy: Delete Dataset" deletes everything. It ends by itself after 90 days. A trained model cannot unlearn.',
    ),
    l10n.t(
      'The permitted use is training models. By agreeing you confirm that you may share the code in this workspace in this way.',
    ),
  ].join('\n\n');
  const title = l10n.t('Record your work in this workspace as training examples?');
  const choice = await window.showInformationMessage(title, { modal: true, detail }, agree, policy);
  return choice === agree ? 'agree' : choice === policy ? 'policy' : null;
}

/** @returns whether the person confirmed. */
export async function confirmDeletion(datasetFolder: string): Promise<boolean> {
  const remove = l10n.t('Delete Dataset');
  const detail = l10n.t(
    'Every record and example in {0} is deleted, of all workspaces. Copies that you gave away stay where they are. This cannot be undone.',
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
