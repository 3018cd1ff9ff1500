import { Tally } from '../../session/testResults.ts';
import { countsIn, type Parser, told } from './results.ts';

const result = /^(?:\((pass|fail|skip|todo)\)|([✓✗»✎])) (.+?)( \[\d+(?:\.\d+)?m?s\])?$/;

/**
 * bun test: `(pass) suite > name [0.12ms]`, and on a terminal `✓ suite > name [0.12ms]`. With `--dots` only failed tests
 * are named. https://bun.com/docs/test
 */
export const parseBun: Parser = (lines) => {
  if (!lines.some((line) => /^bun test v\d/.test(line))) return null;
  const tally = new Tally();
  let inError = false;
  for (const line of lines) {
    // The text of an error goes on until its stack; a test's own line mostly has a duration.
    if (/^\w*[Ee]rror: /.test(line)) inError = true;
    else if (/^ {6}at /.test(line)) inError = false;
    const match = result.exec(line);
    if (!match || (inError && !match[4])) continue;
    inError = false;
    const [, word, symbol, name] = match;
    tally.add(name, statuses[word ?? symbol]);
  }
  const counts = countsIn(lines, /^ ?\d+ (?:pass|fail|skip|todo)$/);
  if (!counts) return told(tally, {});
  const skipped = (counts.skip ?? 0) + (counts.todo ?? 0);
  return told(tally, { tests: { passed: counts.pass ?? 0, failed: counts.fail ?? 0, skipped } });
};

const statuses: Record<string, 'passed' | 'failed' | 'skipped'> = {
  pass: 'passed',
  '✓': 'passed',
  fail: 'failed',
  '✗': 'failed',
  skip: 'skipped',
  '»': 'skipped',
  todo: 'skipped',
  '✎': 'skipped',
};
