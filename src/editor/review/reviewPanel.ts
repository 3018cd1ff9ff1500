import { randomBytes } from 'node:crypto';
import { type Disposable, env, l10n, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { type FromPage, fromPage, type ToPage } from '../../review/messages.ts';
import { SealingError, WorkerEnd } from '../../sealing/runWorker.ts';
import type { Draft } from '../../sealing/workerRequest.ts';
import type { RecordRevision, Revision } from '../../trajectory/revision.ts';
import { DisposableStore } from '../disposableStore.ts';
import { codeOf, type Log } from '../log.ts';
import { reviewViewType } from '../names.ts';
import { firstLine } from '../views/texts.ts';
import { reviewPage } from './page.ts';
import type { ReviewedTask } from './reviewedTask.ts';

export interface ReviewPanelOptions {
  extensionUri: Uri;
  task: ReviewedTask;
  /** Made before, in a panel that was closed. */
  revisions: readonly RecordRevision[];
  log: Log;
  /** It was closed with revisions that did not take effect. */
  onLost: (task: ReviewedTask, revisions: readonly RecordRevision[]) => void;
}

/** One task in a webview. What the person changes is collected here, and takes effect when they keep it. */
export class ReviewPanel implements Disposable {
  readonly #options: ReviewPanelOptions;
  readonly #store = new DisposableStore();
  readonly #panel: WebviewPanel;
  #task: ReviewedTask;
  #revisions: RecordRevision[];
  #draft: Draft | null = null;
  #part = 0;
  #isBusy = false;
  #queue: Promise<void> = Promise.resolve();
  #isGone = false;

  constructor(options: ReviewPanelOptions) {
    this.#options = options;
    this.#task = options.task;
    this.#revisions = [...options.revisions];
    const folder = Uri.joinPath(options.extensionUri, 'dist', 'review');
    this.#panel = window.createWebviewPanel(reviewViewType, l10n.t('Review'), ViewColumn.Active, {
      enableScripts: true,
      enableForms: false,
      localResourceRoots: [folder],
    });
    const { webview } = this.#panel;
    this.#store.add(webview.onDidReceiveMessage((message) => this.#receive(message)));
    this.#panel.onDidDispose(() => this.#close());
    webview.html = reviewPage({
      script: webview.asWebviewUri(Uri.joinPath(folder, 'review.js')).toString(),
      style: webview.asWebviewUri(Uri.joinPath(folder, 'style.css')).toString(),
      nonce: randomBytes(16).toString('hex'),
      title: l10n.t('Review'),
      language: env.language,
      strings: bundledStrings(),
    });
  }

  get task(): ReviewedTask {
    return this.#task;
  }

  onDidClose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#isGone = true;
    this.#panel.dispose();
  }

  /** Whatever the page says is checked first. */
  #receive(message: unknown): void {
    const parsed = fromPage.safeParse(message);
    if (parsed.success) void this.#act(parsed.data);
  }

  async #act(message: FromPage): Promise<void> {
    switch (message.type) {
      case 'ready':
        if (!this.#draft) return this.#redraft(() => this.#revisions);
        // The page was put away while another tab was in front, and is made anew.
        this.#post({ type: 'busy', busy: this.#isBusy });
        this.#show();
        return;
      case 'part':
        this.#part = message.part;
        this.#show();
        return;
      case 'example':
        this.#showExample(message.format, message.row);
        return;
      case 'revise':
        await this.#revise(message.revision);
        return;
      case 'undo':
        await this.#redraft(() => this.#revisions.slice(0, -1));
        return;
      case 'keep':
        await this.#keep();
        return;
      case 'withdraw':
        await this.#withdraw();
    }
  }

  async #revise(revision: Revision): Promise<void> {
    const record = this.#draft?.records[this.#part]?.trajectory;
    if (!record) return;
    await this.#redraft(() => [...this.#revisions, { trajectoryId: record.trajectory_id, revision }]);
  }

  /** Shows the task with these revisions, which count only if they can be made. */
  async #redraft(next: () => readonly RecordRevision[]): Promise<void> {
    await this.#work(async () => {
      const revisions = next();
      const draft = await this.#task.draft(revisions);
      const [reason] = draft.withheld;
      if (draft.records.length === 0 || reason) {
        void window.showWarningMessage(
          this.#draft
            ? l10n.t('This change cannot be made: nothing would be left that holds together. The task is as before.')
            : l10n.t('This task cannot be shown: it could not be redacted with certainty, and is not written.'),
        );
        return;
      }
      this.#draft = draft;
      this.#revisions = [...revisions];
    });
    this.#show();
  }

  async #keep(): Promise<void> {
    await this.#work(async () => {
      const wasHeld = this.#task.target.kind === 'held';
      const kept = await this.#task.keep(this.#revisions);
      if (!kept) {
        void window.showWarningMessage(
          l10n.t('Nothing was sealed: the task could not be redacted with certainty, or is sealed already.'),
        );
        return;
      }
      this.#revisions = [];
      this.#task = kept;
      this.#draft = await kept.draft([]);
      void window.setStatusBarMessage(wasHeld ? l10n.t('The task is sealed.') : l10n.t('The changes are saved.'), 5000);
    });
    this.#show();
  }

  async #withdraw(): Promise<void> {
    const withdraw = l10n.t('Withdraw');
    const detail =
      this.#task.target.kind === 'held'
        ? l10n.t('Nothing of it is sealed, and what was recorded is deleted. This cannot be undone.')
        : l10n.t(
            'Its record and all examples made from it are deleted here. Copies follow where their holders run sync. This cannot be undone.',
          );
    const answer = await window.showWarningMessage(l10n.t('Withdraw this task?'), { modal: true, detail }, withdraw);
    if (answer !== withdraw) return;
    await this.#work(async () => {
      await this.#task.withdraw();
      this.dispose();
    });
  }

  /** One thing after the other: a click on Keep may come right behind the change that it is to keep. */
  #work(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(async () => {
      if (this.#isGone) return;
      this.#isBusy = true;
      this.#post({ type: 'busy', busy: true });
      try {
        await work();
      } catch (error) {
        this.#options.log.write('review_failed', codeOf(error));
        void window.showErrorMessage(`Understudy: ${reasonOf(error)}`);
      } finally {
        this.#isBusy = false;
        this.#post({ type: 'busy', busy: false });
      }
    });
    return this.#queue;
  }

  #show(): void {
    if (!this.#draft) return;
    const { records } = this.#draft;
    this.#part = Math.min(this.#part, records.length - 1);
    const { trajectory, examples, redactions } = records[this.#part];
    const { text } = trajectory.instruction;
    const own = records.filter((one) => one.trajectory.task_id === trajectory.task_id);
    this.#panel.title = l10n.t(
      'Review: {0}',
      firstLine(text ?? '', longestTitle) || trajectory.files[0]?.path || l10n.t('a task'),
    );
    this.#post({
      type: 'show',
      kind: this.#task.target.kind,
      record: trajectory,
      outcome: (own.at(-1)?.trajectory ?? trajectory).outcome,
      part: this.#part,
      parts: records.length,
      redactions,
      examples: examples.map(({ format, rows }) => ({ format, count: rows.length })),
      revisions: this.#revisions.map(({ revision }) => revision),
    });
  }

  /** One row at a time: all of them together are many times the size of their record. */
  #showExample(format: string, row: number): void {
    const { examples } = this.#draft?.records[this.#part] ?? { examples: [] };
    const found = examples.find((one) => one.format === format)?.rows[row];
    if (found) this.#post({ type: 'example', format, row, text: JSON.stringify(found) });
  }

  #post(message: ToPage): void {
    if (!this.#isGone) void this.#panel.webview.postMessage(message);
  }

  #close(): void {
    const isLost = !this.#isGone && this.#revisions.length > 0;
    this.#isGone = true;
    this.#store.dispose();
    if (isLost) this.#options.onLost(this.#task, this.#revisions);
  }
}

const longestTitle = 40;

/** The translations of the editor's language; a bundle may also hold comments beside them. */
function bundledStrings(): Record<string, string> {
  const entries = Object.entries(l10n.bundle ?? {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function reasonOf(error: unknown): string {
  if (error instanceof SealingError) return error.message;
  if (error instanceof WorkerEnd && error.reason === 'too_slow')
    return l10n.t('This took too long. Nothing has changed.');
  return l10n.t('This could not be done. Nothing has changed.');
}
