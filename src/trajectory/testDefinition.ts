import type { Redacted } from '../redaction/redacted.ts';
import type { TaskFile } from '../session/task.ts';

/**
 * Whether the files of a task held the definition of a test when it began: true or false where it stands in one of them
 * (as a quoted title, or behind the word that defines a function), null where it stands in none.
 */
export function isDefined(name: string, files: readonly TaskFile<Redacted>[]): boolean | null {
  const definition = definitionOf(name);
  if (!definition) return null;
  if (files.some(({ base }) => base !== null && definition.test(base))) return true;
  return files.some(({ final }) => final !== null && definition.test(final)) ? false : null;
}

/** Names of fewer characters stand in too many places. */
const shortest = 3;

function definitionOf(name: string): RegExp | null {
  const title = name.split(' > ').at(-1) as string;
  // pytest's and Rust's paths, Go's subtests, dotted names, and parameters.
  const id = title
    .replace(/[[({].*$/, '')
    .split('/')[0]
    .split(/::|\./)
    .at(-1) as string;
  const word = /^[\w$]+$/u.test(id) && !/\s/.test(title.replace(/[[({].*$/, '')) ? id : null;
  const forms = [`(["'\`])${escaped(title)}\\1`];
  if (word) forms.push(`\\b(?:def|fn|func|fun|function|void)\\s+${escaped(word)}\\b`);
  return (word ?? title).length < shortest ? null : new RegExp(forms.join('|'));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
