import { resolve } from 'node:path';
import { parseCommandLine, splitAssignments } from '../../commandLine.ts';

/** Options by which a program is told to work elsewhere. */
const elsewhere = /^(?:-C|--(?:prefix|cwd|dir|directory|git-dir|work-tree|project-dir|rootDir))(?:=(.*))?$/;
const changing = /^(?:cd|pushd|chdir|popd)$/;
const untold = /^[-~]|[$`*?]/;

/** The directories in which the commands of a line work that begins in one; null where the line alone does not tell. */
export function workPlaces(line: string, from: string): string[] | null {
  const places = [from];
  let here = from;
  for (const { words } of parseCommandLine(line) ?? []) {
    const [name = '', ...args] = splitAssignments(words)[1];
    const changes = changing.test(name);
    const targets = changes ? [args.find((arg) => arg !== '--') ?? '~'] : targetsOf(args);
    if (name === 'popd' || targets.some((target) => untold.test(target))) return null;
    places.push(...targets.map((target) => resolve(here, target)));
    if (changes) here = places.at(-1)!;
  }
  return places;
}

function targetsOf(args: readonly string[]): string[] {
  return args.flatMap((arg, i) => {
    const found = elsewhere.exec(arg);
    return found ? [found[1] ?? args[i + 1] ?? '~'] : [];
  });
}
