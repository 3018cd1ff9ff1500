import type { Disposable } from 'vscode';
import type { Exclusions } from '../../consent/exclusions.ts';
import type { Signal } from '../../consent/receipt.ts';
import { DocumentMirror } from '../../session/capture/documents/documentMirror.ts';
import { CellPaths } from '../../session/capture/notebooks/cellPaths.ts';
import { CommandLog } from '../../session/capture/programs/commandLog.ts';
import { DebugLog } from '../../session/capture/programs/debugLog.ts';
import { ProgramRuns } from '../../session/capture/programs/programRuns.ts';
import { StepCount } from '../../session/capture/stepCount.ts';
import { type Happening, type TaskSink, TaskStream } from '../../session/capture/taskStream.ts';
import type { KnownValue } from '../../session/events.ts';
import { openFolders } from '../consent/agreement.ts';
import { DisposableStore } from '../disposableStore.ts';
import { readRepositoryFacts } from '../git/repositoryFacts.ts';
import { listenToDebugSessions } from '../listeners/debugSessions.ts';
import { listenToDiagnostics } from '../listeners/diagnostics.ts';
import { listenToDocuments } from '../listeners/documents.ts';
import { listenToFiles } from '../listeners/files.ts';
import { listenToGit } from '../listeners/git.ts';
import { listenToNotebooks } from '../listeners/notebooks.ts';
import { listenToTasks } from '../listeners/tasks.ts';
import { listenToTerminals } from '../listeners/terminals.ts';
import { listenToViews } from '../listeners/views.ts';
import type { Log } from '../log.ts';
import { readKnownValues } from './knownValues.ts';
import { readManifests } from './manifests.ts';
import { Scope } from './scope.ts';
import { readSessionFacts } from './workspaceFacts.ts';

const idleCheck = 5_000;
/** Git writes its index before the editor reads the files anew: that may be what opens a task. */
const indexEcho = 2_000;

/**
 * All listening of this extension. It begins with `resume`, which whoever makes a recorder may call only under a valid
 * receipt, and ends with `pause` or `dispose`, at once.
 */
export class Recorder implements Disposable {
  readonly #stream: TaskStream;
  readonly #mirror: DocumentMirror;
  readonly #signals: readonly Signal[];
  readonly #exclusions: Exclusions | undefined;
  /** Of the task that was opened last. */
  #steps = new StepCount();
  readonly #cells = new CellPaths();
  readonly #log: Log;
  /** With these each task begins. */
  readonly #known: KnownValue[];
  readonly #idle: NodeJS.Timeout;
  #scope: Scope | null = null;
  /** When git last wrote its index. */
  #indexWrittenAt = 0;
  #listeners: DisposableStore | null = null;

