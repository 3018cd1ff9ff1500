import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { workspace } from 'vscode';
import { secretsOfDotenv, secretsOfEnvironment } from '../session/capture/knownValues.ts';
import type { KnownValue } from '../session/events.ts';

const run = promisify(execFile);
const largestDotenv = 64 * 1024;

/** What must never reach a record, as far as this machine tells. It is journaled encrypted and goes with the journal. */
export async function readKnownValues(): Promise<KnownValue[]> {
  const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const values: KnownValue[] = [
    { type: 'user', value: userInfo().username },
    { type: 'home', value: homedir() },
    { type: 'host', value: hostname() },
    ...secretsOfEnvironment(process.env),
  ];
  for (const folder of folders) {
    values.push(...(await gitIdentity(folder)), ...(await remotes(folder)), ...(await dotenvSecrets(folder)));
  }
  const unique = new Map(values.filter(({ value }) => value !== '').map((known) => [JSON.stringify(known), known]));
  return [...unique.values()];
}

async function gitIdentity(folder: string): Promise<KnownValue[]> {
  return [
    { type: 'person', value: await git(folder, 'config', 'user.name') },
    { type: 'email', value: await git(folder, 'config', 'user.email') },
  ];
}

/** Owner and name behind each remote's address. */
async function remotes(folder: string): Promise<KnownValue[]> {
  const addresses = (await git(folder, 'config', '--get-regexp', '^remote\\..*\\.url$')).split('\n');
  return addresses.flatMap((line): KnownValue[] => {
    const path = /[:/]([^/:\s]+\/[^/\s]+?)(?:\.git)?\/?$/.exec(line)?.[1];
    return path ? [{ type: 'repository', value: path }] : [];
  });
}

async function dotenvSecrets(folder: string): Promise<KnownValue[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^\.env/.test(name));
  const texts = names.map(async (name) => {
    const path = join(folder, name);
    const { size } = await stat(path);
    return size > largestDotenv ? [] : secretsOfDotenv(await readFile(path, 'utf8'));
  });
  return (await Promise.allSettled(texts)).flatMap((text) => (text.status === 'fulfilled' ? text.value : []));
}

async function git(folder: string, ...args: string[]): Promise<string> {
  return await run('git', ['-C', folder, ...args]).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
}
