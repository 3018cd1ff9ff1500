import { type Disposable, type Event, EventEmitter, env, l10n, commands as vscodeCommands } from 'vscode';
import type { TaskSummary } from '../../session/capture/taskSummary.ts';
import { commands, contextKeys } from '../names.ts';
import { graceTime } from '../settings.ts';
import type { HeldTasks } from '../tasks/heldTasks.ts';
import type { SealedTasks } from '../tasks/sealedTasks.ts';
import { type AgreementFacts, agreementRows } from './agreementRows.ts';
import { currentRows } from './currentRows.ts';
import { type Held, heldRows } from './heldRows.ts';
import type { Row } from './row.ts';
import { sealedRows } from './sealedRows.ts';
import { durationText } from './texts.ts';
import type { Tree } from './tree.ts';

/** The open task, step by step. */
export function currentTree(summary: TaskSummary, onDidChange: Event<void>): Tree {
  return {
    onDidChange,
    rows: () => currentRows(summary.lines, summary.earlier, l10n.t),
    followsLast: true,
    dispose: () => {},
  };
}

/** What is left of a minute shows within half a minute. */
const clockTick = 30_000;

/** What has ended and is not sealed yet. */
export class HeldTree implements Tree {
  readonly #held: HeldTasks;
  readonly #projectId: () => string | null;
  readonly #waits: () => boolean;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #listener: Disposable;

  /** @param waits whether tasks wait for review now. */
  constructor(held: HeldTasks, projectId: () => string | null, waits: () => boolean) {
    this.#held = held;
    this.#projectId = projectId;
    this.#waits = waits;
    this.#listener = held.onDidChange(() => this.#changed.fire());
  }

  async rows(): Promise<Row[]> {
    const tasks = await this.#list();
    const labelled: Held[] = [];
    // One after the other: each is read in a worker of its own.
    for (const task of tasks) labelled.push({ ...task, label: await this.#held.label(task.taskId) });
    return heldRows(labelled, Date.now(), l10n.t);
  }

  get message(): string {
    if (this.#waits())
      return l10n.t('A task is sealed when you keep it, and discarded 7 days after its end when you do not.');
    return l10n.t('A task is sealed {0} after its end, unless you withdraw it.', durationText(graceTime(), l10n.t));
  }

  async waiting(): Promise<number> {
    return (await this.#list()).filter(({ review }) => review).length;
  }

  watch(): Disposable {
    const timer = setInterval(() => this.#changed.fire(), clockTick);
    return { dispose: () => clearInterval(timer) };
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }

  async #list() {
    const projectId = this.#projectId();
    return projectId === null ? [] : this.#held.list(projectId);
  }
}

/** So many sealed tasks are shown, and so many more whenever more are asked for. */
const page = 50;

/** What was sealed in this workspace. */
export class SealedTree implements Tree {
  readonly #sealed: SealedTasks;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #listener: Disposable;
  #shown = page;

  constructor(sealed: SealedTasks) {
    this.#sealed = sealed;
    this.#listener = sealed.onDidChange(() => this.#changed.fire());
  }

  async rows(): Promise<Row[]> {
    const { tasks, more } = await this.#sealed.newest(this.#shown);
    if (tasks.length > 0) void vscodeCommands.executeCommand('setContext', contextKeys.sealed, true);
    return sealedRows(tasks, more, commands.showMoreSealed, l10n.t);
  }

  showMore(): void {
    this.#shown += page;
    this.#changed.fire();
  }

  watch(): Disposable {
    return this.#sealed.watch();
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }
}

/** What the person agreed to; nothing while they have not. */
export function agreementTree(agreement: () => AgreementFacts | null, onDidChange: Event<void>): Tree {
  const dateText = (time: Date) => time.toLocaleDateString(env.language, { dateStyle: 'long' });
  return {
    onDidChange,
    rows: () => {
      const current = agreement();
      return current ? agreementRows(current, commands.showPolicy, dateText, l10n.t) : [];
    },
    dispose: () => {},
  };
}
