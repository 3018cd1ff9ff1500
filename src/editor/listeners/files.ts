import { opendir, readFile, stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { type Disposable, Uri, workspace } from 'vscode';
import { type DocumentMirror, longestText } from '../../session/capture/documents/documentMirror.ts';
import { isGeneratedName, isGeneratedText } from '../../session/capture/documents/generatedFiles.ts';
import { type Disk, OutsideFiles } from '../../session/capture/documents/outsideFiles.ts';
import type { TaskStream } from '../../session/capture/taskStream.ts';
import { isNotebook } from '../../session/cellPath.ts';
import { decodeText } from '../../session/fileText.ts';
import { isOpenNotebook, type Scope } from '../capture/scope.ts';
import { DisposableStore } from '../disposableStore.ts';
import { readCommitted } from '../git/gitFacts.ts';

/** Files created, renamed and deleted by the editor, as it tells, and changed in any way by others, as the watcher sees. */
export function listenToFiles(stream: TaskStream, mirror: DocumentMirror, scope: Scope): Disposable {
  const store = new DisposableStore();
  const outside = store.add(new OutsideFiles(diskOf(scope), stream, mirror));

  const inside = (action: 'create' | 'delete', files: readonly Uri[]) => {
    for (const uri of files) {
      const path = scope.pathOf(uri);
      if (path === null) continue;
      outside.ignoreEcho(uri.toString(), action);
      stream.append({ kind: 'file', action, path, to: null });
    }
  };
  store.add(workspace.onDidCreateFiles(({ files }) => inside('create', files)));
  store.add(workspace.onDidDeleteFiles(({ files }) => inside('delete', files)));
  store.add(
    workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) {
        const [path, to] = [scope.pathOf(oldUri), scope.pathOf(newUri)];
        if (!path || !to) {
          inside('delete', [oldUri]);
          inside('create', [newUri]);
          continue;
        }
        for (const uri of [oldUri, newUri]) outside.ignoreEcho(uri.toString(), 'rename');
        stream.append({ kind: 'file', action: 'rename', path, to });
      }
    }),
  );

  store.add(workspace.onDidSaveNotebookDocument(({ uri }) => outside.ignoreEcho(uri.toString(), 'save')));

  const watcher = store.add(workspace.createFileSystemWatcher('**/*'));
  store.add(watcher.onDidCreate((uri) => outside.hear('create', uri.toString())));
  store.add(
    watcher.onDidChange((uri) => {
      // What changed in an open notebook, its cells tell.
      if (!isOpenNotebook(uri)) outside.hear('change', uri.toString());
    }),
  );
  store.add(watcher.onDidDelete((uri) => outside.hear('delete', uri.toString())));
  return store;
}

function diskOf(scope: Scope): Disk {
  return {
    pathOf: (name) => scope.pathOf(Uri.parse(name, true)),
    read: async (name) => {
      const path = Uri.parse(name, true).fsPath;
      try {
        const entry = await stat(path);
        if (!entry.isFile()) return null;
        // No character takes more than four bytes.
        const isLeft = isGeneratedName(path) || isNotebook(path) || entry.size > 4 * longestText;
        const decoded = isLeft ? null : decodeText(await readFile(path));
        const isKept = decoded && decoded.text.length <= longestText && !isGeneratedText(decoded.text);
        return { text: isKept ? decoded : null };
      } catch {
        return null;
      }
    },
    filesIn: async (name, most) => {
      const names: string[] = [];
      // What is gone meanwhile needs not be told.
      await collectFiles(Uri.parse(name, true), names, most).catch(() => {});
      return names;
    },
    readCommitted: async (name) => {
      const uri = Uri.parse(name, true);
      const folder = workspace.getWorkspaceFolder(uri)?.uri.fsPath;
      if (!folder || isGeneratedName(uri.path) || isNotebook(uri.path)) return null;
      const bytes = await readCommitted(folder, relative(folder, uri.fsPath).split(sep).join('/'));
      return bytes && (decodeText(bytes)?.text ?? null);
    },
  };
}

async function collectFiles(folder: Uri, names: string[], most: number): Promise<void> {
  const entries = await opendir(folder.fsPath).catch(() => null);
  if (!entries) return;
  for await (const entry of entries) {
    if (names.length >= most) return;
    const uri = Uri.joinPath(folder, entry.name);
    if (entry.isFile()) names.push(uri.toString());
    else if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git')
      await collectFiles(uri, names, most);
  }
}
