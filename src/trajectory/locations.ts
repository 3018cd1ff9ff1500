/** Links the places that outputs name to the files of a record. */
import { posix } from 'node:path';
import { deriveText } from '../redaction/derive.ts';
import { behindWorkspace, placeholdersIn } from '../redaction/placeholders.ts';
import type { Redacted } from '../redaction/redacted.ts';
import { parseCommandLine, splitAssignments } from '../session/commandLine.ts';
import { FilePaths } from './filePaths.ts';
import { type Place, placesIn } from './places.ts';
import type { Step } from './record.ts';

export type Location = Step['locations'][number];

/** Locations of a step: of more, the first are kept. */
export const mostLocations = 50;

/** Where others' code lies inside of a workspace. */
const dependency =
  /(?:^|\/)(?:node_modules|bower_components|site-packages|dist-packages|vendor|\.?venv|\.tox|\.nox|\.cargo|\.yarn|\.pnpm|\.gradle|\.m2|\.bundle|Pods|Carthage)\/|^internal\/(?:modules|process|main|bootstrap)\//;

/**
 * The locations of each step. A path leads from the directory of the command, or from a folder above it, to the file that
 * has the path as of the step. What lies outside of the workspace or among dependencies is left out, and so is the end of
 * a path (`Y.java:12`) that fits no file, or several.
 *
 * @param paths those of the files before the first step; `file_id` counts in them
 */
export function locationsOf(steps: readonly Step[], paths: readonly Redacted[]): Location[][] {
  const files = new FilePaths(paths);
  const isMultiRoot = workspacesIn(steps).size > 1;
  return steps.map((step) => {
    files.apply(step);
    const printed = printedBy(step);
    return printed === null ? [] : locate(printed, directoryOf(step.command ?? '', step.cwd), files, isMultiRoot);
  });
}

/** The text of a step that names places. */
function printedBy({ kind, output }: Step): Redacted | null {
  return kind === 'command' || kind === 'test' ? output : null;
}

function workspacesIn(steps: readonly Step[]): Set<string> {
  const forms = steps.flatMap((step) => {
    const printed = printedBy(step);
    return printed?.includes('/workspace') ? placeholdersIn(printed) : [];
  });
  return new Set(forms.filter((form) => form.startsWith('workspace')));
}

function locate(text: Redacted, directory: string | null, files: FilePaths, isMultiRoot: boolean): Location[] {
  const found = new Map<string, Location>();
  for (const place of placesIn(text)) {
    const linked = link(place, directory, files, isMultiRoot);
    if (!linked) continue;
    const { line, column } = place;
    const path = linked.file_id === null ? deriveText(() => linked.path, text) : files.of(linked.file_id);
    const key = `${path}:${line}:${column}`;
    if (!found.has(key)) found.set(key, { file_id: linked.file_id, path, line, column });
    if (found.size === mostLocations) break;
  }
  return [...found.values()];
}

type Linked = { file_id: number } | { file_id: null; path: string };

function link(
  { readings, tells }: Place,
  directory: string | null,
  files: FilePaths,
  isMultiRoot: boolean,
): Linked | null {
  if (tells === 'end') {
    const ending = files.endingWith(readings[0]);
    return ending.length === 1 ? { file_id: ending[0] } : null;
  }
  for (const reading of readings) {
    for (const from of directory === null ? [null] : foldersUpwards(directory)) {
      const path = resolve(from, reading);
      const file = path === null ? null : files.find(path);
      if (file !== null) return { file_id: file };
    }
  }
  const path = resolve(directory, readings.at(-1) as string);
  if (path === null) return null;
  // In a workspace of several folders, paths begin with the name of one, which its placeholder does not tell.
  const rooted = isMultiRoot && behindWorkspace(readings.at(-1) as string) !== null ? files.endingWith(path) : [];
  const inRoot = rooted.filter((file) => files.of(file).indexOf('/') === files.of(file).length - path.length - 1);
  if (inRoot.length === 1) return { file_id: inRoot[0] };
  return tells === 'known' || dependency.test(path) ? null : { file_id: null, path };
}

/** `a/b`, `a`, `.` */
function foldersUpwards(directory: string): string[] {
  const parts = directory === '.' ? [] : directory.split('/');
  return [...parts.map((_, i) => parts.slice(0, parts.length - i).join('/')), '.'];
}

/** The path in the workspace to which a printed one leads from a directory; null where it leads out, or is not known. */
function resolve(directory: string | null, printed: string): string | null {
  const inside = behindWorkspace(printed);
  if (inside === null && (directory === null || /^(?:[/\\~]|[A-Za-z]:[\\/]|-$)/.test(printed))) return null;
  const path = posix.join(inside === null ? (directory as string) : '.', (inside ?? printed).replaceAll('\\', '/'));
  return path === '..' || path.startsWith('../') || path.startsWith('/') ? null : path.replace(/\/$/, '');
}

/** Options that let a program work in another directory. */
const directoryOptions: Record<string, string[]> = {
  npm: ['--prefix'],
  pnpm: ['-C', '--dir'],
  yarn: ['--cwd'],
  bun: ['--cwd'],
  make: ['-C', '--directory'],
  gmake: ['-C', '--directory'],
  ninja: ['-C'],
  go: ['-C'],
  cargo: ['-C'],
  poetry: ['-C', '--directory'],
  uv: ['--directory'],
  gradle: ['-p', '--project-dir'],
};

/** Where the last command of a line runs; null outside of the workspace. */
function directoryOf(line: string, cwd: string | null): string | null {
  let directory = cwd;
  for (const { words, dynamic } of parseCommandLine(line) ?? []) {
    const [program, ...args] = splitAssignments(words)[1];
    const options = (Object.hasOwn(directoryOptions, program ?? '') && directoryOptions[program]) || [];
    const option = args.findIndex(
      (arg, i) => options.includes(arg.split('=')[0]) && (arg.includes('=') || i + 1 < args.length),
    );
    const to = program === 'cd' ? (args[0] ?? '~') : (args[option]?.split('=')[1] ?? args[option + 1]);
    if (program === 'cd' || option >= 0) directory = dynamic ? null : resolve(directory, to);
  }
  return directory;
}
