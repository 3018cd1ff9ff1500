/**
 * Whether two projects of one person can be linked: `npm run bench:reidentify`; `-- --only WORDS` for one of the worlds.
 *
 * First by the structured fields of records alone, on simulated people whose habits, machines and agreements do or do not
 * differ: an attacker has all records of two projects of each person and knows other people to learn from. Then by the
 * style of code alone, on packages of real authors.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Trajectory } from '../../src/trajectory/record.ts';
import { agreementOf, habitsOf, machineOf, type Person, taskRecord } from '../simulate/habits.ts';
import { Random } from '../simulate/random.ts';
import { type Attacker, type Linking, link, logistic, nearest, weighted } from './reidentify/attack.ts';
import { type Profile, profileOf, scaled } from './reidentify/fields.ts';
import { authorsIn, sequences, withoutComments, withoutNames } from './reidentify/style.ts';

const { values } = parseArgs({
  options: {
    persons: { type: 'string', default: '40' },
    tasks: { type: 'string', default: '8' },
    seeds: { type: 'string', default: '4' },
    only: { type: 'string', default: '' },
  },
});
const [persons, tasks, seeds] = [values.persons, values.tasks, values.seeds].map(Number);
const sources = join(import.meta.dirname, '../../src');
const lines = globSync('**/*.ts', { cwd: sources })
  .sort()
  .flatMap((file) => readFileSync(join(sources, file), 'utf8').split('\n'))
  .filter((line) => line.trim().length > 3 && line.length < 120);

/** What differs between persons; what does not is drawn anew for each project. */
interface World {
  habits: number;
  machines: boolean;
  agreements: boolean;
}

const worlds: Record<string, World> = {
  'nothing differs between people': { habits: 0, machines: false, agreements: false },
  'habits differ': { habits: 0.5, machines: false, agreements: false },
  'machines differ': { habits: 0, machines: true, agreements: false },
  'agreements differ': { habits: 0, machines: false, agreements: true },
  'all of it differs': { habits: 0.5, machines: true, agreements: true },
};
const attackers: Record<string, Attacker> = { nearest, weighted, logistic };

/** Fields that go together, by the beginning of their place. */
const groups: Record<string, RegExp> = {
  consent: /^\.consent/,
  producer: /^\.producer/,
  'tool versions': /^\.environment\.tools/,
  'package manager': /^\.environment\.package/,
  'files: language, role, encoding, counts': /^\.files/,
  'steps: kinds and their order': /^\.steps (?:kind|pair|count)/,
  'steps: elapsed, duration': /^\.steps .*\.(?:elapsed|duration)/,
  'steps: settled, surviving': /^\.steps .*\.(?:settled|surviving)/,
  'steps: sizes and places': /^\.steps .*\.(?:changes|selections|visible|excerpts|output|doc_version)/,
  outcome: /^\.outcome/,
  quality: /^\.quality/,
  'all else': /^(?!\.(?:consent|producer|environment|files|steps|outcome|quality))/,
};

console.log(`${persons} people a seed (half to learn from), 2 projects each, ${tasks} tasks a project, ${seeds} seeds`);
console.log(`chance: top-1 ${percent(2 / persons)}, AUC 0.50; the intervals are of 95%\n`);
const grouped: Record<string, Linking[]> = {};
for (const [name, world] of Object.entries(worlds)) {
  if (!name.includes(values.only)) continue;
  const found: Record<string, Linking[]> = {};
  for (let seed = 0; seed < seeds; seed++) {
    const profiles = peopleOf(world, `${name} ${seed}`);
    for (const [attack, attacker] of Object.entries(attackers)) {
      (found[attack] ??= []).push(attempt(attacker, profiles, () => true));
    }
    if (name !== 'all of it differs') continue;
    for (const [group, fields] of Object.entries(groups)) {
      (grouped[group] ??= []).push(attempt(weighted, profiles, (field) => fields.test(field)));
    }
  }
  console.log(name);
  for (const [attack, linkings] of Object.entries(found)) console.log(`  ${attack.padEnd(10)} ${told(linkings)}`);
}
if (Object.keys(grouped).length > 0) console.log('\nwhere all of it differs, by these fields alone (weighted)');
for (const [group, linkings] of Object.entries(grouped)) console.log(`  ${group.padEnd(42)} ${told(linkings)}`);

const authors = authorsIn(join(import.meta.dirname, '../../node_modules'));
console.log(`\nstyle of code: ${authors.length} authors of packages in node_modules, 2 packages each`);
console.log(`chance: top-1 ${percent(1 / authors.length)}, AUC 0.50`);
for (const [what, read] of Object.entries({
  'as it is': (code: string) => code,
  'without comments': withoutComments,
  'without comments, names and strings': withoutNames,
})) {
  const rows = sequences(authors.flatMap(({ texts }) => texts.map(read)));
  const { top1, auc } = link(nearest([]), rows);
  const ratio = (top1 * authors.length).toFixed(1);
  console.log(`  ${what.padEnd(36)} top-1 ${percent(top1)} (${ratio} times chance), AUC ${auc.toFixed(2)}`);
}

/** The profiles of all projects, a person's two behind each other. */
function peopleOf({ habits, machines, agreements }: World, seed: string): Profile[] {
  const profiles: Profile[] = [];
  for (let number = 0; number < persons; number++) {
    const random = new Random(`${seed} ${number}`);
    const own = { habits: habitsOf(random, habits), machine: machineOf(random), agreement: agreementOf(random) };
    for (let project = 0; project < 2; project++) {
      const person: Person = {
        habits: own.habits,
        machine: machines ? own.machine : machineOf(random),
        agreement: agreements ? own.agreement : agreementOf(random),
      };
      const id = random.id();
      const records: Trajectory[] = [];
      for (let task = 0; task < tasks; task++) records.push(taskRecord(random, person, id, lines));
      profiles.push(profileOf(records));
    }
  }
  return profiles;
}

/** Learns on the first half of the people, and links the others. */
function attempt(attacker: Attacker, profiles: readonly Profile[], takes: (field: string) => boolean): Linking {
  const rows = scaled(profiles, takes);
  const half = 2 * Math.floor(persons / 2);
  return link(attacker(rows.slice(0, half)), rows.slice(half));
}

/** With Student's t: the seeds are few. */
function told(linkings: readonly Linking[]): string {
  const t = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26][linkings.length - 2] ?? 2.1;
  const interval = (of: (linking: Linking) => number, show: (value: number) => string) => {
    const each = linkings.map(of);
    const mean = each.reduce((sum, value) => sum + value, 0) / each.length;
    const variance = each.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, each.length - 1);
    return `${show(mean)} ± ${show(t * Math.sqrt(variance / each.length))}`;
  };
  return `top-1 ${interval(({ top1 }) => top1, percent)}, AUC ${interval(
    ({ auc }) => auc,
    (value) => value.toFixed(2),
  )}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)}%`;
}
