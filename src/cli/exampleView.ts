/** One `next_edit` example as a person reads it: what was known, and what the person did then. */
import type { NextEdit } from '../examples/nextEdit.ts';
import { patchLines } from './patchLines.ts';
import { bold, cyan, faint, type Line } from './terminal.ts';

/** Lines of the excerpt that are shown on each side of the cursor. */
const around = 6;

export function exampleView({ input, target, labels, step_start }: NextEdit): Line[] {
  const before = input.edit_history.length;
  return [
    [
      bold('next_edit'),
      ` ${input.path}`,
      faint(`  step ${step_start}, after ${before} ${before === 1 ? 'edit' : 'edits'}`),
    ],
    ...(input.instruction === null ? [] : [[faint('instruction  '), input.instruction]]),
    ...input.diagnostics.map(({ severity, message }) => [faint(`${severity}  `.padEnd(13)), message]),
    [faint('known: the code around the cursor')],
    ...excerptLines(input),
    [faint('to be learned: what the person did next')],
    ...patchLines(target.patch, false).map((line) => ['  ', ...line]),
    [faint(`known only afterwards: ${labels.settled ? 'settled' : 'not settled'}, ${fate(labels.surviving_end)}`)],
    [],
  ];
}

function excerptLines({ excerpt, excerpt_start, cursor }: NextEdit['input']): Line[] {
  const points = Array.from(excerpt);
  const at = cursor === null ? null : cursor - excerpt_start;
  const before = points
    .slice(0, at ?? 0)
    .join('')
    .split('\n');
  const lines = excerpt.split('\n');
  const row = before.length - 1;
  const column = before[row].length;
  return lines.slice(Math.max(0, row - around), row + around + 1).map((line, i) => {
    if (at === null || Math.max(0, row - around) + i !== row) return ['  ', line];
    return ['  ', line.slice(0, column), cyan('|'), line.slice(column)];
  });
}

function fate(survived: boolean | null): string {
  if (survived === null) return 'nothing was put in';
  return survived ? 'stood at the end' : 'was gone at the end';
}
