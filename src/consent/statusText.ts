import type { Hold, State, Trouble } from './state.ts';

/** Like `vscode.l10n.t`. */
export type Translate = (message: string, ...args: string[]) => string;

/** What the state alone does not tell. */
export interface StatusFacts {
  /** Steps of the open task so far. */
  steps: number;
  now: number;
  /** The person's language, as a BCP 47 tag. */
  language: string;
}

/** The status bar's text. The words tell the state; the icon only repeats it. */
export function statusText(state: State, t: Translate, facts: StatusFacts): string {
  switch (state.kind) {
    case 'off':
      return `$(circle-outline) ${t('Understudy: off')}`;
    case 'recording': {
      const text = t('Understudy: recording');
      return `$(record) ${facts.steps > 0 ? `${text} (${facts.steps})` : text}`;
    }
    case 'paused':
      return `$(debug-pause) ${
        state.until === null
          ? t('Understudy: paused')
          : t('Understudy: paused until {0}', untilText(state.until, facts))
      }`;
    case 'held':
      return `$(circle-slash) ${t('Understudy: not recording ({0})', holdWord(state.why, t))}`;
    case 'trouble':
      return `$(warning) ${t('Understudy: stopped by an error')}`;
  }
}

/** A time on the clock; with its day, unless it is today. */
export function untilText(until: number, { now, language }: Pick<StatusFacts, 'now' | 'language'>): string {
  const isToday = new Date(until).toDateString() === new Date(now).toDateString();
  const time = { hour: 'numeric', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(known(language), isToday ? time : { weekday: 'short', ...time }).format(until);
}

function known(language: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(language)[0];
  } catch {
    return undefined;
  }
}

function holdWord(why: Hold, t: Translate): string {
  switch (why) {
    case 'untrusted':
      return t('not trusted');
    case 'no_folder':
      return t('no folder');
    case 'virtual':
      return t('no folder on a disk');
    case 'excluded':
      return t('excluded');
    case 'organisation':
      return t('organisation');
    case 'live_share':
      return t('Live Share');
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
    case 'excluded':
      return t('This folder is excluded by your setting understudy.excludedFolders.');
    case 'organisation':
      return t('The policy file of your organisation does not allow to record here.');
    case 'live_share':
      return t('A Live Share session is on. Others did not agree to be recorded: recording goes on when it has ended.');
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
    case 'start':
      return t('Recording could not be started. Click to try again; if that does not help, reload the window.');
    case 'organisation':
      return t(
        'What the policy file of your organisation says is not certain, so nothing is recorded. An administrator can mend it; then click to try again.',
      );
  }
}
