import { hostname } from 'node:os';
import {
  type ConfigurationChangeEvent,
  type Disposable,
  EventEmitter,
  type ExtensionContext,
  env,
  extensions,
  l10n,
  Uri,
  commands as vscodeCommands,
  window,
  workspace,
} from 'vscode';
import { ConsentStore } from '../consent/consentStore.ts';
import { grant } from '../consent/grant.ts';
import { hostText } from '../consent/hostText.ts';
import type { EffectiveConsent } from '../consent/organisation.ts';
import { type Pause, untilResumed } from '../consent/pause.ts';
import { ReviewChoice } from '../consent/reviewChoice.ts';
import { clickAction, type Hold, type Situation, type State, stateOf } from '../consent/state.ts';
import { holdText } from '../consent/statusText.ts';
import { TaskSummary } from '../session/capture/taskSummary.ts';
import type { KnownValue } from '../session/events.ts';
import { JournalFolder } from '../session/journal/journalFolder.ts';
import { JournalKey, journalKeyName } from './capture/journalKey.ts';
import { Journals } from './capture/journals.ts';
import { readKnownValues } from './capture/knownValues.ts';
import { Recorder } from './capture/recorder.ts';
import { Agreement } from './consent/agreement.ts';
import { askConsent, askToResume } from './consent/consentDialog.ts';
import { HostPause } from './consent/hostPause.ts';
import { LiveShare, liveShareId } from './consent/liveShare.ts';
import { administrationOf } from './consent/organisationFile.ts';
import { choosePause } from './consent/pauseMenu.ts';
import { showPolicy } from './consent/policyDocument.ts';
import { askInstruction, confirmForgetting } from './dialogs.ts';
import { DisposableStore } from './disposableStore.ts';
import { watchPath } from './git/watchPath.ts';
import { codeOf, type Log } from './log.ts';
import { contextKeys, settings } from './names.ts';
import { alwaysRedact } from './redaction/alwaysRedact.ts';
import { Denylist } from './redaction/denylist.ts';
import { PatternError, readOwnPatterns, tried } from './redaction/ownPatterns.ts';
import { RedactionPreview } from './redaction/redactionPreview.ts';
import { datasetFolder, graceTime } from './settings.ts';
import type { StatusItem } from './statusItem.ts';
import { deleteDataset, openDatasetFolder } from './takingBack/datasetCommands.ts';
import { exportHeld } from './takingBack/exportHeld.ts';
import { LettingGo } from './takingBack/lettingGo.ts';
import { TakeBackCommands } from './takingBack/takeBackCommands.ts';
import { fateOfTasks } from './tasks/reviewDialogs.ts';
import { Tasks } from './tasks/tasks.ts';
import { Troubles } from './troubles.ts';
import type { AgreementFacts } from './views/agreementRows.ts';
import { agreementTree, currentTree } from './views/trees.ts';
import type { Views } from './views/views.ts';

const receiptCheck = 60_000;
const stepsCheck = 1000;
const recoveryInterval = 20_000;
/** How soon a window notices what was taken back in another one. */
const heedInterval = 2_000;

/** Recording in this window: on exactly when the situation says so, whatever happens in which order. */
export class Recording implements Disposable {
  readonly preview: RedactionPreview;
  readonly tasks: Tasks;
  readonly takeBack: TakeBackCommands;
  readonly #lettingGo: LettingGo;
  readonly #context: ExtensionContext;
  readonly #log: Log;
  readonly #consent: ConsentStore;
  readonly #agreement: Agreement;
  readonly #pause: HostPause;
  readonly #liveShare: LiveShare;
  readonly #review: ReviewChoice;
  readonly #key: JournalKey;
  readonly #folder: JournalFolder;
  readonly #status: StatusItem;
  readonly #store = new DisposableStore();
  readonly #denylist: Denylist;
  readonly #workerFile: string;
  readonly #troubles = new Troubles(() => void this.refresh());
  readonly #stateChanged = this.#store.add(new EventEmitter<void>());
  readonly #taskChanged = this.#store.add(new EventEmitter<void>());
  readonly #summary = new TaskSummary(() => this.#taskChanged.fire());
  #recorder: Recorder | null = null;
  /** What the recorder was made for. */
  #terms = '';
  #journals: Journals | null = null;
  /** With which the journals of this window are written. */
  #openKey: Buffer | null = null;
  #toldOfKey = false;
  #openProject: string | null = null;
  /** Changes of state follow one another, never side by side. */
  #queue: Promise<unknown> = Promise.resolve();

