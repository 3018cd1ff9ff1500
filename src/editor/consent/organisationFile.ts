/** The organisation's policy file, believed only where nobody but an administrator can have written it. */
import { execFile } from 'node:child_process';
import type { Stats } from 'node:fs';
import { lstat, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, win32 } from 'node:path';
import { promisify } from 'node:util';
import { noOrganisation, type OrganisationPolicy, parseOrganisationPolicy } from '../../consent/organisation.ts';
import { codeOf } from '../log.ts';
import { isAdministratorsOwn } from './securityDescriptor.ts';

export type OrganisationFault = 'unreadable' | 'invalid' | 'writable';

/** What the file says, which is nothing where there is none; else why it is not to be known. */
export type OrganisationReading =
  | { policy: OrganisationPolicy }
  | { fault: OrganisationFault; file: string; detail: string };

export type Owned = Pick<Stats, 'uid' | 'gid' | 'mode'>;

export interface Administration {
  file: string;
  /** The path, of the file and of what it lies in, that others than administrators can write; null when there is none. */
  writable: (file: string) => Promise<string | null>;
}

/** Of a real machine. */
export function administrationOf(platform: NodeJS.Platform, programData = process.env.ProgramData): Administration {
  switch (platform) {
    case 'win32':
      return {
        file: win32.join(programData || 'C:\\ProgramData', 'Understudy', 'policy.json'),
        writable: writableOnWindows,
      };
    case 'darwin':
      return {
        file: '/Library/Application Support/Understudy/policy.json',
        writable: (file) => writablePath(file, lstat, adminGroup),
      };
    default:
      return { file: '/etc/understudy/policy.json', writable: (file) => writablePath(file, lstat, null) };
  }
}

/** Of macOS: its members are the administrators. */
const adminGroup = 80;
const mostBytes = 2 ** 20;

export async function readOrganisation({ file, writable }: Administration): Promise<OrganisationReading> {
  let text: string;
  try {
    const found = await stat(file);
    if (!found.isFile()) return { fault: 'unreadable', file, detail: 'not a file' };
    if (found.size > mostBytes) return { fault: 'invalid', file, detail: 'over 1 MB' };
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? { policy: noOrganisation }
      : { fault: 'unreadable', file, detail: code };
  }
  try {
    const place = await writable(file);
    if (place !== null) return { fault: 'writable', file, detail: place };
  } catch (error) {
    // It is there: that nobody can tell whose it is does not make it nobody's.
    return { fault: 'unreadable', file, detail: codeOf(error) };
  }
  const parsed = parseOrganisationPolicy(text);
  return 'fault' in parsed ? { fault: 'invalid', file, detail: parsed.fault } : { policy: parsed };
}

/** @param ownerOf like `lstat`. @param admins a group that may write too. */
export async function writablePath(
  file: string,
  ownerOf: (path: string) => Promise<Owned>,
  admins: number | null,
): Promise<string | null> {
  // A link is as good as who made it, and what it leads to.
  for (const path of new Set([...upwards(file), ...upwards(await realpath(file))])) {
    const { uid, gid, mode } = await ownerOf(path);
    const isLink = (mode & 0o170000) === 0o120000;
    const others = gid === admins ? 0o002 : 0o022;
    if (uid !== 0 || (!isLink && (mode & others) !== 0)) return path;
  }
  return null;
}

function upwards(path: string): string[] {
  const above = dirname(path);
  return above === path ? [path] : [path, ...upwards(above)];
}

const run = promisify(execFile);

/** In ProgramData everybody may make folders: whose this one is counts. */
async function writableOnWindows(file: string): Promise<string | null> {
  for (const path of [file, win32.dirname(file)]) {
    const command = '(Get-Acl -LiteralPath $env:UNDERSTUDY_PATH).Sddl';
    const { stdout } = await run(
      win32.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32\\WindowsPowerShell\\v1.0\\powershell.exe'),
      ['-NoProfile', '-NonInteractive', '-Command', command],
      { env: { ...process.env, UNDERSTUDY_PATH: path }, timeout: 20_000, windowsHide: true },
    );
    if (!isAdministratorsOwn(stdout.trim())) return path;
  }
  return null;
}
