/**
 * What the open task looks like to the person whose it is: a line for each thing done, as the events come. It is light
 * enough to be kept for every event, and holds no text: paths, programs and counts alone.
 */
import { parseCommandLine } from '../commandLine.ts';
import type { SessionEvent, SessionEventOf } from '../events.ts';
import { testCommand } from '../testCommand.ts';
import { type CommandKind, commandKind, programName, programsOf } from './programs/commandKind.ts';
import type { TaskSink } from './taskStream.ts';

export type TaskLine =
  | { kind: 'start'; hasInstruction: boolean }
  /** `problems`: errors and warnings that the editor shows in the file; null while it told of none. */
  | { kind: 'edit'; path: string; changes: number; problems: number | null }
  /** Another program changed the file. */
  | { kind: 'outside'; path: string }
  | { kind: 'view'; path: string }
  | { kind: 'file'; action: 'create' | 'rename' | 'delete'; path: string; to: string | null }
  | CommandLine
  | { kind: 'cell'; path: string; success: boolean | null }
  | { kind: 'debug'; action: SessionEventOf<'debug'>['action']; path: string | null; line: number | null }
  | { kind: 'git'; action: SessionEventOf<'git'>['action']; files: number }
  | { kind: 'gap'; reason: SessionEventOf<'gap'>['reason'] };

export interface CommandLine {
  kind: 'command';
  command: number;
  does: CommandKind | null;
  /** The well-known program that runs; null for any other. */
  program: string | null;
  running: boolean;
  exitCode: number | null;
  /** Of a test run that wrote a report. */
  tests: { passed: number; failed: number } | null;
}

/** More lines than this nobody reads; the oldest go. */
export const mostLines = 200;

export class TaskSummary {
  readonly #onDidChange: () => void;
  #lines: TaskLine[] = [];
  #earlier = 0;
  #paths = new Map<number, string>();

  /** @param onDidChange called with every event that shows, which may be often. */
  constructor(onDidChange: () => void) {
    this.#onDidChange = onDidChange;
  }

  /** Newest last; empty while no task is open. */
  get lines(): readonly TaskLine[] {
    return this.#lines;
  }

  /** How many lines went before. */
  get earlier(): number {
    return this.#earlier;
  }

  /** The sink of the task that opens, with this summary listening. */
  follow(sink: TaskSink): TaskSink {
    this.#clear();
    return {
      append: (event) => {
        sink.append(event);
        this.take(event);
      },
      get full() {
        return sink.full;
      },
      close: (worked) => {
        sink.close(worked);
        this.#clear();
      },
    };
  }

  take(event: SessionEvent): void {
    switch (event.kind) {
      case 'open':
        this.#paths.set(event.doc, event.path);
        break;
      case 'task':
        if (event.action === 'start') this.#add({ kind: 'start', hasInstruction: event.instruction !== null });
        break;
      case 'edit':
      case 'resync':
        this.#edit(event.doc);
        break;
      case 'disk':
        this.#touch('outside', this.#paths.get(event.doc));
        break;
      case 'view':
        this.#view(event.doc);
        break;
      case 'diagnostics':
        this.#diagnose(event);
        break;
      case 'file':
        if (event.action === 'change') this.#touch('outside', event.path);
        else this.#file(event.action, event.path, event.to);
        break;
      case 'command_start':
        this.#start(event);
        break;
      case 'test_report': {
        const count = (status: string) => event.results.filter((result) => result.status === status).length;
        this.#amend(event.command, { tests: { passed: count('passed'), failed: count('failed') } });
        break;
      }
      case 'command_end':
        this.#amend(event.command, { running: false, exitCode: event.exit_code });
        break;
      case 'cell_run':
        this.#add({ kind: 'cell', path: this.#paths.get(event.doc) ?? '', success: event.success });
        break;
      case 'debug':
        this.#add({ kind: 'debug', action: event.action, path: event.path, line: event.line });
        break;
      case 'git':
        this.#add({ kind: 'git', action: event.action, files: event.paths.length });
        break;
      case 'gap':
        this.#add({ kind: 'gap', reason: event.reason });
    }
  }

  get #last(): TaskLine | undefined {
    return this.#lines.at(-1);
  }

  #edit(doc: number): void {
    const path = this.#paths.get(doc);
    const last = this.#last;
    if (path === undefined) return;
    if (last?.kind !== 'edit' || last.path !== path) {
      // Whoever edits what was looked at just before, looked at it to do so.
      if (last?.kind === 'view' && last.path === path) this.#lines.pop();
      this.#add({ kind: 'edit', path, changes: 1, problems: null });
    } else {
      last.changes++;
      this.#onDidChange();
    }
  }

  /** One line for what follows itself. */
  #touch(kind: 'outside' | 'view', path: string | undefined): void {
    const last = this.#last;
    if (path !== undefined && !(last?.kind === kind && last.path === path)) this.#add({ kind, path });
  }

  #view(doc: number): void {
    const path = this.#paths.get(doc);
    const last = this.#last;
    if (last?.kind !== 'edit' || last.path !== path) this.#touch('view', path);
  }

  /** Problems belong to the last edit of their file. */
  #diagnose({ doc, items }: SessionEventOf<'diagnostics'>): void {
    const path = this.#paths.get(doc);
    const edit = this.#lines.findLast((line) => line.kind === 'edit' && line.path === path);
    if (edit?.kind !== 'edit') return;
    edit.problems = items.filter(({ severity }) => severity === 'error' || severity === 'warning').length;
    this.#onDidChange();
  }

  #start({ command, line, cwd }: SessionEventOf<'command_start'>): void {
    const does = testCommand(line, cwd) ? 'test' : commandKind(line);
    const started = { command, running: true, exitCode: null, tests: null };
    this.#add({ kind: 'command', does, program: programOf(line, does !== null), ...started });
  }

  #file(action: 'create' | 'rename' | 'delete', path: string, to: string | null): void {
    for (const [doc, known] of this.#paths) if (to !== null && known === path) this.#paths.set(doc, to);
    this.#add({ kind: 'file', action, path, to });
  }

  #amend(command: number, facts: Partial<CommandLine>): void {
    const line = this.#lines.findLast((one) => one.kind === 'command' && one.command === command);
    if (!line) return;
    Object.assign(line, facts);
    this.#onDidChange();
  }

  #add(line: TaskLine): void {
    this.#lines.push(line);
    if (this.#lines.length > mostLines) {
      this.#lines.shift();
      this.#earlier++;
    }
    this.#onDidChange();
  }

  #clear(): void {
    this.#lines = [];
    this.#earlier = 0;
    this.#paths.clear();
    this.#onDidChange();
  }
}

/** Of a recognised line the program that does the work: `vitest` in `cd web && npx vitest`. */
function programOf(line: string, isRecognised: boolean): string | null {
  const programs = isRecognised ? (parseCommandLine(line) ?? []).flatMap(({ words }) => programsOf(words)) : [];
  const name = programs.at(-1) ?? programName(line);
  return name === '?' ? null : name;
}
