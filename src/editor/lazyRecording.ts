import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { type Disposable, type ExtensionContext, Uri, commands as vscodeCommands } from 'vscode';
import { wasAgreed } from '../consent/memory.ts';
import { defaultDatasetFolder } from './defaultFolder.ts';
import type { Log } from './log.ts';
import { contextKeys } from './names.ts';
import type { Recording } from './recording.ts';
import { datasetFolder } from './settings.ts';
import { StatusItem } from './statusItem.ts';
import { Views } from './views/views.ts';

/** When the editor has other things to do, in milliseconds. */
const recoveryDelay = 10_000;

/** Recording, loaded when it is needed: where nobody agreed to it, the editor starts without it. */
export class LazyRecording implements Disposable {
  readonly #context: ExtensionContext;
  readonly #log: Log;
  readonly #datasetFolder: () => string;
  readonly #status: StatusItem;
  readonly #views: Views;
  readonly #timer: NodeJS.Timeout;
  #loading: Promise<Recording> | null = null;

  constructor(context: ExtensionContext, log: Log) {
    this.#context = context;
    this.#log = log;
    this.#datasetFolder = () => datasetFolder(defaultDatasetFolder(process.platform, process.env, homedir()));
    this.#status = new StatusItem(this.#datasetFolder);
    this.#views = new Views(() => this.load());
    this.#timer = setTimeout(() => void this.#recover(), recoveryDelay);
    if (wasAgreed(context.workspaceState)) void this.load();
    else {
      this.#status.show({ state: { kind: 'off' } });
      void vscodeCommands.executeCommand('setContext', contextKeys.state, 'off');
    }
  }

  load(): Promise<Recording> {
    this.#loading ??= import('./recording.ts').then(async ({ Recording }) => {
      const recording = new Recording(this.#context, this.#log, this.#status, this.#datasetFolder);
      recording.fill(this.#views);
      await recording.refresh();
      return recording;
    });
    return this.#loading;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await (await this.#loading)?.close();
    this.#status.dispose();
    this.#views.dispose();
  }

  dispose(): void {
    void this.close();
  }

  /** Journals that a window left behind are sealed by whichever window finds them, recording or not. */
  async #recover(): Promise<void> {
    const folder = Uri.joinPath(this.#context.globalStorageUri, 'journal').fsPath;
    const names = await readdir(folder).catch(() => []);
    if (names.some((name) => /\.(journal|sealed|takeback|new)$/.test(name))) await this.load();
  }
}
