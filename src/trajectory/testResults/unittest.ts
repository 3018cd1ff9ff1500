import { type Parser, Tally } from './results.ts';

const ran = /^Ran (\d+) tests? in \d+\.\d+s$/;
const status = 'ok|FAIL|ERROR|skipped (?:\'.*\'|".*")|expected failure|unexpected success';
const result = new RegExp(`^ *(.*) \\.\\.\\. (${status})$`);
const alone = new RegExp(`^(${status})$`);
const test = /^(\w+) \(([\w.<>]+)\)(?: [[(].*)?$/;
const testAtEnd = /(?:^|\.\.\. )(\w+ \([\w.<>]+\)) \.\.\.|(?:^| )(\w+ \([\w.<>]+\))$/;

/**
 * unittest of Python, and Django's runner. With `-v`: `name (module.Class) ... ok`, since 3.11 `name (module.Class.name)
 * ... ok`; a test with a docstring takes two lines, and what it prints to stderr stands before the `ok`. By default only
 * failed tests are named, as headings `FAIL: name (module.Class)`. Names are dotted. Expected failures count as skipped.
 * https://docs.python.org/3/library/unittest.html
 */
export const parseUnittest: Parser = (lines) => {
  const end = lines.findIndex((line) => ran.test(line));
  if (end < 0) return null;
  const tally = new Tally();
  /** A test whose result is still to come. */
  let open: string | null = null;
  for (const [i, line] of lines.slice(0, end).entries()) {
    const heading = /^(?:FAIL|ERROR): (.+)$/.exec(line);
    if (heading && /^={70}$/.test(lines[i - 1])) {
      const name = nameOf(heading[1]);
      if (name && !tally.has(name)) tally.add(name, 'failed');
      open = null;
    }
    const match = result.exec(line);
    const rest = alone.exec(line);
    const name = match ? (nameOf(match[1]) ?? open) : rest ? open : null;
    if (name) tally.add(name, statusOf((match?.[2] ?? rest?.[1]) as string));
    if (match || rest) open = null;
    else {
      const begin = testAtEnd.exec(line);
      if (begin) open = nameOf(begin[2] ?? begin[1]);
    }
  }
  return tally.results(Number(ran.exec(lines[end])?.[1]));
};

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
