import { execFileSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { CACHE } from './cache.ts';
import type { HostVersion } from './versions.ts';

const DOWNLOADS = 'https://update.code.visualstudio.com/api/releases/stable';
const PROBE_TIMEOUT = 4000;

/** The executable of the desktop build, or why there is none here. */
export async function installDesktop(version: HostVersion): Promise<{ executable: string } | { missing: string }> {
  const display = process.platform !== 'linux' || Boolean(process.env.DISPLAY);
  if (!display && !has('xvfb-run')) return { missing: 'there is no display and no xvfb-run' };
  if (!(await reachable())) return { missing: 'its download server cannot be reached' };
  const code = await downloadAndUnzipVSCode({ version: version.vscode, cachePath: CACHE });
  return {
    executable: display ? code : await writeExecutable(`code-xvfb-${version.vscode}`, ['xvfb-run', '-a', code]),
  };
}

/** A shell script that runs a command with the arguments it gets: `runTests()` takes one path, not a command line. */
export async function writeExecutable(name: string, command: string[]): Promise<string> {
  const folder = join(CACHE, 'bin');
  const file = join(folder, name);
  await mkdir(folder, { recursive: true });
  await writeFile(
    file,
    `#!/bin/sh\nexec ${command.map((part) => `'${part.replaceAll("'", `'\\''`)}'`).join(' ')} "$@"\n`,
  );
  await chmod(file, 0o755);
  return file;
}

const reachable = () =>
  fetch(DOWNLOADS, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_TIMEOUT) }).then(
    ({ ok }) => ok,
    () => false,
  );

function has(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
