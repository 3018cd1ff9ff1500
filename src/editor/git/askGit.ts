/** Asks git of a folder, quietly: no program of the repository's own runs, no password is asked for, nothing is locked. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** A git that hangs must not hold up recording. */
const patience = 5000;
const maxBuffer = 4 * 2 ** 20;
const quiet = ['-c', 'core.fsmonitor=false', '-c', 'log.showSignature=false'];

/** What git prints, trimmed, and its beginning where that is long; nothing where git is missing, slow or says no. */
export async function askGit(folder: string, args: readonly string[], input = '', timeout = patience): Promise<string> {
  return (await readGitBytes(folder, args, input, timeout))?.toString().trim() ?? '';
}

/** The same to the letter. */
export async function readGit(folder: string, args: readonly string[], input = ''): Promise<string> {
  return (await readGitBytes(folder, args, input))?.toString() ?? '';
}

/** The same in bytes; null where git is missing, slow or says no. */
export async function readGitBytes(
  folder: string,
  args: readonly string[],
  input = '',
  timeout = patience,
): Promise<Buffer | null> {
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  const options = { timeout, maxBuffer, killSignal: 'SIGKILL', env, windowsHide: true, encoding: 'buffer' } as const;
  const running = run('git', ['-C', folder, ...quiet, ...args], options);
  // A git that ends without reading, or is not there, closes the pipe.
  running.child.stdin?.on('error', () => {}).end(input);
  return await running.then(
    ({ stdout }) => stdout,
    ({ code, stdout }) => (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER' ? stdout : null),
  );
}
