/** What an attacker sees who is given the structured fields alone: numbers, by the place of their field. */
import { kindOf } from '../../../src/dataset/privacyFields.ts';
import type { Trajectory } from '../../../src/trajectory/record.ts';

/** Mean, spread and shares of what the fields of a project's records hold. */
export type Profile = Map<string, number>;

/** Drawn at random, or hashes of texts: equal ones would be the same record. */
const ids = /^[0-9a-f]{32}$|^[0-9a-f]{64}$/;

export function profileOf(records: readonly Trajectory[]): Profile {
  const numbers = new Map<string, number[]>();
  const words = new Map<string, Map<string, number>>();
  const push = (name: string, value: number) => {
    const values = numbers.get(name);
    if (values) values.push(value);
    else numbers.set(name, [value]);
  };
  const count = (name: string, word: string) => {
    const counts = words.get(name) ?? new Map<string, number>();
    words.set(name, counts.set(word, (counts.get(word) ?? 0) + 1));
  };

  const visit = (value: unknown, name: string, path: readonly string[]) => {
    if (typeof value === 'number') push(name, Math.log1p(Math.max(0, value)));
    else if (typeof value === 'boolean' || value === null) count(name, String(value));
    else if (typeof value === 'string') {
      const kind = kindOf(path);
      if (kind === 'text' || kind === 'path') push(`${name} length`, Math.log1p(value.length));
      else if (!ids.test(value)) count(name, value);
    } else if (Array.isArray(value)) {
      push(`${name} count`, Math.log1p(value.length));
      for (const one of value) visit(one, name, path);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) visit(one, `${name}.${key}`, [...path, key]);
    }
  };
  for (const { steps, ...record } of records) {
    visit(record, '', ['trajectory']);
    push('.steps count', Math.log1p(steps.length));
    for (const [i, step] of steps.entries()) {
      const kind = step.kind === 'edit' ? `edit ${step.origin}` : step.kind;
      count('.steps kind', kind);
      count('.steps pair', `${steps[i - 1]?.kind ?? ''} ${step.kind}`);
      visit(step, `.steps ${kind}`, ['trajectory', 'steps']);
    }
  }

  const profile: Profile = new Map();
  for (const [name, values] of numbers) {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    profile.set(`${name} mean`, mean);
    profile.set(
      `${name} spread`,
      Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length),
    );
  }
  for (const [name, counts] of words) {
    const total = [...counts.values()].reduce((sum, times) => sum + times, 0);
    for (const [word, times] of counts) profile.set(`${name} = ${word}`, times / total);
  }
  return profile;
}

/** Rows of numbers of equal scale, one a profile. @param takes which fields the attacker looks at. */
export function scaled(profiles: readonly Profile[], takes: (name: string) => boolean): number[][] {
  const names = [...new Set(profiles.flatMap((profile) => [...profile.keys()]))].filter(takes).sort();
  const columns = names.map((name) => {
    const told = profiles.map((profile) => profile.get(name)).filter((value) => value !== undefined);
    const isShare = name.includes(' = ');
    const mean = isShare
      ? told.reduce((sum, value) => sum + value, 0) / profiles.length
      : told.reduce((sum, value) => sum + value, 0) / told.length;
    const values = profiles.map((profile) => (profile.get(name) ?? (isShare ? 0 : mean)) - mean);
    const spread = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
    return spread < 1e-9 ? null : values.map((value) => value / spread);
  });
  const kept = columns.filter((column) => column !== null);
  return profiles.map((_, i) => kept.map((column) => column[i]));
}
