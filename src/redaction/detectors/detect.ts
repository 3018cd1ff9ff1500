/** Runs the rules over texts. */
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
export const detectorVersion = '2';

/** A line longer than this is searched around its keywords only. */
const longLine = 4096;
const reach = 1024;
/** How far a value of several lines is followed, in characters. */
export const multilineReach = 8192;

/** A keyword, and the rules that want it and share what stands first in them. */
interface Trigger {
  keyword: string;
  head: RegExp | undefined;
  rules: Rule[];
}

const triggers = triggersOf(rules);
const scanner = new KeywordScanner(triggers.map(({ keyword }) => keyword));
const scanning = rules.filter((rule) => rule.scan);

/** All values in the text, sorted by start; they may overlap. @param own rules with a `scan`, besides ours. */
export function detect(text: string, context: Context, own: readonly Rule[] = []): Span[] {
  const spans: Span[] = [];
  const searched = new Map<Rule, number>();
  const take = (match: RegExpExecArray, from: number, rule: Rule) => {
    const span = spanOf(match, from, rule);
    if (!rule.accept || rule.accept(text.slice(span.start, span.end), context)) spans.push(span);
  };
  scanner.scan(text, (index, end) => {
    const { keyword, head, rules } = triggers[index];
    const at = head ? behind(head, text, end - keyword.length) : end - keyword.length;
    if (at < 0) return;
    for (const rule of rules) {
      if (!holdsIn(rule, context)) continue;
      if (rule.closed.sticky) {
        rule.closed.lastIndex = at;
        const match = rule.closed.exec(text);
        if (match) take(match, 0, rule);
      } else if (end > (searched.get(rule) ?? -1)) {
        const [from, to] = stretch(text, end, rule);
        searched.set(rule, to);
        for (const match of text.slice(from, to).matchAll(rule.closed)) take(match, from, rule);
      }
    }
  });
  for (const rule of own.length > 0 ? [...scanning, ...own] : scanning) {
    if (!rule.scan || !holdsIn(rule, context)) continue;
    for (const [start, end] of rule.scan(text, context)) spans.push({ start, end, type: rule.type, rule });
  }
  return spans.length < 2 ? spans : spans.sort((a, b) => a.start - b.start || b.end - a.end);
}

/**
 * Values being written at the end of `prefix`, the text in front of the cursor. Not asked yet whether the rule accepts
 * them: that is for when they are complete.
 */
export function detectOpen(prefix: string, context: Context): Span[] {
  const spans: Span[] = [];
  const done = new Set<Rule>();
  const line = prefix.lastIndexOf('\n') + 1;
  scanner.scan(prefix, (index, end) => {
    const { keyword, head, rules } = triggers[index];
    const at = head ? behind(head, prefix, end - keyword.length) : end - keyword.length;
    if (at < 0) return;
    for (const rule of rules) {
      if (!rule.open || done.has(rule) || !holdsIn(rule, context)) continue;
      if (end <= line && !rule.multiline) continue;
      const from = rule.open.sticky || rule.multiline ? 0 : line;
      rule.open.lastIndex = at;
      const match = rule.open.exec(from === 0 ? prefix : prefix.slice(from));
      if (match) spans.push(spanOf(match, from, rule));
      if (match || !rule.open.sticky) done.add(rule);
    }
  });
  return spans;
}

/** Whether a rule whose values span lines may find something around here. */
export function mayHoldMultiline(text: string): boolean {
  return text.includes('PRIVATE KEY');
}

function triggersOf(rules: readonly Rule[]): Trigger[] {
  const found: Trigger[] = [];
  const byKeyword = new Map<string, Trigger[]>();
  for (const rule of rules) {
    for (const keyword of rule.keywords) {
      const folded = keyword.toLowerCase();
      const same = byKeyword.get(folded) ?? [];
      byKeyword.set(folded, same);
      let trigger = same.find(({ head }) => head === rule.head);
      if (!trigger) {
        trigger = { keyword, head: rule.head, rules: [] };
        same.push(trigger);
        found.push(trigger);
      }
      trigger.rules.push(rule);
    }
  }
  return found;
}

/** Where the head ends that begins at `at`; -1 where none does. */
function behind(head: RegExp, text: string, at: number): number {
  head.lastIndex = at;
  return head.test(text) ? head.lastIndex : -1;
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

function spanOf(match: RegExpExecArray, from: number, rule: Rule): Span {
  const [start, end] = (match.indices as RegExpIndicesArray).groups?.value ?? [0, 0];
  return { start: from + start, end: from + end, type: rule.type, rule };
}
