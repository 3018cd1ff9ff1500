import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type History, historiesOfGit, historiesOfTrace } from './histories.ts';

/**
 * Of the traces named, else of those that UNDERSTUDY_TRACES names, and of the commits of this project.
 * @throws Error where there is none of either
 */
export function simulationHistories(named: readonly string[] = []): History[] {
  const places = named.length > 0 ? named : (process.env.UNDERSTUDY_TRACES?.split(',') ?? []);
  const files = places.flatMap((place) =>
    statSync(place).isDirectory() ? readdirSync(place).map((name) => join(place, name)) : [place],
  );
  // Recordings of other forms may lie beside them.
  const traces = files.filter((file) => file.endsWith('.json.gz'));
  const histories = [
    ...traces.flatMap((file) => historiesOfTrace(file, /rust/.test(file) ? '.rs' : '.svelte')),
    ...historiesOfGit(join(import.meta.dirname, '../..')),
  ];
  if (histories.length === 0) throw new Error('no histories: name keystroke traces, or run it in a git work tree');
  return histories;
}
