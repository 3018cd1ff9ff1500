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
import { hostText } from '../consent/hostText.ts';
import { ReviewChoice } from '../consent/reviewChoice.ts';
import type { State } from '../consent/state.ts';
import { TaskSummary } from '../session/capture/taskSummary.ts';
import type { KnownValue } from '../session/events.ts';
import { JournalFolder } from '../session/journal/journalFolder.ts';
import { JournalKey, journalKeyName } from './capture/journalKey.ts';
import { Recorders } from './capture/recorders.ts';
import { Agreement } from './consent/agreement.ts';
import { HostPause } from './consent/hostPause.ts';
import { LiveShare, liveShareId } from './consent/liveShare.ts';
import { administrationOf } from './consent/organisationFile.ts';
import { askInstruction, confirmForgetting } from './dialogs.ts';
import { DisposableStore } from './disposableStore.ts';
import { watchPath } from './git/watchPath.ts';
import type { Log } from './log.ts';
import { contextKeys, settings } from './names.ts';
import { OnOffCommands } from './onOffCommands.ts';
import { RecordingSwitch } from './recordingSwitch.ts';
import { alwaysRedact } from './redaction/alwaysRedact.ts';
import { Denylist } from './redaction/denylist.ts';
import { OwnValues } from './redaction/ownValues.ts';
import { RedactionPreview } from './redaction/redactionPreview.ts';
import { graceTime } from './settings.ts';
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

/** All of the extension in one window: what there is, what it reacts to, and what the person can do. */
export class Recording implements Disposable {
  readonly preview: RedactionPreview;
  readonly tasks: Tasks;
  readonly takeBack: TakeBackCommands;
  readonly onOff: OnOffCommands;
  readonly #context: ExtensionContext;
  readonly #log: Log;
  readonly #status: StatusItem;
  readonly #store = new DisposableStore();
  readonly #datasetFolder: () => string;
  readonly #workerFile: string;
  readonly #folder: JournalFolder;
  readonly #key: JournalKey;
  readonly #consent: ConsentStore;
  readonly #agreement: Agreement;
  readonly #review: ReviewChoice;
  readonly #pause: HostPause;
  readonly #liveShare: LiveShare;
  readonly #denylist: Denylist;
  readonly #troubles = new Troubles(() => void this.refresh());
  readonly #stateChanged = this.#store.add(new EventEmitter<void>());
  readonly #taskChanged = this.#store.add(new EventEmitter<void>());
  readonly #summary = new TaskSummary(() => this.#taskChanged.fire());
  readonly #recorders: Recorders;
  readonly #switch: RecordingSwitch;
  readonly #lettingGo: LettingGo;
  #end: NodeJS.Timeout | undefined;

