import { formatPatch, structuredPatch } from 'diff';
import { deriveText } from '../redaction/derive.ts';
import type { Redacted } from '../redaction/redacted.ts';
import type { FileStates } from './fileStates.ts';
import { hullOf } from './hull.ts';
import type { Step } from './record.ts';

const newline = 10;
/** Lines of context, as git has them. */
const context = 3;

/**
 * Applies a step that changes a text, and tells the change as a unified diff that `git apply` takes; null when it left
 * the text as it was. Only the lines around the change are compared: the cost does not grow with the file.
 * @param path of the file as it is called now.
 */
export function applyAsPatch(states: FileStates, step: Step, path: Redacted): Redacted | null {
  const { file_id: file, changes } = step;
  if (file === null || changes.length === 0) {
    states.apply(step);
    return null;
  }
  const isNew = states.points(file) === null;
  const { start, deleted, inserted } = hullOf(changes);
  const points = states.points(file) ?? { length: 0, at: () => 0 };
  const from = linesBack(points, start, 0);
  const to = linesForward(points, start + deleted, 0);
  let line = 0;
  for (let i = 0; i < from; i++) if (points.at(i) === newline) line++;

  const none = deriveText(() => '');
  const slice = (first: number, end: number) => (isNew ? none : states.slice(file, first, end));
  const head = slice(linesBack(points, start, context), from);
  const tail = slice(to, linesForward(points, start + deleted, context));
  const before = slice(from, to);
  states.apply(step);
  const after = states.slice(file, from, to + inserted - deleted);
  if (!isNew && before === after) return null;
  return deriveText(
    (name, old, now, above, below) => {
      const place = { line, head: linesIn(above), tail: linesIn(below) };
      return unifiedDiff(isNew ? '/dev/null' : `a/${name}`, `b/${name}`, old, now, place);
    },
    path,
    before,
    after,
    head,
    tail,
  );
}

/** Where two texts stand in a file. */
interface Place {
  /** 0-based number of their first line. */
  line: number;
  /** The lines around them, as many as a patch shows. */
  head: string[];
  tail: string[];
}

/**
 * The lines around are not compared: they are the same by themselves, and like lines among them must not be taken for
 * changed ones. Without lines behind it, git takes a change for one at the end of the file.
 */
function unifiedDiff(oldName: string, newName: string, before: string, after: string, place: Place): string {
  const patch = structuredPatch(oldName, newName, before, after, undefined, undefined, { context });
  const length = linesIn(before).length;
  for (const hunk of patch.hunks) {
    const isLast = hunk.oldStart + hunk.oldLines > length;
    const above = hunk.oldStart === 1 ? lastOf(place.head, missing(hunk.lines)) : [];
    const below = isLast ? place.tail.slice(0, missing(hunk.lines.toReversed())) : [];
    hunk.lines = [...above.flatMap(asContext), ...hunk.lines, ...below.flatMap(asContext)];
    hunk.oldStart += place.line - above.length;
    hunk.newStart += place.line - above.length;
    hunk.oldLines += above.length + below.length;
    hunk.newLines += above.length + below.length;
  }
  // The first line that jsdiff writes is for other tools than git.
  return formatPatch(patch).replace(/^=+\n/, '');
}

/** How many lines of context are missing in front of the first change. */
function missing(lines: readonly string[]): number {
  return Math.max(0, context - lines.findIndex((one) => !one.startsWith(' ')));
}

function lastOf(lines: readonly string[], count: number): readonly string[] {
  return lines.slice(Math.max(0, lines.length - count));
}

function asContext(line: string): string[] {
  return line.endsWith('\n') ? [` ${line.slice(0, -1)}`] : [` ${line}`, '\\ No newline at end of file'];
}

/** With their ends. */
function linesIn(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

interface Points {
  length: number;
  at(index: number): number;
}

/** Where the line begins that is so many lines in front of the one at an offset. */
function linesBack(points: Points, from: number, lines: number): number {
  let at = from;
  for (let seen = 0; at > 0; at--) {
    if (points.at(at - 1) === newline && seen++ === lines) break;
  }
  return at;
}

/** Where the line ends that is so many lines behind the one at an offset. */
function linesForward(points: Points, from: number, lines: number): number {
  let at = from;
  for (let seen = 0; at < points.length; at++) {
    if (points.at(at) === newline && seen++ === lines) return at + 1;
  }
  return at;
}
