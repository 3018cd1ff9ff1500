import { l10n, window } from 'vscode';
import type { ConsentStore } from '../../consent/consentStore.ts';
import type { Exclusions } from '../../consent/exclusions.ts';
import type { EffectiveConsent } from '../../consent/organisation.ts';
import type { ReviewChoice } from '../../consent/reviewChoice.ts';
import type { TaskSummary } from '../../session/capture/taskSummary.ts';
import type { JournalFolder } from '../../session/journal/journalFolder.ts';
import { codeOf, type Log } from '../log.ts';
import type { OwnValues } from '../redaction/ownValues.ts';
import type { Sealer } from '../tasks/sealer.ts';
import type { Troubles } from '../troubles.ts';
import type { JournalKey } from './journalKey.ts';
import { Journals } from './journals.ts';
import { Recorder } from './recorder.ts';

export interface RecordersOptions {
  folder: JournalFolder;
  key: JournalKey;
  consent: ConsentStore;
  review: ReviewChoice;
  own: OwnValues;
  /** Follows the task that is open. */
  summary: TaskSummary;
  sealer: Pick<Sealer, 'hold'>;
  troubles: Troubles;
  log: Log;
}

/** Makes recorders, and the journals that they write to. */
export class Recorders {
  readonly #options: RecordersOptions;
  #journals: Journals | null = null;
  /** With which the journals of this window are written. */
  #openKey: Buffer | null = null;
  #toldOfKey = false;
  #projectId: string | null = null;

  constructor(options: RecordersOptions) {
    this.#options = options;
  }

  /** Of the recorder that was made last. */
  get projectId(): string | null {
    return this.#projectId;
  }

  /** What stands in the way is told as a trouble, and thrown. */
  async create(consent: EffectiveConsent, exclusions: Exclusions): Promise<Recorder> {
    const { consent: store, review, own, summary, troubles, log } = this.#options;
    const projectId = await store.projectId();
    const values = await own.read().catch((error) => {
      troubles.takeOwnValues(error);
      throw error;
    });
    const journals = await this.#openJournals();
    this.#projectId = projectId;
    const open = () => summary.follow(journals.open(consent, projectId, review.waits));
    return await Recorder.create(open, consent.signals, log, values, exclusions);
  }

  /** Resolves when all that was recorded so far is on the disk. */
  async flush(): Promise<void> {
    await this.#journals?.flush();
  }

  /** Resolves when every task that has ended is held. */
  async settled(): Promise<void> {
    await this.#journals?.settled();
  }

  /** Whether the key is another one now: what is written with the old one could not be read. */
  async haveOldKey(): Promise<boolean> {
    const stored = await this.#options.key.read();
    return this.#openKey !== null && !stored?.equals(this.#openKey);
  }

  async #openJournals(): Promise<Journals> {
    const { folder, key, sealer, troubles, log } = this.#options;
    this.#openKey = await key.readOrCreate().catch((error) => {
      troubles.fail('key');
      throw error;
    });
    if (key.isLost) this.#tellOfKey();
    this.#journals = new Journals(folder, this.#openKey, {
      onEnd: (journal) => {
        log.write('task_ended', journal.taskId);
        return sealer.hold(journal);
      },
      onError: (error) => {
        log.write('journal_failed', codeOf(error));
        troubles.fail('journal');
      },
    });
    return this.#journals;
  }

  /** Once. */
  #tellOfKey(): void {
    if (this.#toldOfKey) return;
    this.#toldOfKey = true;
    this.#options.log.write('key_lost');
    void window.showWarningMessage(
      l10n.t(
        'Understudy: the key of the journals did not outlive the last session, so what was not sealed then cannot be read any more. Where no keyring keeps secrets for VS Code, held tasks last only until it closes.',
      ),
    );
  }
}