  /**
   * @param status shown from elsewhere before; it is not disposed here. @param datasetFolder the one that is chosen now.
   * @param administration where the organisation's policy file is, and who can write it.
   */
  constructor(
    context: ExtensionContext,
    log: Log,
    status: StatusItem,
    datasetFolder: () => string,
    administration = administrationOf(process.platform),
  ) {
    this.#context = context;
    this.#status = status;
    this.#log = log;
    this.#datasetFolder = datasetFolder;
    const workerFile = Uri.joinPath(context.extensionUri, 'dist', 'sealingWorker.cjs').fsPath;
    this.#workerFile = workerFile;
    const folder = new JournalFolder(Uri.joinPath(context.globalStorageUri, 'journal').fsPath);
    const key = new JournalKey(context.secrets, folder.path);
    const consent = new ConsentStore(context.workspaceState);
    const agreement = new Agreement(consent, administration);
    const review = new ReviewChoice(context.workspaceState, () => agreement.organisation.requireReview);
    [this.#folder, this.#key, this.#consent, this.#agreement, this.#review] = [folder, key, consent, agreement, review];

    const pauseFile = Uri.joinPath(context.globalStorageUri, 'pause.json').fsPath;
    this.#pause = this.#store.add(new HostPause(pauseFile, () => this.#takeHold()));
    const liveShare = () => extensions.getExtension(liveShareId);
    this.#liveShare = this.#store.add(new LiveShare(liveShare, () => this.#takeHold()));
    this.#denylist = this.#store.add(new Denylist(context.secrets, (values) => this.#learn(values)));
    const own = new OwnValues({ workerFile, agreement, denylist: this.#denylist, troubles: this.#troubles });
    this.preview = this.#store.add(new RedactionPreview(workerFile, () => own.readAll()));
    this.tasks = this.#store.add(
      new Tasks({
        extensionUri: context.extensionUri,
        workerFile,
        datasetFolder,
        journals: folder,
        key,
        log,
        review,
        projectId: () => consent.knownProjectId,
        known: () => own.readAll(),
        onDataset: (trouble) => this.#troubles.takeDataset(trouble),
        onReviewChoice: () => this.#show(this.#switch.state),
      }),
    );
    const { sealer } = this.tasks;
    const [summary, troubles] = [this.#summary, this.#troubles];
    this.#recorders = new Recorders({ folder, key, consent, review, own, summary, sealer, troubles, log });
    this.#switch = new RecordingSwitch({
      agreement,
      pause: this.#pause,
      liveShare: this.#liveShare,
      troubles,
      create: (consent, exclusions) => this.#recorders.create(consent, exclusions),
      show: (state) => this.#show(state),
      onState: ({ kind }) => {
        this.#stateChanged.fire();
        this.#watchEnd();
        void vscodeCommands.executeCommand('setContext', contextKeys.state, kind);
      },
      log,
    });
    this.#lettingGo = new LettingGo({
      sealer,
      consent,
      review,
      openProject: () => (this.#switch.recorder ? this.#recorders.projectId : null),
      letGo: (andThen) => this.#letGo(andThen),
    });
    this.takeBack = new TakeBackCommands(this.#lettingGo);
    const [pause, recordingSwitch] = [this.#pause, this.#switch];
    this.onOff = new OnOffCommands({
      datasetFolder,
      consent,
      agreement,
      pause,
      troubles,
      recordingSwitch,
      sealer,
      log,
    });

    this.#store.add(watchPath(administration.file, () => void this.refresh()));
    this.#store.add(workspace.onDidGrantWorkspaceTrust(() => this.refresh()));
    this.#store.add(workspace.onDidChangeWorkspaceFolders(({ added }) => this.#takeFolders(added.length > 0)));
    this.#store.add(extensions.onDidChange(() => this.refresh()));
    this.#store.add(workspace.onDidChangeConfiguration((event) => this.#takeSettings(event)));
    this.#store.add(context.secrets.onDidChange(({ key }) => key === journalKeyName && void this.#takeKey()));
    this.#every(heedInterval, () => this.#lettingGo.heed());
    this.#every(receiptCheck, () => this.refresh());
    this.#every(stepsCheck, async () => status.showSteps(this.#switch.recorder?.steps ?? 0));
    this.#every(recoveryInterval, () => sealer.recover());
    void this.#lettingGo
      .heed()
      .then(() => sealer.recover())
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
    return this.#switch.refresh();
  }

  async startTask(): Promise<void> {
    const instruction = await askInstruction();
    if (instruction !== null) this.#switch.recorder?.startTask(instruction || null);
  }

  finishTask(): void {
    if (!this.#switch.recorder?.finishTask())
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
    await this.#recorders.flush();
    await exportHeld({
      workerFile: this.#workerFile,
      datasetFolder: this.#datasetFolder(),
      journals: this.#folder.path,
      key: await this.#key.read(),
      memory: this.#context.workspaceState,
      pause: this.#pause.current,
      own: () => this.#denylist.values(),
      log: this.#log,
    });
  }

  openDatasetFolder(): Promise<void> {
    return openDatasetFolder(this.#datasetFolder());
  }

  deleteDataset(): Promise<void> {
    return deleteDataset(this.#datasetFolder(), this.#log);
  }

  /** The window closes: what was recorded goes to the disk and is sealed at the next start. */
  async close(): Promise<void> {
    this.tasks.sealer.close();
    this.#switch.close();
    clearTimeout(this.#end);
    this.#store.dispose();
    await this.#recorders.settled();
  }

  dispose(): void {
    void this.close();
  }

  /** Values that must not stand in any record from now on. In the queue: a recorder may be under way that lacks them. */
  #learn(values: KnownValue[]): void {
    this.preview.refresh();
    void this.#switch.enqueue(async () => this.#switch.recorder?.learn(values));
  }

  /** A pause or a session of Live Share may have begun or ended, by whomever. */
  #takeHold(): void {
    this.#switch.hold();
    void this.refresh();
  }

  /** What is recorded in a folder that nobody agreed for ends in this very turn. */
  #takeFolders(areAdded: boolean): Promise<void> {
    if (areAdded) {
      this.#agreement.forgetPlace();
      this.#switch.stop();
    }
    return this.refresh();
  }

  /** New patterns hold for what is recorded from now on: a new task begins. */
  #takeSettings(event: ConfigurationChangeEvent): void {
    if (event.affectsConfiguration(settings.excludedFolders)) void this.refresh();
    if (!event.affectsConfiguration(settings.extraPatterns)) return;
    this.preview.refresh();
    void this.#switch.restart(async () => void this.#troubles.clear('patterns'));
  }

  /** It may have been drawn anew, in another window. */
  async #takeKey(): Promise<void> {
    if (await this.#recorders.haveOldKey()) await this.#letGo(async () => {});
  }

  /** What goes on begins with nothing in memory. */
  #letGo(andThen: () => Promise<void>): Promise<void> {
    return this.#switch.restart(async () => {
      await this.#recorders.settled();
      await andThen();
    });
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
      datasetFolder: this.#datasetFolder(),
      host: hostText(env.remoteName, hostname(), l10n.t),
    };
  }

  #show(state: State): void {
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
  }

  /** It ends when it was said to, not at the next look. */
  #watchEnd(): void {
    clearTimeout(this.#end);
    const left = (this.#agreement.endsAt ?? Infinity) - Date.now();
    if (left < receiptCheck) this.#end = setTimeout(() => void this.refresh(), Math.max(0, left));
  }

  #every(interval: number, work: () => Promise<unknown>): void {
    const timer = setInterval(() => void work().catch(() => {}), interval);
    this.#store.add({ dispose: () => clearInterval(timer) });
  }
}
