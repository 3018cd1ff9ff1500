import { Tally } from '../../session/testResults.ts';
import { cutLine, onlyIndex, type Parser, told } from './results.ts';

const ran = /^Ran (\d+) tests? in \d+\.\d+s$/;
const status = 'ok|FAIL|ERROR|skipped (?:\'.*\'|".*")|expected failure|unexpected success';
const result = new RegExp(`^ *(.*) \\.\\.\\. (${status})$`);
const alone = new RegExp(`^(${status})$`);
const test = /^(\w+) \(([\w.<>]+)\)(?: [[(].*)?$/;
const heading = /^(?:FAIL|ERROR): (.+)$/;
/** What is no test of its own. */
const fixture = /\.(?:setUp|tearDown)(?:Class|Module)$/;
const begun = /^ *(\w+ \([\w.<>]+\)) \.\.\./;
const begunAtEnd = /(?:^|\.\.\. )(\w+ \([\w.<>]+\))$/;

/**
 * unittest of Python, and Django's runner. With `-v`: `name (module.Class) ... ok`, since 3.11 `name (module.Class.name)
 * ... ok`; a test with a docstring takes two lines, and what it prints to stderr stands before the `ok`. By default only
 * failed tests are named, as headings `FAIL: name (module.Class)`. Names are dotted. Expected failures count as skipped.
 * https://docs.python.org/3/library/unittest.html
 */
export const parseUnittest: Parser = (lines) => {
  const end = onlyIndex(lines, ran);
  if (end < 0) return null;
  const tally = new Tally();
  const isHeading = (line: string, i: number) => heading.test(line) && /^={70}$/.test(lines[i - 1] ?? '');
  const details = lines.findIndex(isHeading);
  readTree(lines.slice(0, details < 0 ? end : details), tally);
  for (const [i, line] of lines.slice(0, end).entries()) {
    const name = isHeading(line, i) ? nameOf(heading.exec(line)?.[1] as string) : null;
    if (name) tally.add(name, 'failed');
  }
  const total = Number(ran.exec(lines[end])?.[1]);
  const counted = lines.slice(end).find((line) => /^(?:OK|FAILED)(?: \(|$)/.test(line)) ?? '';
  const others = [...counted.matchAll(/(?:skipped|expected failures)=(\d+)/g)].reduce(
    (sum, [, n]) => sum + Number(n),
    0,
  );
  const fixtures = tally.list().filter(({ name }) => fixture.test(name)).length;
  const failed = tally.list().filter(({ status }) => status === 'failed').length - fixtures;
  return told(tally, {
    total: total + fixtures,
    passed: counted === '' ? null : Math.max(0, total - others - failed),
  });
};

function readTree(lines: readonly string[], tally: Tally): void {
  /** A test whose result is still to come. */
  let open: string | null = null;
  for (const line of lines) {
    const match = result.exec(line);
    const rest = alone.exec(line);
    // Before Python 3.11 a test of which a subtest failed ends without a word, and the next one stands behind it.
    const name = match
      ? (nameOf(match[1]) ?? nameOf(match[1].split(' ... ').at(-1) ?? '') ?? open)
      : rest
        ? open
        : null;
    if (name) tally.add(name, statusOf((match?.[2] ?? rest?.[1]) as string));
    const next = begunAtEnd.exec(line) ?? begun.exec(line);
    if (match || rest || line === cutLine) open = null;
    else if (next) open = nameOf(next[1]);
  }
}

function nameOf(text: string): string | null {
  const match = test.exec(text.trim());
  if (!match) return null;
  const [, name, owner] = match;
  return owner.endsWith(`.${name}`) ? owner : `${owner}.${name}`;
}

function statusOf(word: string): 'passed' | 'failed' | 'skipped' {
  if (word === 'ok') return 'passed';
  return word.startsWith('skipped') || word === 'expected failure' ? 'skipped' : 'failed';
}
