/** Texts that would make a badly written pattern run for long. */
import { detect, detectOpen } from '../../src/redaction/detectors/detect.ts';
import { KeywordScanner } from '../../src/redaction/detectors/keywordScanner.ts';
import type { Rule } from '../../src/redaction/detectors/rule.ts';

const size = 4096;
const keywordsTried = 2;

const fillers = [
  'a',
  'A1b2',
  ' ',
  '\t',
  '"',
  "'",
  '\\',
  '\\"',
  '=',
  ': ',
  '.',
  '-',
  '_',
  '/',
  'a.',
  'a-',
  'a_',
  'a=',
  'a:',
  'a@',
  '&a=',
  '<a>',
  '{"',
  '0',
  '\n',
  ', ',
];

/** Repeated keywords, keywords before and behind long runs, runs of what patterns repeat. */
export function* hostileTexts(rule: Rule): Iterable<string> {
  for (const keyword of rule.keywords.length > 0 ? rule.keywords.slice(0, keywordsTried) : ['']) {
    const spellings = rule.head || /[a-z]$/.test(keyword) ? new Set([keyword, keyword.toUpperCase()]) : [keyword];
    for (const word of spellings) {
      for (const filler of fillers) {
        yield (word + filler).repeat(Math.ceil(size / (word.length + filler.length))).slice(0, size);
        yield word + filler.repeat(Math.ceil(size / filler.length)).slice(0, size);
        yield filler.repeat(Math.ceil(size / filler.length)).slice(0, size) + word;
        yield `${word}="${filler.repeat(Math.ceil(size / filler.length)).slice(0, size)}`;
      }
    }
  }
}

export interface Slowest {
  rule: string;
  form: 'closed' | 'open';
  milliseconds: number;
}

/** The longest time that any pattern takes on any hostile text, searched on its own at every offset its keywords allow. */
export function slowestPattern(rules: readonly Rule[]): Slowest {
  let slowest: Slowest = { rule: '', form: 'closed', milliseconds: 0 };
  for (const rule of rules) {
    for (const text of hostileTexts(rule)) {
      for (const form of ['closed', 'open'] as const) {
        const pattern = rule[form];
        if (!pattern) continue;
        const milliseconds = time(pattern, text, pattern.sticky ? keywordPlaces(rule, text) : []);
        if (milliseconds > slowest.milliseconds) slowest = { rule: rule.id, form, milliseconds };
      }
    }
  }
  return slowest;
}

/** The longest time that all rules together take on any of the texts. */
export function slowestText(rules: readonly Rule[]): number {
  let slowest = 0;
  for (const rule of rules) {
    for (const text of hostileTexts({ ...rule, keywords: rule.keywords.slice(0, 1) })) {
      const begin = performance.now();
      detect(text, 'config');
      detectOpen(text, 'config');
      slowest = Math.max(slowest, performance.now() - begin);
    }
  }
  return slowest;
}

/** Where detection would try the rule's pattern. */
function keywordPlaces(rule: Rule, text: string): number[] {
  const places: number[] = [];
  const lengths = rule.keywords.map(({ length }) => length);
  new KeywordScanner(rule.keywords).scan(text, (keyword, end) => {
    const at = end - lengths[keyword];
    if (!rule.head) places.push(at);
    else {
      rule.head.lastIndex = at;
      if (rule.head.test(text)) places.push(rule.head.lastIndex);
    }
  });
  return places;
}

function time(pattern: RegExp, text: string, places: readonly number[]): number {
  const run = () => {
    const begin = performance.now();
    if (pattern.sticky) {
      for (const at of places) {
        pattern.lastIndex = at;
        pattern.exec(text);
      }
    } else if (pattern.global) {
      for (const _ of text.matchAll(pattern));
    } else {
      pattern.exec(text);
    }
    return performance.now() - begin;
  };
  const once = run();
  // A pause of the machine is not the pattern's fault.
  return once < 5 ? once : Math.min(once, run(), run());
}
