/** Runs a program with all that it starts, for so long and no longer. */
import { execFile, spawn } from 'node:child_process';
import { constants } from 'node:os';

export interface Launch {
  file: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** What else must end when it is stopped. */
  stop?: () => Promise<unknown>;
}

export interface Finished {
  /** As a shell tells it; null where the time limit ended it. */
  exitCode: number | null;
  /** Both streams, as far as they were read. */
  output: string;
  /** Nothing of the output is missing. */
  isWhole: boolean;
  milliseconds: number;
}

/** Characters of output that are looked at. */
const mostOutput = 16 * 1024 * 1024;
/** After the program's end, for its pipes to be closed by what escaped from its group. */
const patience = 2000;

/** @throws the signal's reason when it is aborted; nothing of the program's group is left then. */
export async function runCommand(launch: Launch, limit: number, signal: AbortSignal): Promise<Finished> {
  signal.throwIfAborted();
  const begun = performance.now();
  // A group of its own, so that all of it can be ended.
  const child = spawn(launch.file, launch.args, {
    cwd: launch.cwd,
    env: launch.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  let [output, isWhole, timedOut] = ['', true, false];
  let stopped: Promise<unknown> | undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      isWhole &&= output.length + piece.length <= mostOutput;
      if (isWhole) output += piece;
    });
  }
  const end = () => {
    endGroup(child.pid);
    stopped = launch.stop?.().catch(() => {});
  };
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, limit);
  signal.addEventListener('abort', end, { once: true });
  try {
    const closed = new Promise((resolve) => child.once('close', resolve));
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, killed) => resolve(code ?? 128 + (killed ? constants.signals[killed] : 0)));
    });
    const milliseconds = performance.now() - begun;
    // What it left running in its group ends with it.
    endGroup(child.pid);
    await stopped;
    const waited = new Promise((resolve) => setTimeout(resolve, patience).unref());
    await Promise.race([closed, waited]);
    for (const stream of [child.stdout, child.stderr]) stream.destroy();
    signal.throwIfAborted();
    return { exitCode: timedOut ? null : exitCode, output, isWhole, milliseconds };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    execFile('taskkill', ['/pid', String(pid), '/T', '/F'], () => {});
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}
