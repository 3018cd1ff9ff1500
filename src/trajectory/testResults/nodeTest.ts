import { joinNames, Tally } from '../../session/testResults.ts';
import { cutLine, type Parser, told } from './results.ts';

const closing = /^( *)([✔✖﹣⚠▶]) (.+) \((?:\d+(?:\.\d+)?)ms\)( # .*)?$/;
const opening = /^( *)▶ (.+)$/;
const numbers = /^ℹ (tests|suites|pass|fail|cancelled) (\d+)$/;

/**
 * node --test, reporter `spec`: `▶ suite` opens, `✔ name (1.2ms)` ends a test or, with the name of an open suite, the
 * suite. Suites and tests with subtests look the same, so only the innermost ones count, and one of the others only
 * where it failed by itself. Node 18 ends a suite with `▶` too, whether it failed or not. https://nodejs.org/api/test.html#test-reporters
 */
export const parseNodeSpec: Parser = (lines) => {
  const last = lines.findLastIndex((line) => numbers.test(line));
  if (last < 0) return null;
  const counts: Record<string, number> = { tests: 0, suites: 0, pass: 0, fail: 0, cancelled: 0 };
  const tally = new Tally();
  let open: Suite[] = [];
  let closed = 0;
  /** How suites ended is not told. */
  let isBlind = false;
  for (const [i, line] of lines.slice(0, last + 1).entries()) {
    const counted = numbers.exec(line);
    if (counted) counts[counted[1]] += Number(counted[2]);
    if (line === cutLine || counted) open = [];
    // The list of failed tests stands behind the numbers, with these lines between.
    const end = lines[i - 1]?.startsWith('test at ') ? null : closing.exec(line);
    const depth = (end?.[1] ?? opening.exec(line)?.[1] ?? '').length / 2;
    if (!Number.isInteger(depth)) continue;
    if (end) {
      const [, , symbol, name, directive] = end;
      const suite = open[depth]?.name === name ? open[depth] : undefined;
      const path = pathOf(open, depth);
      open.length = Math.min(open.length, depth);
      if (!path) continue;
      closed++;
      isBlind ||= symbol === '▶';
      // Skipped, or unfinished (`todo`), which before Node 22 has the mark of a failure.
      const status = directive ? 'skipped' : (statuses[symbol] ?? 'passed');
      if (suite && (status !== 'failed' || suite.failed)) continue;
      tally.add(joinNames(...path, name), status);
      if (status === 'failed') for (const outer of open) outer.failed = true;
    } else if (opening.test(line)) {
      open.length = Math.min(open.length, depth);
      open[depth] = { name: opening.exec(line)?.[2] as string, failed: false };
    }
  }
  const all = counts.tests + counts.suites;
  // More than there were: some of the lines were printed by the tests.
  if (closed > all) return told(new Tally(), { passed: counts.pass });
  const isKnown = !isBlind || counts.fail + counts.cancelled === 0;
  const isWhole = closed === all && isKnown && !lines.includes(cutLine);
  return told(tally, { total: isWhole ? tally.count : null, passed: counts.pass });
};

interface Suite {
  name: string;
  failed: boolean;
}

const statuses: Record<string, 'passed' | 'failed' | 'skipped'> = {
  '✔': 'passed',
  '✖': 'failed',
  '﹣': 'skipped',
  '⚠': 'skipped',
};

/** The names of the suites around; null where one of them was not seen. */
function pathOf(open: readonly Suite[], depth: number): string[] | null {
  const around = Array.from({ length: depth }, (_, i) => open[i]?.name);
  return around.every((name) => name !== undefined) ? (around as string[]) : null;
}

/** node --test, reporter `dot`: a dot a test, and at the end the failed ones, without the suites around them. */
export const parseNodeDot: Parser = (lines) => {
  const list = lines.lastIndexOf('Failed tests:');
  if (list < 0 || !lines.slice(0, list).some((line) => /^[.X]+$/.test(line))) return null;
  const tally = new Tally();
  for (const line of lines.slice(list)) {
    const end = closing.exec(line);
    if (end?.[1] === '' && end[2] === '✖' && !end[4]) tally.add(end[3], 'failed');
  }
  return told(tally, {});
};
