/**
 * Why a journal cannot be read. `empty`: its owner died before anything was in it; `key`: it was written with another
 * key; `format`: it is no journal, or one of another version.
 */
export type JournalFault = 'empty' | 'key' | 'format';

const messages: Record<JournalFault, string> = {
  empty: 'The journal holds nothing.',
  key: 'The journal was encrypted with another key.',
  format: 'The file is not a journal that this version can read.',
};

export class JournalError extends Error {
  override name = 'JournalError';
  readonly fault: JournalFault;

  constructor(fault: JournalFault) {
    super(messages[fault]);
    this.fault = fault;
  }
}
