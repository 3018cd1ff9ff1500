/**
 * One program, told of by up to three: the terminal in which it runs, the task that runs it, and the debug session that
 * launched it. Here they find each other, so that it becomes one command.
 */
import type { TestResults } from '../../testResults.ts';
import type { CommandLog, RunningCommand, StartedCommand } from './commandLog.ts';
import { OutputBuffer } from './outputBuffer.ts';

/** A terminal tells of a task's program up to so long before the task does, or after its process began [measured: 100]. */
const nearness = 1500;
/** What a terminal tells of the end comes 50 ms after the task's word [measured], and what it wrote is read then. */
const patience = 5000;

/** A program of which a terminal may tell too. */
export interface ExpectedProgram extends StartedCommand {
  /** The line to record if a terminal was told to run `line` and that runs this program; else null. */
  lineFor(line: string): string | null;
}

/** What a terminal was told to run. */
export interface TerminalLine extends StartedCommand {
  /** Whether it is a task's announcement in place of a command: the task will tell, or has told, of it. */
  announced: boolean;
}

export class ProgramRuns {
  readonly #commands: CommandLog;
  readonly #clock: () => number;
  #expected: ProgramRun[] = [];
  #executions: Execution[] = [];
  #disposed = false;

  constructor(commands: CommandLog, clock: () => number = Date.now) {
    this.#commands = commands;
    this.#clock = clock;
  }

  /** A terminal begins to run a line. Its output may be read only if the command is `observed`. */
  execution(line: TerminalLine): RunningCommand {
    const execution = new Execution(line, this.#clock(), this.#commands.scopeOf(line).observed);
    this.#expected = this.#expected.filter((run) => run.awaits(this.#clock()));
    const run = this.#expected.find((one) => one.join(execution));
    if (run) return execution;
    this.#executions = [...this.#executions.filter(({ at }) => this.#isNear(at)), execution];
    if (line.announced) setTimeout(() => this.#beginAlone(execution), nearness).unref();
    else this.#beginAlone(execution);
    return execution;
  }

  /** Nothing begins from now on. */
  dispose(): void {
    this.#disposed = true;
  }

  /** A program that begins, or began a moment ago. @param command its command, if that was told before any terminal knew. */
  expect(program: ExpectedProgram, command: RunningCommand | null = null): ProgramRun {
    const run = new ProgramRun(program, command, this.#commands, this.#clock);
    const execution = command ? undefined : this.#executions.find((one) => this.#isNear(one.at) && run.join(one));
    this.#executions = this.#executions.filter((one) => one !== execution);
    if (!execution) this.#expected.push(run);
    return run;
  }

  #beginAlone(execution: Execution): void {
    if (!this.#disposed && !execution.command) execution.become(this.#commands.start(execution.line));
  }

  #isNear(at: number): boolean {
    return this.#clock() - at <= nearness;
  }
}

/** A program as its task or debug session tells of it. Where a terminal tells of it too, that is believed. */
export class ProgramRun {
  readonly #program: ExpectedProgram;
  readonly #commands: CommandLog;
  readonly #clock: () => number;
  #command: RunningCommand | null;
  #execution: Execution | null = null;
  #awaitedUntil = Number.POSITIVE_INFINITY;

  constructor(program: ExpectedProgram, command: RunningCommand | null, commands: CommandLog, clock: () => number) {
    this.#program = program;
    this.#command = command;
    this.#commands = commands;
    this.#clock = clock;
  }

  /** Whether a terminal tells of it. */
  get inTerminal(): boolean {
    return this.#execution !== null;
  }

  /** What the terminal tells of its end. */
  get exitCode(): number | null {
    return this.#execution?.exitCode ?? null;
  }

  /** Whether a terminal may yet tell of it. */
  awaits(now: number): boolean {
    return this.#execution === null && now <= this.#awaitedUntil;
  }

  /** @returns whether it is this program that the terminal runs. */
  join(execution: Execution): boolean {
    const line = this.#program.lineFor(execution.line.line);
    if (line === null) return false;
    this.#execution = execution;
    const { cwd, sure } = execution.line;
    this.#command ??= execution.command ?? this.#commands.start({ line, cwd, sure });
    execution.become(this.#command);
    return true;
  }

  /** Its process runs: a terminal that has not told of it by now will hardly do so. */
  begin(): void {
    this.#command ??= this.#commands.start(this.#program);
    this.#awaitedUntil = Math.min(this.#awaitedUntil, this.#clock() + nearness);
  }

  /** It ended. @param whole as in `RunningCommand`, of what was seen of its output outside of a terminal. */
  end(exitCode: number | null, whole: boolean | null = null): void {
    this.begin();
    const command = this.#command;
    this.#awaitedUntil = 0;
    if (!this.#execution) command?.end(exitCode, whole);
    else setTimeout(() => command?.end(exitCode, false), patience).unref();
  }
}

/** What a terminal runs. What comes before it is known which command it is, is held. */
class Execution implements RunningCommand {
  readonly line: TerminalLine;
  readonly at: number;
  readonly observed: boolean;
  readonly #held = new OutputBuffer();
  #command: RunningCommand | null = null;
  /** Whether some of what was held had to be left out. */
  #cut = false;
  #end: { exitCode: number | null; whole: boolean; reported: TestResults | null } | null = null;

  constructor(line: TerminalLine, at: number, observed: boolean) {
    this.line = line;
    this.at = at;
    this.observed = observed;
  }

  get command(): RunningCommand | null {
    return this.#command;
  }

  get exitCode(): number | null {
    return this.#end?.exitCode ?? null;
  }

  become(command: RunningCommand): void {
    if (this.#command) return;
    this.#command = command;
    const { pieces, truncated } = this.#held.end();
    for (const data of pieces) command.output(data);
    this.#cut = truncated;
    this.#tellEnd();
  }

  output(data: string): void {
    if (this.#command) this.#command.output(data);
    else this.#held.push(data);
  }

  end(exitCode: number | null, whole: boolean, reported: TestResults | null = null): void {
    this.#end ??= { exitCode, whole, reported };
    this.#tellEnd();
  }

  #tellEnd(): void {
    if (!this.#end) return;
    const { exitCode, whole, reported } = this.#end;
    this.#command?.end(exitCode, this.observed ? whole && !this.#cut : null, reported);
  }
}
