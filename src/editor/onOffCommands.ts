import { hostname } from 'node:os';
import { env, l10n, window } from 'vscode';
import type { ConsentStore } from '../consent/consentStore.ts';
import { grant } from '../consent/grant.ts';
import { hostText } from '../consent/hostText.ts';
import { type Pause, untilResumed } from '../consent/pause.ts';
import { clickAction } from '../consent/state.ts';
import { holdText } from '../consent/statusText.ts';
import type { Agreement } from './consent/agreement.ts';
import { askConsent, askToResume } from './consent/consentDialog.ts';
import type { HostPause } from './consent/hostPause.ts';
import { choosePause } from './consent/pauseMenu.ts';
import { showPolicy } from './consent/policyDocument.ts';
import { codeOf, type Log } from './log.ts';
import type { RecordingSwitch } from './recordingSwitch.ts';
import type { Sealer } from './tasks/sealer.ts';
import type { Troubles } from './troubles.ts';

export interface OnOffOptions {
  datasetFolder: () => string;
  consent: ConsentStore;
  agreement: Agreement;
  pause: HostPause;
  troubles: Troubles;
  recordingSwitch: RecordingSwitch;
  sealer: Pick<Sealer, 'recover'>;
  log: Log;
}

/** How a person switches recording on and off. */
export class OnOffCommands {
  readonly #options: OnOffOptions;
  #isAsking = false;

  constructor(options: OnOffOptions) {
    this.#options = options;
  }

  /** A click on the status bar. */
  async click(): Promise<void> {
    const { situation } = this.#options.recordingSwitch;
    switch (clickAction(situation)) {
      case 'explain':
        if (situation.hold) void window.showInformationMessage(holdText(situation.hold, l10n.t));
        return;
      case 'ask':
        await this.#ask();
        return;
      case 'retry':
        await this.#retry();
        return;
      case 'resume':
        await this.#setPause(null);
        return;
      case 'pause':
        await this.#setPause(untilResumed);
    }
  }

  /** For a while, in all windows of the host. */
  async choosePause(): Promise<void> {
    const pause = await choosePause();
    if (pause) await this.#setPause(pause);
  }

  pauseNow(): Promise<void> {
    return this.#setPause(untilResumed);
  }

  /** Takes the agreement back. The open task is sealed: it was recorded under it. */
  async stop(): Promise<void> {
    const { consent, recordingSwitch, log } = this.#options;
    await consent.revoke();
    log.write('revoked');
    await recordingSwitch.refresh();
  }

  async showPolicy(): Promise<void> {
    const { recordingSwitch, agreement } = this.#options;
    await recordingSwitch.refresh();
    await showPolicy(agreement.policy);
  }

  /** One question at a time, however often somebody calls the command. */
  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      if (await this.#isAgreedTo()) this.#offerToResume();
    } finally {
      this.#isAsking = false;
    }
  }

  async #isAgreedTo(): Promise<boolean> {
    const { datasetFolder, agreement, pause, troubles, recordingSwitch, log } = this.#options;
    const { organisation, policy } = agreement;
    const choice = await askConsent({
      datasetFolder: datasetFolder(),
      host: hostText(env.remoteName, hostname(), l10n.t),
      organisation,
      pause: pause.current,
      showPolicy: () => showPolicy(policy),
    });
    if (!choice) return false;
    await agreement.keep(grant(policy, new Date(), choice));
    troubles.clear();
    log.write('agreed');
    await recordingSwitch.refresh();
    return true;
  }

  /** Nobody waits for the answer. */
  #offerToResume(): void {
    const { current } = this.#options.pause;
    if (!current) return;
    void askToResume(current).then(async (resumes) => {
      if (resumes) await this.#setPause(null);
    });
  }

  async #retry(): Promise<void> {
    const { troubles, recordingSwitch, agreement, sealer } = this.#options;
    troubles.clear();
    await recordingSwitch.refresh();
    if (agreement.fault) void window.showErrorMessage(`Understudy: ${agreement.fault}`);
    await sealer.recover();
  }

  /** Listening ends in this very turn, and the status bar says so; what is remembered follows. */
  async #setPause(pause: Pause | null): Promise<void> {
    const { pause: hostPause, recordingSwitch, log } = this.#options;
    const isKept = hostPause.set(pause);
    recordingSwitch.hold();
    await isKept.catch((error) => log.write('pause_failed', codeOf(error)));
    await recordingSwitch.refresh();
  }
}
