/** Tells patterns that can be relied on from those that are broken, cover everything, or take forever. */
import { longestSearch, ownPatternFlags } from './ownPatterns.ts';

/** Milliseconds that a pattern may take for a hostile text. */
const slowestMatch = 20;

export const tooSlow = `it takes more than ${slowestMatch} ms for a text of 4 KB; avoid repetitions inside repetitions, and what can match the same text in two ways`;

/** Why a pattern cannot be used, for people; null when it can. It may take forever: call it where it can be killed. */
export function patternFault(source: string): string | null {
  let pattern: RegExp;
  try {
    pattern = new RegExp(source, ownPatternFlags);
  } catch (error) {
    return (error as Error).message.replace(/^Invalid regular expression: /, '');
  }
  for (const text of ['', ...hostileTexts(source)]) {
    let matchesNothing = false;
    const search = () => {
      const begin = performance.now();
      for (const match of text.matchAll(pattern)) matchesNothing ||= match[0] === '';
      return performance.now() - begin;
    };
    // The first run compiles it, and any run may be interrupted.
    if (search() > slowestMatch && search() > slowestMatch && search() > slowestMatch) return tooSlow;
    if (matchesNothing) return 'it can match without a single character, and so everywhere';
  }
  return null;
}

/** What a pattern is made of; `atom` is what stands for one character. */
const token =
  /\(\?(?:[:=!]|<[=!]|<[^>]*>|[a-z-]*:)|[()|^$]|(?:[*+?]|\{\d+(?:,\d*)?\})\??|\\(?:[bB\d]|k<[^>]*>)|(?<atom>\\(?:u\{[^}]*\}|u[\da-f]{4}|x[\da-f]{2}|[pP]\{[^}]*\}|c[a-z]|.)|\[(?:\\.|[^\]\\])*\]|.)/giu;

const ascii = Array.from('aA0 _-.:/="\'', (char) => char).concat(
  Array.from({ length: 0x7f - 0x09 }, (_, i) => String.fromCharCode(0x09 + i)).filter((char) => !/[\r\n]/.test(char)),
);
/** In no pattern, so that nothing that must end in a certain way does. */
const wrongEnd = '\u0001';
const mostAtoms = 60;
const mostPaired = 8;

/**
 * Texts that make backtracking show: behind the beginning of a match, a piece of it over and over, with a wrong end. And
 * the same with each character that the pattern tells from others, since one that fits in two places is the worst.
 */
function* hostileTexts(source: string): Iterable<string> {
  const atoms = [...source.matchAll(token)].flatMap(({ groups }) => groups?.atom ?? []).slice(0, mostAtoms);
  const tests = [...new Set(atoms)].map((atom) => new RegExp(`^${atom}$`, 'u'));
  const alphabet = alphabetOf(tests);
  const sample = atoms.map((atom) => alphabet.find((char) => new RegExp(`^${atom}$`, 'u').test(char)) ?? '');

  for (const char of alphabet) yield pumped('', char);
  const paired = alphabet.slice(0, mostPaired);
  for (const one of paired) for (const two of paired) if (one !== two) yield pumped('', one + two);
  for (let at = 0; at < sample.length; at++) {
    const beginning = sample.slice(0, at).join('');
    for (const length of [1, 2, 3, sample.length]) {
      const unit = sample.slice(at, at + length).join('');
      if (unit !== '') for (const start of new Set(['', beginning])) yield pumped(start, unit);
    }
    for (const char of paired) yield pumped(beginning, char);
  }
}

/** One character for each set of atoms that some character fits. */
function alphabetOf(tests: readonly RegExp[]): string[] {
  const bySet = new Map<string, string>();
  const add = (char: string) => {
    const set = tests.map((test) => (test.test(char) ? '1' : '0')).join('');
    if (!bySet.has(set)) bySet.set(set, char);
  };
  for (const char of ascii) add(char);
  for (const test of tests) {
    if (ascii.some((char) => test.test(char))) continue;
    const other = firstBeyondAscii(test);
    if (other) add(other);
  }
  return [...bySet.values()];
}

function firstBeyondAscii(test: RegExp): string | null {
  for (let point = 0x80; point < 0x2_0000; point++) {
    const char = String.fromCodePoint(point);
    if (test.test(char)) return char;
  }
  return null;
}

function pumped(start: string, unit: string): string {
  const room = longestSearch - start.length - wrongEnd.length;
  return start + unit.repeat(Math.ceil(room / unit.length)).slice(0, room) + wrongEnd;
}
