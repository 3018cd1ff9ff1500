import { Tally } from '../../session/testResults.ts';
import { type Parser, told } from './results.ts';

const end =
  /^(?:Test Run (?:Failed|Successful|Aborted)\.|(?:Passed|Failed)! +- Failed: +\d+, Passed: +\d+, Skipped: +\d+, Total: +\d+)/;
const result = /^ {2}(Passed|Failed|Skipped|√|X|!) +(\S.*?)( \[(?:< )?\d[\d.,]* ?(?:ms|s|m)(?: \d+ ?m?s)?\])?$/;

/**
 * dotnet test with VSTest: `  Failed Name [21 ms]`; passed tests only with `--logger "console;verbosity=normal"`. Names are
 * those of the test framework. https://learn.microsoft.com/dotnet/core/tools/dotnet-test
 */
export const parseDotnet: Parser = (lines) => {
  if (!lines.some((line) => end.test(line))) return null;
  const tally = new Tally();
  for (const line of lines) {
    const match = result.exec(line);
    const status = match && statuses[match[1]];
    if (match && status && (match[3] || status === 'skipped')) tally.add(match[2], status);
  }
  const totals = lines.flatMap((line) => /^Total tests: (\d+)$|, Total: +(\d+)/.exec(line)?.slice(1) ?? []);
  const total = totals.reduce((sum, number) => sum + Number(number ?? 0), 0);
  return told(tally, { total: total > 0 ? total : null });
};

const statuses: Record<string, 'passed' | 'failed' | 'skipped'> = {
  Passed: 'passed',
  '√': 'passed',
  Failed: 'failed',
  X: 'failed',
  Skipped: 'skipped',
  '!': 'skipped',
};
