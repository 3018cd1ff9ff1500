import { env, l10n, UIKind, Uri, commands as vscodeCommands, window, workspace } from 'vscode';
import { deleteDataset as deleteFolder } from '../../dataset/deleteDataset.ts';
import { DatasetError } from '../../dataset/errors.ts';
import { confirmDeletion } from '../dialogs.ts';
import { codeOf, type Log } from '../log.ts';

/** In the system's file manager where the editor can reach it; elsewhere the folder's own description in an editor. */
export async function openDatasetFolder(path: string): Promise<void> {
  const folder = Uri.file(path);
  const card = Uri.joinPath(folder, 'README.md');
  const isThere = await workspace.fs.stat(card).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    const message = l10n.t('There is no dataset yet. The first task that ends makes it, in {0}', folder.fsPath);
    void window.showInformationMessage(message);
  } else if (env.remoteName === undefined && env.uiKind === UIKind.Desktop) {
    await vscodeCommands.executeCommand('revealFileInOS', card);
  } else {
    await window.showTextDocument(card);
    void window.showInformationMessage(l10n.t('The dataset is in {0}', folder.fsPath));
  }
}

/** Asks, then deletes what is ours in the folder; what others put there stays and is named. */
export async function deleteDataset(folder: string, log: Log): Promise<void> {
  if (!(await confirmDeletion(folder))) return;
  try {
    const left = await deleteFolder(folder);
    log.write('dataset_deleted');
    const message =
      left.length === 0
        ? l10n.t('The dataset is deleted.')
        : l10n.t('The dataset is deleted. {0} holds other files, which stay: {1}', folder, left.join(', '));
    void window.showInformationMessage(message);
  } catch (error) {
    log.write('dataset_failed', codeOf(error));
    if (!(error instanceof DatasetError)) throw error;
    void window.showErrorMessage(`Understudy: ${error.message}`);
  }
}
