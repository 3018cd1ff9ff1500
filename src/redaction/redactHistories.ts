/** The algorithm as a whole: what is found in one text is looked for in all versions of all others. */
import type { KnownValue } from '../session/events.ts';
import type { Atoms } from './atoms.ts';
import { detectValues } from './detectValues.ts';
import { Dictionary } from './dictionary.ts';
import { Emitter } from './emit.ts';
import { valuesOf } from './knownValues.ts';
import { lookUp } from './lookUp.ts';
import { coverNeighbours } from './neighbours.ts';
import { Placeholders, placeholdersIn } from './placeholders.ts';
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
  for (const { type, texts } of known.flatMap(valuesOf)) {
    atoms.addValue({ type, texts: new Set(texts), spreads: type === 'secret' });
  }
  mergeEqual(atoms);
  let dictionary = dictionaryOf(atoms);
  for (let round = 0; round < lookUpRounds && !dictionary.isEmpty; round++) {
    if (lookUp(histories, atoms, dictionary) === 0) break;
    dictionary = dictionaryOf(atoms);
  }
  coverNeighbours(histories, atoms);
  const placeholders = new Placeholders(takenPlaceholders(histories, atoms));
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

/** What the texts hold already and could be taken for a placeholder. */
function takenPlaceholders(histories: readonly TextHistory[], atoms: Atoms): string[] {
  return histories.flatMap((history) => [
    ...placeholdersIn(atoms.text(history.base)),
    ...history.edits.flatMap(({ inserted }) => (inserted.length > 8 ? placeholdersIn(atoms.text(inserted)) : [])),
    ...(history.edits.length > 0 ? placeholdersIn(atoms.text(history.final())) : []),
  ]);
}
