import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Everything that is downloaded or unpacked for the tests; never committed. */
export const CACHE = join(import.meta.dirname, '../../../.vscode-test');

const HOUR = 3_600_000;
const UNFINISHED = '.unfinished-';
const COMPLETE = '.complete';

/**
 * A folder of the cache, built once. It is built beside its place and renamed into it, so that an interrupted build, or
 * two at once, never leaves half a folder that looks whole. Change `name` when `build` changes.
 */
export async function cached(name: string, build: (folder: string) => Promise<void>): Promise<string> {
  const target = join(CACHE, name);
  const isComplete = () => existsSync(join(target, COMPLETE));
  if (isComplete()) return target;

  await mkdir(CACHE, { recursive: true });
  await removeLeftovers();
  const folder = join(CACHE, UNFINISHED + randomBytes(6).toString('hex'));
  await mkdir(folder);
  try {
    await build(folder);
    await writeFile(join(folder, COMPLETE), '');
    await rename(folder, target).catch((error: unknown) => {
      // Another process was faster: what it built is as good.
      if (!isComplete()) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return target;
}

async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    if (!name.startsWith(UNFINISHED)) continue;
    const folder = join(CACHE, name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > HOUR) await rm(folder, { recursive: true, force: true });
  }
}
