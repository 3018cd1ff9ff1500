import { l10n, commands as vscodeCommands, window } from 'vscode';
import type { Trouble } from '../consent/state.ts';
import { settings } from './names.ts';
import { DenylistError } from './redaction/denylist.ts';
import { PatternError } from './redaction/ownPatterns.ts';
import type { DatasetTrouble } from './tasks/sealer.ts';

/** What stopped the recording in this window, told once each time. */
export class Troubles {
  readonly #onChange: () => void;
  #kind: Trouble | null = null;
  #detail: string | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get kind(): Trouble | null {
    return this.#kind;
  }

  /** More than the kind tells. */
  get detail(): string | null {
    return this.#detail;
  }

  /** @returns whether that is news. */
  fail(kind: Trouble, detail: string | null = null): boolean {
    if (this.#kind === kind && this.#detail === detail) return false;
    this.#kind = kind;
    this.#detail = detail;
    this.#onChange();
    return true;
  }

  /** Whether there was one. @param kinds all, where none is named */
  clear(...kinds: Trouble[]): boolean {
    if (this.#kind === null || (kinds.length > 0 && !kinds.includes(this.#kind))) return false;
    this.#kind = null;
    this.#detail = null;
    return true;
  }

  /** Of the dataset folder; null when it can be used again. */
  takeDataset(trouble: DatasetTrouble | null): void {
    if (trouble === null) {
      if (this.clear('dataset')) this.#onChange();
    } else {
      const text = datasetText(trouble);
      if (this.fail('dataset', text)) void window.showErrorMessage(`Understudy: ${text}`);
    }
  }

  /** Not to understand what the person wants redacted is no reason to record without it. */
  takeOwnValues(error: unknown): void {
    if (error instanceof PatternError && this.#kind !== 'organisation') {
      this.fail('patterns', error.message);
      const open = l10n.t('Open Settings');
      void window.showErrorMessage(`Understudy: ${error.message}`, open).then((choice) => {
        if (choice) void vscodeCommands.executeCommand('workbench.action.openSettings', settings.extraPatterns);
      });
    } else if (error instanceof DenylistError) {
      this.fail('denylist');
      void window.showErrorMessage(`Understudy: ${error.message}`);
    }
  }
}

function datasetText(trouble: DatasetTrouble): string {
  switch (trouble.kind) {
    case 'unfit':
      return trouble.message;
    case 'system':
      return l10n.t('The dataset folder cannot be used: {0}. What is not sealed yet waits.', trouble.message);
    case 'silent':
      return l10n.t(
        'The dataset folder does not answer, as happens with a network drive. What is not sealed yet waits.',
      );
  }
}
