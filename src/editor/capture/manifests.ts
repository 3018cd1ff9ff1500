import { readdirSync, readFileSync, statSync } from 'node:fs';
import { Uri, workspace } from 'vscode';
import type { Happening } from '../../session/capture/taskStream.ts';
import { decodeText } from '../../session/fileText.ts';
import { isManifest } from '../../session/manifests.ts';
import type { Scope } from './scope.ts';

/** At the top of each folder; and bytes of one. */
const most = 10;
const longest = 64 * 1024;

/** The manifests of the workspace as they stand now. Read in one turn, so that the change that opens a task follows them. */
export function readManifests(scope: Scope): Happening[] {
  return (workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .flatMap(({ uri }) =>
      namesIn(uri)
        .filter(isManifest)
        .sort()
        .slice(0, most)
        .flatMap((name) => manifestAt(Uri.joinPath(uri, name), scope) ?? []),
    );
}

function namesIn(folder: Uri): string[] {
  try {
    return readdirSync(folder.fsPath);
  } catch {
    return [];
  }
}

function manifestAt(uri: Uri, scope: Scope): Happening | null {
  const path = scope.pathOf(uri);
  if (path === null) return null;
  try {
    if (statSync(uri.fsPath).size > longest) return null;
    const decoded = decodeText(readFileSync(uri.fsPath));
    return decoded && { kind: 'manifest', path, text: decoded.text };
  } catch {
    // Gone meanwhile, or not to be read: the task does without.
    return null;
  }
}
