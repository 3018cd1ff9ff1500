import { newId } from '../consent/grant.ts';
import type { EffectiveConsent } from '../consent/organisation.ts';
import { undatedReceipt } from '../consent/receipt.ts';
import type { TaskSink } from '../session/capture/taskStream.ts';
import type { JournalFolder } from '../session/journal/journalFolder.ts';
import { JournalWriter } from '../session/journal/journalWriter.ts';
import { Lease } from '../session/journal/lease.ts';

export interface EndedJournal {
  taskId: string;
  lease: Lease;
}

export interface JournalHandlers {
  /** The task's journal is complete and on the disk. */
  onEnd: (journal: EndedJournal) => void;
  onError: (error: unknown) => void;
}

/** The journals that this window writes. */
export class Journals {
  readonly #folder: JournalFolder;
  readonly #key: Buffer;
  readonly #handlers: JournalHandlers;
  readonly #closing = new Set<Promise<void>>();

  constructor(folder: JournalFolder, key: Buffer, handlers: JournalHandlers) {
    this.#folder = folder;
    this.#key = key;
    this.#handlers = handlers;
  }

  /** A journal for the next task, under the consent. */
  open({ receipt, policy, signals, uses }: EffectiveConsent, projectId: string): TaskSink {
    const taskId = newId();
    const lease = Lease.take(this.#folder.path, taskId);
    lease.catch(this.#handlers.onError);
    const header = {
      task_id: taskId,
      project_id: projectId,
      receipt: undatedReceipt.strip().parse(receipt),
      policy: { version: policy.version, text: policy.text },
      narrowed: { signals, uses },
    };
    const path = this.#folder.journalPath(taskId);
    const writer = new JournalWriter(path, this.#key, header, this.#handlers.onError);
    return {
      append: (event) => writer.append(event),
      get full() {
        return writer.full;
      },
      close: () => {
        const closed = writer
          .close()
          .then(async () => this.#handlers.onEnd({ taskId, lease: await lease }))
          .catch(this.#handlers.onError)
          .finally(() => this.#closing.delete(closed));
        this.#closing.add(closed);
      },
    };
  }

  /** Resolves when every journal whose task has ended is on the disk. */
  async settled(): Promise<void> {
    await Promise.all(this.#closing);
  }
}
