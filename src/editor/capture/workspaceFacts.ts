import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { version, workspace } from 'vscode';
import type { Happening } from '../../session/capture/taskStream.ts';
import { licenseOf } from '../../session/capture/workspaceLicense.ts';
import { sessionEventsFormat } from '../../session/events.ts';

const platforms = { linux: 'linux', darwin: 'macos', win32: 'windows' } as const;
const licenseFiles = [
  ...['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'LICENCE.md', 'LICENCE.txt', 'COPYING'],
  ...['package.json', 'Cargo.toml', 'pyproject.toml', 'composer.json'],
];

/** The event with which each journal begins. */
export async function readSessionFacts(): Promise<Happening> {
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const texts = new Map<string, string>();
  for (const file of licenseFiles) {
    const text = await readFile(join(folder, file), 'utf8').catch(() => null);
    if (text !== null) texts.set(file, text);
  }
  return {
    kind: 'session',
    format: sessionEventsFormat,
    platform: platforms[process.platform as keyof typeof platforms] ?? 'other',
    vscode_version: version,
    license: licenseOf((file) => texts.get(file) ?? null),
  };
}
