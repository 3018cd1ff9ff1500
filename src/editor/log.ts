import type { LogOutputChannel } from 'vscode';

/** What may be told in a log. No text that was recorded, no path, no message of an error, for it may quote one. */
export type LogCode =
  | 'state'
  | 'agreed'
  | 'revoked'
  | 'pause_failed'
  | 'live_share_unknown'
  | 'task_begun'
  | 'task_ended'
  | 'task_sealed'
  | 'task_withheld'
  | 'task_discarded'
  | 'records_mended'
  | 'journal_recovered'
  | 'journal_failed'
  | 'journal_unreadable'
  | 'key_failed'
  | 'dataset_failed'
  | 'dataset_deleted'
  | 'listener_failed'
  | 'git_failed';

/** Ids, counts and codes, such as `ENOSPC`: nothing that is written as times, hosts, addresses and paths are. */
const harmless = /^[A-Za-z0-9_]{1,64}$/;

/** The one way to the log: takes codes and ids only. */
export class Log {
  readonly #channel: LogOutputChannel;

  constructor(channel: LogOutputChannel) {
    this.#channel = channel;
  }

  write(code: LogCode, ...details: (string | number)[]): void {
    const shown = details.map((detail) => (harmless.test(String(detail)) ? detail : '?'));
    this.#channel.info([code, ...shown].join(' '));
  }
}

/** The code of a system error, else the kind of the error. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
