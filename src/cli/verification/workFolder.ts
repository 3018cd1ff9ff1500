/** The fresh folder in which a task is run, and which goes with it: the task's files, and a home without anything in it. */

import { execFile } from 'node:child_process';
import { cp, lstat, mkdir, mkdtemp, realpath, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { failedWith } from '../../dataset/errors.ts';
import { CliError } from '../cliError.ts';
import type { WorkFile } from './rebuild.ts';

const execute = promisify(execFile);

export class WorkFolder {
  /** What programs see: `task` and `home`, always under the same path. */
  readonly run: string;
  readonly #folder: string;
  readonly #prepared: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.run = join(folder, 'run');
    this.#prepared = join(folder, 'prepared');
  }

  static async make(): Promise<WorkFolder> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'understudy-verify-')));
    const work = new WorkFolder(folder);
    await mkdir(join(work.run, 'home'), { recursive: true });
    await mkdir(work.task);
    return work;
  }

  get task(): string {
    return join(this.run, 'task');
  }

  /** Takes the files of a commit out of a repository of this machine. @throws CliError when it does not hold it */
  async checkOut(repository: string, commit: string): Promise<void> {
    const env = { ...process.env, GIT_INDEX_FILE: join(this.#folder, 'index') };
    const git = (...args: string[]) => execute('git', ['-C', repository, ...args], { env });
    try {
      await git('read-tree', commit);
      await git('checkout-index', '--all', '--quiet', `--prefix=${this.task}/`);
    } catch (error) {
      throw new CliError(`${repository} does not give the commit ${commit}: ${(error as Error).message.trim()}`);
    }
  }

  /** Puts the files of a state in place. */
  async put(files: readonly WorkFile[]): Promise<void> {
    for (const { path, bytes } of files) {
      const file = join(this.task, path);
      if (bytes === null) {
        await rm(file, { force: true });
        continue;
      }
      await this.#folders(dirname(path));
      // A commit may hold links.
      if ((await lstat(file).catch(() => null))?.isSymbolicLink()) await unlink(file);
      await writeFile(file, bytes);
    }
  }

  /** Keeps what stands there now, for each run to begin with. */
  async keep(): Promise<void> {
    await rename(this.run, this.#prepared);
  }

  async begin(): Promise<void> {
    await rm(this.run, { recursive: true, force: true });
    // With their times: a report that stood there before is none of this run.
    await cp(this.#prepared, this.run, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Follows no link out of the folder. */
  async #folders(path: string): Promise<void> {
    if (path === '.') return;
    await this.#folders(dirname(path));
    const folder = join(this.task, path);
    await mkdir(folder).catch((error) => {
      if (!failedWith(error, 'EEXIST')) throw error;
    });
    if (!(await lstat(folder)).isDirectory()) throw new CliError(`${path} is no folder in the state of the task`);
  }
}
