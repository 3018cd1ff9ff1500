import { Tally } from '../../session/testResults.ts';
import { type Parser, told } from './results.ts';

const result =
  /^ *\d+\/\d+ Test +#(\d+): (.*?) ?\.{3,} *(Passed|\*{3} ?(?:Failed|Timeout|Not Run(?: \(Disabled\))?|Skipped|Exception: [\w ]+?))(?= ).*? +\d+\.\d+ sec\b/;
const start = /^ +Start +(\d+): (.*)$/;

/**
 * CTest: `1/8 Test #1: name ....   Passed    0.02 sec`, after `    Start 1: name`. A disabled or skipped test counts as
 * skipped, one that could not be started as failed. https://cmake.org/cmake/help/latest/manual/ctest.1.html
 */
export const parseCtest: Parser = (lines) => {
  if (!lines.some((line) => /^Test project \S/.test(line))) return null;
  const tally = new Tally();
  const started = new Map<string, string>();
  for (const line of lines) {
    const begin = start.exec(line);
    if (begin) started.set(begin[1], begin[2]);
    const match = result.exec(line);
    if (!match) continue;
    const [, number, name, word] = match;
    if ((started.get(number) ?? name) !== name) continue;
    tally.add(name, word === 'Passed' ? 'passed' : /Disabled|Skipped/.test(word) ? 'skipped' : 'failed');
  }
  const total = lines.flatMap((line) => /^ *\d+\/(\d+) Test +#/.exec(line)?.[1] ?? []).at(-1);
  return told(tally, { total: total === undefined ? null : Number(total) });
};
