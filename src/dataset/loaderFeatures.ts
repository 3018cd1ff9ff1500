import type { Column } from './columns.ts';

/** The columns in the YAML notation that `datasets` reads from a card: lines without indentation. */
export function loaderFeatures(columns: Record<string, Column>): string[] {
  return Object.entries(columns).flatMap(([name, column]) => [`- name: ${name}`, ...typeLines(column)]);
}

/** Lines below `- name`, two spaces in. */
function typeLines(column: Column): string[] {
  if (typeof column === 'string') return [`  dtype: ${column}`];
  if ('struct' in column) return ['  struct:', ...indented(column.struct)];
  if (typeof column.list === 'string') return [`  list: ${column.list}`];
  if ('struct' in column.list) return ['  list:', ...indented(column.list.struct)];
  throw new Error('a list of lists has no place in a record');
}

function indented(columns: Record<string, Column>): string[] {
  return loaderFeatures(columns).map((line) => `  ${line}`);
}
