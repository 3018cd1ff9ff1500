import { joinNames, Tally } from '../../session/testResults.ts';
import { cutLine, onlyIndex, type Parser, told } from './results.ts';

const end = /^(?:ok|FAILED) \| (\d+) passed.* \| \d+ failed/;
const result = /^( *)(.+) \.\.\. (ok|FAILED|ignored)(?: \(due to .+\))? \(\d+(?:ms|µs|s|m\d+s)\)$/;

/**
 * deno test: `name ... ok (1ms)`, steps indented by two between `name ...` and the line that ends it. As with suites, a
 * test with steps counts only where it failed by itself. With `--reporter=dot` only failed tests are named, in the list
 * `FAILURES`. https://docs.deno.com/runtime/fundamentals/testing
 */
export const parseDeno: Parser = (lines) => {
  const at = onlyIndex(lines, end);
  if (at < 0) return null;
  const errors = lines.findIndex((line) => line.trim() === 'ERRORS');
  const tally = new Tally();
  const isTree = readTree(lines.slice(0, errors < 0 ? at : errors), tally);
  if (!isTree) {
    for (const line of lines.slice(lines.findIndex((line) => line.trim() === 'FAILURES') + 1, at)) {
      const failed = /^(.+) => \S+:\d+:\d+$/.exec(line);
      if (failed) tally.add(joinNames(...failed[1].split(' ... ')), 'failed');
    }
  }
  const isWhole = isTree && !lines.includes(cutLine);
  return told(tally, { total: isWhole ? tally.count : null, passed: Number(end.exec(lines[at])?.[1]) });
};

function readTree(lines: readonly string[], tally: Tally): boolean {
  /** The open tests and steps, by depth. */
  let open: { name: string; inside: boolean; failed: boolean }[] = [];
  let isTree = false;
  for (const line of lines) {
    if (line === cutLine) open = [];
    const match = result.exec(line);
    const opened = /^( *)(.+) \.\.\.$/.exec(line);
    const depth = ((match ?? opened)?.[1].length ?? 0) / 2;
    if (!Number.isInteger(depth) || depth > open.length) continue;
    if (match) {
      isTree = true;
      const name = match[2];
      const self = open[depth]?.name === name ? open[depth] : undefined;
      open.length = depth;
      for (const outer of open) outer.inside = true;
      const isFailed = match[3] === 'FAILED';
      if (self?.inside && (!isFailed || self.failed)) continue;
      const status = isFailed ? 'failed' : match[3] === 'ok' ? 'passed' : 'skipped';
      tally.add(joinNames(...open.map((outer) => outer.name), name), status);
      if (isFailed) for (const outer of open) outer.failed = true;
    } else if (opened) {
      open.length = depth;
      open.push({ name: opened[2], inside: false, failed: false });
    }
  }
  return isTree;
}
