import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { markerFile } from '../../dataset/layout.ts';

const patience = 5000;

/**
 * Asks a folder for a sign of life. A network drive that has vanished lets calls to the system wait for minutes, and each holds
 * one of the few threads that all extensions share: it is asked once, and nothing else is begun while it is silent.
 */
export class FolderProbe {
  readonly #silent = new Set<string>();

  /** Whatever it answers, also that it is not there. */
  async answers(folder: string, limit = patience): Promise<boolean> {
    if (this.#silent.has(folder)) return false;
    this.#silent.add(folder);
    const answer = open(join(folder, markerFile)).then((file) => file.close());
    const settled = answer.catch(() => {}).finally(() => this.#silent.delete(folder));
    let timer: NodeJS.Timeout | undefined;
    const waited = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limit);
    });
    await Promise.race([settled, waited]);
    clearTimeout(timer);
    return !this.#silent.has(folder);
  }
}
