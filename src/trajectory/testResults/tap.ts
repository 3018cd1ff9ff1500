import { joinNames, Tally } from '../../session/testResults.ts';
import { cutLine, type Parser } from './results.ts';

const test = /^( *)(not )?ok\b(?: \d+)?(?: -)? ?(.*)$/;
const directive = /(?:^| )# ?(SKIP|TODO|time=)\S*.*$/i;
const plan = /^1\.\.\d+/;

/**
 * TAP 13 and 14, with indented subtests whose name stands in front (`# Subtest: name`): node --test, tap, ava, mocha,
 * deno and others. As with suites, a test with subtests counts only where it failed by itself. Tests marked TODO count
 * as skipped. https://testanything.org/tap-version-14-specification.html
 */
export const parseTap: Parser = (lines) => {
  const isTap = lines.some((line) => /^TAP version 1[34]$/.test(line)) || lines.some((line) => plan.test(line));
  if (!isTap || lines.some((line) => tapeCount.test(line))) return null;
  if (!lines.some((line) => plan.test(line) || line.startsWith('# Subtest: '))) return null;
  const tally = new Tally();
  /** Names announced at each depth, and whether tests were seen inside. */
  let open: { name: string; inside: boolean; failed: boolean }[] = [];
  for (const line of withoutDetails(lines)) {
    if (line === cutLine) open = [];
    const announced = /^( *)# Subtest: (.*)$/.exec(line);
    if (announced) {
      open.length = Math.min(open.length, announced[1].length / 4);
      open[announced[1].length / 4] = { name: unescaped(announced[2]), inside: false, failed: false };
    }
    const result = test.exec(line);
    if (!result) continue;
    const [, indent, not, rest] = result;
    const depth = indent.length / 4;
    const around = Array.from({ length: Math.floor(depth) }, (_, i) => open[i]);
    const self = open[depth];
    open.length = Math.min(open.length, depth);
    const mark = directive.exec(rest);
    const name = unescaped(rest.replace(directive, ''));
    if (!Number.isInteger(depth) || around.includes(undefined as never) || name === '') continue;
    for (const outer of around) outer.inside = true;
    const isOuter = self?.name === name && self.inside;
    if (isOuter && (!not || self.failed)) continue;
    const isSkipped = mark !== null && !/^time=/i.test(mark[1]);
    const status = isSkipped ? 'skipped' : not ? 'failed' : 'passed';
    tally.add(joinNames(...around.map((outer) => outer.name), name), status);
    if (status === 'failed') for (const outer of around) outer.failed = true;
  }
  const isWhole = !lines.includes(cutLine) && lines.some((line) => plan.test(line));
  return tally.results(isWhole ? tally.count : null);
};

const tapeCount = /^# (?:pass|fail) {2}\d+$/;

/**
 * tape: TAP whose results are assertions; the tests are the comments in front of them (`# name`). A test passed when its
 * assertions, up to the next comment, did. https://github.com/tape-testing/tape
 */
export const parseTape: Parser = (lines) => {
  if (!lines.some((line) => tapeCount.test(line))) return null;
  const tally = new Tally();
  let name: string | null = null;
  let statuses: ('passed' | 'failed' | 'skipped')[] = [];
  const close = () => {
    const worst = (['failed', 'passed', 'skipped'] as const).find((status) => statuses.includes(status));
    if (name !== null && worst) tally.add(name, worst);
    statuses = [];
  };
  for (const line of withoutDetails(lines)) {
    if (plan.test(line)) break;
    const comment = /^# (.*)$/.exec(line);
    const result = test.exec(line);
    if (comment || line === cutLine) {
      close();
      const mark = /^(?:SKIP|TODO) (.*)$/.exec(comment?.[1] ?? '');
      if (mark) tally.add(mark[1], 'skipped');
      name = comment && !mark ? comment[1] : null;
    } else if (result?.[1] === '') {
      statuses.push(directive.test(result[3]) ? 'skipped' : result[2] ? 'failed' : 'passed');
    }
  }
  close();
  const isWhole = !lines.includes(cutLine) && lines.some((line) => plan.test(line));
  return tally.results(isWhole ? tally.count : null);
};

/** The lines without the YAML blocks that follow a result, whose text can look like a result. */
function* withoutDetails(lines: readonly string[]): Generator<string> {
  let end: string | null = null;
  for (const line of lines) {
    const begin = /^( *)---$/.exec(line);
    if (end !== null) {
      if (line === end || line === cutLine) end = null;
    } else if (begin) end = `${begin[1]}...`;
    else yield line;
  }
}

function unescaped(name: string): string {
  return name.replace(/\\([#\\])/g, '$1').trim();
}
