import { stat } from 'node:fs/promises';
import { type Disposable, type Uri, workspace } from 'vscode';
import { OutsideFiles } from '../../session/capture/outsideFiles.ts';
import type { TaskStream } from '../../session/capture/taskStream.ts';
import { DisposableStore } from '../disposableStore.ts';
import type { Scope } from '../scope.ts';

/** Files created, renamed and deleted: by the editor, as it tells, and by others, as the watcher sees. */
export function listenToFiles(stream: TaskStream, scope: Scope): Disposable {
  const store = new DisposableStore();
  const uris = new Map<string, Uri>();
  const tell = (action: 'create' | 'delete', path: string) => stream.append({ kind: 'file', action, path, to: null });
  const outside = store.add(
    new OutsideFiles(
      { exists: (path) => isFile(uris.get(path)) },
      tell,
      () => stream.task && stream.append({ kind: 'gap', reason: 'limit' }),
    ),
  );

  const inside = (action: 'create' | 'delete', files: readonly Uri[]) => {
    for (const path of files.map((uri) => scope.pathOf(uri)).filter((path) => path !== null)) {
      outside.ignoreEcho(path);
      tell(action, path);
    }
  };
  store.add(workspace.onDidCreateFiles(({ files }) => inside('create', files)));
  store.add(workspace.onDidDeleteFiles(({ files }) => inside('delete', files)));
  store.add(
    workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) {
        const [path, to] = [scope.pathOf(oldUri), scope.pathOf(newUri)];
        for (const known of [path, to]) if (known) outside.ignoreEcho(known);
        if (path && to) stream.append({ kind: 'file', action: 'rename', path, to });
        else if (path) tell('delete', path);
        else if (to) tell('create', to);
      }
    }),
  );

  const hear = (action: 'create' | 'delete') => (uri: Uri) => {
    const path = scope.pathOf(uri);
    if (!path) return;
    uris.set(path, uri);
    outside.hear(action, path);
  };
  const watcher = store.add(workspace.createFileSystemWatcher('**/*', false, true, false));
  store.add(watcher.onDidCreate(hear('create')));
  store.add(watcher.onDidDelete(hear('delete')));
  return store;
}

async function isFile(uri: Uri | undefined): Promise<boolean> {
  return (
    uri !== undefined &&
    (await stat(uri.fsPath).then(
      (entry) => entry.isFile(),
      () => false,
    ))
  );
}
