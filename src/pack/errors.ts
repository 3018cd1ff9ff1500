/** Why nothing was packed. The message is for people: it names the file and the fix. */
export class PackError extends Error {
  override name = 'PackError';
}

/** No record stays, whatever is tried again. */
export class NothingKeptError extends PackError {}

/** Why a record is left out, in words that follow the name of a file. */
export class UnsoundError extends Error {
  readonly file: string;

  /** @param file relative to its dataset */
  constructor(file: string, fault: string) {
    super(fault);
    this.file = file;
  }
}
