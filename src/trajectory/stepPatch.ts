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
  const from = linesBack(points, start);
  const to = linesForward(points, start + deleted);
  let line = 0;
  for (let i = 0; i < from; i++) if (points.at(i) === newline) line++;

  const before = isNew ? null : states.slice(file, from, to);
  states.apply(step);
  const after = states.slice(file, from, to + inserted - deleted);
  if (before === after) return null;
  return deriveText((name, old, now) => unifiedDiff(name, isNew ? null : old, now, line), path, before ?? after, after);
}

/** @param line 0-based number of the first line of both texts in the file. */
function unifiedDiff(path: string, before: string | null, after: string, line: number): string {
  const oldName = before === null ? '/dev/null' : `a/${path}`;
  const patch = structuredPatch(oldName, `b/${path}`, before ?? '', after, undefined, undefined, { context });
  for (const hunk of patch.hunks) {
    hunk.oldStart += line;
    hunk.newStart += line;
  }
  // The first line that jsdiff writes is for other tools than git.
  return formatPatch(patch).replace(/^=+\n/, '');
}

interface Points {
  length: number;
  at(index: number): number;
}

function linesBack(points: Points, from: number): number {
  let at = from;
  for (let seen = 0; at > 0; at--) {
    if (points.at(at - 1) === newline && seen++ === context) break;
  }
  return at;
}

function linesForward(points: Points, from: number): number {
  let at = from;
  for (let seen = 0; at < points.length; at++) {
    if (points.at(at) === newline && seen++ === context) return at + 1;
  }
  return at;
}
