import { joinNames, Tally } from '../../session/testResults.ts';
import { countsIn, indentOf, type Parser } from './results.ts';

const summary = /^ +Tests {2}(?:\d+ \w+(?: \| )?)+ \(\d+\)$/;
const file = /^ [✓❯×↓] (\S.*?) +\(\d+(?: tests?(?: \| [^)]*)?)?\)/;
const suffix = /(?: \[skipped\])?(?: +\d+m?s)?(?: \d+ MB heap used)?$/;
const rerun = / \((?:retry|repeat) x\d+\)/;

/**
 * Vitest. Names begin with the file, as Vitest's own do. `verbose`: ` ✓ file > suite > name 1ms`. `default`: files with
 * the tests of those that failed below, in version 4 without the suites around them, unless there is but one file. Failed
 * tests are taken from the end alone, where they are named in full (` FAIL  file > suite > name`): above, lines of their
 * errors look the same. https://vitest.dev/guide/reporters
 */
export const parseVitest: Parser = (lines) => {
  const counts = countsIn(lines, summary);
  if (!counts) return null;
  const tally = new Tally();
  /** The file, and the suites below it by depth. */
  let path: string[] = [];
  for (const line of lines) {
    const failed = /^ FAIL {2}(.+ > .+)$/.exec(line)?.[1].replace(rerun, '');
    if (failed !== undefined) tally.add(failed, 'failed');
    const depth = (indentOf(line) - 1) / 2;
    const match = /^ +([✓√×❯↓□-]) (.+)$/.exec(line);
    if (!match || !Number.isInteger(depth)) continue;
    const [, symbol, rest] = match;
    const name = rest.replace(suffix, '').replace(rerun, '');
    const status = statuses[symbol];
    if (depth === 0 && name.includes(' > ')) {
      if (status) tally.add(name, status);
    } else if (depth === 0) path = [file.exec(line)?.[1] ?? path[0]].filter((name) => name !== undefined);
    else if (path.length > 0) {
      path.length = Math.min(path.length, depth);
      if (path.length < depth) continue;
      const suite = /^(.+) \(\d+\)$/.exec(name);
      if (suite) path.push(suite[1]);
      else if (status) tally.add(joinNames(...path, name), status);
    }
  }
  const skipped = (counts.skipped ?? 0) + (counts.todo ?? 0);
  tally.reconcile({ passed: counts.passed ?? 0, failed: counts.failed ?? 0, skipped });
  return tally.results((counts.passed ?? 0) + (counts.failed ?? 0) + skipped);
};

const statuses: Record<string, 'passed' | 'skipped'> = {
  '✓': 'passed',
  '√': 'passed',
  '↓': 'skipped',
  '□': 'skipped',
};
