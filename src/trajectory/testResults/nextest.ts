import { Tally } from '../../session/testResults.ts';
import { onlyIndex, type Parser, told } from './results.ts';

const result = /^ *(?:TRY (\d+) )?([A-Z]+)(?: \d+\/\d+)? \[[^\]]*\] +(?:\([^)]*\) +)?(\S+ \S+)/;
const summary = /^ *Summary \[[^\]]*\] +(\d+)(?:\/\d+)? tests? run: /;
/** On a terminal nextest fills its lines with spaces to the last column, so that they look like one that wraps. */
const filled = / {4,}(?=(?:TRY \d+ )?[A-Z]+(?: \d+\/\d+)? \[|Summary \[)/;

/**
 * cargo nextest: `PASS [   0.012s] (2/6) crate path::name`, named as nextest does. Of tests that are tried again the
 * result is in the list behind the summary. https://nexte.st/docs/reporting
 */
export const parseNextest: Parser = (all) => {
  const lines = all.flatMap((line) => line.split(filled));
  const at = onlyIndex(lines, summary);
  if (at < 0) return null;
  const tally = new Tally();
  for (const [i, line] of lines.entries()) {
    const match = result.exec(line);
    if (!match) continue;
    const [, again, word, test] = match;
    if (word === 'PASS' || word === 'FLAKY' || word === 'LEAK') tally.add(test, 'passed');
    else if (word === 'SKIP') tally.add(test, 'skipped');
    else if (/^(?:FAIL|TIMEOUT|ABORT|SIG[A-Z]+)$/.test(word) && (i > at || !again)) tally.add(test, 'failed');
  }
  return told(tally, { total: Number(summary.exec(lines[at])?.[1]) });
};
