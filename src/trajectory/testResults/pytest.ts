import { Tally } from '../../session/testResults.ts';
import { countsIn, cutLine, type Parser, told } from './results.ts';

const last =
  /^(?:=+ )?(?:\d+ (?:failed|passed|skipped|deselected|xfailed|xpassed|warnings?|errors?|rerun|subtests passed)(?:, )?)+ in \d+\.\d+s(?: \([\d:]+\))?(?: =+)?$/;
const section = /^=+ (?:ERRORS|FAILURES|PASSES|warnings summary.*|short test summary info|.* in [\d.]+s.*) =+$/;
const words = 'PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS|xfail|xpass';
const id = '[^\\s:\\[\\]]+(?:::[^\\s:\\[\\]]+)+';
const named = new RegExp(`^(${id}(?:\\[.*\\])?) (${words}|SUBFAILED|SUBFAIL)\\b`);
const begun = new RegExp(`^(${id})(\\[\\S*\\])?(?: |$)`);
const alone = new RegExp(`^(${words})(?: |$)`);
const worker = new RegExp(`^\\[gw\\d+\\] \\[ *\\d+%\\] (${words}) (${id}(?:\\[.*\\])?) *$`);
/** A failed subtest tells its message and parameters: in pytest behind the word, in the plugin pytest-subtests in front. */
const parameters = '(?:\\[.*?\\])?(?: ?\\(.*?\\))?';
const listed = new RegExp(`^(${words}|SUBFAILED${parameters}|(?:${parameters} )?SUBFAIL) (${id}(?:\\[.*)?.*)$`);

/**
 * pytest. With `-v` a test is `path::name PASSED [ 8%]`, or, where something is printed between (`-s`, live logs), its
 * result stands on a line of its own; with pytest-xdist it is `[gw0] [ 8%] PASSED path::name`. Without `-v` tests are
 * named in the short summary at the end: those that failed, with `-rA` also others. Names are pytest's node ids. Expected
 * failures count as skipped, and so does nothing else. https://docs.pytest.org/en/stable/how-to/output.html
 */
export const parsePytest: Parser = (lines) => {
  const counts = countsIn(lines, last);
  if (!counts) return null;
  const tally = new Tally();
  const summary = lines.findIndex((line) => /^=+ short test summary info =+$/.test(line));
  readRun(lines, tally);
  const isVerbose = tally.count > 0;
  const isCut = lines.includes(cutLine);
  /** Those of which a subtest failed under pytest-subtests, which counts them as passed all the same. */
  const inPart = new Set<string>();
  if (summary >= 0) {
    for (const line of lines.slice(summary + 1)) {
      const match = listed.exec(line);
      if (!match) continue;
      const name = withoutMessage(match[2]);
      if (match[1].endsWith('SUBFAIL')) inPart.add(name);
      // The message of an error can hold lines that look like this one.
      if (isVerbose && !isCut && !tally.has(name)) continue;
      if (!isVerbose || !tally.has(name) || match[1].includes('SUBFAIL')) tally.add(name, statusOf(match[1]));
    }
  }
  const failed = (counts.failed ?? 0) + (counts.error ?? 0) + (counts.errors ?? 0);
  const skipped = (counts.skipped ?? 0) + (counts.xfailed ?? 0);
  const passed = (counts.passed ?? 0) + (counts.xpassed ?? 0);
  // A test of which only a subtest failed passes in its own line; without the list at the end it is not known which.
  const named = tally.list().filter(({ status }) => status === 'failed').length;
  const isHidden = isVerbose && summary < 0 && named < failed;
  return told(tally, {
    // A test that passed and then failed in a subtest or its teardown is counted and told as both.
    tests: { passed: isHidden ? 0 : passed, skipped, failed: isVerbose ? undefined : failed },
    total: failed + skipped + passed,
    passed: passed - inPart.size - lines.filter((line) => /^_+ ERROR at teardown of /.test(line)).length,
  });
};

function readRun(lines: readonly string[], tally: Tally): void {
  /** A test whose result is still to come. */
  let open: string | null = null;
  for (const line of lines) {
    if (section.test(line)) return;
    const result = named.exec(line);
    const byWorker = worker.exec(line);
    const begin = begun.exec(line);
    const rest = alone.exec(line);
    if (byWorker) tally.add(byWorker[2], statusOf(byWorker[1]));
    else if (result) {
      tally.add(result[1], statusOf(result[2]));
      open = null;
    } else if (begin) open = begin[1] + (begin[2] ?? '');
    else if (rest && open !== null) {
      tally.add(open, statusOf(rest[1]));
      open = null;
    }
  }
}

function statusOf(word: string): 'passed' | 'failed' | 'skipped' {
  if (/^(?:PASSED|XPASS)$/i.test(word)) return 'passed';
  return /^(?:SKIPPED|XFAIL)$/i.test(word) ? 'skipped' : 'failed';
}

/** Behind a node id stands ` - message`, also where the id's own parameters hold such a dash. */
function withoutMessage(text: string): string {
  const open = text.indexOf('[');
  const dash = text.indexOf(' - ');
  if (open < 0 || (dash >= 0 && dash < open)) return dash < 0 ? text : text.slice(0, dash);
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '[') depth++;
    if (text[i] === ']' && --depth === 0 && (i + 1 === text.length || text.startsWith(' - ', i + 1))) {
      return text.slice(0, i + 1);
    }
  }
  return dash < 0 ? text : text.slice(0, dash);
}
