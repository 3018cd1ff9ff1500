import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type Choice, defaultChoice } from '../../../src/consent/choice.ts';
import { ConsentStore } from '../../../src/consent/consentStore.ts';
import { grant } from '../../../src/consent/grant.ts';
import type { Memory } from '../../../src/consent/memory.ts';
import { policy } from '../../../src/consent/policy.ts';
import { openFolders } from '../../../src/editor/consent/agreement.ts';
import type { Administration } from '../../../src/editor/consent/organisationFile.ts';
import { readPlace } from '../../../src/editor/git/places.ts';
import { Log } from '../../../src/editor/log.ts';
import { Recording } from '../../../src/editor/recording.ts';
import { datasetFolder } from '../../../src/editor/settings.ts';
import { StatusItem } from '../../../src/editor/statusItem.ts';
import { waitFor } from './recordings.ts';

export class TestMemory implements Memory {
  readonly #values = new Map<string, unknown>();
  get(key: string): unknown {
    return this.#values.get(key);
  }
  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
  }
}

export class TestSecrets {
  readonly stored = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  readonly onDidChange = this.#changed.event;
  async get(key: string): Promise<string | undefined> {
    return this.stored.get(key);
  }
  async store(key: string, value: string): Promise<void> {
    this.stored.set(key, value);
    this.#changed.fire({ key });
  }
  async delete(key: string): Promise<void> {
    this.stored.delete(key);
    this.#changed.fire({ key });
  }
}

export interface TestWindowOptions {
  /** The storage of another window on the same host. */
  storage?: string;
  /** The memory of another window on the same workspace, with what was agreed to. */
  memory?: TestMemory;
  /** What was agreed to; null for nothing. */
  choice?: Choice | null;
  administration?: Administration;
}

/** All of the extension's recording under a receipt, with a memory, a keyring and a storage of its own. */
export class TestWindow {
  readonly recording: Recording;
  readonly secrets: TestSecrets;
  readonly storage: string;
  readonly memory: TestMemory;
  /** What was logged: nothing else tells from outside in which state it is. */
  readonly logged: string[];

  private constructor(
    recording: Recording,
    secrets: TestSecrets,
    storage: string,
    memory: TestMemory,
    logged: string[],
  ) {
    this.recording = recording;
    this.secrets = secrets;
    this.storage = storage;
    this.memory = memory;
    this.logged = logged;
  }

  static async open(secrets = new TestSecrets(), options: TestWindowOptions = {}): Promise<TestWindow> {
    const storage = options.storage ?? (await mkdtemp(join(tmpdir(), 'understudy-window-')));
    const memory = options.memory ?? new TestMemory();
    const receipt = grant(policy, new Date(), options.choice ?? defaultChoice);
    if (options.choice !== null && !options.memory)
      await new ConsentStore(memory).keep(receipt, await readPlace(openFolders()));
    const extension = vscode.extensions.getExtension('understudy.understudy') as vscode.Extension<unknown>;
    const context = {
      workspaceState: memory,
      globalStorageUri: vscode.Uri.file(storage),
      extensionUri: extension.extensionUri,
      secrets,
    };
    const status = new StatusItem(() => '');
    const logged: string[] = [];
    const log = new Log({ info: (line: string) => void logged.push(line) } as unknown as vscode.LogOutputChannel);
    const { administration } = options;
    const recording = new Recording(
      context as unknown as vscode.ExtensionContext,
      log,
      status,
      () => datasetFolder(join(storage, 'dataset')),
      administration,
    );
    await recording.refresh();
    return new TestWindow(recording, secrets, storage, memory, logged);
  }

  get datasetFolder(): string {
    return join(this.storage, 'dataset');
  }

  get state(): string | undefined {
    return this.logged.findLast((line) => line.startsWith('state '))?.slice('state '.length);
  }

  /** Ids of the held tasks, once so many are held. */
  async held(count = 1): Promise<string[]> {
    const folder = join(this.storage, 'journal');
    const names = await waitFor(`${count} held tasks`, () => {
      const held = readdirSync(folder).filter((name) => name.endsWith('.held'));
      return held.length >= count && held;
    });
    return names.map((name) => name.slice(0, -'.held'.length));
  }

  /** Finishes the open task and keeps it, as a person does by a command. */
  async finishAndKeep(): Promise<void> {
    this.recording.finishTask();
    const [taskId] = await this.held();
    await this.recording.tasks.held.keep(taskId);
  }

  async close(): Promise<void> {
    await this.recording.close();
    await rm(this.storage, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Which messages are shown while `body` runs; none is shown for real. */
export async function messagesOf(body: () => Promise<unknown>): Promise<string[]> {
  const shown: string[] = [];
  const names = ['showInformationMessage', 'showErrorMessage'] as const;
  const originals = names.map((name) => Object.getOwnPropertyDescriptor(vscode.window, name) as PropertyDescriptor);
  for (const name of names) {
    const show = async (message: string) => void shown.push(message);
    Object.defineProperty(vscode.window, name, { configurable: true, value: show });
  }
  try {
    await body();
  } finally {
    for (const [i, name] of names.entries()) Object.defineProperty(vscode.window, name, originals[i]);
  }
  return shown;
}
