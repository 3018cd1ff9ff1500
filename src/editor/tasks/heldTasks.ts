import { watch } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { type Disposable, type Event, EventEmitter, l10n } from 'vscode';
import { runDraft } from '../../sealing/runSealing.ts';
import { runWorker, WorkerEnd, type WorkerLimits } from '../../sealing/runWorker.ts';
import type { SealReport } from '../../sealing/sealRequest.ts';
import type { Draft } from '../../sealing/workerRequest.ts';
import { discardedAt, type HeldTask, sealsAt } from '../../session/journal/heldTasks.ts';
import type { JournalFolder } from '../../session/journal/journalFolder.ts';
import type { RecordRevision } from '../../trajectory/revision.ts';
import type { JournalKey } from '../capture/journalKey.ts';
import type { Sealer } from './sealer.ts';

/** A held task with its times, in milliseconds since the Unix epoch. */
export interface ListedTask extends HeldTask {
  /** Null while it waits for review, and when sealing has refused it. */
  sealsAt: number | null;
  discardedAt: number;
  /** Why sealing refused it: a code. */
  withheld: string | null;
}

export interface HeldTasksOptions {
  workerFile: string;
  journals: JournalFolder;
  key: JournalKey;
  sealer: Sealer;
  graceTime: () => number;
  /** The person has kept or withdrawn a task. */
  onDecision: () => void;
}

/** Nobody waits long for a name. */
const labelLimits: WorkerLimits = { time: 20_000, memory: 1024 };
const mostFiles = 3;

/** What has ended and is not sealed yet, as the person sees it and decides on it. */
export class HeldTasks implements Disposable {
  readonly #options: HeldTasksOptions;
  readonly #changed = new EventEmitter<void>();
  /** Also when another window of the host has changed something. */
  readonly onDidChange: Event<void> = this.#changed.event;
  readonly #labels = new Map<string, { mtimeMs: number; text: string }>();
  #watcher: { close(): void } | null = null;
  #isDisposed = false;

  constructor(options: HeldTasksOptions) {
    this.#options = options;
    void this.#watch().catch(() => {});
  }

  /** Those of a workspace, the newest first. */
  async list(projectId: string): Promise<ListedTask[]> {
    const { journals, graceTime } = this.#options;
    const tasks = (await journals.list()).flatMap(({ held, createdAt, withheld }) => {
      if (held?.projectId !== projectId) return [];
      const time = withheld === null ? sealsAt(held, graceTime()) : null;
      return [{ ...held, sealsAt: time, discardedAt: discardedAt(held, createdAt), withheld }];
    });
    return tasks.sort((a, b) => b.endedAt - a.endedAt);
  }

  /** Seals a task now, as the person has revised it. Null when nothing came of it. */
  async keep(taskId: string, revisions: readonly RecordRevision[] = []): Promise<SealReport | null> {
    const report = await this.#options.sealer.seal(taskId, revisions);
    if (report) this.#options.onDecision();
    return report;
  }

  /** The person is at it: it is not sealed by itself before they decide. */
  async wait(taskId: string): Promise<void> {
    const { journals } = this.#options;
    const held = await journals.held(taskId);
    if (!held || held.review) return;
    await journals.hold({ ...held, review: true });
    this.#changed.fire();
  }

  /** The journal goes, and nothing is sealed. */
  async withdraw(taskId: string): Promise<void> {
    const { sealer, onDecision } = this.#options;
    await sealer.takeBack(await sealer.want({ kind: 'task', taskId }));
    onDecision();
  }

  /** What a task is about, in its own redacted words; null when its journal cannot be read. */
  async label(taskId: string): Promise<string | null> {
    const { workerFile, journals, key } = this.#options;
    const path = journals.journalPath(taskId);
    const known = this.#labels.get(taskId);
    const { mtimeMs = 0 } = (await stat(path).catch(() => null)) ?? {};
    if (known?.mtimeMs === mtimeMs) return known.text;
    const stored = await key.read();
    if (!stored) return null;
    try {
      const { instruction, files } = await runWorker(
        workerFile,
        'label',
        { path, key: stored.toString('hex') },
        labelLimits,
      );
      const more = files.length > mostFiles ? ', …' : '';
      const text = instruction ?? (files.slice(0, mostFiles).join(', ') + more || l10n.t('A task without edits'));
      this.#labels.set(taskId, { mtimeMs, text });
      return text;
    } catch (error) {
      return error instanceof WorkerEnd ? l10n.t('A task too large to be named') : null;
    }
  }

  /** The records that would be sealed, redacted. @throws SealingError */
  async draft(taskId: string, revisions: readonly RecordRevision[] = []): Promise<Draft> {
    const { workerFile, journals, key } = this.#options;
    const stored = await key.read();
    const source = {
      kind: 'journal' as const,
      path: journals.journalPath(taskId),
      key: stored?.toString('hex') ?? '',
    };
    return runDraft(workerFile, { source, revisions });
  }

  /** Something was held, sealed or deleted here. */
  tell(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#watcher?.close();
    this.#changed.dispose();
  }

  async #watch(): Promise<void> {
    const { path } = this.#options.journals;
    await mkdir(path, { recursive: true, mode: 0o700 });
    if (this.#isDisposed) return;
    this.#watcher = watch(path, { persistent: false }, (_, name) => {
      if (name?.endsWith('.held')) this.#changed.fire();
    }).on('error', () => this.#watcher?.close());
  }
}
