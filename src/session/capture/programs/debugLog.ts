/**
 * Tells debug sessions as events. A debugger may make several sessions of one program (a parent and its children, say):
 * they are one run, which is one command with the output and exit code that the debugger, or a terminal, tells. Besides,
 * each run tells of its exceptions, its stops and its end. Nothing is asked of the debugger.
 */
import type { SessionEventOf } from '../../events.ts';
import type { TaskStream } from '../taskStream.ts';
import { commandKind } from './commandKind.ts';
import type { CommandLog, RunningCommand } from './commandLog.ts';
import { type AdapterMessage, type EditorMessage, readAdapterMessage, readEditorMessage } from './debugMessages.ts';
import { type LaunchCommand, launchCommand } from './launchCommand.ts';
import { OutputBuffer } from './outputBuffer.ts';
import type { ProgramRun, ProgramRuns } from './programRuns.ts';
import { standsAtEndOf } from './taskCommand.ts';

/** More stops of one run tell nothing new. */
const mostStops = 100;
/** UTF-16 units that are kept of each end of an exception's text. */
const messageHalf = 4096;
/** The editor asks for the place and the text of a stop within this time [measured: 600 ms]; in milliseconds. */
const stopPatience = 1500;
/** Where the person steps, or where the debugger stops by itself. */
const uninteresting = new Set(['step', 'entry', 'goto', 'function return']);

export interface Places {
  /** A folder as it is recorded; null when it is outside of the workspace. */
  directoryOf(path: string): string | null;
  /** A file as it is recorded; null when it must not be. */
  fileOf(path: string): string | null;
}

export interface DebugSessionFacts {
  id: string;
  parent: string | null;
  configuration: unknown;
  /** Path of the workspace folder. */
  folder: string | null;
}

/** One session of a debugger, message by message. */
export interface DebugSessionLog {
  fromAdapter(message: unknown): void;
  toAdapter(message: unknown): void;
  end(): void;
}

export class DebugLog {
  readonly #stream: TaskStream;
  readonly #commands: CommandLog;
  readonly #programs: ProgramRuns;
  readonly #tellsErrors: boolean;
  readonly #runs = new Map<string, DebugRun>();
  #next = 0;

  /** @param tellsErrors whether exceptions and stops are told; the program itself is a command like others. */
  constructor(stream: TaskStream, commands: CommandLog, programs: ProgramRuns, tellsErrors: boolean) {
    this.#stream = stream;
    this.#commands = commands;
    this.#programs = programs;
    this.#tellsErrors = tellsErrors;
  }

  /** @returns null for a session whose run began unseen. */
  open({ id, parent, configuration, folder }: DebugSessionFacts, places: Places): DebugSessionLog | null {
    if (parent !== null) {
      const run = this.#runs.get(parent);
      if (run) this.#runs.set(id, run);
      return run ? new ChildSession(run) : null;
    }
    const run = new DebugRun(this.#next++, configuration, folder, places, {
      stream: this.#stream,
      commands: this.#commands,
      programs: this.#programs,
      tellsErrors: this.#tellsErrors,
    });
    this.#runs.set(id, run);
    return new RootSession(run, () => {
      for (const [session, one] of this.#runs) if (one === run) this.#runs.delete(session);
    });
  }

