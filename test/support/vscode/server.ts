import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type InstalledServer, installServer } from './install.ts';
import { BASE_SETTINGS, changeSettings, machineSettingsFile, type Settings, userSettingsFile } from './settings.ts';
import { VERSIONS, type VersionName } from './versions.ts';

export interface ServerOptions {
  version: VersionName;
  /** Where VS Code keeps its state; a temporary folder unless given. Give it, and `port`, to go on from an earlier server's state. */
  userDataDir?: string | undefined;
  /** Where extensions are installed; inside `userDataDir` unless given. */
  extensionsDir?: string | undefined;
  /** The home directory of everything that runs in the server, terminals too; inside `userDataDir` unless given, never the person's own. */
  home?: string | undefined;
  /** The browser keeps its state by origin, so a server that goes on from another's state needs its port too. */
  port?: number | undefined;
  settings?: Settings | undefined;
  /** Settings with `machine` scope are read from here, not from `settings`. */
  machineSettings?: Settings | undefined;
  env?: Record<string, string> | undefined;
  /** Loads the extension from its folder, as one that is installed. */
  extensionDevelopmentPath?: string | undefined;
  /** The same for others beside it. */
  otherExtensions?: string[] | undefined;
  /** Installs a packaged extension before the start. */
  installVsix?: string | undefined;
  /** Off unless asked for: no dialog asks whether the folder's authors are trusted. */
  workspaceTrust?: boolean | undefined;
  /**
   * Lets the page's address name an extension under development and a tests module. Without it such an address runs
   * no test, silently. With it the workbench shows no notifications, and in 1.100 no dialogs: never for a person's clicks.
   */
  automation?: boolean | undefined;
}

const LISTENING = /Extension host agent listening on (\d+)/;
const START_TIMEOUT = 60_000;

/** A VS Code server on 127.0.0.1. Its extension hosts, terminals and tasks are processes under it, as under a desktop's. */
export class VSCodeServer {
  readonly userDataDir: string;
  readonly extensionsDir: string;
  readonly home: string;
  readonly options: ServerOptions;
  port: number;
  #installed: InstalledServer;
  #process: ChildProcess | undefined;
  #output = '';

  private constructor(options: ServerOptions, installed: InstalledServer, userDataDir: string) {
    this.options = options;
    this.#installed = installed;
    this.userDataDir = userDataDir;
    this.extensionsDir = options.extensionsDir ?? join(userDataDir, 'extensions');
    this.home = options.home ?? join(userDataDir, 'home');
    this.port = options.port ?? 0;
  }

