import { l10n, window } from 'vscode';
import { deniedLength } from '../../redaction/dictionary/deniedLength.ts';
import type { KnownValue } from '../../session/events.ts';
import { codeOf, type Log } from '../log.ts';
import type { Sealer } from '../tasks/sealer.ts';
import { type Denylist, DenylistError, deniedValues } from './denylist.ts';

export interface AlwaysRedactOptions {
  denylist: Denylist;
  sealer: Sealer;
  /** Null while nothing was recorded in this workspace. */
  projectId: string | null;
  log: Log;
}

/** Adds what is selected to what is always redacted, and takes it out of what this workspace has sealed. */
export async function alwaysRedact({ denylist, sealer, projectId, log }: AlwaysRedactOptions): Promise<void> {
  const editor = window.activeTextEditor;
  const values = deniedValues(editor?.selections.map((selection) => editor.document.getText(selection)) ?? []);
  if (!values) {
    const { least, most } = deniedLength;
    void window.showInformationMessage(
      l10n.t('Select a text of {0} to {1} characters, without placeholders, to redact it always.', least, most),
    );
    return;
  }
  try {
    await denylist.add(values);
  } catch (error) {
    if (!(error instanceof DenylistError)) throw error;
    void window.showErrorMessage(`Understudy: ${error.message}`);
    return;
  }
  try {
    const known = values.map((value): KnownValue => ({ type: 'denied', value }));
    const mended = projectId ? await sealer.sweep(projectId, known) : 0;
    void window.showInformationMessage(
      mended === 0
        ? l10n.t('The selected text is redacted in every record from now on.')
        : l10n.t('The selected text is redacted from now on; it was taken out of {0} records.', mended),
    );
  } catch (error) {
    log.write('dataset_failed', codeOf(error));
    void window.showErrorMessage(
      l10n.t(
        'The selected text is redacted from now on. What was sealed before could not be searched; that is tried again when the next task ends.',
      ),
    );
  }
}
