/** The command of an editor's task: its line, and whether a terminal was told to run it. */
import { commandLineOf } from '../../commandLine.ts';

export interface TaskCommand {
  /** `shell`: a shell reads the words; one alone is a whole command line. `process`: they are handed over as they are. */
  kind: 'shell' | 'process';
  words: string[];
}

/** What the editor fills in: `${workspaceFolder}` and the like. */
const variable = /\$\{[^}]*\}/;

/** The line as a shell would be given it, with the variables that stand for the workspace folder filled in. */
export function taskLine({ kind, words }: TaskCommand, folder: string | null): string {
  const filled = words.map((word) => fillIn(word, folder));
  return kind === 'shell' && filled.length === 1 ? filled[0] : commandLineOf(filled);
}

/** @param folder the path of the workspace folder, with forward or backward slashes. */
export function fillIn(text: string, folder: string | null): string {
  if (folder === null) return text;
  const values: Record<string, string> = {
    workspaceFolder: folder,
    workspaceRoot: folder,
    cwd: folder,
    workspaceFolderBasename: folder.replace(/^.*[/\\]/, ''),
  };
  return text.replace(/\$\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? values[name] : whole));
}

/**
 * The line to record if what a terminal was told to run is this task; else null. The editor quotes and fills in variables in
 * its own way: quotes, blanks and escapes are not compared, and a variable stands for anything.
 */
export function taskLineIn(told: string, task: TaskCommand, folder: string | null): string | null {
  const pattern = task.words
    .join(' ')
    .split(variable)
    .map((literal) => bare(literal).replace(/[^\w]/g, '\\$&'))
    .join('.*');
  if (!new RegExp(`^${pattern}$`, 's').test(bare(told))) return null;
  // What the shell was given is its line. Of a process the terminal shows the words without quotes.
  return task.kind === 'shell' || variable.test(fillIn(task.words.join(' '), folder)) ? told : taskLine(task, folder);
}

/** Whether what a terminal was told to run ends in these words: a debugger's environment stands in front of them. */
export function standsAtEndOf(told: string, words: readonly string[]): boolean {
  return bare(told).endsWith(bare(words.join(' ')));
}

/** Without what the editor may add or leave out. */
function bare(text: string): string {
  return text.replace(/['"`^\\\s]/g, '');
}

/** What a terminal shows in place of a command when it runs a task (`Executing task: …`), in any language. */
const announcement = /^ \* {2}[^:：]*[:：] ?(.*?)\s*$/s;

/** The line that an announcement of a task tells; null for a command. */
export function announcedLine(line: string): string | null {
  return announcement.exec(line)?.[1] ?? null;
}
