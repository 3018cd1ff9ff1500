export type DatasetErrorReason =
  | 'unsafe_place'
  | 'git_work_tree'
  | 'writable_by_others'
  | 'symlink'
  | 'not_a_folder'
  | 'not_empty'
  | 'no_dataset'
  | 'unknown_format'
  | 'no_record'
  | 'broken_record'
  | 'no_receipt'
  | 'broken_consent';

/** Why a dataset folder was not opened, read or written. The message is for people: it names the path and the fix. */
export class DatasetError extends Error {
  readonly reason: DatasetErrorReason;

  constructor(reason: DatasetErrorReason, message: string) {
    super(message);
    this.name = 'DatasetError';
    this.reason = reason;
  }
}

/** Whether a call of `node:fs` failed with one of these codes. */
export function failedWith(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
