import type { Redacted } from '../redaction/redacted.ts';
import type { TaskFile } from '../session/task.ts';

/**
 * Whether the files of a task held the definition of a test when it began: true or false where it stands in one of them
 * (as a quoted title, or behind the word that defines a function), null where it stands in none.
 */
export function isDefined(name: string, files: readonly Pick<TaskFile<Redacted>, 'base' | 'final'>[]): boolean | null {
  const definition = definitionOf(name);
  if (!definition) return null;
  if (files.some(({ base }) => base !== null && definition.test(base))) return true;
  return files.some(({ final }) => final !== null && definition.test(final)) ? false : null;
}

/** Names of fewer characters stand in too many places. */
const shortest = 3;

function definitionOf(name: string): RegExp | null {
  const title = name.split(' > ').at(-1) as string;
  // Behind pytest's, Rust's and dotted paths; without Go's subtests, parameters and data sets.
  const id = title
    .replace(/(?:[[({]| with data set ).*$/, '')
    .replace(/^.*::/, '')
    .replace(/\/.*$/, '')
    .replace(/^.*\./, '');
  const word = /^[\p{L}\p{N}_$]+$/u.test(id) ? id : null;
  const forms = [`(["'\`])${escaped(title)}\\1`];
  if (word) forms.push(`\\b(?:def|fn|func|fun|function|void)\\s+${escaped(word)}(?![\\p{L}\\p{N}_$])`);
  return (word ?? title).length < shortest ? null : new RegExp(forms.join('|'), 'u');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