  private constructor(
    openTask: () => TaskSink,
    signals: readonly Signal[],
    session: Happening,
    known: KnownValue[],
    log: Log,
    exclusions: Exclusions | undefined,
  ) {
    this.#stream = new TaskStream(
      () => this.#begin(openTask()),
      () => this.#preface(session),
    );
    this.#exclusions = exclusions;
    this.#signals = signals;
    this.#known = known;
    this.#mirror = new DocumentMirror(this.#stream);
    this.#log = log;
    this.#idle = setInterval(() => this.#stream.endIdle(), idleCheck);
  }

  /**
   * @param openTask gives each task a place for its events. @param signals what the person agreed to have recorded.
   * @param own what the person wants redacted besides. @param exclusions what is never recorded.
   */
  static async create(
    openTask: () => TaskSink,
    signals: readonly Signal[],
    log: Log,
    own: readonly KnownValue[] = [],
    exclusions?: Exclusions,
  ): Promise<Recorder> {
    const session = await readSessionFacts();
    return new Recorder(openTask, signals, session, [...own, ...(await readKnownValues())], log, exclusions);
  }

  /** Whether anything was done since the last task ended. */
  get hasTask(): boolean {
    return this.#stream.hasWork;
  }

  /** About how many steps the open task has. */
  get steps(): number {
    return this.hasTask ? this.#steps.count : 0;
  }

  async resume(): Promise<void> {
    if (this.#listeners) return;
    const listeners = new DisposableStore();
    this.#listeners = listeners;
    const scope = listeners.add(await Scope.create(this.#cells, this.#exclusions));
    this.#scope = scope;
    // A pause that came meanwhile has disposed the store, which disposes at once whatever is added.
    if (this.#listeners !== listeners) return;
    const agreed = (...signals: Signal[]) => signals.some((signal) => this.#signals.includes(signal));
    listeners.add(listenToNotebooks(this.#stream, this.#mirror, scope, agreed('terminal')));
    listeners.add(listenToDocuments(this.#mirror, scope));
    if (agreed('views')) listeners.add(listenToViews(this.#mirror));
    listeners.add(listenToFiles(this.#stream, this.#mirror, scope));
    if (agreed('errors')) listeners.add(listenToDiagnostics(this.#mirror));
    const commands = new CommandLog(this.#stream, this.#signals);
    const programs = listeners.add(new ProgramRuns(commands));
    if (agreed('terminal', 'tests')) {
      listeners.add(listenToTerminals(programs, scope, agreed('tests')));
      listeners.add(listenToTasks(programs, scope));
    }
    if (agreed('terminal', 'tests', 'errors')) {
      const debug = new DebugLog(this.#stream, commands, programs, agreed('errors'));
      listeners.add(listenToDebugSessions(debug, scope));
    }
    if (agreed('git')) listeners.add(await listenToGit(this.#stream, scope, this.#log, () => this.#tellIndex()));
  }

  #begin(sink: TaskSink): TaskSink {
    const steps = new StepCount();
    this.#steps = steps;
    const counted: TaskSink = {
      append: (event) => {
        steps.add(event);
        sink.append(event);
      },
      get full() {
        return sink.full;
      },
      close: (worked) => sink.close(worked),
    };
    if (this.#signals.includes('repository')) void this.#tellRepository(counted);
    return counted;
  }

  /** Git is asked when the task has just begun: nobody waits for its answer. */
  async #tellRepository(task: TaskSink): Promise<void> {
    const facts = await readRepositoryFacts(openFolders());
    if (facts && this.#listeners) this.#stream.appendTo(task, { kind: 'repository', ...facts });
  }

  /** The events with which each task begins. */
  #preface(session: Happening): Happening[] {
    const indexWasWritten = Date.now() - this.#indexWrittenAt < indexEcho;
    return [
      session,
      { kind: 'known', values: this.#known },
      ...(this.#scope ? readManifests(this.#scope) : []),
      ...(indexWasWritten ? [{ kind: 'git_index' as const }] : []),
    ];
  }

  #tellIndex(): void {
    this.#indexWrittenAt = Date.now();
    this.#stream.append({ kind: 'git_index' });
  }

  /** The open task stays open for as long as any silence may last. */
  pause(): void {
    if (!this.#listeners) return;
    this.#stopListening();
    this.#mirror.forgetClosed();
    if (this.#stream.task) this.#stream.append({ kind: 'gap', reason: 'paused' });
  }

  /** From now on these values must not stand in any record: the open task's and those to come. */
  learn(values: KnownValue[]): void {
    this.#known.push(...values);
    if (this.#stream.task) this.#stream.append({ kind: 'known', values });
  }

  startTask(instruction: string | null): void {
    this.#stream.append({ kind: 'task', action: 'start', instruction });
  }

  /** @returns whether there was anything to finish. */
  finishTask(): boolean {
    const { hasTask } = this;
    this.#stream.append({ kind: 'task', action: 'finish', instruction: null });
    return hasTask;
  }

  /** Ends the open task. */
  dispose(): void {
    this.#stopListening();
    clearInterval(this.#idle);
    this.#stream.append({ kind: 'stop' });
  }

  #stopListening(): void {
    this.#listeners?.dispose();
    this.#listeners = null;
  }
}
