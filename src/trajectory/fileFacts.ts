/** What a file's path and text tell of it. */
import { isManifest } from '../session/manifests.ts';
import type { TrajectoryFile } from './record.ts';

const testFolders: ReadonlySet<string> = new Set([
  ...['test', 'tests', '__tests__', 'spec', 'specs', 'testdata', 'e2e', '__snapshots__'],
]);
const testNames = [
  /^test_.*\.py$/,
  /^conftest\.py$/,
  /[._-](test|tests|spec)\.[cm]?[jt]sx?$/,
  /_(test|tests|spec)\.\w+$/,
  /(Test|Tests|Spec|IT)\.(java|kt|scala|groovy|cs|swift|php)$/,
  /^Test[A-Z]\w*\.(java|kt|php)$/,
  /\.snap$/,
];

/** Whether the path is, by the conventions of common test runners, that of a test or of something that tests need. */
export function isTestPath(path: string): boolean {
  const folders = path.split('/');
  const name = folders.pop() as string;
  return folders.some((folder) => testFolders.has(folder)) || testNames.some((pattern) => pattern.test(name));
}

/** What the path says goes before what was done: `base_step` tells whether the file was changed. */
export function roleOf(path: string, changed: boolean): TrajectoryFile['role'] {
  if (isManifest(path)) return 'manifest';
  if (isTestPath(path)) return 'test';
  return changed ? 'edited' : 'viewed';
}

const spdxHeader =
  /SPDX-License-Identifier:[ \t]*(\(?[A-Za-z0-9.-]+\+?\)?(?:[ \t]+(?:AND|OR|WITH)[ \t]+\(?[A-Za-z0-9.-]+\+?\)?)*)/;

/** The SPDX expression that a file names in its first 4,096 characters. */
export function spdxOf(text: string): string | null {
  return spdxHeader.exec(text.slice(0, 4096))?.[1] ?? null;
}
