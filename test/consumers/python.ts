/** Virtual environments with the tools that trainers use, installed once into .vscode-test/. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
}

/**
 * The Python of the environment `<name>-venv` with the tools. Null, and said so, where there is no Python or its package
 * index cannot be reached.
 */
export function pythonWith(name: string, { purpose, requirements, bareRequirements }: Tools): string | null {
  const base = ['python3', 'python'].find((candidate) => {
    const isNewEnough = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))';
    return spawnSync(candidate, ['-c', isNewEnough], { stdio: 'ignore' }).status === 0;
  });
  if (!base) {
    console.log(`SKIPPED: ${purpose} needs Python 3.11 or newer with venv; none was found.`);
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
