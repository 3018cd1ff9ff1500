import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type History, historiesOfGit, historiesOfSources, historiesOfTrace } from './histories.ts';

/** Fewer commits than these are no history: a shallow clone has one. */
const least = 50;

/**
 * Of the traces named, else of those that UNDERSTUDY_TRACES names, and of the commits of this project; where it came
 * without them, of its sources.
 */
export function simulationHistories(named: readonly string[] = []): History[] {
  const places = named.length > 0 ? named : (process.env.UNDERSTUDY_TRACES?.split(',') ?? []);
  const files = places.flatMap((place) =>
    statSync(place).isDirectory() ? readdirSync(place).map((name) => join(place, name)) : [place],
  );
  // Recordings of other forms may lie beside them.
  const traces = files.filter((file) => file.endsWith('.json.gz'));
  const project = join(import.meta.dirname, '../..');
  const committed = historiesOfGit(project);
  return [
    ...traces.flatMap((file) => historiesOfTrace(file, /rust/.test(file) ? '.rs' : '.svelte')),
    ...(committed.length < least ? historiesOfSources(project) : committed),
  ];
}
