import type { Disposable, Uri } from 'vscode';
import type { ReviewChoice } from '../../consent/reviewChoice.ts';
import type { KnownValue } from '../../session/events.ts';
import type { JournalFolder } from '../../session/journal/journalFolder.ts';
import type { JournalKey } from '../capture/journalKey.ts';
import { DisposableStore } from '../disposableStore.ts';
import type { Log } from '../log.ts';
import { pickReview } from '../review/pickReview.ts';
import { Reviews } from '../review/reviews.ts';
import { graceTime } from '../settings.ts';
import { editInstruction, keepTask, revealTask, taskReference, withdrawTask } from '../views/taskActions.ts';
import { HeldTree, SealedTree } from '../views/trees.ts';
import { pickHeldTask } from './heldTaskPicker.ts';
import { HeldTasks } from './heldTasks.ts';
import { askWhenToSeal, chooseWhenToSeal } from './reviewDialogs.ts';
import { SealedTasks } from './sealedTasks.ts';
import { type DatasetTrouble, Sealer } from './sealer.ts';

export interface TasksOptions {
  extensionUri: Uri;
  workerFile: string;
  datasetFolder: () => string;
  journals: JournalFolder;
  key: JournalKey;
  log: Log;
  review: ReviewChoice;
  /** Null while nothing was recorded in this workspace. */
  projectId: () => string | null;
  /** What must stand in no record. */
  known: () => Promise<readonly KnownValue[]>;
  onDataset: (trouble: DatasetTrouble | null) => void;
  /** Whether tasks wait for review may have changed. */
  onReviewChoice: () => void;
}

/** What becomes of tasks that ended, and what the person decides on each. */
export class Tasks implements Disposable {
  readonly sealer: Sealer;
  readonly held: HeldTasks;
  readonly sealed: SealedTasks;
  readonly heldTree: HeldTree;
  readonly sealedTree: SealedTree;
  readonly #options: TasksOptions;
  readonly #reviews: Reviews;
  readonly #store = new DisposableStore();

  constructor(options: TasksOptions) {
    this.#options = options;
    const { extensionUri, workerFile, datasetFolder, journals, key, log, review, projectId, known } = options;
    const onChange = () => {
      this.held.tell();
      this.sealed.tell();
    };
    const { onDataset } = options;
    this.sealer = new Sealer({ workerFile, journals, key, datasetFolder, graceTime, log, onChange, onDataset });
    const onDecision = () => void this.#countDecision();
    this.held = this.#store.add(
      new HeldTasks({ workerFile, journals, key, sealer: this.sealer, graceTime, onDecision }),
    );
    const { sealer } = this;
    this.sealed = this.#store.add(new SealedTasks({ workerFile, datasetFolder, projectId, known, sealer }));
    this.heldTree = new HeldTree(this.held, projectId, () => review.waits);
    this.sealedTree = new SealedTree(this.sealed);
    this.#reviews = this.#store.add(new Reviews(extensionUri, { held: this.held, sealed: this.sealed }, log));
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Lets the person decide on what has ended and is not sealed yet. */
  pickHeld(): Promise<void> {
    return pickHeldTask(this.held, this.#options.projectId());
  }

  /** Opens a task as a trainer will get it; without a target, the person picks one. */
  async review(argument?: unknown): Promise<void> {
    const { data: task } = taskReference.safeParse(argument);
    if (task) await this.#reviews.open(task);
    else await pickReview(this.held, this.sealed, this.#options.projectId(), (picked) => this.#reviews.open(picked));
  }

  /** Lets the person choose whether tasks wait for review. */
  chooseReview(): Promise<void> {
    return chooseWhenToSeal(this.#options.review).finally(this.#options.onReviewChoice);
  }

  editInstruction(task: unknown): Promise<void> {
    return editInstruction(this.sealed, this.#options.log, task);
  }

  keep(task: unknown): Promise<void> {
    return keepTask(this.held, task);
  }

  withdraw(task: unknown): Promise<void> {
    return withdrawTask(this, this.#options.log, task);
  }

  reveal(task: unknown): Promise<void> {
    return revealTask(this.sealed, this.#options.datasetFolder(), task);
  }

  /** Once the first tasks are decided on, the person is asked what is to become of the others. */
  async #countDecision(): Promise<void> {
    const { review, onReviewChoice } = this.#options;
    if (await review.countDecision()) await askWhenToSeal(review);
    onReviewChoice();
  }
}
