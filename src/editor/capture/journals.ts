import { newId } from '../../consent/grant.ts';
import type { EffectiveConsent } from '../../consent/organisation.ts';
import { undatedReceipt } from '../../consent/receipt.ts';
import type { TaskSink } from '../../session/capture/taskStream.ts';
import type { JournalFolder } from '../../session/journal/journalFolder.ts';
import { JournalWriter } from '../../session/journal/journalWriter.ts';
import { Lease } from '../../session/journal/lease.ts';

export interface EndedJournal {
  taskId: string;
  projectId: string;
  /** Whether the task waits for review. */
  review: boolean;
  /** Whether anything was done in it. */
  worked: boolean;
  lease: Lease;
}

export interface JournalHandlers {
  /** The task's journal is complete and on the disk. */
  onEnd: (journal: EndedJournal) => Promise<void>;
  onError: (error: unknown) => void;
}

/** The journals that this window writes. */
export class Journals {
  readonly #folder: JournalFolder;
  readonly #key: Buffer;
  readonly #handlers: JournalHandlers;
  readonly #open = new Set<JournalWriter>();
  readonly #closing = new Set<Promise<void>>();

  constructor(folder: JournalFolder, key: Buffer, handlers: JournalHandlers) {
    this.#folder = folder;
    this.#key = key;
    this.#handlers = handlers;
  }

  /** A journal for the next task, under the consent. @param review whether the task will wait for review. */
  open({ receipt, policy, signals, uses }: EffectiveConsent, projectId: string, review: boolean): TaskSink {
    const taskId = newId();
    const lease = Lease.take(this.#folder.path, taskId);
    lease.catch(this.#handlers.onError);
    const header = {
      task_id: taskId,
      project_id: projectId,
      review,
      receipt: undatedReceipt.strip().parse(receipt),
      policy: { version: policy.version, text: policy.text },
      narrowed: { signals, uses },
    };
    const path = this.#folder.journalPath(taskId);
    const writer = new JournalWriter(path, this.#key, header, this.#handlers.onError);
    this.#open.add(writer);
    return {
      append: (event) => writer.append(event),
      get full() {
        return writer.full;
      },
      close: (worked) => {
        this.#open.delete(writer);
        const closed = writer
          .close()
          // What stands on the disk already is whole, and kept.
          .catch(this.#handlers.onError)
          .then(async () => this.#handlers.onEnd({ taskId, projectId, review, worked, lease: await lease }))
          .catch(this.#handlers.onError)
          .finally(() => this.#closing.delete(closed));
        this.#closing.add(closed);
      },
    };
  }

  /** Resolves when all that was recorded so far is on the disk. */
  async flush(): Promise<void> {
    await Promise.all(Array.from(this.#open, (writer) => writer.flush()));
  }

  /** Resolves when every journal whose task has ended is on the disk, and its task is held. */
  async settled(): Promise<void> {
    await Promise.all(this.#closing);
  }
}
