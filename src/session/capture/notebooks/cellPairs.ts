import { diffArrays } from 'diff';

/**
 * Which cells are still the same where the editor has put new ones in the place of old ones: it does so when the file
 * changes on the disk, when a cell becomes another kind of cell, and when one is split. Cells of the same text are the
 * same, in their order; between two of those, the first is taken for the first.
 *
 * @returns pairs of indexes into both.
 */
export function pairCells(before: readonly string[], after: readonly string[]): [number, number][] {
  const pairs: [number, number][] = [];
  let [from, to] = [0, 0];
  let [gone, come] = [0, 0];
  const pairRest = () => {
    for (let i = 0; i < Math.min(gone, come); i++) pairs.push([from + i, to + i]);
    [from, to] = [from + gone, to + come];
    [gone, come] = [0, 0];
  };
  for (const { added, removed, count } of diffArrays([...before], [...after])) {
    if (removed) gone += count;
    else if (added) come += count;
    else {
      pairRest();
      for (let i = 0; i < count; i++) pairs.push([from++, to++]);
    }
  }
  pairRest();
  return pairs;
}
