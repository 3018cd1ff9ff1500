import type { Hold, State, Trouble } from './state.ts';

/** Like `vscode.l10n.t`. */
export type Translate = (message: string, ...args: string[]) => string;

/** The status bar's text. The words tell the state; the icon only repeats it. */
export function statusText(state: State, t: Translate): string {
  switch (state.kind) {
    case 'off':
      return `$(circle-outline) ${t('Understudy: off')}`;
    case 'recording':
      return `$(record) ${t('Understudy: recording')}`;
    case 'paused':
      return `$(debug-pause) ${t('Understudy: paused')}`;
    case 'held':
      return `$(circle-slash) ${t('Understudy: not recording')}`;
    case 'trouble':
      return `$(warning) ${t('Understudy: stopped by an error')}`;
  }
}

export function holdText(why: Hold, t: Translate): string {
  switch (why) {
    case 'untrusted':
      return t('This workspace is not trusted. Understudy records only in workspaces that you trust.');
    case 'no_folder':
      return t('No folder is open. Understudy records only files inside of a workspace folder.');
    case 'virtual':
      return t('This workspace has no folder on a disk, so there is nothing that Understudy can record.');
  }
}

/** What went wrong, and what to do. */
export function troubleText(what: Trouble, t: Translate): string {
  switch (what) {
    case 'journal':
      return t('The encrypted journal cannot be written. Free some disk space, then click to try again.');
    case 'key':
      return t('The key of the journal cannot be kept in the secret storage. Unlock it, then click to try again.');
    case 'dataset':
      return t(
        'The dataset folder cannot be used. Change the setting understudy.datasetFolder, then click to try again.',
      );
    case 'patterns':
      return t(
        'A pattern in the setting understudy.redaction.extraPatterns cannot be used. Correct it, then click to try again.',
      );
    case 'denylist':
      return t(
        'The list of always redacted values cannot be read. Run "Understudy: Forget Always Redacted Values", then click to try again.',
      );
  }
}
