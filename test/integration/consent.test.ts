import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { defaultChoice } from '../../src/consent/choice.ts';
import { ConsentStore } from '../../src/consent/consentStore.ts';
import { grant } from '../../src/consent/grant.ts';
import type { Memory } from '../../src/consent/memory.ts';
import { policy } from '../../src/consent/policy.ts';
import type { Signal } from '../../src/consent/receipt.ts';
import { openFolders } from '../../src/editor/consent/agreement.ts';
import { readPlace } from '../../src/editor/git/places.ts';
import { Log } from '../../src/editor/log.ts';
import { Recording } from '../../src/editor/recording.ts';
import { StatusItem } from '../../src/editor/statusItem.ts';

/** What only looking needs. */
const forViews = ['onDidChangeWindowState'];

/** Everything by which an extension can hear what a person does. */
const sources: [object, string[]][] = [
  [
    vscode.workspace,
    [
      'onDidOpenTextDocument',
      'onDidChangeTextDocument',
      'onDidSaveTextDocument',
      'onDidCloseTextDocument',
      'onDidCreateFiles',
      'onDidRenameFiles',
      'onDidDeleteFiles',
      'createFileSystemWatcher',
    ],
  ],
  [
    vscode.window,
    [
      'onDidChangeTextEditorSelection',
      'onDidChangeTextEditorVisibleRanges',
      'onDidChangeVisibleTextEditors',
      'onDidChangeActiveTextEditor',
      ...forViews,
      'onDidStartTerminalShellExecution',
      'onDidEndTerminalShellExecution',
      'onDidCloseTerminal',
    ],
  ],
  [vscode.languages, ['onDidChangeDiagnostics']],
  [vscode.tasks, ['onDidStartTask', 'onDidStartTaskProcess', 'onDidEndTaskProcess']],
  [vscode.debug, ['registerDebugAdapterTrackerFactory']],
];

/** Which of them are called while `body` runs. */
async function listenedTo(body: () => Promise<void>): Promise<string[]> {
  const heard = new Set<string>();
  const restore: (() => void)[] = [];
  for (const [source, names] of sources) {
    for (const name of names) {
      const original = Object.getOwnPropertyDescriptor(source, name) as PropertyDescriptor;
      const call = Reflect.get(source, name) as (...args: unknown[]) => unknown;
      const spy = (...args: unknown[]) => {
        heard.add(name);
        return call.apply(source, args);
      };
      Object.defineProperty(source, name, { configurable: true, get: () => spy });
      restore.push(() => Object.defineProperty(source, name, original));
    }
  }
  try {
    await body();
  } finally {
    for (const undo of restore) undo();
  }
  return [...heard].sort();
}

class TestMemory implements Memory {
  readonly #values = new Map<string, unknown>();
  get(key: string): unknown {
    return this.#values.get(key);
  }
  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
  }
}

const here = () => readPlace(openFolders());

describe('a window', () => {
  let storage: string;
  let memory: TestMemory;
  beforeEach(async () => {
    storage = await mkdtemp(join(tmpdir(), 'understudy-consent-'));
    memory = new TestMemory();
  });
  afterEach(() => rm(storage, { recursive: true, force: true, maxRetries: 5 }));

  const contextOf = (): vscode.ExtensionContext => {
    const secrets = new TestMemory();
    const fake = {
      workspaceState: memory,
      globalStorageUri: vscode.Uri.file(storage),
      extensionUri: vscode.Uri.file(storage),
      secrets: {
        get: async (key: string) => secrets.get(key),
        store: secrets.update.bind(secrets),
        onDidChange: () => ({ dispose: () => {} }),
      },
    };
    return fake as unknown as vscode.ExtensionContext;
  };
  const opened = async () => {
    const log = new Log(vscode.window.createOutputChannel('consent under test', { log: true }));
    const status = new StatusItem(() => '');
    const recording = new Recording(contextOf(), log, status, () => join(storage, 'dataset'));
    await recording.refresh();
    await recording.close();
  };
  const all = sources.flatMap(([, names]) => names).sort();

  it('listens to nothing without a receipt', async () => {
    assert.deepEqual(await listenedTo(opened), []);
  });

  it('listens to nothing under a receipt that has run out, is of another policy or is not as it was written', async () => {
    const receipt = grant(policy, new Date());
    const past = grant(policy, new Date(Date.now() - 91 * 24 * 60 * 60 * 1000));
    for (const invalid of [
      past,
      { ...receipt, policy_version: '0' },
      { ...receipt, policy_sha256: '0'.repeat(64) },
      { ...receipt, more: true },
      true,
    ]) {
      memory = new TestMemory();
      await new ConsentStore(memory).keep(invalid as typeof receipt, await here());
      assert.deepEqual(await listenedTo(opened), []);
    }
  });

  it('listens to nothing while it is paused', async () => {
    await new ConsentStore(memory).keep(grant(policy, new Date()), await here());
    await writeFile(join(storage, 'pause.json'), JSON.stringify({ until: null }));
    assert.deepEqual(await listenedTo(opened), []);
  });

  it('listens under a receipt that holds', async () => {
    await new ConsentStore(memory).keep(grant(policy, new Date()), await here());
    assert.deepEqual(await listenedTo(opened), all);
  });

  it('does not listen to what it was not agreed to', async () => {
    const commands = ['onDidStartTerminalShellExecution', 'onDidEndTerminalShellExecution', 'onDidCloseTerminal'];
    const tasks = ['onDidStartTask', 'onDidStartTaskProcess', 'onDidEndTaskProcess'];
    const debug = 'registerDebugAdapterTrackerFactory';
    const silent: [Signal[], string[]][] = [
      [['views'], forViews],
      [['errors'], ['onDidChangeDiagnostics']],
      [['terminal'], []],
      [
        ['terminal', 'tests'],
        [...commands, ...tasks],
      ],
      [
        ['terminal', 'tests', 'errors', 'git', 'views'],
        [...commands, ...tasks, debug, 'onDidChangeDiagnostics', ...forViews],
      ],
    ];
    for (const [dropped, names] of silent) {
      memory = new TestMemory();
      const signals = defaultChoice.signals.filter((signal) => !dropped.includes(signal));
      await new ConsentStore(memory).keep(grant(policy, new Date(), { ...defaultChoice, signals }), await here());
      assert.deepEqual(
        await listenedTo(opened),
        all.filter((name) => !names.includes(name)),
        dropped.join(),
      );
    }
  });

  it('listens to nothing under a receipt for another repository, another folder, or fewer folders', async () => {
    const [folder] = await here();
    for (const place of [
      [{ ...folder, root: '0123456789'.repeat(4) }],
      [{ ...folder, path: join(folder.path, 'elsewhere') }],
      [],
    ]) {
      memory = new TestMemory();
      await new ConsentStore(memory).keep(grant(policy, new Date()), place);
      assert.deepEqual(await listenedTo(opened), []);
    }
  });

  it('listens to nothing where the receipt’s place is not known', async () => {
    await new ConsentStore(memory).keep(grant(policy, new Date()), await here());
    await memory.update('understudy.place', undefined);
    assert.deepEqual(await listenedTo(opened), []);
  });
});
