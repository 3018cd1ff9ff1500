/** Runs the rules over texts. Rules see one line at a time, or a wider stretch where a value may span lines. */
import { KeywordScanner } from './keywordScanner.ts';
import type { Context, Rule, ValueType } from './rule.ts';
import { rules } from './rules.ts';

export interface Span {
  /** UTF-16 offsets into the text. */
  start: number;
  end: number;
  type: ValueType;
  rule: Rule;
}

/** Grows with every change of the rules, so that a record tells what looked at it. */
export const detectorVersion = '1';

/** A line longer than this is searched around its keywords only. */
const longLine = 4096;
const reach = 1024;
/** How far a value of several lines is followed, in characters. */
export const multilineReach = 8192;

const keywordOwners: Rule[] = rules.flatMap((rule) => rule.keywords.map(() => rule));
const scanner = new KeywordScanner(rules.flatMap((rule) => rule.keywords));

/** All values in the text, sorted by start; they may overlap. */
export function detect(text: string, context: Context): Span[] {
  const spans: Span[] = [];
  const searched = new Map<Rule, number>();
  scanner.scan(text, (keyword, end) => {
    const rule = keywordOwners[keyword];
    if (end <= (searched.get(rule) ?? -1) || !holdsIn(rule, context)) return;
    const [from, to] = stretch(text, end, rule);
    searched.set(rule, to);
    for (const match of text.slice(from, to).matchAll(rule.closed)) {
      const span = spanOf(match, from, rule);
      if (!rule.accept || rule.accept(text.slice(span.start, span.end), context)) spans.push(span);
    }
  });
  return spans.sort((a, b) => a.start - b.start || b.end - a.end);
}

/**
 * Values being written at the end of `prefix`, the text in front of the cursor. Not asked yet whether the rule accepts
 * them: that is for when they are complete.
 */
export function detectOpen(prefix: string, context: Context): Span[] {
  const spans: Span[] = [];
  const tried = new Set<Rule>();
  const line = prefix.lastIndexOf('\n') + 1;
  scanner.scan(prefix, (keyword, end) => {
    const rule = keywordOwners[keyword];
    if (!rule.open || tried.has(rule) || !holdsIn(rule, context)) return;
    if (end <= line && !rule.multiline) return;
    tried.add(rule);
    const from = rule.multiline ? 0 : line;
    const match = rule.open.exec(prefix.slice(from));
    if (match) spans.push(spanOf(match, from, rule));
  });
  return spans;
}

/** Whether a rule whose values span lines may find something around here. */
export function mayHoldMultiline(text: string): boolean {
  return text.includes('PRIVATE KEY');
}

function holdsIn(rule: Rule, context: Context): boolean {
  return !rule.contexts || rule.contexts.includes(context);
}

function stretch(text: string, hit: number, rule: Rule): [number, number] {
  if (rule.multiline) return [Math.max(0, hit - multilineReach), Math.min(text.length, hit + multilineReach)];
  const from = text.lastIndexOf('\n', hit - 1) + 1;
  const newline = text.indexOf('\n', hit);
  const to = newline < 0 ? text.length : newline;
  if (to - from <= longLine) return [from, to];
  return [Math.max(from, hit - reach), Math.min(to, hit + reach)];
}

function spanOf(match: RegExpMatchArray, from: number, rule: Rule): Span {
  const [start, end] = (match.indices as RegExpIndicesArray).groups?.value ?? [0, 0];
  return { start: from + start, end: from + end, type: rule.type, rule };
}
