import type { KnownValue } from '../session/events.ts';
import type { TaskRepository } from '../session/task.ts';

type Named = Pick<TaskRepository<string>, 'address' | 'commit'> | null;

/**
 * The values to look for where the person agreed to have the repository named: without its name and the commit that stands in
 * the record. Of another repository's path what it shares with this one's, as a fork does, is told anyway.
 */
export function withoutNamed(known: readonly KnownValue[], named: Named): KnownValue[] {
  if (!named?.address) return [...known];
  const told = new Set(new URL(named.address).pathname.split('/'));
  return known.flatMap((one): KnownValue[] => {
    if (one.type === 'commit') return one.value === named.commit ? [] : [one];
    if (one.type !== 'repository') return [one];
    const parts = one.value.split('/').filter((part) => part !== '');
    const hidden = parts.filter((part) => !told.has(part));
    if (hidden.length === parts.length) return [one];
    return hidden.map((value) => ({ type: 'repository', value }));
  });
}
