import { joinNames, Tally } from '../../session/testResults.ts';
import { cutLine, type Parser } from './results.ts';

const closing = /^( *)([✔✖﹣⚠▶]) (.+) \((?:\d+(?:\.\d+)?)ms\)( # .*)?$/;
const opening = /^( *)▶ (.+)$/;
const total = /^ℹ tests (\d+)$/;

/**
 * node --test, reporter `spec`: `▶ suite` opens, `✔ name (1.2ms)` ends a test or, with the name of an open suite, the
 * suite. Suites and tests with subtests look the same, so only the innermost ones count, and one of the others only
 * where it failed by itself. Node 18 ends a suite with `▶` too. https://nodejs.org/api/test.html#test-reporters
 */
export const parseNodeSpec: Parser = (lines) => {
  const ends = lines.flatMap((line, i) => (total.test(line) ? [i] : []));
  if (ends.length === 0) return null;
  const tally = new Tally();
  let open: Suite[] = [];
  let suites = 0;
  for (const line of lines.slice(0, ends.at(-1))) {
    if (line === cutLine) open = [];
    const end = closing.exec(line);
    const depth = (end?.[1] ?? opening.exec(line)?.[1] ?? '').length / 2;
    if (end) {
      const [, , symbol, name, directive] = end;
      const suite = open[depth]?.name === name ? open[depth] : undefined;
      const path = pathOf(open, depth);
      open.length = Math.min(open.length, depth);
      if (suite) suites++;
      // Skipped, or unfinished (`todo`), which before Node 22 has the mark of a failure.
      const status = directive ? 'skipped' : (statuses[symbol] ?? 'passed');
      if (!path || (suite && (status !== 'failed' || suite.failed))) continue;
      tally.add(joinNames(...path, name), status);
      if (status === 'failed') for (const outer of open) outer.failed = true;
    } else if (opening.test(line)) {
      open.length = Math.min(open.length, depth);
      open[depth] = { name: opening.exec(line)?.[2] as string, failed: false };
    }
  }
  const counted = ends.reduce((sum, at) => sum + Number(total.exec(lines[at])?.[1]), 0);
  return tally.results(Math.max(0, counted - suites));
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
  const around = Array.from({ length: Math.floor(depth) }, (_, i) => open[i]?.name);
  return Number.isInteger(depth) && around.every((name) => name !== undefined) ? (around as string[]) : null;
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
  return tally.results(null);
};
