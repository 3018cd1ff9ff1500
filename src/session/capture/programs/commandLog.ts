import type { Signal } from '../../../consent/receipt.ts';
import type { SessionEventOf } from '../../events.ts';
import type { TestResults } from '../../testResults.ts';
import type { TaskStream } from '../taskStream.ts';
import { programName } from './commandKind.ts';
import { type CommandScope, commandScope } from './commandScope.ts';
import { OutputBuffer } from './outputBuffer.ts';

/** A command that ends sooner than this may lose output on its way to the extension. */
const surelySeen = 200;
/** A command of which nothing was seen for so long has ended unseen. */
const silenceLimit = 60 * 60 * 1000;

export interface StartedCommand {
  line: string;
  /** Whether the editor is sure of the line, and nothing in it runs outside of the workspace. */
  sure: boolean;
  cwd: string | null;
}

/** One command while it runs. */
export interface RunningCommand {
  /** Whether its output is inside the consent; if not, it must not even be read. */
  readonly observed: boolean;
  output(data: string): void;
  /**
   * Once; later calls count for nothing.
   * @param whole its output was read to the end; null where none could be read
   * @param reported what it wrote of its tests into report files
   */
  end(exitCode: number | null, whole: boolean | null, reported?: TestResults | null): void;
}

const untold: RunningCommand = { observed: false, output: () => {}, end: () => {} };

/** Tells commands as events, as far as they are inside the consent: with line and output, or by the program's name alone. */
export class CommandLog {
  readonly #stream: TaskStream;
  readonly #signals: readonly Signal[];
  readonly #clock: () => number;
  #next = 0;

  /** @param signals what the person agreed to have recorded. */
  constructor(stream: TaskStream, signals: readonly Signal[], clock: () => number = Date.now) {
    this.#stream = stream;
    this.#signals = signals;
    this.#clock = clock;
  }

  scopeOf({ line, sure }: StartedCommand): CommandScope {
    return commandScope(line, sure, this.#signals);
  }

  start({ line, sure, cwd }: StartedCommand): RunningCommand {
    const { told, observed } = this.scopeOf({ line, sure, cwd });
    if (!told) return untold;
    const command = this.#next++;
    const kept = observed ? line : programName(line);
    this.#stream.append({ kind: 'command_start', command, line: kept, cwd, columns: null, observed });
    const task = this.#stream.task;
    const begun = this.#clock();
    const buffer = new OutputBuffer();
    let ended = false;
    const end = (exitCode: number | null, whole: boolean | null, reported: TestResults | null = null) => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      // The task in which it ran has told of it when it closed.
      if (this.#stream.task !== task) return;
      const { pieces, truncated, bytes } = buffer.end();
      const sawAll = whole && (bytes > 0 || this.#clock() - begun >= surelySeen);
      const unread = !observed || buffer.isFullScreen || (whole === null && bytes === 0);
      const status = unread ? 'unobserved' : truncated ? 'truncated' : sawAll ? 'complete' : 'incomplete';
      for (const data of pieces) this.#stream.append({ kind: 'command_output', command, data });
      if (reported) this.#stream.append({ kind: 'test_report', command, ...reported });
      this.#stream.append(endOf(command, exitCode, status, bytes));
    };
    const timer = setTimeout(() => end(null, false), silenceLimit).unref();
    const output = (data: string) => {
      if (ended || !observed) return;
      timer.refresh();
      buffer.push(data);
    };
    return { observed, output, end };
  }
}

function endOf(
  command: number,
  exitCode: number | null,
  status: SessionEventOf<'command_end'>['output_status'],
  bytes: number,
): Omit<SessionEventOf<'command_end'>, 't'> {
  return { kind: 'command_end', command, exit_code: exitCode, output_status: status, output_bytes: bytes };
}
