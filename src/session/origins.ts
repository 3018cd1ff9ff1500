/**
 * What made an edit, from its shape and from what the editor says of it. Undo and redo are told by the editor; typing is
 * recognised by the keystroke that each change could be; all else is unknown.
 */
import type { SessionEventOf } from './events.ts';
import type { Origin } from './task.ts';

const pairs = new Set(['()', '[]', '{}', '""', "''", '``', '<>']);
/** A line break with the indentation that editors add to it. */
const lineBreak = /^\r?\n[ \t]*(?:\r?\n[ \t]*)?$/;

function isKeystroke(text: string): boolean {
  return [...text].length <= 1 || pairs.has(text) || lineBreak.test(text);
}

/** The origin of one change event and how sure it is (0 to 1; null for `unknown`). */
export function originOf(event: SessionEventOf<'edit'>): { origin: Origin; originConfidence: number | null } {
  if (event.reason) return { origin: event.reason, originConfidence: 1 };
  if (event.changes.every((change) => isKeystroke(change.text))) {
    const deletes = event.changes.some((change) => change.text === '' && change.length > 1);
    return { origin: 'typed', originConfidence: deletes ? 0.7 : 0.9 };
  }
  return { origin: 'unknown', originConfidence: null };
}
