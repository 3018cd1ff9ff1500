import assert from 'node:assert/strict';
import { link, logistic, nearest, weighted } from '../bench/reidentify/attack.ts';
import { type Profile, profileOf, scaled } from '../bench/reidentify/fields.ts';
import { agreementOf, habitsOf, machineOf, taskRecord } from '../simulate/habits.ts';
import { Random } from '../simulate/random.ts';

describe('the attackers of bench:reidentify', () => {
  /** Two profiles a person: noise, and what is given. */
  function rowsOf(persons: number, own: (person: number, random: Random) => [string, number][]): number[][] {
    const profiles: Profile[] = [];
    for (let i = 0; i < 2 * persons; i++) {
      const random = new Random(`row ${i}`);
      const noise = Array.from({ length: 20 }, (_, field): [string, number] => [`noise ${field} mean`, random.next()]);
      profiles.push(new Map([...noise, ...own(i >> 1, random)]));
    }
    return scaled(profiles, () => true);
  }

  const linkings = (rows: number[][]) =>
    [nearest, weighted, logistic].map((attacker) => link(attacker(rows.slice(0, 80)), rows.slice(80)));

  it('link everybody whom a field names', () => {
    const names = rowsOf(80, (person) =>
      Array.from({ length: 8 }, (_, bit) => [`name ${bit} mean`, (person >> bit) & 1]),
    );
    for (const { top1, auc } of linkings(names).slice(1)) assert.ok(top1 > 0.8 && auc > 0.95, `${top1} ${auc}`);
  });

  it('link nobody of whom nothing is told', () => {
    for (const { top1, auc } of linkings(rowsOf(80, () => []))) {
      assert.ok(top1 < 0.2 && Math.abs(auc - 0.5) < 0.12, `${top1} ${auc}`);
    }
  });

  it('see numbers, words and lengths, and neither ids nor texts', () => {
    const random = new Random('one');
    const person = { habits: habitsOf(random, 1), machine: machineOf(random), agreement: agreementOf(random) };
    const record = taskRecord(random, person, random.id(), ['const secretive = 1;']);
    const names = [...profileOf([record]).keys()];
    assert.ok(names.some((name) => name.startsWith('.producer.platform = ')));
    assert.ok(names.some((name) => /^\.steps edit \w+\.changes\.inserted length mean$/.test(name)));
    assert.doesNotMatch(names.join('\n'), /[0-9a-f]{32}|secretive/);
  });
});
