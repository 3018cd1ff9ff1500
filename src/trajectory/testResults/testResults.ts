/** Results by test name, from the output of a test command. */

import { Tally, withinBounds } from '../../session/testResults.ts';
import { parseAva } from './ava.ts';
import { parseBun } from './bun.ts';
import { parseCargo } from './cargo.ts';
import { parseCtest } from './ctest.ts';
import { parseDeno } from './deno.ts';
import { parseDotnet } from './dotnet.ts';
import { parseGo, parseGoJson } from './go.ts';
import { parseGradle } from './gradle.ts';
import { parseJest } from './jest.ts';
import { parseMocha } from './mocha.ts';
import { parseNextest } from './nextest.ts';
import { parseNodeDot, parseNodeSpec } from './nodeTest.ts';
import { parsePhpunit } from './phpunit.ts';
import { parsePytest } from './pytest.ts';
import type { Parser, PrintedTests } from './results.ts';
import { parseRspec } from './rspec.ts';
import { parseSurefire } from './surefire.ts';
import { parseTap, parseTape } from './tap.ts';
import { parseUnittest } from './unittest.ts';
import { parseVitest } from './vitest.ts';

/**
 * The parsers of each runner, by the name that `testCommand` gives it. What else calls tests (package scripts, tox, Deno's
 * tasks) can run any of them: each parser knows its runner's output by what is printed there alone.
 */
export const parsersByRunner: Record<string, readonly Parser[]> = {
  ava: [parseAva, parseTap],
  cargo: [parseCargo],
  ctest: [parseCtest],
  deno: [parseDeno, parseTap],
  dotnet: [parseDotnet],
  go: [parseGo, parseGoJson],
  // It leaves out parts of what Go prints, so that tests would be told of other packages.
  gotestsum: [],
  gradle: [parseGradle],
  jest: [parseJest],
  mocha: [parseMocha, parseTap],
  mvn: [parseSurefire],
  nextest: [parseNextest],
  node: [parseNodeSpec, parseNodeDot, parseTap],
  phpunit: [parsePhpunit, parseTap],
  pytest: [parsePytest],
  rspec: [parseRspec],
  unittest: [parseUnittest],
  vitest: [parseVitest, parseTap],
};

const allParsers: readonly Parser[] = [...new Set([...Object.values(parsersByRunner).flat(), parseBun, parseTape])];

/**
 * What the output of a test command says of tests by name; null where no parser understands it. No name is concluded from
 * numbers: output that names only failed tests gives only those.
 *
 * @param runner as `testCommand` names it
 * @param output as a person saw it, after redaction
 */
export function parseTestOutput(runner: string, output: string): PrintedTests | null {
  const parsers = parsersByRunner[runner] ?? allParsers;
  const found = scriptsOf(output.split(/\r?\n/)).flatMap((lines) =>
    parsers.map((parse) => parse(lines)).filter((printed) => printed !== null),
  );
  if (found.length === 0) return null;
  const tally = new Tally();
  for (const { name, status } of found.flatMap(({ results }) => results)) tally.add(name, status);
  const complete = found.every((printed) => printed.complete);
  const passed = found.reduce<number | null>(
    (sum, one) => (sum === null || one.passed === null ? null : sum + one.passed),
    0,
  );
  return { ...withinBounds({ results: tally.list(), complete }), passed };
}

const scriptHeader = /^> (?:\S+@\S+ \S+.*|(?:pre|post)?test[\w:.-]*)$/;
/** In front of each line: `packages/a test: ` of pnpm, `a:test: ` of Turborepo, `[test:a] ` of concurrently and npm-run-all. */
const label = /^((?!ok )\S+ test(?::[\w:.-]+)?: (?=.)|\S+:test(?::[\w:.-]+)?:(?: |$)|\[(?:\S+:)?test[\w:.-]*\](?: |$))/;

/** The lines of each package script that ran: its name stands in front of its output, or of each of its lines. */
function scriptsOf(lines: readonly string[]): string[][] {
  const scripts: string[][] = [[]];
  const labelled = new Map<string, string[]>();
  for (const line of lines) {
    const [start, name] = label.exec(line) ?? [];
    if (name !== undefined) {
      if (!labelled.has(name)) labelled.set(name, []);
      labelled.get(name)?.push(line.slice(start?.length));
    } else if (scriptHeader.test(line)) scripts.push([]);
    else scripts.at(-1)?.push(line);
  }
  return [...scripts, ...labelled.values()];
}