  /** Nothing is heard any more. */
  dispose(): void {
    for (const run of new Set(this.#runs.values())) run.end();
    this.#runs.clear();
  }
}

interface Log {
  stream: TaskStream;
  commands: CommandLog;
  programs: ProgramRuns;
  tellsErrors: boolean;
}

class DebugRun {
  readonly number: number;
  readonly #places: Places;
  readonly #log: Log;
  readonly #command: RunningCommand | null = null;
  readonly #program: StartedProgram | null = null;
  #inTerminal: ProgramRun | null = null;
  readonly #traits: Traits;
  #exitCode: number | null = null;
  #ownEnd = false;
  #stopped = false;
  #stops = 0;
  #lastPlace = '';
  #ended = false;

  constructor(number: number, configuration: unknown, folder: string | null, places: Places, log: Log) {
    this.number = number;
    this.#places = places;
    this.#log = log;
    this.#traits = traitsOf(configuration);
    const launch = launchCommand(configuration, folder);
    if (!launch) return;
    this.#program = startOf(launch, places);
    this.#command = log.commands.start(this.#program);
  }

  /** The debugger lets a terminal run the program, which will tell of it, if its shell is integrated. */
  runInTerminal(args: readonly string[]): void {
    const program = this.#program;
    if (!program || !this.#command) return;
    const lineFor = (told: string) => (standsAtEndOf(told, args) ? program.line : null);
    this.#inTerminal = this.#log.programs.expect({ ...program, lineFor }, this.#command);
  }

  output(category: string | undefined, data: string, isRoot: boolean): void {
    if (this.#inTerminal?.inTerminal) return;
    const code = isRoot && this.#traits.tellsExitCode ? /^Process exited with code (\d+)\r?\n$/.exec(data) : null;
    if (code) this.exited(Number(code[1]));
    // Other categories are the debugger's own words, among them what was evaluated.
    else if (category === 'stdout' || category === 'stderr') this.#command?.output(data);
  }

  exited(code: number): void {
    if (!this.#stopped) this.#exitCode = code;
  }

  /** The debugger says that the program is over. */
  terminated(): void {
    this.#ownEnd ||= !this.#stopped;
  }

  /** The person ends or restarts it: what its exit code says then is not the program's own. */
  stopped(): void {
    this.#stopped ||= !this.#ownEnd;
  }

  tellStop(stop: Stop): void {
    // Of a program that is attached to it is not known where it lies, but where it stops.
    const inScope = this.#program ? this.#program.sure && commandKind(this.#program.line) !== null : stop.path !== null;
    if (!inScope || this.#ended || this.#stops >= mostStops) return;
    const place = stop.action === 'exception' ? '' : `${stop.path}:${stop.line}`;
    if (place !== '' && place === this.#lastPlace) return;
    this.#lastPlace = place;
    this.#stops++;
    this.#tell({ action: stop.action, message: bounded(stop.message), path: stop.path, line: stop.line });
  }

  /** The innermost frame that lies in the workspace: its file, its 0-based line, and how deep it lies. */
  placeOf(frames: readonly { line: number; source?: { path?: string } }[]): Place | null {
    for (const [depth, { line, source }] of frames.entries()) {
      const path = source?.path === undefined ? null : this.#places.fileOf(source.path);
      if (path !== null && line > 0) return { path, line: line - 1, depth };
    }
    return null;
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    const exitCode = this.#exitCode ?? this.#inTerminal?.exitCode ?? null;
    if (exitCode !== null || (this.#ownEnd && this.#command))
      this.#tell({ action: 'exited', message: null, path: null, line: null, exit_code: exitCode });
    const whole = this.#ownEnd && this.#traits.tellsAllOutput;
    if (this.#inTerminal) this.#inTerminal.end(exitCode, whole);
    else this.#command?.end(exitCode, whole);
  }

  #tell(what: Omit<SessionEventOf<'debug'>, 'kind' | 't' | 'session' | 'exit_code'> & { exit_code?: number | null }) {
    if (!this.#log.tellsErrors) return;
    this.#log.stream.append({ kind: 'debug', session: this.number, exit_code: null, ...what });
  }
}

type StartedProgram = { line: string; sure: boolean; cwd: string | null };

function startOf({ line, cwd, program }: LaunchCommand, places: Places): StartedProgram {
  const directory = places.directoryOf(cwd);
  const inside = program === null || places.directoryOf(program.replace(/\/[^/]*$/, '') || '/') !== null;
  return { line, cwd: directory, sure: directory !== null && inside };
}

interface Traits {
  /** JavaScript's debugger tells an exit code only as a line of output, and none for 0 [measured, and in its source]. */
  tellsExitCode: boolean;
  /** Otherwise it shows only what the program gives to `console`. */
  tellsAllOutput: boolean;
}

function traitsOf(configuration: unknown): Traits {
  const { type, outputCapture, console } = (configuration ?? {}) as Record<string, unknown>;
  const isNode = type === 'pwa-node' || type === 'node';
  const isInternal = console === undefined || console === 'internalConsole';
  return {
    tellsExitCode: isNode && isInternal && outputCapture !== 'std',
    tellsAllOutput: isNode && isInternal && outputCapture === 'std',
  };
}

interface Stop {
  action: 'exception' | 'stopped';
  message: string | null;
  path: string | null;
  line: number | null;
}

interface Place {
  path: string;
  line: number;
  depth: number;
}

/** A stop of which the editor still hears more. */
interface OpenStop extends Stop {
  thread: number | undefined;
  /** Whether its text is known, if it has one. */
  told: boolean;
  /** Whether the innermost frame was seen; the editor asks for the others by themselves, and may do so before. */
  topSeen: boolean;
  depth: number;
}

/** A session tells of a stop when the editor has heard where and why, or has gone on. */
class ChildSession implements DebugSessionLog {
  protected readonly run: DebugRun;
  protected readonly isRoot: boolean = false;
  #stop: OpenStop | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** Requests of the editor that wait for an answer, by number: the thread and the first frame of which each asks. */
  readonly #asked = new Map<number, { thread: number; first: number }>();

  constructor(run: DebugRun) {
    this.run = run;
  }

  fromAdapter(raw: unknown): void {
    const message = readAdapterMessage(raw);
    if (message?.type === 'event') this.#event(message);
    else if (message?.type === 'request') this.run.runInTerminal(message.arguments.args);
    else if (message) this.#answer(message);
  }

  toAdapter(raw: unknown): void {
    const message = readEditorMessage(raw);
    if (!message) return;
    if (message.command === 'stackTrace' || message.command === 'exceptionInfo')
      this.#asked.set(message.seq, askedFor(message));
    else this.#leave(message);
  }

  end(): void {
    this.#flush();
  }

  #event(message: Extract<AdapterMessage, { type: 'event' }>): void {
    switch (message.event) {
      case 'output':
        this.run.output(message.body.category, message.body.output, this.isRoot);
        break;
      case 'stopped':
        this.#stopAt(message.body);
        break;
      case 'continued':
        this.#flush();
        break;
      case 'terminated':
        this.#flush();
        if (this.isRoot) this.run.terminated();
        break;
      case 'exited':
        if (this.isRoot) this.run.exited(message.body.exitCode);
    }
  }

  #stopAt({ reason, description, text, threadId }: Extract<AdapterMessage, { event: 'stopped' }>['body']): void {
    this.#flush();
    this.#asked.clear();
    if (uninteresting.has(reason)) return;
    const action = reason === 'exception' ? 'exception' : 'stopped';
    const message = action === 'exception' ? exceptionText({ exceptionId: text, description }) : null;
    const unseen = { path: null, line: null, topSeen: false, depth: Number.POSITIVE_INFINITY };
    this.#stop = { action, message, ...unseen, thread: threadId, told: action === 'stopped' };
    this.#timer = setTimeout(() => this.#flush(), stopPatience).unref();
  }

  #answer(message: Extract<AdapterMessage, { type: 'response' }>): void {
    const asked = this.#asked.get(message.request_seq);
    this.#asked.delete(message.request_seq);
    const stop = this.#stop;
    if (!stop || !asked || (stop.thread ?? asked.thread) !== asked.thread) return;
    if (message.command === 'exceptionInfo') {
      stop.message = exceptionText(message.body) ?? stop.message;
      stop.told = true;
    } else {
      const place = this.run.placeOf(message.body.stackFrames);
      const depth = asked.first + (place?.depth ?? 0);
      if (place && depth < stop.depth) Object.assign(stop, place, { depth });
      stop.topSeen ||= asked.first === 0;
    }
    if (stop.told && stop.topSeen && stop.path !== null) this.#flush();
  }

  #leave({ command }: EditorMessage): void {
    this.#flush();
    if (this.isRoot || command === 'restart') this.run.stopped();
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#stop) this.run.tellStop(this.#stop);
    this.#stop = null;
  }
}

/** The session that the person started. */
class RootSession extends ChildSession {
  protected override readonly isRoot = true;
  readonly #onEnd: () => void;

  constructor(run: DebugRun, onEnd: () => void) {
    super(run);
    this.#onEnd = onEnd;
  }

  override end(): void {
    super.end();
    this.run.end();
    this.#onEnd();
  }
}

function askedFor({ command, arguments: asked }: Extract<EditorMessage, { command: 'stackTrace' | 'exceptionInfo' }>) {
  return { thread: asked.threadId, first: command === 'stackTrace' ? (asked.startFrame ?? 0) : 0 };
}

/** Type and text, as adapters spread them over the fields, and the stack below. */
function exceptionText(info: Extract<AdapterMessage, { command: 'exceptionInfo' }>['body']): string | null {
  const { exceptionId, description, details } = info;
  const says = description && exceptionId && !description.includes(exceptionId);
  const head = says ? `${exceptionId}: ${description}` : (description ?? exceptionId);
  return [head, details?.stackTrace].filter(Boolean).join('\n') || null;
}

function bounded(text: string | null): string | null {
  if (text === null || text.length <= 2 * messageHalf) return text;
  const buffer = new OutputBuffer(messageHalf);
  buffer.push(text);
  return buffer.end().pieces.join('');
}
