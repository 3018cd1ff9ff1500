import { Tally } from '../../session/testResults.ts';
import { cutLine, type Parser, told } from './results.ts';

const end = /^test result: (?:ok|FAILED)\. (\d+) passed; (\d+) failed; (\d+) ignored;/;
const status = 'ok|FAILED|ignored(?:, .*)?';
const name = '\\S+|\\S+ - (?:\\S+ )?\\(line \\d+\\)';
const result = new RegExp(
  `^test (${name})(?: - should panic| - compile(?: fail)?)? \\.\\.\\. (${status})(?: <[\\d.]+s>)?$`,
);
const begun = new RegExp(`^test (${name})(?: - should panic| - compile(?: fail)?)? \\.\\.\\.(?: |$)`);
const alone = new RegExp(`^(${status})$`);

/**
 * cargo test: `test path::name ... ok`, one block a binary. What a test prints with `--nocapture` can stand before the
 * `ok`. With `-q` only failed tests are named, in the list at the end of the block. Names of documentation tests go
 * without the line. https://doc.rust-lang.org/rustc/tests/index.html
 */
export const parseCargo: Parser = (lines) => {
  if (!lines.some((line) => end.test(line))) return null;
  const tally = new Tally();
  const all = { total: 0, passed: 0 };
  let block: string[] = [];
  for (const line of lines) {
    block.push(line);
    const match = end.exec(line);
    if (!match) continue;
    const [passed, failed, skipped] = match.slice(1).map(Number);
    all.total += passed + failed + skipped;
    all.passed += passed;
    const own = told(readBlock(block), { tests: { passed, failed, skipped } });
    for (const { name, status } of own?.results ?? []) tally.add(name, status);
    block = [];
  }
  return told(tally, all);
};

function readBlock(lines: readonly string[]): Tally {
  const tally = new Tally();
  /** A test whose result is still to come. */
  let open: string | null = null;
  const list = lines.lastIndexOf('failures:');
  const details = lines.indexOf('failures:');
  for (const line of lines.slice(0, details < 0 ? lines.length : details)) {
    if (line === cutLine) open = null;
    const match = result.exec(line);
    const rest = alone.exec(line);
    if (match || (rest && open)) tally.add(nameOf(match?.[1] ?? open ?? ''), statusOf(match?.[2] ?? rest?.[1] ?? ''));
    if (match || rest) open = null;
    else open = begun.exec(line)?.[1] ?? open;
  }
  for (const line of list < 0 ? [] : lines.slice(list)) {
    const failed = /^ {4}(\S.*)$/.exec(line);
    if (failed && !tally.has(nameOf(failed[1]))) tally.add(nameOf(failed[1]), 'failed');
  }
  return tally;
}

function nameOf(text: string): string {
  return text.replace(/(?: -)? \(line \d+\)$/, '');
}

function statusOf(word: string): 'passed' | 'failed' | 'skipped' {
  return word === 'ok' ? 'passed' : word === 'FAILED' ? 'failed' : 'skipped';
}
