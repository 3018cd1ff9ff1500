import { diffArrays } from 'diff';

/** Texts that differ in more lines are told as one difference: to look for less would take time that grows with its square. */
const mostLines = 1000;

/** Lines that differ, and what stands in front of them in both texts. */
export interface LineDifference {
  kept: string;
  deleted: string;
  inserted: string;
}

/** In what lines two texts differ, in their order. */
export function lineDiff(before: string, after: string): LineDifference[] {
  const parts = diffArrays(linesOf(before), linesOf(after), { maxEditLength: mostLines });
  if (!parts) return [{ kept: '', deleted: before, inserted: after }];
  const found: LineDifference[] = [];
  let open: LineDifference | null = null;
  let kept = '';
  for (const { added, removed, value } of parts) {
    const text = value.join('');
    if (!added && !removed) {
      kept = text;
      open = null;
      continue;
    }
    if (!open) found.push((open = { kept, deleted: '', inserted: '' }));
    open[added ? 'inserted' : 'deleted'] += text;
  }
  return found;
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}
