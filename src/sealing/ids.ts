/** The ids of what is sealed: as random as the journal's id from which they are drawn, and the same each time. */
import { createHash } from 'node:crypto';

/** More than this no journal is taken for: an hour or two of work is one. */
const mostTasks = 256;

export function taskIdOf(seed: string, index: number): string {
  return index === 0 ? seed : derivedId(seed, index);
}

export function trajectoryIdOf(seed: string, index: number, part: number): string {
  return derivedId(seed, index, part);
}

/** Of all tasks that may have been made of one journal. */
export function taskIdsOf(seed: string): string[] {
  return Array.from({ length: mostTasks }, (_, index) => taskIdOf(seed, index));
}

function derivedId(seed: string, ...place: number[]): string {
  return createHash('sha256')
    .update([seed, ...place].join('/'))
    .digest('hex')
    .slice(0, 32);
}
