import { l10n, window } from 'vscode';
import type { ConsentStore } from '../../consent/consentStore.ts';
import type { ReviewChoice } from '../../consent/reviewChoice.ts';
import type { JournalFolder } from '../../session/journal/journalFolder.ts';
import type { TakeBack, Wanted } from '../../session/journal/takeBacks.ts';
import type { JournalKey } from '../capture/journalKey.ts';
import type { Sealer } from '../tasks/sealer.ts';
import { askMinutes, confirmReset, confirmWithdrawal, tellTakenBack } from './takeBackDialogs.ts';
import type { TakenBack } from './takingBack.ts';

export interface TakeBackOptions {
  sealer: Sealer;
  folder: JournalFolder;
  key: JournalKey;
  consent: ConsentStore;
  review: ReviewChoice;
  /** That under which this window records now; null while it does not. */
  openProject: () => string | null;
  /** Ends what is open here, then does what is asked, then records on, if it may, with nothing in memory. */
  letGo: (andThen: () => Promise<void>) => Promise<void>;
}

/** What a person takes back in this window, and what this window lets go of because of another one. */
export class TakeBackCommands {
  readonly #options: TakeBackOptions;
  /** What this window has let go of. */
  readonly #heeded = new Set<string>();

  constructor(options: TakeBackOptions) {
    this.#options = options;
  }

  /** Takes the last minutes out of everything. */
  async forget(): Promise<void> {
    const minutes = await askMinutes();
    if (minutes === null) return;
    const taken = await this.#takeBack({ kind: 'forget', from: Date.now() - minutes * 60_000 });
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
    if (answer) await this.#withdrawProject(answer === 'stop');
  }

  /** The next recording has nothing in common with what was before. */
  async withdrawAndReset(): Promise<void> {
    if (!(await confirmReset())) return;
    await this.#withdrawProject(true);
    const { folder, key, review, consent } = this.#options;
    await review.reset();
    await consent.forgetPlace();
    if (!(await folder.isUsed())) await key.forget();
  }

  /** Honours what was taken back in another window, or before this one was opened. */
  async heed(): Promise<void> {
    const { openProject, consent } = this.#options;
    // What the window remembers may have been changed by the other one already.
    const own = [openProject(), consent.knownProjectId];
    for (const request of await this.#options.sealer.wanted()) {
      if (this.#heeded.has(request.id)) continue;
      this.#heeded.add(request.id);
      if (request.kind === 'forget' || (request.kind === 'project' && own.includes(request.projectId))) {
        await this.#letGo(request);
      }
    }
  }

  async #withdrawProject(revoke: boolean): Promise<void> {
    const projectId = this.#options.consent.knownProjectId;
    if (projectId === null) {
      if (revoke) await this.#options.letGo(() => this.#options.consent.revoke());
      void window.showInformationMessage(l10n.t('Nothing was recorded in this workspace.'));
      return;
    }
    const taken = await this.#takeBack({ kind: 'project', projectId, revoke });
    const done = l10n.t(
      'Everything of this workspace is withdrawn: {0} records, {1} open or held tasks.',
      taken.records,
      taken.journals,
    );
    tellTakenBack(done, taken);
  }

  /** It is written down before anything is let go of, so that nothing of it can be sealed meanwhile. */
  async #takeBack(wanted: Wanted): Promise<TakenBack> {
    const { sealer } = this.#options;
    const request = await sealer.want(wanted);
    this.#heeded.add(request.id);
    await this.#letGo(request);
    return await sealer.takeBack(request);
  }

  #letGo(request: TakeBack): Promise<void> {
    const { consent, letGo } = this.#options;
    return letGo(async () => {
      if (request.kind !== 'project') return;
      if (consent.knownProjectId === request.projectId) await consent.forgetProject();
      if (request.revoke) await consent.revoke();
    });
  }
}
