import { joinNames, Tally } from '../../session/testResults.ts';
import { type Parser, told } from './results.ts';

const header = /^PHPUnit \d+\.\d+\S* by Sebastian Bergmann/;
const result = /^ ([✔✘↩∅]) (.+?)(?: \[\d+(?:\.\d+)? ms\])?$/;
const list = /^There (?:was|were) (\d+) (error|failure|skipped test|incomplete test)s?:$/;

/**
 * PHPUnit. `--testdox`: ` ✔ Name` below its class, which follows an empty line. By default only what failed is named, in
 * numbered lists: `1) Class::test`. Risky tests and those with warnings are left out: they neither passed nor failed.
 * https://docs.phpunit.de/en/12.0/textui.html
 */
export const parsePhpunit: Parser = (lines) => {
  if (!lines.some((line) => header.test(line))) return null;
  const tally = new Tally();
  const time = lines.findIndex((line) => /^Time: .*, Memory: /.test(line));
  const tree = lines.slice(0, time < 0 ? lines.length : time);
  if (tree.some((line) => result.test(line))) readTestdox(tree, tally);
  else readLists(lines, tally);
  const ok = lines.flatMap((line) => /^OK \((\d+) tests?,/.exec(line)?.[1] ?? []).at(0);
  if (ok !== undefined) return told(tally, { total: Number(ok), passed: Number(ok) });
  const counts = lines.find((line) => /^Tests: \d+, /.test(line))?.matchAll(/(\w+): (\d+)/g) ?? [];
  const { Tests: total = null, ...of } = Object.fromEntries([...counts].map(([, word, number]) => [word, +number]));
  const others = ['Errors', 'Failures', 'Skipped', 'Incomplete'].reduce((sum, word) => sum + (of[word] ?? 0), 0);
  return told(tally, { total, passed: total === null ? null : total - others });
};

function readTestdox(lines: readonly string[], tally: Tally): void {
  let owner: string | null = null;
  for (const [i, line] of lines.entries()) {
    if (line !== '' && !line.startsWith(' ')) owner = lines[i - 1] === '' ? line : owner;
    const match = result.exec(line);
    if (match && owner) tally.add(joinNames(owner, match[2]), statuses[match[1]]);
  }
}

const statuses: Record<string, 'passed' | 'failed' | 'skipped'> = {
  '✔': 'passed',
  '✘': 'failed',
  '↩': 'skipped',
  '∅': 'skipped',
};

function readLists(lines: readonly string[], tally: Tally): void {
  let status: 'failed' | 'skipped' = 'failed';
  let number = Number.NaN;
  let total = 0;
  for (const [i, line] of lines.entries()) {
    const begin = list.exec(line);
    if (begin) {
      [number, total] = [0, Number(begin[1])];
      status = begin[2] === 'error' || begin[2] === 'failure' ? 'failed' : 'skipped';
    }
    // The numbers run on, so a line of an error's message that looks like a heading is told apart.
    const item = /^(\d+)\) (\S.*)$/.exec(line);
    if (!item || Number(item[1]) !== number + 1 || number >= total || lines[i - 1] !== '') continue;
    number++;
    tally.add(item[2].replace(/( with data set (?:".*"|#\d+)) \(.*\)$/, '$1'), status);
  }
}
