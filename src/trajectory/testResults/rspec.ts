import { joinNames, Tally } from '../../session/testResults.ts';
import { cutLine, indentOf, onlyIndex, type Parser, told } from './results.ts';

const end = /^(\d+) examples?, (\d+) failures?(?:, (\d+) pending)?(?:, \d+ errors? occurred outside of examples)?$/;
const marked = /^(.+) \((?:FAILED - (\d+)|(PENDING: .+))\)$/;

/**
 * RSpec. `documentation` indents by two for each group; passed examples have no mark, so they count only where RSpec
 * counted as many. `progress` names what failed, at the end: `rspec ./spec/a_spec.rb:6 # Group name`.
 * https://rspec.info/features/3-13/rspec-core/formatters
 */
export const parseRspec: Parser = (lines) => {
  const at = onlyIndex(lines, end);
  if (at < 0) return null;
  const [total, failed, pending] = (end.exec(lines[at]) as RegExpExecArray)
    .slice(1)
    .map((number) => Number(number ?? 0));
  const tally = new Tally();
  const details = lines.findIndex((line) => /^(?:Pending: |Failures:$|Finished in )/.test(line));
  const tree = lines.slice(0, details < 0 ? at : details);
  if (tree.some((line) => marked.test(line)) || !tree.some((line) => /^[^ ]*[.F*]/.test(line))) readTree(tree, tally);
  else {
    for (const line of lines.slice(lines.lastIndexOf('Failed examples:'))) {
      const example = /^rspec \S+ # (.+)$/.exec(line);
      if (example) tally.add(example[1], 'failed');
    }
  }
  return told(tally, { tests: { passed: total - failed - pending, failed, skipped: pending } });
};

function readTree(lines: readonly string[], tally: Tally): void {
  /** Null where the names around were not seen. */
  let groups: string[] | null = null;
  let failures = 0;
  for (const [i, line] of lines.entries()) {
    if (line === cutLine) {
      groups = null;
      failures = Number.NaN;
    }
    const depth = indentOf(line) / 2;
    if (line === '' || !Number.isInteger(depth)) continue;
    // A group of the outermost level follows an empty line; other lines at the margin are the program's.
    if (depth === 0) {
      if ((lines[i - 1] ?? '') === '') groups = [line];
      continue;
    }
    if (!groups || depth > groups.length) continue;
    groups.length = depth;
    const text = line.trim();
    const mark = marked.exec(text);
    const number = Number(mark?.[2]);
    const next = lines.slice(i + 1).find((other) => other !== '' && indentOf(other) > 0);
    if (mark?.[3]) tally.add(joinNames(...groups, mark[1]), 'skipped');
    else if (mark && (Number.isNaN(failures) || number === failures + 1)) {
      failures = number;
      tally.add(joinNames(...groups, mark[1]), 'failed');
    } else if (next !== undefined && indentOf(next) > indentOf(line) && lines[i + 1] !== '') groups.push(text);
    else tally.add(joinNames(...groups, text), 'passed');
  }
}
