/** Where a task is run: in a container that sees nothing of the machine but the task, or, unprotected, on the machine itself. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, posix } from 'node:path';
import { promisify } from 'node:util';
import type { Verification } from '../../examples/verification.ts';
import { CliError } from '../cliError.ts';
import type { Launch } from './runCommand.ts';

const execute = promisify(execFile);

export interface Place {
  facts: Pick<Verification, 'place' | 'engine' | 'image' | 'image_id'>;
  /** For the person who is asked. */
  description: string[];
  /** The task's folder, as programs there see it. */
  taskPath(run: string): string;
  /** @param run the folder that holds `task` and `home`. @param directory below `task` */
  launch(run: string, command: string, directory: string, options: { network: boolean }): Launch;
}

export interface Engine {
  name: 'docker' | 'podman';
  /** Root in its containers is the person who runs it. */
  rootless: boolean;
}

const engines = {
  docker: '{{.ServerVersion}} {{.SecurityOptions}}',
  podman: '{{.Version.Version}} {{if .Host.Security.Rootless}}rootless{{end}}',
};

/** The first that is there and answers: its client alone is not enough. */
export async function findEngine(): Promise<Engine | null> {
  for (const name of Object.keys(engines) as Engine['name'][]) {
    const info = execute(name, ['info', '--format', engines[name]], { timeout: 20_000 });
    const told = await info.then(
      ({ stdout }) => stdout.trim(),
      () => '',
    );
    if (told !== '') return { name, rootless: told.includes('rootless') };
  }
  return null;
}

/** Bash where it is there: it is what most people typed into. */
const shell = ['sh', '-c', 'if command -v bash >/dev/null 2>&1; then exec bash -c "$0"; else exec sh -c "$0"; fi'];

/** Where the container sees the folder. */
const mounted = '/understudy';
const limits = { memory: '4g', cpus: '2', pids: '1024' };

export function containerPlace({ name: engine, rootless }: Engine, image: string): Place {
  return {
    facts: { place: 'container', engine, image: namesRegistry(image) ? null : image, image_id: null },
    description: [
      `in a container (${engine}, image ${image}) that sees nothing of this machine but a fresh folder, without network`,
    ],
    taskPath: () => posix.join(mounted, 'task'),
    launch: (run, command, directory, { network }) => {
      const name = `understudy-${randomBytes(8).toString('hex')}`;
      // Whose the folder is.
      const user = rootless || !process.getuid ? [] : ['--user', `${process.getuid()}:${process.getgid?.()}`];
      const env = { HOME: `${mounted}/home`, LANG: 'C.UTF-8', TMPDIR: '/tmp' };
      return {
        file: engine,
        args: [
          'run',
          '--rm',
          '--init',
          ...['--name', name, '--hostname', 'task', '--pull', 'never'],
          ...(network ? [] : ['--network', 'none']),
          '--read-only',
          ...['--tmpfs', '/tmp:rw,exec,mode=1777'],
          ...['--mount', `type=bind,src=${run},dst=${mounted}`],
          ...['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--security-opt', 'label=disable'],
          ...['--memory', limits.memory, '--cpus', limits.cpus, '--pids-limit', limits.pids],
          ...user,
          ...Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
          ...['--workdir', posix.join(mounted, 'task', directory), '--entrypoint', shell[0], image],
          ...shell.slice(1),
          `PATH="$HOME/.local/bin:$PATH"; ${command}`,
        ],
        env: process.env,
        cwd: run,
        stop: () => execute(engine, ['kill', name]),
      };
    },
  };
}

/** Pulls the image where it is not here. @returns its hash. @throws CliError */
export async function getImage({ name: engine }: Engine, image: string): Promise<string> {
  const id = () => execute(engine, ['image', 'inspect', '--format', '{{.Id}}', '--', image]);
  try {
    const { stdout } = await id().catch(async () => {
      await execute(engine, ['pull', '--', image], { maxBuffer: 64 * 1024 * 1024 });
      return id();
    });
    return stdout.trim().replace(/^sha256:/, '');
  } catch (error) {
    throw new CliError(`${engine} has no image ${image}: ${(error as Error).message.trim()}. Name another by --image.`);
  }
}

/** A name of Docker's own registry tells no host. */
function namesRegistry(image: string): boolean {
  const [first, ...rest] = image.split('/');
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
}

/** Tells programs where their tool chains are, and nothing secret. */
const toolVariables = [
  ...['PYENV_ROOT', 'NVM_DIR', 'VOLTA_HOME', 'ASDF_DIR', 'ASDF_DATA_DIR', 'RUSTUP_HOME', 'GOROOT', 'JAVA_HOME'],
  ...['DOTNET_ROOT', 'SystemRoot', 'SystemDrive', 'ComSpec', 'PATHEXT', 'windir', 'ProgramFiles', 'ProgramData'],
];

export function hostPlace(): Place {
  return {
    facts: { place: 'host', engine: null, image: null, image_id: null },
    description: [
      'ON THIS MACHINE, without protection: they can read and change whatever you can, and reach the network',
      'in a fresh folder, with another home and without your environment variables',
    ],
    taskPath: (run) => join(run, 'task'),
    launch: (run, command, directory) => {
      const home = join(run, 'home');
      const rustup = join(homedir(), '.rustup');
      const env: NodeJS.ProcessEnv = {
        ...(existsSync(rustup) ? { RUSTUP_HOME: rustup } : {}),
        ...Object.fromEntries(toolVariables.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
        PATH: [join(home, '.local', 'bin'), process.env.PATH].join(delimiter),
        LANG: 'C.UTF-8',
        HOME: home,
        USERPROFILE: home,
        ...Object.fromEntries(['TMPDIR', 'TMP', 'TEMP'].map((name) => [name, home])),
      };
      const cwd = join(run, 'task', directory);
      if (process.platform === 'win32') {
        return { file: process.env.ComSpec ?? 'cmd.exe', args: ['/d', '/s', '/c', command], env, cwd };
      }
      return { file: shell[0], args: [...shell.slice(1), command], env, cwd };
    },
  };
}
