import { readFile } from 'node:fs/promises';
import { homedir, hostname, userInfo } from 'node:os';
import { workspace } from 'vscode';
import {
  accountsOf,
  distinct,
  hostsOf,
  secretsOfDotenv,
  secretsOfEnvironment,
} from '../../session/capture/knownValues.ts';
import type { KnownValue } from '../../session/events.ts';
import { readGitValues } from '../git/gitFacts.ts';
import { readDotenvFiles } from './dotenvFiles.ts';

const mostValues = 4000;
const hostsFile =
  process.platform === 'win32' ? `${process.env.SystemRoot}\\System32\\drivers\\etc\\hosts` : '/etc/hosts';

/** What must never reach a record, as far as this machine tells. It is journaled encrypted and goes with the journal. */
export async function readKnownValues(): Promise<KnownValue[]> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const ofFolders = folders.map(async ({ uri: { fsPath } }) => {
    const [texts, ofGit] = await Promise.all([readDotenvFiles(fsPath), readGitValues(fsPath)]);
    return [{ type: 'workspace' as const, value: fsPath }, ...texts.flatMap(secretsOfDotenv), ...ofGit];
  });
  const values = distinct([...(await ofMachine()), ...(await Promise.all(ofFolders)).flat()]);
  return values.slice(0, mostValues);
}

async function ofMachine(): Promise<KnownValue[]> {
  const hosts = await readFile(hostsFile, 'utf8').catch(() => '');
  return [
    ...accountsOf({ username: username(), home: homedir() }, process.env),
    ...hostsOf(hostname(), process.env, hosts),
    ...secretsOfEnvironment(process.env),
  ];
}

function username(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without an entry, as in some containers.
    return '';
  }
}
