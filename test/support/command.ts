import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** The `understudy` command, as it stands in the sources. */
export const commandFile = join(import.meta.dirname, '../../src/cli/main.ts');

/** Runs the command to its end. */
export async function understudy(args: string[], input = '') {
  const child = spawn(process.execPath, [commandFile, ...args], { stdio: 'pipe' });
  child.stdin.end(input);
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.on('close', resolve)),
  ]);
  return { out, err, code };
}
