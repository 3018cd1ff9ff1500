import { joinNames, Tally } from '../../session/testResults.ts';
import { countsIn, indentOf, type Parser, told } from './results.ts';

const summary = /^ +Tests {2}(?:\d+ (?:expected fail|\w+)(?: \| )?)+ \((\d+)\)$/;
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
  /** In the list of suites whose hooks failed. */
  let inSuites = false;
  for (const line of lines) {
    const section = /^⎯+ Failed (Suites|Tests) \d+ ⎯+$/.exec(line)?.[1];
    if (section) inSuites = section === 'Suites';
    const failed = inSuites ? undefined : /^ FAIL {2}(.+ > .+)$/.exec(line)?.[1].replace(rerun, '');
    if (failed !== undefined) tally.add(failed, 'failed');
    const depth = (indentOf(line) - 1) / 2;
    const match = /^ +([✓√×❯↓□-]) (.+)$/.exec(line);
    if (!match || !Number.isInteger(depth)) continue;
    const [, symbol, rest] = match;
    const name = rest.replace(rerun, '').replace(suffix, '');
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
  const passed = (counts.passed ?? 0) + (counts.expected ?? 0);
  const skipped = (counts.skipped ?? 0) + (counts.todo ?? 0);
  // All that were found, also those that a failed hook or `--bail` kept from running.
  const total = lines.reduce((sum, line) => sum + Number(summary.exec(line)?.[1] ?? 0), 0);
  return told(tally, { tests: { passed, failed: counts.failed ?? 0, skipped }, total });
};

const statuses: Record<string, 'passed' | 'skipped'> = {
  '✓': 'passed',
  '√': 'passed',
  '↓': 'skipped',
  '□': 'skipped',
};