  /**
   * @param status shown from elsewhere before; it is not disposed here.
   * @param administration where the organisation's policy file is, and who can write it.
   */
  constructor(
    context: ExtensionContext,
    log: Log,
    status: StatusItem,
    administration = administrationOf(process.platform),
  ) {
    this.#context = context;
    this.#status = status;
    this.#log = log;
    this.#consent = new ConsentStore(context.workspaceState);
    this.#agreement = new Agreement(this.#consent, administration);
    this.#review = new ReviewChoice(context.workspaceState, () => this.#agreement.organisation.requireReview);
    const pauseFile = Uri.joinPath(context.globalStorageUri, 'pause.json').fsPath;
    this.#pause = this.#store.add(new HostPause(pauseFile, () => this.#takeHold()));
    const liveShare = () => extensions.getExtension(liveShareId);
    this.#liveShare = this.#store.add(new LiveShare(liveShare, () => this.#takeHold()));
    this.#store.add(watchPath(administration.file, () => void this.refresh()));
    this.#folder = new JournalFolder(Uri.joinPath(context.globalStorageUri, 'journal').fsPath);
    this.#key = new JournalKey(context.secrets, this.#folder.path);
    this.#denylist = this.#store.add(new Denylist(context.secrets, (values) => this.#learn(values)));
    this.#workerFile = Uri.joinPath(context.extensionUri, 'dist', 'sealingWorker.cjs').fsPath;
    this.tasks = this.#store.add(
      new Tasks({
        context,
        workerFile: this.#workerFile,
        journals: this.#folder,
        key: this.#key,
        log,
        review: this.#review,
        projectId: () => this.#consent.knownProjectId,
        known: () => this.#knownValues(),
        onDataset: (trouble) => this.#troubles.takeDataset(trouble),
        onReviewChoice: () => void this.#show(),
      }),
    );
    this.#lettingGo = new LettingGo({
      sealer: this.tasks.sealer,
      consent: this.#consent,
      review: this.#review,
      openProject: () => this.#openProject,
      letGo: (andThen) => this.#letGo(andThen),
    });
    this.takeBack = new TakeBackCommands(this.#lettingGo);
    this.preview = this.#store.add(new RedactionPreview(this.#workerFile, () => this.#knownValues()));
    this.#store.add(workspace.onDidGrantWorkspaceTrust(() => this.refresh()));
    this.#store.add(workspace.onDidChangeWorkspaceFolders(({ added }) => this.#takeFolders(added.length > 0)));
    this.#store.add(extensions.onDidChange(() => this.refresh()));
    this.#store.add(workspace.onDidChangeConfiguration((event) => this.#takeSettings(event)));
    this.#store.add(context.secrets.onDidChange(({ key }) => key === journalKeyName && this.#takeKey()));
    this.#every(heedInterval, () => this.#lettingGo.heed());
    this.#every(receiptCheck, () => this.refresh());
    this.#every(stepsCheck, async () => this.#status.showSteps(this.#recorder?.steps ?? 0));
    this.#every(recoveryInterval, () => this.tasks.sealer.recover());
    void this.#lettingGo
      .heed()
      .then(() => this.tasks.sealer.recover())
      .catch(() => {});
  }

  /** What the views of the activity bar show from now on. */
  fill(views: Views): void {
    views.current.fill(currentTree(this.#summary, this.#taskChanged.event));
    views.held.fill(this.tasks.heldTree);
    views.sealed.fill(this.tasks.sealedTree);
    views.agreement.fill(agreementTree(() => this.#facts, this.#stateChanged.event));
  }

  /** Brings listening, status bar and context key in line with the situation. */
  refresh(): Promise<void> {
    return this.#enqueue(() => this.#apply());
  }

  /** A click on the status bar. */
  async click(): Promise<void> {
    const situation = this.#situation();
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

  async showPolicy(): Promise<void> {
    await this.refresh();
    await showPolicy(this.#agreement.policy);
  }

  async startTask(): Promise<void> {
    const instruction = await askInstruction();
    if (instruction !== null) this.#recorder?.startTask(instruction || null);
  }

  finishTask(): void {
    if (!this.#recorder?.finishTask())
      void window.showInformationMessage(l10n.t('No task is open: nothing was done since the last one ended.'));
  }

  /** Adds what is selected to what is always redacted. */
  alwaysRedact(): Promise<void> {
    const projectId = this.#consent.knownProjectId;
    return alwaysRedact({ denylist: this.#denylist, sealer: this.tasks.sealer, projectId, log: this.#log });
  }

  async forgetAlwaysRedacted(): Promise<void> {
    if (!(await confirmForgetting())) return;
    await this.#denylist.clear();
    this.#troubles.clear('denylist');
    await this.refresh();
  }

  async exportHeld(): Promise<void> {
    await this.#journals?.flush();
    await exportHeld({
      workerFile: this.#workerFile,
      datasetFolder: datasetFolder(this.#context),
      journals: this.#folder.path,
      key: await this.#key.read(),
      memory: this.#context.workspaceState,
      own: () => this.#denylist.values(),
      log: this.#log,
    });
  }

  openDatasetFolder(): Promise<void> {
    return openDatasetFolder(this.#context);
  }

  deleteDataset(): Promise<void> {
    return deleteDataset(this.#context, this.#log);
  }

  /** Takes the agreement back. The open task is sealed: it was recorded under it. */
  async stop(): Promise<void> {
    await this.#consent.revoke();
    this.#log.write('revoked');
    await this.refresh();
  }

  /** The window closes: what was recorded goes to the disk and is sealed at the next start. */
  async close(): Promise<void> {
    this.tasks.sealer.close();
    this.#stopRecording();
    this.#store.dispose();
    await this.#journals?.settled();
  }

  dispose(): void {
    void this.close();
  }

  async #ask(): Promise<void> {
    const { organisation, policy } = this.#agreement;
    const choice = await askConsent({
      datasetFolder: datasetFolder(this.#context),
      host: hostText(env.remoteName, hostname(), l10n.t),
      organisation,
      pause: this.#pause.current,
      showPolicy: () => showPolicy(policy),
    });
    if (!choice) return;
    await this.#agreement.keep(grant(policy, new Date(), choice));
    this.#troubles.clear();
    this.#log.write('agreed');
    await this.refresh();
    const { current } = this.#pause;
    if (current) void this.#offerToResume(current);
  }

  async #offerToResume(pause: Pause): Promise<void> {
    if (await askToResume(pause)) await this.#setPause(null);
  }

  /** Values that must not stand in any record from now on. In the queue: a recorder may be under way that lacks them. */
  #learn(values: KnownValue[]): void {
    this.preview.refresh();
    void this.#enqueue(async () => this.#recorder?.learn(values));
  }

  async #retry(): Promise<void> {
    this.#troubles.clear();
    await this.refresh();
    if (this.#agreement.fault) void window.showErrorMessage(`Understudy: ${this.#agreement.fault}`);
    await this.tasks.sealer.recover();
  }

  /** Listening ends in this very turn, and the status bar says so; what is remembered follows. */
  async #setPause(pause: Pause | null): Promise<void> {
    const isKept = this.#pause.set(pause);
    this.#takeHold();
    await isKept.catch((error) => this.#log.write('pause_failed', codeOf(error)));
    await this.refresh();
  }

  /** A pause or a session of Live Share may have begun or ended, by whomever. */
  #takeHold(): void {
    const { kind } = stateOf(this.#situation());
    if (kind !== 'recording') {
      this.#recorder?.pause();
      this.#show();
    }
    void this.refresh();
  }

  /** What is recorded in a folder that nobody agreed for ends in this very turn. */
  #takeFolders(areAdded: boolean): Promise<void> {
    if (areAdded) {
      this.#agreement.forgetPlace();
      this.#stopRecording();
    }
    return this.refresh();
  }

  #situation(): Situation {
    return {
      consented: this.#agreement.holds,
      pause: this.#pause.current,
      hold: holdOf() ?? this.#agreement.hold ?? (this.#liveShare.state === 'session' ? 'live_share' : null),
      trouble: this.#agreement.fault === null ? this.#troubles.kind : 'organisation',
    };
  }

  /** What holds, for the person to see. */
  get #facts(): AgreementFacts | null {
    const { consent, organisation } = this.#agreement;
    if (!consent) return null;
    const { signals, uses } = consent;
    return {
      receipt: { ...consent.receipt, signals, uses },
      review: this.#review.waits,
      graceTime: graceTime(),
      controller: organisation.controller?.name ?? null,
      datasetFolder: datasetFolder(this.#context),
      host: hostText(env.remoteName, hostname(), l10n.t),
    };
  }

  async #apply(): Promise<void> {
    const saysElse = await this.#agreement.read();
    if (saysElse) this.#troubles.clear('organisation');
    this.#pause.read();
    const { consent, exclusions, organisation } = this.#agreement;
    if (consent) await this.#liveShare.ask();
    const situation = this.#situation();
    const { kind } = stateOf(situation);
    try {
      if (kind === 'recording' && consent) {
        const terms = JSON.stringify([consent, exclusions, organisation.redact]);
        if (terms !== this.#terms) this.#stopRecording();
        this.#terms = terms;
        this.#recorder ??= await this.#createRecorder(consent);
        await this.#recorder.resume();
      } else if (kind === 'paused' || (kind === 'held' && situation.hold === 'live_share')) this.#recorder?.pause();
      else this.#stopRecording();
    } catch (error) {
      this.#log.write('listener_failed', codeOf(error));
      this.#stopRecording();
    }
    const state = this.#show();
    this.#log.write('state', state.kind === 'trouble' ? state.what : state.kind);
    this.#stateChanged.fire();
    await vscodeCommands.executeCommand('setContext', contextKeys.state, state.kind);
  }

  #show(): State {
    const state = stateOf(this.#situation());
    const { consent, fault } = this.#agreement;
    const isUntold = consent !== null && this.#liveShare.state === 'unknown';
    const warnings = [
      ...(isUntold
        ? [l10n.t('Live Share does not tell Understudy of its sessions: pause by yourself while others work along.')]
        : []),
      ...(this.#key.isLost
        ? [l10n.t('No keyring keeps the key of the journals: what is not sealed lasts only until VS Code closes.')]
        : []),
    ];
    const fate = fateOfTasks(this.#review);
    this.#status.show({ state, detail: fault ?? this.#troubles.detail, consent, warnings, fate });
    return state;
  }

  async #createRecorder(consent: EffectiveConsent): Promise<Recorder> {
    const projectId = await this.#consent.projectId();
    const own = await this.#ownValues().catch((error) => {
      this.#troubles.takeOwnValues(error);
      throw error;
    });
    const journals = await this.#openJournals();
    this.#openProject = projectId;
    const open = () => this.#summary.follow(journals.open(consent, projectId, this.#review.waits));
    return await Recorder.create(open, consent.signals, this.#log, own, this.#agreement.exclusions);
  }

  /** What the person wants redacted. @throws PatternError, DenylistError */
  async #ownValues(): Promise<KnownValue[]> {
    const { file, organisation } = this.#agreement;
    const ofOrganisation = await tried(this.#workerFile, organisation.redact, file).catch((error) => {
      if (error instanceof PatternError) this.#troubles.fail('organisation', error.message);
      throw error;
    });
    return [...(await readOwnPatterns(this.#workerFile)), ...ofOrganisation, ...(await this.#denylist.values())];
  }

  /** Where the workspace is not trusted, nothing is asked of its git. */
  async #knownValues(): Promise<KnownValue[]> {
    return [...(await this.#ownValues()), ...(workspace.isTrusted ? await readKnownValues() : [])];
  }

  /** New patterns hold for what is recorded from now on: a new task begins. */
  #takeSettings(event: ConfigurationChangeEvent): void {
    if (event.affectsConfiguration(settings.excludedFolders)) void this.refresh();
    if (!event.affectsConfiguration(settings.extraPatterns)) return;
    this.preview.refresh();
    // In the queue: a recorder may be under way that was made with the old ones.
    void this.#enqueue(() => {
      this.#troubles.clear('patterns');
      this.#stopRecording();
      return this.#apply();
    });
  }

  async #openJournals(): Promise<Journals> {
    const key = await this.#key.readOrCreate().catch((error) => {
      this.#troubles.fail('key');
      throw error;
    });
    this.#openKey = key;
    if (this.#key.isLost && !this.#toldOfKey) {
      this.#toldOfKey = true;
      this.#log.write('key_lost');
      void window.showWarningMessage(
        l10n.t(
          'Understudy: the key of the journals did not outlive the last session, so what was not sealed then cannot be read any more. Where no keyring keeps secrets for VS Code, held tasks last only until it closes.',
        ),
      );
    }
    this.#journals = new Journals(this.#folder, key, {
      onEnd: (journal) => {
        this.#log.write('task_ended', journal.taskId);
        return this.tasks.sealer.hold(journal);
      },
      onError: (error) => {
        this.#log.write('journal_failed', codeOf(error));
        this.#troubles.fail('journal');
      },
    });
    return this.#journals;
  }

  /** What goes on begins with nothing in memory. */
  #letGo(andThen: () => Promise<void>): Promise<void> {
    return this.#enqueue(async () => {
      this.#stopRecording();
      await this.#journals?.settled();
      await andThen();
      await this.#apply();
    });
  }

  /** The key was drawn anew, in another window: what is written with the old one could not be read. */
  #takeKey(): void {
    void this.#key.read().then(async (stored) => {
      if (this.#openKey && !stored?.equals(this.#openKey)) await this.#letGo(async () => {});
    });
  }

  #stopRecording(): void {
    this.#recorder?.dispose();
    this.#recorder = null;
    this.#openProject = null;
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => {});
    return done;
  }

  #every(interval: number, work: () => Promise<unknown>): void {
    const timer = setInterval(() => void work().catch(() => {}), interval);
    this.#store.add({ dispose: () => clearInterval(timer) });
  }
}

function holdOf(): Hold | null {
  if (!workspace.isTrusted) return 'untrusted';
  const folders = workspace.workspaceFolders ?? [];
  // A guest sees the host's folders.
  if (folders.some(({ uri }) => uri.scheme === 'vsls')) return 'live_share';
  if (folders.length === 0) return 'no_folder';
  return folders.some(({ uri }) => uri.scheme === 'file') ? null : 'virtual';
}
