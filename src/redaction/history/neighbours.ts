/**
 * Numbers and marks in free text that tell how long a covered value is: columns, carets, counts of bytes. Those that stand
 * near one are covered too. Positions in files need no such care: they are mapped.
 */

import type { ValueType } from '../detectors/rule.ts';
import type { Atoms } from './atoms.ts';
import { codePointMap, type TextHistory } from './textHistory.ts';

/** Lines on both sides of a covered value: a stack trace quotes the line and names the column some lines on. */
const near = 8;

/** These stand in paths and prompts, which no column counts. */
const unmeasured: ReadonlySet<ValueType> = new Set([
  'user',
  'home',
  'workspace',
  'repository',
  'commit',
  'host',
  'ticket',
]);

/** The group `value` is what tells. */
const columns = [
  // file:line:column, file(line,column)
  /(?<=\.[A-Za-z]\w{0,11}|>):\d{1,7}:(?<value>\d{1,7})(?!\d)/dg,
  /\(\d{1,7}, ?(?<value>\d{1,7})\)/dg,
  /\b(?:col(?:umn)?|char(?:acter)?|offset|position|pos|at byte)[ :=]{1,2}(?<value>\d{1,7})\b/dgi,
  /\b(?<value>\d{1,9}) (?:bytes|characters|chars)\b/dgi,
  /\bcontent-length: ?(?<value>\d{1,9})\b/dgi,
];
/** A line of marks below another one, behind the gutter that compilers draw. */
const carets = /^(?:[ \t]*(?:\d+[ \t]*)?[|>│])?(?<value>[ \t]*[\^~]+(?:[-~^]*[ \t]*)*)/dg;

export function coverNeighbours(histories: Iterable<TextHistory>, atoms: Atoms): void {
  const column = atoms.addValue({ type: 'column', texts: new Set(), spreads: false, rule: 'beside-a-value' });
  const caret = atoms.addValue({ type: 'caret', texts: new Set(), spreads: false, rule: 'beside-a-value' });
  for (const { base, edits, context } of histories) {
    if (context !== 'terminal' || edits.length > 0) continue;
    const isMeasured = (atom: number) => {
      const owner = atoms.owner(atom);
      return owner >= 0 && owner !== column && owner !== caret && !unmeasured.has(atoms.value(owner).type);
    };
    if (!base.some(isMeasured)) continue;
    const text = atoms.text(base);
    const point = codePointMap(text);
    const lines = linesOf(text);
    const telling = lines.map(({ start, end }) => base.subarray(point(start), point(end)).some(isMeasured));
    for (const [number, { start, end }] of lines.entries()) {
      const cover = (pattern: RegExp, value: number) => {
        for (const match of text.slice(start, end).matchAll(pattern)) {
          const [from, to] = match.indices?.groups?.value ?? [0, 0];
          atoms.own(base.subarray(point(start + from), point(start + to)), value);
        }
      };
      if (telling.slice(Math.max(0, number - 2), number).includes(true)) cover(carets, caret);
      if (telling.slice(Math.max(0, number - near), number + near + 1).includes(true)) {
        for (const pattern of columns) cover(pattern, column);
      }
    }
  }
}

function linesOf(text: string): { start: number; end: number }[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const place = { start, end: start + line.length };
    start = place.end + 1;
    return place;
  });
}
