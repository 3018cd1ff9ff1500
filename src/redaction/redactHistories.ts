/** The algorithm as a whole: what is found in one text is looked for in all versions of all others. */
import type { KnownValue } from '../session/events.ts';
import { ownRules } from './detectors/ownPatterns.ts';
import { pieceLength } from './detectors/rarity.ts';
import type { ValueType } from './detectors/rule.ts';
import { Dictionary } from './dictionary/dictionary.ts';
import { encodings } from './dictionary/encodings.ts';
import { valuesOf } from './dictionary/knownValues.ts';
import type { Atoms } from './history/atoms.ts';
import { detectValues } from './history/detectValues.ts';
import { Emitter } from './history/emit.ts';
import { lookUp } from './history/lookUp.ts';
import { coverNeighbours } from './history/neighbours.ts';
import { spreadOverTokens } from './history/spread.ts';
import type { TextHistory } from './history/textHistory.ts';
import { Placeholders, placeholdersIn } from './placeholders.ts';

const lookUpRounds = 3;
/** More values than these are compared as wholes only: the comparison takes their square. */
const mostMerged = 500;

/** What stands for a value that was taken out. */
export interface Covered {
  placeholder: string;
  type: string;
  /** What found it: see `explainRule`. */
  rule: string;
}

export interface PlaceholderOptions {
  /** Placeholder forms that stand elsewhere in the record already. */
  taken?: readonly string[];
  /** Draws what makes worded forms differ from those that stand there already; at random unless told otherwise. */
  drawNonce?: () => string;
}

export interface RedactedHistories {
  emitter: Emitter;
  /** What the emitter has put into texts so far, in that order. */
  covered: () => Covered[];
  /** What the finished text must not hold. */
  dictionary: Dictionary;
  /** What the rules found here, to look for elsewhere. */
  found: KnownValue[];
}

/** Taints all values in the histories. @param known values to look for besides those that the rules find. */
export function redactHistories(
  histories: readonly TextHistory[],
  atoms: Atoms,
  known: readonly KnownValue[],
  { taken = [], drawNonce }: PlaceholderOptions = {},
): RedactedHistories {
  const own = ownRules(known);
  for (const history of histories) detectValues(history, atoms, own);
  spreadOverTokens(histories, atoms);
  mergeParts(atoms);
  for (const entry of known) {
    for (const { type, texts, isDenied } of valuesOf(entry)) {
      const rule = `known:${entry.type}`;
      atoms.addValue({ type, texts: new Set(texts), spreads: type === 'secret', rule, ...(isDenied && { isDenied }) });
    }
  }
  mergeEqual(atoms);
  let dictionary = dictionaryOf(atoms);
  for (let round = 0; round < lookUpRounds && !dictionary.isEmpty; round++) {
    if (lookUp(histories, atoms, dictionary) === 0) break;
    dictionary = dictionaryOf(atoms);
  }
  coverNeighbours(histories, atoms);
  const placeholders = new Placeholders([...taken, ...takenPlaceholders(histories, atoms)], drawNonce);
  const covered = () =>
    placeholders.list().map(({ value, placeholder, type }) => ({ placeholder, type, rule: atoms.value(value).rule }));
  return { emitter: new Emitter(atoms, placeholders), covered, dictionary, found: foundBy(atoms) };
}

const foundAs = new Map<ValueType, KnownValue['type']>([
  ['secret', 'secret'],
  ['private_key', 'secret'],
  ['user', 'user'],
  ['host', 'host'],
  ['email', 'email'],
  ['person', 'person'],
]);

function foundBy(atoms: Atoms): KnownValue[] {
  return [...atoms.values()].flatMap(([, { type, texts, rule }]) => {
    const as = foundAs.get(type);
    return as === undefined || rule.startsWith('known:') ? [] : [...texts].map((value) => ({ type: as, value }));
  });
}

/**
 * What stands in another value, given up half way or cut in two, is that value, and so is what holds it encoded: whether a
 * rule knew it by itself is chance.
 */
function mergeParts(atoms: Atoms): void {
  const values = [...atoms.values()]
    .filter(([, { type }]) => type === 'secret')
    .flatMap(([index, { texts }]) => [...texts].map((text) => ({ index, text })));
  if (values.length > mostMerged) return;
  const starts: number[] = [];
  let all = '';
  for (const { text } of values) {
    starts.push(all.length);
    all += `${text}\n`;
  }
  for (const { text, index } of values) {
    if (text.length < pieceLength) {
      const whole = values.find((other) => other.index !== index && other.text.startsWith(text));
      if (whole) atoms.merge(whole.index, index);
      continue;
    }
    for (const form of encodings(text)) {
      if (form.length < pieceLength) continue;
      for (let at = all.indexOf(form); at >= 0; at = all.indexOf(form, at + form.length)) {
        atoms.merge(values[starts.findLastIndex((start) => start <= at)].index, index);
      }
    }
  }
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
  return new Dictionary(
    [...atoms.values()].map(([value, { type, texts, isDenied }]) => ({
      value,
      type,
      texts,
      ...(isDenied && { isDenied }),
    })),
  );
}

/** What the texts hold already and could be taken for a placeholder. */
function takenPlaceholders(histories: readonly TextHistory[], atoms: Atoms): string[] {
  return histories.flatMap((history) => [
    ...placeholdersIn(atoms.text(history.base)),
    ...history.edits.flatMap(({ inserted }) => (inserted.length > 8 ? placeholdersIn(atoms.text(inserted)) : [])),
    ...(history.edits.length > 0 ? placeholdersIn(atoms.text(history.final())) : []),
  ]);
}
