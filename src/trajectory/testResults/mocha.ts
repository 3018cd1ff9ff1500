import { joinNames, Tally } from '../../session/testResults.ts';
import { cutLine, indentOf, onlyIndex, type Parser, told } from './results.ts';

const passing = /^ {2}(\d+) passing \(\d+\w+\)$/;
const result = /^( +)([✔✓√-]|\d+\)) (.+?)(?: \(\d+ms\))?$/;
/** Of the reporter `list`, in which suites and tests are joined by nothing but blanks. */
const listed = /^ {2}[✔✓√] .+: \d+ms$/;

/**
 * mocha, reporters `spec` (also Cypress and WebdriverIO), `dot`, `min`, `list` and others. `spec` indents by two for each suite:
 * `  suite`, `    ✔ name (91ms)`, `    - pending`, `    1) failed`. The others are read for what
 * failed, in the list that all end with. https://mochajs.org/#reporters
 */
export const parseMocha: Parser = (lines) => {
  const end = onlyIndex(lines, passing);
  if (end < 0) return null;
  const tally = new Tally();
  const tree = lines.slice(0, end);
  const isTree = tree.some((line) => result.test(line)) && !tree.some((line) => listed.test(line));
  if (isTree) readTree(tree, tally);
  else readFailures(lines.slice(end), tally);
  const counted = (word: string) =>
    Number(
      lines
        .slice(end)
        .find((line) => counts[word].test(line))
        ?.match(/\d+/) ?? 0,
    );
  return told(tally, {
    tests: { passed: counted('passing'), skipped: counted('pending'), failed: counted('failing') },
  });
};

const counts: Record<string, RegExp> = {
  passing,
  pending: /^ {2}\d+ pending$/,
  failing: /^ {2}\d+ failing$/,
};

function readTree(lines: readonly string[], tally: Tally): void {
  /** Suites by depth; null where the name was not seen. */
  let suites: (string | null)[] = [];
  let failures = 0;
  let before = '';
  for (const line of lines) {
    const match = result.exec(line);
    const depth = indentOf(line) / 2 - 1;
    if (line === cutLine) {
      suites = [null];
      failures = Number.NaN;
    } else if (match && Number.isInteger(depth)) {
      const [, , symbol, name] = match;
      const around = Array.from({ length: depth }, (_, i) => suites[i] ?? null);
      const isNumber = symbol.endsWith(')');
      // The numbers run on, so a log line that looks like a failure is told apart.
      const fits = !isNumber || Number.isNaN(failures) || Number.parseInt(symbol, 10) === failures + 1;
      if (fits && isNumber) failures = Number.parseInt(symbol, 10);
      const status = isNumber ? 'failed' : symbol === '-' ? 'skipped' : 'passed';
      if (fits && !around.includes(null)) tally.add(joinNames(...(around as string[]), name), status);
    } else if (depth === 0 && Number.isInteger(depth)) {
      // A suite of the outermost level follows an empty line or a test of that level.
      if (before === '' || result.test(before)) suites = [line.trim()];
    } else if (depth > 0 && Number.isInteger(depth) && suites.length > 0) {
      suites.length = Math.min(suites.length, depth);
      if (suites.length === depth) suites[depth] = line.trim();
    }
    before = line;
  }
}

/** `  1) suite`, `       nested`, `         name:`, one step further to the right each. */
function readFailures(lines: readonly string[], tally: Tally): void {
  /** Null where an error's message holds a line with the same number. */
  const found = new Map<number, string | null>();
  for (let i = 0; i < lines.length; i++) {
    const first = /^ {2}(\d+)\) (.+)$/.exec(lines[i]);
    if (!first || lines[i - 1] !== '') continue;
    const names = [first[2]];
    const isNext = () => indentOf(lines[i + 1] ?? '') === 5 + 2 * names.length;
    while (isNext()) names.push(lines[++i].trim());
    const number = Number(first[1]);
    if (names.at(-1)?.endsWith(':')) found.set(number, found.has(number) ? null : joinNames(...names).slice(0, -1));
  }
  for (const name of found.values()) if (name !== null) tally.add(name, 'failed');
}
