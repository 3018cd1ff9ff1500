/**
 * The one question of this project: is recording on? The state is never stored; it follows from the facts, so it cannot
 * disagree with them.
 */
import type { Pause } from './pause.ts';

/** Why a workspace cannot be recorded although the person agreed. */
export type Hold =
  | 'untrusted'
  | 'no_folder'
  | 'virtual'
  /** By the person's own setting. */
  | 'excluded'
  /** By the organisation's policy file. */
  | 'organisation'
  /** Others, who did not agree, work along. */
  | 'live_share';

/**
 * What stopped the recording: the journal or its key cannot be kept, the dataset folder cannot be used, what the person wants
 * redacted is not understood, what the organisation's policy file says is not to be known, or it could not be started.
 */
export type Trouble = 'journal' | 'key' | 'dataset' | 'patterns' | 'denylist' | 'organisation' | 'start';

export interface Situation {
  /** Whether this workspace has a receipt that holds now, for this place. */
  consented: boolean;
  /** Of all windows of this host. */
  pause: Pause | null;
  hold: Hold | null;
  trouble: Trouble | null;
}

export type State =
  | { kind: 'off' }
  | { kind: 'held'; why: Hold }
  | { kind: 'trouble'; what: Trouble }
  | { kind: 'paused'; until: number | null }
  | { kind: 'recording' };

export function stateOf({ consented, hold, trouble, pause }: Situation): State {
  if (!consented) return { kind: 'off' };
  if (hold) return { kind: 'held', why: hold };
  if (trouble) return { kind: 'trouble', what: trouble };
  return pause ? { kind: 'paused', until: pause.until } : { kind: 'recording' };
}

/** What a click on the status bar does. Only `ask` can lead to consent; pausing and resuming never ask. */
export type ClickAction = 'explain' | 'ask' | 'retry' | 'resume' | 'pause';

export function clickAction(situation: Situation): ClickAction {
  if (situation.hold) return 'explain';
  // Nobody can be asked to agree to what an organisation may have narrowed.
  if (situation.trouble === 'organisation') return 'retry';
  const { kind } = stateOf(situation);
  if (kind === 'off') return 'ask';
  if (kind === 'trouble') return 'retry';
  return kind === 'paused' ? 'resume' : 'pause';
}
