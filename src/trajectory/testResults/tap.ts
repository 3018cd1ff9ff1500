import { joinNames, Tally, type TestStatus } from '../../session/testResults.ts';
import { cutLine, indentOf, type Parser, told } from './results.ts';

const test = /^( *)(not )?ok\b(?: \d+)?(?: -)? ?(.*)$/;
const subtest = /^( *)# Subtest: (.*)$/;
const blockEnd = /^( *)\}$/;
const directive = /(?:^| )# ?(SKIP|TODO|time=)\S*.*$/i;
const plan = /^1\.\.\d+/;

/**
 * TAP 13 and 14: node --test, tap, ava, mocha, deno, vitest and others. The name of indented subtests stands in front of
 * them, as `# Subtest: name` or with the result (`ok 1 - name {`). As with suites, a test with subtests counts only where
 * it failed by itself. Tests marked TODO count as skipped. https://testanything.org/tap-version-14-specification.html
 */
export const parseTap: Parser = (lines) => {
  const isTap = lines.some((line) => /^TAP version 1[34]$/.test(line)) || lines.some((line) => plan.test(line));
  if (!isTap || lines.some((line) => tapeCount.test(line))) return null;
  if (!lines.some((line) => plan.test(line) || line.startsWith('# Subtest: '))) return null;
  const tally = new Tally();
  let open: Outer[] = [];
  const rows = [...withoutDetails(lines)];
  for (const [i, line] of rows.entries()) {
    if (line === cutLine) open = [];
    const [, indent] = subtest.exec(line) ?? test.exec(line) ?? blockEnd.exec(line) ?? [];
    const depth = (indent?.length ?? Number.NaN) / 4;
    if (!Number.isInteger(depth)) continue;
    const self = open[depth];
    if (open.length > depth) open.length = depth;
    if (open.length < depth) continue;
    const row = rowOf(line, self, indentOf(rows[i + 1] ?? '') > indent.length);
    if (!row) continue;
    if ('inside' in row) {
      open.push(row);
      continue;
    }
    for (const outer of open) outer.inside = true;
    const isOuter = self?.name === row.name && self.inside;
    if (isOuter && (row.status !== 'failed' || self.failed)) continue;
    tally.add(joinNames(...open.map(({ name }) => name), row.name), row.status);
    if (row.status === 'failed') for (const outer of open) outer.failed = true;
  }
  const isWhole = !lines.includes(cutLine) && lines.some((line) => plan.test(line));
  return told(tally, { total: isWhole ? tally.count : null });
};

/** A test whose subtests follow. */
interface Outer {
  name: string;
  /** Whether subtests were seen, and whether one of them failed. */
  inside: boolean;
  failed: boolean;
  /** Its own result, where that stands in front of them. */
  status: TestStatus | null;
}

/** What a line says: a test and its result, or that subtests follow. */
function rowOf(
  line: string,
  self: Outer | undefined,
  opens: boolean,
): Outer | { name: string; status: TestStatus } | null {
  const announced = subtest.exec(line);
  if (announced) return { name: unescaped(announced[2]), inside: false, failed: false, status: null };
  const result = test.exec(line);
  // The end of a block tells what stood in front of it.
  if (!result) return self?.status ? { name: self.name, status: self.status } : null;
  const [, , not, rest] = result;
  const isBlock = opens && rest.endsWith(' {');
  const words = isBlock ? rest.slice(0, -2).trimEnd() : rest;
  const mark = directive.exec(words);
  const name = unescaped(words.replace(directive, ''));
  const isSkipped = mark !== null && !/^time=/i.test(mark[1]);
  const status = isSkipped ? 'skipped' : not ? 'failed' : 'passed';
  if (name === '') return null;
  return isBlock ? { name, inside: false, failed: false, status } : { name, status };
}

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
  return told(tally, { total: isWhole ? tally.count : null });
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
