/** Patterns of the person's own: regular expressions that cover what they match. */
import type { KnownValue } from '../../session/events.ts';
import { holdsPlaceholder } from '../placeholders.ts';
import type { Rule } from './rule.ts';

const flags = 'gdu';

/** Rules for the patterns among known values; `patternFault` has nothing to say against them. */
export function ownRules(known: readonly KnownValue[]): Rule[] {
  const sources = known.filter(({ type }) => type === 'pattern').map(({ value }) => value);
  return sources.map((source, index) => {
    const pattern = new RegExp(source, flags);
    return {
      id: `own-pattern-${index + 1}`,
      type: 'secret',
      keywords: [],
      closed: pattern,
      scan: (text) => matchesOf(pattern, text),
      delimited: true,
      reference: 'the setting understudy.redaction.extraPatterns',
    };
  });
}

function* matchesOf(pattern: RegExp, text: string): Iterable<readonly [number, number]> {
  for (const match of text.matchAll(pattern)) {
    const [start, end] = match.indices?.groups?.value ?? match.indices?.[0] ?? [0, 0];
    // What stands for a value is none, whatever the pattern says.
    if (end > start && !holdsPlaceholder(text.slice(start, end))) yield [start, end];
  }
}

/** Milliseconds that a pattern may take for a hostile text of 4 KB. */
const slowestMatch = 20;
const hostileLength = 4096;

export const tooSlow = `it takes more than ${slowestMatch} ms for a text of 4 KB: avoid repetitions inside repetitions`;

/** Why a pattern cannot be used, for people; null when it can. It may take forever: call it where it can be killed. */
export function patternFault(source: string): string | null {
  let pattern: RegExp;
  try {
    pattern = new RegExp(source, flags);
  } catch (error) {
    return (error as Error).message.replace(/^Invalid regular expression: /, '');
  }
  if (new RegExp(source, 'u').test('')) return 'it matches the empty text, and so everywhere';
  for (const text of hostileTexts(source)) {
    // The first run compiles it.
    const times = [0, 1, 2].map(() => {
      const begin = performance.now();
      for (const _ of text.matchAll(pattern));
      return performance.now() - begin;
    });
    if (Math.min(...times) > slowestMatch) return tooSlow;
  }
  return null;
}

/** Texts that make backtracking show: the pattern's own letters, alone and together, over and over, with a wrong end. */
function hostileTexts(source: string): string[] {
  const literals = source
    .replace(/\\[a-zA-Z]|\(\?[:<=!]*|[()[\]{}|?*+^$\\]/g, ' ')
    .split(/\s+/)
    .filter((literal) => literal !== '');
  const letters = source.replace(/[^\w]/g, '').slice(0, 20);
  const units = new Set([...'aA0_- .:/="', ...letters, ...literals, literals.join(''), 'a1', 'a ', 'aB0']);
  const starts = new Set(['', ...literals.slice(0, 3)]);
  return [...units]
    .filter((unit) => unit !== '')
    .flatMap((unit) => {
      const run = unit.repeat(Math.ceil(hostileLength / unit.length)).slice(0, hostileLength);
      return [...starts].map((start) => `${start}${run}\u0001`);
    });
}
