import type { KnownValue } from '../session/events.ts';
import { Atoms } from './atoms.ts';
import { contextOfText } from './context.ts';
import type { Context } from './detectors/rule.ts';
import type { Redacted } from './redacted.ts';
import { redactHistories } from './redactHistories.ts';
import { TextHistory } from './textHistory.ts';

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
}

/** Redacts one text by itself, as a task's texts are redacted. */
export function redactText(
  text: string,
  options: { context?: Context; known?: readonly KnownValue[] } = {},
): RedactedText {
  const atoms = new Atoms();
  const history = new TextHistory(atoms, text.toWellFormed(), options.context ?? contextOfText(text));
  const { emitter } = redactHistories([history], atoms, options.known ?? []);
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
  };
}
