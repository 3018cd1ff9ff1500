import { l10n, type QuickPickItem, window } from 'vscode';
import type { TakenBack } from './takingBack.ts';

/** What no withdrawal reaches, in every dialog in the same words. */
function whatStays(): string {
  return l10n.t(
    'Copies of the dataset that you gave away stay where they are until their holders run "understudy sync", and a model that was trained on them does not unlearn. In your own folder only ids of what was withdrawn remain, so that copies can follow. This cannot be undone.',
  );
}

/** @returns null when the person went back. */
export async function askMinutes(): Promise<number | null> {
  const items = [5, 15, 60].map((minutes): QuickPickItem & { minutes: number } => ({
    label: l10n.t('The last {0} minutes', minutes),
    minutes,
  }));
  const title = l10n.t('Forget What Was Recorded');
  const placeHolder = l10n.t(
    'Of all workspaces and windows. A task that reaches into that time loses its end, one that lies in it goes whole.',
  );
  return (await window.showQuickPick(items, { title, placeHolder }))?.minutes ?? null;
}

/** @returns null when the person went back. */
export async function confirmWithdrawal(): Promise<'withdraw' | 'stop' | null> {
  const withdraw = l10n.t('Withdraw Everything');
  const stop = l10n.t('Withdraw and Stop Recording');
  const detail = [
    l10n.t(
      'Every record of this workspace is deleted, with the examples made from it, and so are the tasks that are held and the one that is open. With the first button recording goes on from now on as it was, under a new project id; with the second your agreement is taken back too.',
    ),
    whatStays(),
  ].join('\n\n');
  const title = l10n.t('Withdraw everything of this workspace?');
  const answer = await window.showWarningMessage(title, { modal: true, detail }, withdraw, stop);
  return answer === withdraw ? 'withdraw' : answer === stop ? 'stop' : null;
}

/** @returns whether the person confirmed. */
export async function confirmReset(): Promise<boolean> {
  const reset = l10n.t('Withdraw and Reset');
  const detail = [
    l10n.t(
      'Every record of this workspace is deleted, with the examples made from it, and so are the tasks that are held and the one that is open. Your agreement is taken back, the id of the project is forgotten, and the key of the journals is drawn anew if no other workspace has one left. Should you agree again, nothing links what is recorded then to what was before.',
    ),
    whatStays(),
  ].join('\n\n');
  const title = l10n.t('Withdraw everything of this workspace and reset its ids?');
  return (await window.showWarningMessage(title, { modal: true, detail }, reset)) === reset;
}

/** Says what became of a request. */
export function tellTakenBack(done: string, { isPending, dataset }: TakenBack): void {
  const notes = [done];
  if (isPending) notes.push(l10n.t('Another window is still busy with some of it, which follows when it lets go.'));
  if (dataset === 'absent') {
    notes.push(l10n.t('There is no dataset in its folder now. Should it come back, it is gone through then.'));
  }
  if (dataset === 'failed') {
    notes.push(l10n.t('The dataset folder cannot be used now. What was sealed is gone through as soon as it can be.'));
  }
  if (dataset === 'failed') void window.showWarningMessage(notes.join(' '));
  else void window.showInformationMessage(notes.join(' '));
}
