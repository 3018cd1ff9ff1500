/** The last look: at the very texts about to be written. */
import type { KnownValue } from '../session/events.ts';
import { detect } from './detectors/detect.ts';
import { ownRules } from './detectors/ownPatterns.ts';
import type { Dictionary } from './dictionary/dictionary.ts';
import { holdsPlaceholder } from './placeholders.ts';

/** Ids and hashes are ours: random, or of redacted text. */
const ours = /^[0-9a-f]{32}(?:[0-9a-f]{32})?$/;
const shortest = 6;

/**
 * Values of the task that still stand in a record or an example, and what the rules find in its texts.
 * @param row as it is going to be written. @param dictionaries of values that must not stand there.
 * @param known of which the person's own patterns are searched too.
 * @returns the texts that should not be there; empty for a clean row.
 */
export function audit(row: unknown, dictionaries: readonly Dictionary[], known: readonly KnownValue[] = []): string[] {
  const own = ownRules(known);
  const found = new Set<string>();
  for (const text of texts(row)) {
    if (text.length < shortest || ours.test(text)) continue;
    for (const { start, end } of [...dictionaries.flatMap((one) => one.find(text)), ...detect(text, 'source', own)]) {
      const hit = text.slice(start, end);
      if (!holdsPlaceholder(hit)) found.add(hit);
    }
  }
  return [...found];
}

function* texts(value: unknown): Iterable<string> {
  if (typeof value === 'string') yield value;
  else if (value && typeof value === 'object') for (const inner of Object.values(value)) yield* texts(inner);
}
