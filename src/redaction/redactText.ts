import type { KnownValue } from '../session/events.ts';
import { contextOfText } from './context.ts';
import { detect } from './detectors/detect.ts';
import type { Context } from './detectors/rule.ts';
import { Atoms } from './history/atoms.ts';
import { TextHistory } from './history/textHistory.ts';
import { mint } from './mint.ts';
import type { Redacted } from './redacted.ts';
import { type Covered, type PlaceholderOptions, redactHistories } from './redactHistories.ts';

export interface RedactedText {
  text: Redacted;
  /** What was covered, in code points of the input, [start, end), sorted; touching values stay apart. */
  spans: [number, number][];
  /** The type of each span. */
  types: string[];
  /** What found each span: see `explainRule`. */
  rules: string[];
  /** Where the placeholder of each span stands in `text`, in code points. */
  placed: [number, number][];
  /** What stands for what in `text`. */
  placeholders: Covered[];
}

/** Redacts one text by itself, as a task's texts are redacted. */
export function redactText(
  text: string,
  options: { context?: Context; known?: readonly KnownValue[] } & PlaceholderOptions = {},
): RedactedText {
  const { context = contextOfText(text), known = [], ...placeholders } = options;
  const whole = text.toWellFormed();
  // Most texts hold nothing, and need no history to say so.
  if (known.length === 0 && detect(whole, context).length === 0) {
    return { text: mint(whole), spans: [], types: [], rules: [], placed: [], placeholders: [] };
  }
  const atoms = new Atoms();
  const history = new TextHistory(atoms, whole, context);
  const { emitter, covered } = redactHistories([history], atoms, known, placeholders);
  const runs = emitter.runs(history.base, 0);
  const values = runs.map(({ start }) => atoms.value(atoms.owner(history.base[start])));
  let grown = 0;
  return {
    text: emitter.text(history.base),
    spans: runs.map(({ start, end }) => [start, end]),
    types: values.map(({ type }) => type),
    rules: values.map(({ rule }) => rule),
    placed: runs.map(({ start, end, width }) => {
      const at = start + grown;
      grown += width - (end - start);
      return [at, at + width];
    }),
    placeholders: covered(),
  };
}
