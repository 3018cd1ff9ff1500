import { joinNames, Tally } from '../../session/testResults.ts';
import { countsIn, indentOf, type Parser, told } from './results.ts';

const header = /^ ?(?:PASS|FAIL) +(?:.* )?\S+\.\w+(?: \([\d.]+ m?s\))?$/;
const summary = /^Tests: +(?:\d+ \w+, )*\d+ total$/;
const result = /^( +)([✓√✕×○✎]) (.+?)(?: \([\d.]+ m?s\))?$/;
const failure = /^ {2}● (.+)$/;
/** What Jest says with the same mark, and is no test. */
const remark =
  /^(?:Console|Test suite failed to run|Cannot log after tests are done|process\.exit called|\w+ (?:Warning|Error):?)/;

/**
 * Jest. With `--verbose` (or one file) the tests of a file follow its `PASS path` in a block without empty lines, indented
 * by two for each suite; by default it names only what failed, as `  ● suite › name`. Names do not hold the file.
 * https://jestjs.io/docs/cli#--verbose
 */
export const parseJest: Parser = (lines) => {
  const counts = countsIn(lines, summary);
  if (!counts || !lines.some((line) => line.startsWith('Test Suites: '))) return null;
  const tally = new Tally();
  let suites: string[] | null = null;
  for (const [i, line] of lines.entries()) {
    if (header.test(line)) suites = [];
    else if (line === '') suites = null;
    else if (suites) readTree(line, suites, tally);
    const failed = failure.exec(line);
    if (!failed || remark.test(failed[1]) || !isAlone(lines, i)) continue;
    const name = spaced(failed[1]);
    if (!tally.has(name)) tally.add(name, 'failed');
  }
  const skipped = (counts.skipped ?? 0) + (counts.todo ?? 0) + (counts.pending ?? 0);
  return told(tally, { tests: { passed: counts.passed ?? 0, failed: counts.failed ?? 0, skipped } });
};

function readTree(line: string, suites: string[], tally: Tally): void {
  const match = result.exec(line);
  const depth = indentOf(line) / 2 - 1;
  if (!Number.isInteger(depth) || depth < 0 || depth > suites.length) return;
  suites.length = depth;
  if (!match) suites.push(spaced(line.trim()));
  else {
    const [, , symbol, name] = match;
    const status = '✓√'.includes(symbol) ? 'passed' : '✕×'.includes(symbol) ? 'failed' : 'skipped';
    tally.add(
      joinNames(...suites, spaced(name.replace(status === 'skipped' ? /^(?:skipped|todo) / : /^$/, ''))),
      status,
    );
  }
}

/** Headings stand between empty lines; the first follows its file at once. */
function isAlone(lines: readonly string[], i: number): boolean {
  const [before, after] = [lines[i - 1] ?? '', lines[i + 1] ?? ''];
  return after === '' && (before === '' || header.test(before));
}

function spaced(name: string): string {
  return name.replaceAll(' › ', ' > ');
}
