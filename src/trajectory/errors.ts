/** Why a task cannot become a record: nothing of it may be written. Messages hold positions, never content. */
export class TrajectoryError extends Error {
  override name = 'TrajectoryError';
  /** `replay`: changes and texts contradict each other; `size`: one step is larger than a row may be. */
  readonly reason: 'replay' | 'size';

  constructor(reason: 'replay' | 'size', message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A revision that speaks of what a record does not hold. The message is for people. */
export class RevisionError extends Error {
  override name = 'RevisionError';
}
