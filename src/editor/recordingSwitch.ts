import { workspace } from 'vscode';
import type { Exclusions } from '../consent/exclusions.ts';
import type { EffectiveConsent } from '../consent/organisation.ts';
import { type Hold, type Situation, type State, stateOf } from '../consent/state.ts';
import type { Recorder } from './capture/recorder.ts';
import type { Agreement } from './consent/agreement.ts';
import type { HostPause } from './consent/hostPause.ts';
import type { LiveShare } from './consent/liveShare.ts';
import { codeOf, type Log } from './log.ts';
import type { Troubles } from './troubles.ts';

export interface RecordingSwitchOptions {
  agreement: Agreement;
  pause: HostPause;
  liveShare: LiveShare;
  troubles: Troubles;
  create: (consent: EffectiveConsent, exclusions: Exclusions) => Promise<Recorder>;
  /** The state is to be seen, now. */
  show: (state: State) => void;
  /** The state holds: listening is as it says. */
  onState: (state: State) => void;
  log: Log;
}

/** Whether this window records: exactly when the situation says so, whatever happens in which order. */
export class RecordingSwitch {
  readonly #options: RecordingSwitchOptions;
  #recorder: Recorder | null = null;
  /** What the recorder was made for. */
  #terms = '';
  /** Changes of state follow one another, never side by side. */
  #queue: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(options: RecordingSwitchOptions) {
    this.#options = options;
  }

  /** Null while nothing can be recorded. */
  get recorder(): Recorder | null {
    return this.#recorder;
  }

  get situation(): Situation {
    const { agreement, pause, liveShare, troubles } = this.#options;
    return {
      consented: agreement.holds,
      pause: pause.current,
      hold: holdOf() ?? agreement.hold ?? (liveShare.state === 'session' ? 'live_share' : null),
      trouble: agreement.fault === null ? troubles.kind : 'organisation',
    };
  }

  get state(): State {
    return stateOf(this.situation);
  }

  /** Brings listening in line with the situation. */
  refresh(): Promise<void> {
    return this.enqueue(() => this.#apply());
  }

  /** A pause or a session of Live Share may have begun: listening ends in this very turn, and is seen to. */
  hold(): void {
    const { state } = this;
    if (state.kind === 'recording') return;
    this.#recorder?.pause();
    this.#options.show(state);
  }

  /** Listening ends in this very turn. */
  stop(): void {
    this.#recorder?.dispose();
    this.#recorder = null;
  }

  /** Nothing is begun any more, nor gone on with that is under way. */
  close(): void {
    this.#isClosed = true;
    this.stop();
  }

  /** Stops, does what is asked, and records on, if it may, with nothing in memory. */
  restart(meanwhile: () => Promise<void>): Promise<void> {
    return this.enqueue(async () => {
      this.stop();
      await meanwhile();
      await this.#apply();
    });
  }

  /** Behind changes that are under way. */
  enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => {});
    return done;
  }

  async #apply(): Promise<void> {
    const { troubles, show, onState, log } = this.#options;
    if (this.#isClosed) return;
    try {
      await this.#read();
      await this.#follow();
    } catch (error) {
      log.write('listener_failed', codeOf(error));
      this.stop();
      // Nobody is told that it records when it does not.
      if (this.state.kind === 'recording') troubles.fail('start');
    }
    const { state } = this;
    show(state);
    log.write('state', state.kind === 'trouble' ? state.what : state.kind);
    onState(state);
  }

  /** What does not tell of its changes. */
  async #read(): Promise<void> {
    const { agreement, pause, liveShare, troubles } = this.#options;
    if (await agreement.read()) troubles.clear('organisation');
    pause.read();
    if (agreement.consent) await liveShare.ask();
  }

  async #follow(): Promise<void> {
    const { agreement, create } = this.#options;
    const { consent, exclusions, organisation } = agreement;
    const { situation } = this;
    const { kind } = stateOf(situation);
    if (kind === 'recording' && consent) {
      const terms = JSON.stringify([consent, exclusions, organisation.redact]);
      if (terms !== this.#terms) this.stop();
      this.#terms = terms;
      this.#recorder ??= await create(consent, exclusions);
      if (this.#isClosed) return this.stop();
      // What came meanwhile is next in the queue.
      if (this.state.kind === 'recording') await this.#recorder.resume();
    } else if (kind === 'paused' || (kind === 'held' && situation.hold === 'live_share')) this.#recorder?.pause();
    else this.stop();
  }
}

/** What of the workspace itself is in the way. */
function holdOf(): Hold | null {
  if (!workspace.isTrusted) return 'untrusted';
  const folders = workspace.workspaceFolders ?? [];
  // A guest sees the host's folders.
  if (folders.some(({ uri }) => uri.scheme === 'vsls')) return 'live_share';
  if (folders.length === 0) return 'no_folder';
  return folders.some(({ uri }) => uri.scheme === 'file') ? null : 'virtual';
}
