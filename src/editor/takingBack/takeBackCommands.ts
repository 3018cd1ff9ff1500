import { l10n, window } from 'vscode';
import type { Extent } from '../../session/journal/takeBacks.ts';
import type { LettingGo } from './lettingGo.ts';
import { askMinutes, confirmReset, confirmWithdrawal, tellTakenBack } from './takeBackDialogs.ts';

/** What a person takes back in this window: asked for, done, and told. */
export class TakeBackCommands {
  readonly #lettingGo: LettingGo;

  constructor(lettingGo: LettingGo) {
    this.#lettingGo = lettingGo;
  }

  /** Takes the last minutes out of everything. */
  async forget(): Promise<void> {
    const minutes = await askMinutes();
    if (minutes === null) return;
    const taken = await this.#lettingGo.takeBack({ kind: 'forget', from: Date.now() - minutes * 60_000 });
    const done = l10n.t(
      'What was recorded in the last {0} minutes is forgotten ({1} open or held tasks, {2} records). What you typed then and left in a file is part of that file, and so of what is recorded of it from now on.',
      minutes,
      taken.journals,
      taken.records + taken.cut,
    );
    tellTakenBack(done, taken);
  }

  async withdrawWorkspace(): Promise<void> {
    const answer = await confirmWithdrawal();
    if (answer) await this.#withdrawProject(answer === 'stop' ? 'agreement' : 'records');
  }

  /** The next recording has nothing in common with what was before. */
  async withdrawAndReset(): Promise<void> {
    if (await confirmReset()) await this.#withdrawProject('ids');
  }

  async #withdrawProject(extent: Extent): Promise<void> {
    const taken = await this.#lettingGo.takeBackProject(extent);
    if (!taken) {
      void window.showInformationMessage(l10n.t('Nothing was recorded in this workspace.'));
      return;
    }
    const done = l10n.t(
      'Everything of this workspace is withdrawn: {0} records, {1} open or held tasks.',
      taken.records,
      taken.journals,
    );
    tellTakenBack(done, taken);
  }
}
