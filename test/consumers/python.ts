/** Virtual environments with the tools that trainers use, installed once into .vscode-test/. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const environments = join(import.meta.dirname, '../../.vscode-test');

/**
 * The Python of the environment `<name>-venv` with what `requirements` lists. Null, and said so, where there is no Python
 * or its package index cannot be reached. @param purpose what is skipped then
 */
export function pythonWith(name: string, requirements: string, purpose: string): string | null {
  const base = ['python3', 'python'].find((candidate) => {
    const isNewEnough = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';
    return spawnSync(candidate, ['-c', isNewEnough], { stdio: 'ignore' }).status === 0;
  });
  if (!base) {
    console.log(`SKIPPED: ${purpose} needs Python 3.10 or newer with venv; none was found.`);
    return null;
  }
  const environment = join(environments, `${name}-venv`);
  const python = join(environment, process.platform === 'win32' ? 'Scripts' : 'bin', 'python');
  const installed = join(environment, 'requirements.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return python;
  rmSync(environment, { recursive: true, force: true });
  execFileSync(base, ['-m', 'venv', environment], { stdio: 'inherit' });
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements];
  const pip = spawnSync(python, args, { encoding: 'utf8' });
  if (pip.status === 0) {
    copyFileSync(requirements, installed);
    return python;
  }
  if (!/connection broken|NewConnectionError|ProxyError|Timeout|Forbidden/i.test(pip.stderr))
    throw new Error(pip.stderr);
  console.log(`SKIPPED: ${purpose} needs the Python package index, which was not reached.`);
  return null;
}
