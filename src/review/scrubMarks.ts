import type { Step } from '../trajectory/record.ts';
import { type Tone, toneOf } from './stepText.ts';

/** What is worth more to see where several steps share a place. */
const weight: Record<Tone, number> = { plain: 0, edit: 1, good: 2, bad: 3 };

export interface Mark {
  tone: Tone;
  /** Where it begins, and how wide it is, as shares of the whole. */
  at: number;
  width: number;
}

/** The steps as a strip of at most so many marks. */
export function scrubMarks(steps: readonly Step[], most: number): Mark[] {
  const count = Math.min(most, steps.length);
  const tones: (Tone | undefined)[] = Array(count).fill(undefined);
  for (const [i, step] of steps.entries()) {
    const place = Math.floor((i * count) / steps.length);
    const tone = toneOf(step);
    const before = tones[place];
    if (before === undefined || weight[tone] > weight[before]) tones[place] = tone;
  }
  return tones.map((tone, i) => ({ tone: tone ?? 'plain', at: i / count, width: 1 / count }));
}
