/**
 * The one question of this project: is recording on? The state is never stored; it follows from the facts, so it cannot
 * disagree with them.
 */

/** Why a workspace cannot be recorded although the person agreed. */
export type Hold = 'untrusted' | 'no_folder' | 'virtual';

/**
 * What stopped the recording: the journal or its key cannot be kept, the dataset folder cannot be used, or what the person
 * wants redacted is not understood.
 */
export type Trouble = 'journal' | 'key' | 'dataset' | 'patterns' | 'denylist';

export interface Situation {
  /** Whether this workspace has a receipt that holds now. */
  consented: boolean;
  paused: boolean;
  hold: Hold | null;
  trouble: Trouble | null;
}

export type State =
  | { kind: 'off' }
  | { kind: 'held'; why: Hold }
  | { kind: 'trouble'; what: Trouble }
  | { kind: 'paused' }
  | { kind: 'recording' };

export function stateOf({ consented, hold, trouble, paused }: Situation): State {
  if (!consented) return { kind: 'off' };
  if (hold) return { kind: 'held', why: hold };
  if (trouble) return { kind: 'trouble', what: trouble };
  return { kind: paused ? 'paused' : 'recording' };
}

/** What a click on the status bar does. Only `ask` can lead to consent; pausing and resuming never ask. */
export type ClickAction = 'explain' | 'ask' | 'retry' | 'resume' | 'pause';

export function clickAction(situation: Situation): ClickAction {
  if (situation.hold) return 'explain';
  const { kind } = stateOf(situation);
  if (kind === 'off') return 'ask';
  if (kind === 'trouble') return 'retry';
  return kind === 'paused' ? 'resume' : 'pause';
}
