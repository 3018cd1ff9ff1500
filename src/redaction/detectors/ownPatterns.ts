/** Patterns of the person's own: regular expressions that cover what they match, one line at a time. */
import type { KnownValue } from '../../session/events.ts';
import { placeholderSpans } from '../placeholders.ts';
import type { Rule } from './rule.ts';

export const ownPatternFlags = 'gdu';

/** No more of a line is searched at once, so that what `patternFault` measured holds; longer lines are cut, with overlap. */
export const longestSearch = 4096;
const overlap = 1024;

/** Rules for the patterns among known values; `patternFault` has nothing to say against them. */
export function ownRules(known: readonly KnownValue[]): Rule[] {
  const sources = known.filter(({ type }) => type === 'pattern').map(({ value }) => value);
  return sources.map((source, index) => {
    const pattern = new RegExp(source, ownPatternFlags);
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
  for (const line of text.matchAll(/[^\r\n]+/g)) {
    for (let from = 0; ; from += longestSearch - overlap) {
      yield* matchesIn(pattern, line[0].slice(from, from + longestSearch), line.index + from);
      if (from + longestSearch >= line[0].length) break;
    }
  }
}

/** What stands for a value is none, whatever the pattern says: matches are cut around it. */
function* matchesIn(pattern: RegExp, text: string, offset: number): Iterable<readonly [number, number]> {
  let placeholders: [number, number][] | null = null;
  for (const match of text.matchAll(pattern)) {
    const [start, end] = match.indices?.groups?.value ?? match.indices?.[0] ?? [0, 0];
    placeholders ??= placeholderSpans(text);
    let from = start;
    for (const [first, last] of [...placeholders, [text.length, text.length]]) {
      const to = Math.min(first, end);
      if (text.slice(from, to).trim() !== '') yield [offset + from, offset + to];
      from = Math.max(from, last);
    }
  }
}
