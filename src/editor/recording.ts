import {
  type ConfigurationChangeEvent,
  type Disposable,
  type ExtensionContext,
  l10n,
  Uri,
  commands as vscodeCommands,
  window,
  workspace,
} from 'vscode';
import { ConsentStore } from '../consent/consentStore.ts';
import { grant } from '../consent/grant.ts';
import { policy } from '../consent/policy.ts';
import type { Receipt } from '../consent/receipt.ts';
import { ReviewChoice } from '../consent/reviewChoice.ts';
import { clickAction, type Hold, type Situation, stateOf, type Trouble } from '../consent/state.ts';
import { holdText } from '../consent/statusText.ts';
import type { KnownValue } from '../session/events.ts';
import { JournalFolder } from '../session/journal/journalFolder.ts';
import { alwaysRedact } from './alwaysRedact.ts';
import { deleteDataset, openDatasetFolder } from './datasetCommands.ts';
import { Denylist, DenylistError } from './denylist.ts';
import { askConsent, askInstruction, confirmForgetting } from './dialogs.ts';
import { DisposableStore } from './disposableStore.ts';
import { exportHeld } from './exportHeld.ts';
import { pickHeldTask } from './heldTaskPicker.ts';
import { HeldTasks } from './heldTasks.ts';
import { JournalKey, journalKeyName } from './journalKey.ts';
import { Journals } from './journals.ts';
import { readKnownValues } from './knownValues.ts';
import { codeOf, type Log } from './log.ts';
import { commands, contextKeys, settings } from './names.ts';
import { PatternError, readOwnPatterns } from './ownPatterns.ts';
import { Recorder } from './recorder.ts';
import { RedactionPreview } from './redactionPreview.ts';
import { askWhenToSeal, chooseWhenToSeal } from './reviewDialogs.ts';
import { type DatasetTrouble, Sealer } from './sealer.ts';
import { datasetFolder, graceTime } from './settings.ts';
import type { StatusItem } from './statusItem.ts';
import { TakeBackCommands } from './takeBackCommands.ts';

const receiptCheck = 60_000;
const recoveryInterval = 20_000;
/** How soon a window notices what was taken back in another one. */
const heedInterval = 2_000;

/** Recording in this window: on exactly when the situation says so, whatever happens in which order. */
export class Recording implements Disposable {
  readonly preview: RedactionPreview;
  readonly held: HeldTasks;
  readonly takeBack: TakeBackCommands;
  readonly #context: ExtensionContext;
  readonly #log: Log;
  readonly #consent: ConsentStore;
  readonly #review: ReviewChoice;
  readonly #key: JournalKey;
  readonly #folder: JournalFolder;
  readonly #sealer: Sealer;
  readonly #status: StatusItem;
  readonly #store = new DisposableStore();
  readonly #denylist: Denylist;
  readonly #workerFile: string;
  #recorder: Recorder | null = null;
  #journals: Journals | null = null;
  /** With which the journals of this window are written. */
  #openKey: Buffer | null = null;
  #toldOfKey = false;
  #trouble: Trouble | null = null;
  /** More about the trouble than its kind tells. */
  #detail: string | null = null;
  /** Changes of state follow one another, never side by side. */
  #queue: Promise<unknown> = Promise.resolve();