  static async start(options: ServerOptions): Promise<VSCodeServer> {
    const installed = await installServer(VERSIONS[options.version]);
    const userDataDir = options.userDataDir ?? (await mkdtemp(join(tmpdir(), 'understudy-vscode-')));
    const server = new VSCodeServer(options, installed, userDataDir);
    await server.#prepare();
    await server.restart();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  /** What the server printed since it started. */
  get output(): string {
    return this.#output;
  }

  /** Starts again, with the same folders and port, after `stop()` or `kill()`. */
  async restart(): Promise<void> {
    await this.kill();
    const { node, root } = this.#installed;
    const args = [
      join(import.meta.dirname, 'serverMain.mjs'),
      join(root, 'out/server-main.js'),
      ...[
        '--host',
        '127.0.0.1',
        '--port',
        String(this.port),
        '--without-connection-token',
        '--accept-server-license-terms',
      ],
      ...this.#folderArgs(),
      ...['--telemetry-level', 'off', '--disable-telemetry', '--disable-update-check'],
      ...(this.options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...(this.options.automation ? ['--enable-smoke-test-driver'] : []),
    ];
    // Detached: the leader of a process group, which `kill()` and serverMain.mjs end as one.
    const child = spawn(node, args, { env: this.#environment(), stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    this.#process = child;
    this.#output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => (this.#output += data.toString()));
    const signal = AbortSignal.timeout(START_TIMEOUT);
    while (!LISTENING.test(this.#output)) {
      if (signal.aborted || child.exitCode !== null) {
        await this.kill();
        throw new Error(`VS Code's server did not start:\n${this.#output}`);
      }
      await delay(25);
    }
    this.port = Number(LISTENING.exec(this.#output)?.[1]);
  }

  /** Ends the server as an operating system would at shutdown, and waits until all of its processes are gone. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (child?.pid && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await Promise.race([once(child, 'exit'), delay(3000, undefined, { ref: false })]);
    }
    await this.kill();
  }

  /** SIGKILL for the server and everything under it at once, as when the power goes. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child?.pid) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // All of the group ended already.
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    while ((await processes()).some(({ group }) => group === child.pid)) await delay(10);
  }

  /** Stops, and removes the state where it was in a temporary folder. */
  async dispose(): Promise<void> {
    await this.stop();
    if (!this.options.userDataDir) await rm(this.userDataDir, { recursive: true, force: true, maxRetries: 5 });
  }

  /**
   * The processes that extensions run in, one a window, oldest first.
   *
   * To test a crash of an extension in mid-session: SIGKILL the newest; the workbench notices at once, says so, and
   * starts another by itself (three times in five minutes; then it offers a button). To test a crash of the machine:
   * `kill()`, `restart()`, and reload the page.
   */
  async extensionHostPids(): Promise<number[]> {
    const all = await processes();
    return all
      .filter(({ group, command }) => group === this.#process?.pid && command.includes('--type=extensionHost'))
      .map(({ pid }) => pid);
  }

  /** As `code --install-extension` does; a window that is open shows it after a reload. */
  async installExtension(vsixPath: string): Promise<void> {
    await this.#callServer(['--install-extension', vsixPath, '--force'], /successfully installed/);
  }

  /** As `code --uninstall-extension` does. */
  async uninstallExtension(id: string): Promise<void> {
    await this.#callServer(['--uninstall-extension', id], /successfully uninstalled/);
  }

  /** @param success what it prints then. */
  async #callServer(command: string[], success: RegExp): Promise<void> {
    const { node, root } = this.#installed;
    const args = [join(root, 'out/server-main.js'), ...command, '--accept-server-license-terms', ...this.#folderArgs()];
    const child = spawn(node, args, { env: this.#environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
    const [code] = (await once(child, 'close')) as [number];
    if (code !== 0 || !success.test(output)) throw new Error(`${command.join(' ')} failed:\n${output}`);
  }

  /** Changes the person's settings; open windows follow. */
  async changeSettings(changes: Settings): Promise<void> {
    await changeSettings(userSettingsFile(this.userDataDir), changes);
  }

  /** The same for settings of the scope `machine`. */
  async changeMachineSettings(changes: Settings): Promise<void> {
    await changeSettings(machineSettingsFile(this.userDataDir), changes);
  }

  /** All that VS Code and its extensions logged, over all windows and restarts. */
  async logs(): Promise<string> {
    const folder = join(this.userDataDir, 'logs');
    const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const texts = await Promise.all(
      files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'utf8')),
    );
    return texts.join('\n');
  }

  async #prepare(): Promise<void> {
    const { settings, machineSettings, extensionDevelopmentPath, otherExtensions = [], installVsix } = this.options;
    await Promise.all(
      [this.userDataDir, this.extensionsDir, this.home].map((folder) => mkdir(folder, { recursive: true })),
    );
    await changeSettings(userSettingsFile(this.userDataDir), { ...BASE_SETTINGS, ...settings });
    if (machineSettings) await changeSettings(machineSettingsFile(this.userDataDir), machineSettings);
    await writeHome(this.home);
    if (extensionDevelopmentPath)
      await registerExtensions(this.extensionsDir, [extensionDevelopmentPath, ...otherExtensions]);
    if (installVsix) await this.installExtension(installVsix);
  }

  #folderArgs(): string[] {
    return [
      '--user-data-dir',
      this.userDataDir,
      '--server-data-dir',
      join(this.userDataDir, 'server'),
      '--extensions-dir',
      this.extensionsDir,
    ];
  }

  /** Without what a VS Code that the tests run under, or npm, put there for itself. */
  #environment(): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$|MOCHA_|XDG_|INIT_CWD$)/.test(name),
    );
    return {
      ...Object.fromEntries(inherited),
      HOME: this.home,
      SHELL: '/bin/bash',
      EXTENSIONS_GALLERY: '{"serviceUrl":""}',
      ...this.options.env,
    };
  }
}

/** A short prompt, by which a test sees that a command has ended, no news from npm, and an author for commits. */
async function writeHome(home: string): Promise<void> {
  const files = {
    '.bashrc': "PS1='$ '\n",
    '.npmrc': 'update-notifier=false\n',
    '.gitconfig': '[user]\n\tname = Author\n\temail = author@example.com\n[init]\n\tdefaultBranch = main\n',
  };
  for (const [name, text] of Object.entries(files)) {
    if (!existsSync(join(home, name))) await writeFile(join(home, name), text);
  }
}

/**
 * Enters a folder in VS Code's own list of installed extensions. An extension *under development* needs the automation
 * mode, which shows no dialogs; and it may use proposed API, which a person's VS Code would refuse.
 */
async function registerExtensions(extensionsDir: string, folders: readonly string[]): Promise<void> {
  const entries = folders.map(async (folder) => {
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
    const { publisher, name, version } = manifest;
    return {
      identifier: { id: `${publisher}.${name}` },
      version,
      location: { $mid: 1, path: folder, scheme: 'file' },
      metadata: { installedTimestamp: 0, source: 'vsix', pinned: true },
    };
  });
  await writeFile(join(extensionsDir, 'extensions.json'), JSON.stringify(await Promise.all(entries)));
}

interface ProcessEntry {
  pid: number;
  group: number;
  command: string;
}

/** From /proc rather than by `ps`, which small containers lack. The server runs on Linux only. */
async function processes(): Promise<ProcessEntry[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const entries = await Promise.all(
    pids.map(async (pid) => {
      try {
        const [stat, command] = await Promise.all([
          readFile(`/proc/${pid}/stat`, 'utf8'),
          readFile(`/proc/${pid}/cmdline`, 'utf8'),
        ]);
        // The second field is the program's name in parentheses and may hold anything.
        const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return state === 'Z'
          ? undefined
          : { pid: Number(pid), group: Number(group), command: command.replaceAll('\0', ' ') };
      } catch {
        return undefined; // It ended meanwhile.
      }
    }),
  );
  return entries.filter((entry) => entry !== undefined).sort((a, b) => a.pid - b.pid);
}
