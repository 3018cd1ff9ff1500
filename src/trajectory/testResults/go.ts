import * as z from 'zod';
import { joinNames, Tally } from '../../session/testResults.ts';
import { cutLine, type Parser, told } from './results.ts';

const inPackage = /^(?:ok|FAIL)\s+(\S+)\s+(?:\d+\.\d+s|\(cached\)|\[.*\])/;
const empty = /^(?:ok|\?)\s+\S+\s.*\[no test(?: files|s to run)\]$/;
const result = /--- (PASS|FAIL|SKIP): (.+) \(\d+\.\d+s\)$/;
const failed = /^ *--- FAIL: (.+) \(\d+\.\d+s\)$/;
const run = /^=== RUN +(.+)$/;
const statuses: Record<string, 'passed' | 'failed' | 'skipped'> = {
  pass: 'passed',
  fail: 'failed',
  skip: 'skipped',
};

/**
 * go test: `--- FAIL: Test/sub (0.00s)`, with `-v` also PASS and SKIP and before each test `=== RUN Test/sub`. The
 * package comes last (`ok package 0.003s`), so what the output ends before is left out. Names are `package > Test/sub`;
 * tests with subtests are results too, as Go counts them. https://pkg.go.dev/cmd/go#hdr-Test_packages
 */
export const parseGo: Parser = (lines) => {
  const tally = new Tally();
  let isComplete = lines.some((line) => inPackage.test(line)) && !lines.includes(cutLine);
  let part: string[] = [];
  for (const line of lines) {
    const end = inPackage.exec(line);
    if (end) isComplete = readPackage(end[1], part, tally) && isComplete;
    if (end || line === cutLine) part = [];
    else part.push(line);
  }
  const idle = lines.filter((line) => empty.test(line)).length;
  const isEmpty = idle > 0 && lines.every((line) => empty.test(line) || !inPackage.test(line));
  return told(tally, { total: isComplete ? tally.count : null, ...(isEmpty && { passed: 0 }) });
};

/** @returns whether all tests are named */
function readPackage(name: string, lines: readonly string[], tally: Tally): boolean {
  const runs = new Set(lines.map((line) => run.exec(line)?.[1]));
  const isVerbose = runs.size > 1;
  for (const line of lines) {
    // What a test printed without a line end stands in front.
    const match = (isVerbose ? result : failed).exec(line);
    if (!match) continue;
    const [word, test] = isVerbose ? [match[1], match[2]] : ['FAIL', match[1]];
    if (!isVerbose || runs.has(test)) tally.add(joinNames(name, test), statuses[word.toLowerCase()]);
  }
  return isVerbose;
}

const event = z.object({ Action: z.string(), Package: z.string(), Test: z.string().optional() });

/** go test -json: one event a line. https://pkg.go.dev/cmd/test2json */
export const parseGoJson: Parser = (lines) => {
  const tally = new Tally();
  let ended = false;
  for (const line of lines) {
    const { data } = line.startsWith('{') ? event.safeParse(parsed(line)) : { data: undefined };
    const status = data && statuses[data.Action];
    if (!data || !status) continue;
    if (data.Test === undefined) ended = true;
    else tally.add(joinNames(data.Package, data.Test), status);
  }
  return told(tally, { total: ended && !lines.includes(cutLine) ? tally.count : null });
};

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