  /** @param status shown from elsewhere before; it is not disposed here. */
  constructor(context: ExtensionContext, log: Log, status: StatusItem) {
    this.#context = context;
    this.#status = status;
    this.#log = log;
    this.#consent = new ConsentStore(context.workspaceState);
    this.#review = new ReviewChoice(context.workspaceState, () => false);
    this.#folder = new JournalFolder(Uri.joinPath(context.globalStorageUri, 'journal').fsPath);
    this.#key = new JournalKey(context.secrets, this.#folder.path);
    this.#denylist = this.#store.add(new Denylist(context.secrets, (values) => this.#learn(values)));
    this.#workerFile = Uri.joinPath(context.extensionUri, 'dist', 'sealingWorker.cjs').fsPath;
    this.#sealer = new Sealer({
      workerFile: this.#workerFile,
      journals: this.#folder,
      key: this.#key,
      datasetFolder: () => datasetFolder(context),
      graceTime,
      log,
      onChange: () => this.held.tell(),
      onDataset: (trouble) => this.#takeDatasetTrouble(trouble),
    });
    this.held = this.#store.add(
      new HeldTasks({
        workerFile: this.#workerFile,
        journals: this.#folder,
        key: this.#key,
        sealer: this.#sealer,
        graceTime,
        onDecision: () => this.#countDecision(),
      }),
    );
    this.takeBack = new TakeBackCommands({
      sealer: this.#sealer,
      folder: this.#folder,
      key: this.#key,
      consent: this.#consent,
      review: this.#review,
      letGo: (andThen) => this.#letGo(andThen),
    });
    this.preview = this.#store.add(new RedactionPreview(this.#workerFile, () => this.#previewedValues()));
    this.#store.add(workspace.onDidGrantWorkspaceTrust(() => this.refresh()));
    this.#store.add(workspace.onDidChangeWorkspaceFolders(() => this.refresh()));
    this.#store.add(workspace.onDidChangeConfiguration((event) => this.#takeSettings(event)));
    this.#store.add(context.secrets.onDidChange(({ key }) => key === journalKeyName && this.#takeKey()));
    this.#every(heedInterval, () => this.takeBack.heed());
    this.#every(receiptCheck, () => this.refresh());
    this.#every(recoveryInterval, () => this.#sealer.recover());
    void this.takeBack
      .heed()
      .then(() => this.#sealer.recover())
      .catch(() => {});
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
        this.#trouble = null;
        await this.refresh();
        await this.#sealer.recover();
        return;
      case 'resume':
      case 'pause':
        // Listening ends in this very turn; what is remembered follows.
        if (!situation.paused) this.#recorder?.pause();
        await this.#consent.setPaused(!situation.paused);
        await this.refresh();
    }
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
    return alwaysRedact({ denylist: this.#denylist, sealer: this.#sealer, projectId, log: this.#log });
  }

  async forgetAlwaysRedacted(): Promise<void> {
    if (!(await confirmForgetting())) return;
    await this.#denylist.clear();
    if (this.#trouble === 'denylist') this.#trouble = null;
    await this.refresh();
  }

  /** Lets the person decide on what has ended and is not sealed yet. */
  heldTasks(): Promise<void> {
    return pickHeldTask(this.held, this.#consent.knownProjectId);
  }

  /** Lets the person choose whether tasks wait for review. */
  chooseReview(): Promise<void> {
    return chooseWhenToSeal(this.#review);
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
    this.#sealer.close();
    this.#stopRecording();
    this.#store.dispose();
    await this.#journals?.settled();
  }

  dispose(): void {
    void this.close();
  }

  async #ask(): Promise<void> {
    const choice = await askConsent(datasetFolder(this.#context));
    if (choice === 'policy') await vscodeCommands.executeCommand(commands.showPolicy);
    if (choice !== 'agree') return;
    await this.#consent.keep(grant(policy, new Date()));
    this.#trouble = null;
    this.#log.write('agreed');
    await this.refresh();
  }

  /** Values that must not stand in any record from now on. In the queue: a recorder may be under way that lacks them. */
  #learn(values: KnownValue[]): void {
    this.preview.refresh();
    void this.#enqueue(async () => this.#recorder?.learn(values));
  }

  #situation(): Situation {
    return {
      consented: this.#consent.validReceipt(new Date()) !== null,
      paused: this.#consent.paused,
      hold: holdOf(),
      trouble: this.#trouble,
    };
  }

  async #apply(): Promise<void> {
    const receipt = this.#consent.validReceipt(new Date());
    const { kind } = stateOf(this.#situation());
    try {
      if (kind === 'recording' && receipt) {
        this.#recorder ??= await this.#createRecorder(receipt);
        await this.#recorder.resume();
      } else if (kind === 'paused') this.#recorder?.pause();
      else this.#stopRecording();
    } catch (error) {
      this.#log.write('listener_failed', codeOf(error));
      this.#stopRecording();
    }
    const state = stateOf(this.#situation());
    this.#status.show(state, this.#detail);
    this.#log.write('state', state.kind === 'trouble' ? state.what : state.kind);
    await vscodeCommands.executeCommand('setContext', contextKeys.state, state.kind);
  }

  async #createRecorder(receipt: Receipt): Promise<Recorder> {
    const projectId = await this.#consent.projectId();
    const own = await this.#ownValues().catch((error) => {
      this.#failOwnValues(error);
      throw error;
    });
    const journals = await this.#openJournals();
    const openTask = () => journals.open(receipt, projectId, this.#review.waits);
    return await Recorder.create(openTask, receipt.signals, this.#log, own);
  }

  /** What the person wants redacted. @throws PatternError, DenylistError */
  async #ownValues(): Promise<KnownValue[]> {
    return [...(await readOwnPatterns(this.#workerFile)), ...(await this.#denylist.values())];
  }

  /** Where the workspace is not trusted, nothing is asked of its git. */
  async #previewedValues(): Promise<KnownValue[]> {
    return [...(await this.#ownValues()), ...(workspace.isTrusted ? await readKnownValues() : [])];
  }

  /** Not to understand what the person wants redacted is no reason to record without it. */
  #failOwnValues(error: unknown): void {
    if (error instanceof PatternError) {
      this.#fail('patterns', error.message);
      const open = l10n.t('Open Settings');
      void window.showErrorMessage(`Understudy: ${error.message}`, open).then((choice) => {
        if (choice) void vscodeCommands.executeCommand('workbench.action.openSettings', settings.extraPatterns);
      });
    } else if (error instanceof DenylistError) {
      this.#fail('denylist');
      void window.showErrorMessage(`Understudy: ${error.message}`);
    }
  }

  /** New patterns hold for what is recorded from now on: a new task begins. */
  #takeSettings(event: ConfigurationChangeEvent): void {
    if (!event.affectsConfiguration(settings.extraPatterns)) return;
    this.preview.refresh();
    // In the queue: a recorder may be under way that was made with the old ones.
    void this.#enqueue(() => {
      if (this.#trouble === 'patterns') this.#trouble = null;
      this.#stopRecording();
      return this.#apply();
    });
  }

  async #openJournals(): Promise<Journals> {
    const key = await this.#key.readOrCreate().catch((error) => {
      this.#fail('key');
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
        return this.#sealer.hold(journal);
      },
      onError: (error) => {
        this.#log.write('journal_failed', codeOf(error));
        this.#fail('journal');
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

  #takeDatasetTrouble(trouble: DatasetTrouble | null): void {
    if (trouble === null) {
      if (this.#trouble !== 'dataset') return;
      this.#trouble = null;
      void this.refresh();
      return;
    }
    if (this.#trouble === 'dataset') return;
    const text = datasetTroubleText(trouble);
    this.#fail('dataset', text);
    void window.showErrorMessage(`Understudy: ${text}`);
  }

  /** Once the first tasks are decided on, the person is asked what is to become of the others. */
  async #countDecision(): Promise<void> {
    if (await this.#review.countDecision()) await askWhenToSeal(this.#review);
  }

  #stopRecording(): void {
    this.#recorder?.dispose();
    this.#recorder = null;
  }

  #fail(trouble: Trouble, detail: string | null = null): void {
    if (this.#trouble === trouble) return;
    this.#trouble = trouble;
    this.#detail = detail;
    void this.refresh();
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
  if (folders.length === 0) return 'no_folder';
  return folders.some(({ uri }) => uri.scheme === 'file') ? null : 'virtual';
}

function datasetTroubleText(trouble: DatasetTrouble): string {
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
