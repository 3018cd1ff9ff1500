/**
 * The origin of every edit of a task, and how sure it is: a pure function of what was seen, in the order of time. It may
 * look ahead, because a task is judged when it is over; it runs before redaction, because it needs raw text and timing.
 */
import type { Origin } from '../task.ts';
import { lookAround } from './around.ts';
import { rules } from './rules.ts';
import type { EditSeen, Seen } from './seen.ts';

export interface Verdict {
  origin: Origin;
  /** 0 to 1; null for `unknown`. */
  originConfidence: number | null;
  /** The rule that decided; null when none held. */
  rule: string | null;
}

const unknown: Verdict = { origin: 'unknown', originConfidence: null, rule: null };

/** @param seen what was seen of one task. @returns one verdict an edit. */
export function attribute(seen: readonly Seen[]): Map<EditSeen, Verdict> {
  const verdicts = new Map<EditSeen, Verdict>();
  for (const [edit, around] of lookAround(seen)) {
    const rule = rules.find(({ holds }) => holds(edit, around));
    const { origin, confidence, name } = rule ?? { ...unknown, confidence: null, name: null };
    verdicts.set(edit, { origin, originConfidence: confidence, rule: name });
  }
  return verdicts;
}
