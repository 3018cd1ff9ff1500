/** Virtual environments with the tools that trainers use, installed once into .vscode-test/. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const environments = join(import.meta.dirname, '../../.vscode-test');

/** What trainers load with. */
export const trainers = {
  requirements: join(import.meta.dirname, 'requirements.txt'),
  bareRequirements: join(import.meta.dirname, 'requirements-bare.txt'),
};

export interface Tools {
  /** What is skipped where they cannot be had. */
  purpose: string;
  requirements: string;
  /** Packages without those that they ask for. */
  bareRequirements?: string;
  /** Minor version of Python 3 that they want. */
  minor?: number;
}

/**
 * The Python of the environment `<name>-venv` with the tools. Null, and said so, where there is no Python or its package
 * index cannot be reached.
 */
export function pythonWith(
  name: string,
  { purpose, requirements, bareRequirements, minor = 11 }: Tools,
): string | null {
  const base = pythons().find((candidate) => {
    const isNewEnough = `import sys, venv, ensurepip; sys.exit(sys.version_info < (3, ${minor}))`;
    return spawnSync(candidate, ['-c', isNewEnough], { stdio: 'ignore' }).status === 0;
  });
  if (!base) {
    console.log(`SKIPPED: ${purpose} needs Python 3.${minor} or newer with venv; none was found.`);
    return null;
  }
  const environment = join(environments, `${name}-venv`);
  const python = join(environment, process.platform === 'win32' ? 'Scripts' : 'bin', 'python');
  const installed = join(environment, 'requirements.txt');
  const files = [requirements, ...(bareRequirements ? [bareRequirements] : [])];
  const wanted = files.map((file) => readFileSync(file, 'utf8')).join('');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return python;
  rmSync(environment, { recursive: true, force: true });
  execFileSync(base, ['-m', 'venv', environment], { stdio: 'inherit' });
  const install = (...args: string[]) => {
    const quietly = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...args];
    return spawnSync(python, quietly, { encoding: 'utf8' });
  };
  let pip = install('-r', requirements);
  if (pip.status === 0 && bareRequirements) pip = install('--no-deps', '-r', bareRequirements);
  if (pip.status === 0) {
    writeFileSync(installed, wanted);
    return python;
  }
  if (!/connection broken|NewConnectionError|ProxyError|Timeout|Forbidden/i.test(pip.stderr))
    throw new Error(pip.stderr);
  console.log(`SKIPPED: ${purpose} needs the Python package index, which was not reached.`);
  return null;
}

/** Those that may be here: the usual one first, then newer ones beside it. */
function pythons(): string[] {
  const pyenv = process.env.PYENV_ROOT ?? join(homedir(), '.pyenv');
  const newer = ['python3.14', 'python3.13', 'python3.12'];
  return ['python3', 'python', ...newer, ...globSync(join(pyenv, 'versions/3.*/bin/python3')).sort().reverse()];
}
