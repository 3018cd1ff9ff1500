import { type Disposable, l10n, type Uri, window } from 'vscode';
import type { RecordRevision } from '../../trajectory/revision.ts';
import { DisposableStore } from '../disposableStore.ts';
import type { Log } from '../log.ts';
import type { TaskReference } from '../views/taskActions.ts';
import { type ReviewedTask, reviewedTask, type TaskSources } from './reviewedTask.ts';
import { ReviewPanel } from './reviewPanel.ts';

/** The reviews that are open: one panel a task. */
export class Reviews implements Disposable {
  readonly #store = new DisposableStore();
  readonly #extensionUri: Uri;
  readonly #sources: TaskSources;
  readonly #log: Log;
  readonly #panels = new Map<string, ReviewPanel>();

  constructor(extensionUri: Uri, sources: TaskSources, log: Log) {
    this.#extensionUri = extensionUri;
    this.#sources = sources;
    this.#log = log;
  }

  /** Opens the review of a task, or shows it where it is open. */
  async open(target: TaskReference): Promise<void> {
    const task = await reviewedTask(target, this.#sources);
    if (task) this.#open(task, []);
    else void window.showInformationMessage(l10n.t('This task is not in this workspace any more.'));
  }

  dispose(): void {
    this.#store.dispose();
  }

  #open(task: ReviewedTask, revisions: readonly RecordRevision[]): void {
    const { taskId } = task.target;
    const open = this.#panels.get(taskId);
    if (open) {
      open.reveal();
      return;
    }
    const panel = new ReviewPanel({
      extensionUri: this.#extensionUri,
      task,
      revisions,
      log: this.#log,
      onLost: (closed, lost) => void this.#offer(closed, lost),
    });
    this.#panels.set(taskId, panel);
    this.#store.add(panel);
    panel.onDidClose(() => this.#panels.delete(taskId));
  }

  /** Closing asks nothing, and loses nothing in silence. */
  async #offer(task: ReviewedTask, revisions: readonly RecordRevision[]): Promise<void> {
    const reopen = l10n.t('Reopen');
    const message =
      task.target.kind === 'held'
        ? l10n.t('You closed a review with changes that do not apply yet: the task is held as it was.')
        : l10n.t('You closed a review with changes that are not saved: the task stands as it was.');
    if ((await window.showWarningMessage(message, reopen)) === reopen) this.#open(task, revisions);
  }
}
