/** The algorithm as a whole: what is found in one text is looked for in all versions of all others. */
import { randomInt } from 'node:crypto';
import type { KnownValue } from '../session/events.ts';
import type { Atoms } from './atoms.ts';
import { detectValues } from './detectValues.ts';
import { Dictionary, knownTexts } from './dictionary.ts';
import { Emitter } from './emit.ts';
import { lookUp } from './lookUp.ts';
import { holdsPlaceholder, Placeholders } from './placeholders.ts';
import { spreadOverTokens } from './spread.ts';
import type { TextHistory } from './textHistory.ts';

const lookUpRounds = 3;

export interface RedactedHistories {
  emitter: Emitter;
  placeholders: Placeholders;
  /** What the finished text must not hold. */
  dictionary: Dictionary;
}

/** Taints all values in the histories. @param known values to look for besides those that the rules find. */
export function redactHistories(
  histories: readonly TextHistory[],
  atoms: Atoms,
  known: readonly KnownValue[],
): RedactedHistories {
  for (const history of histories) detectValues(history, atoms);
  spreadOverTokens(histories, atoms);
  for (const entry of known) {
    atoms.addValue({ type: entry.type, texts: new Set(knownTexts(entry)), spreads: entry.type === 'secret' });
  }
  mergeEqual(atoms);
  let dictionary = dictionaryOf(atoms);
  for (let round = 0; round < lookUpRounds && !dictionary.isEmpty; round++) {
    if (lookUp(histories, atoms, dictionary) === 0) break;
    dictionary = dictionaryOf(atoms);
  }
  const placeholders = new Placeholders(nonceFor(histories, atoms));
  return { emitter: new Emitter(atoms, placeholders), placeholders, dictionary };
}

/** One value, one placeholder: what was seen in the same form is the same. */
function mergeEqual(atoms: Atoms): void {
  const byText = new Map<string, number>();
  for (const [index, { texts }] of [...atoms.values()]) {
    for (const text of texts) {
      const other = byText.get(text);
      if (other === undefined) byText.set(text, index);
      else atoms.merge(other, index);
    }
  }
}

function dictionaryOf(atoms: Atoms): Dictionary {
  return new Dictionary([...atoms.values()].map(([value, { type, texts }]) => ({ value, type, texts })));
}

/** Four letters that set a record's placeholders apart from what its texts already hold; null where they hold none. */
function nonceFor(histories: readonly TextHistory[], atoms: Atoms): string | null {
  const taken = histories.some(
    (history) =>
      holdsPlaceholder(atoms.text(history.base)) ||
      history.edits.some(({ inserted }) => inserted.length > 8 && holdsPlaceholder(atoms.text(inserted))) ||
      (history.edits.length > 0 && holdsPlaceholder(atoms.text(history.final()))),
  );
  if (!taken) return null;
  return Array.from({ length: 4 }, () => String.fromCharCode(0x61 + randomInt(26))).join('');
}
