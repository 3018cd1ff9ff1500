import { type DebugSession, type Disposable, debug, Uri } from 'vscode';
import type { DebugLog, Places } from '../../session/capture/programs/debugLog.ts';
import type { Scope } from '../capture/scope.ts';
import { DisposableStore } from '../disposableStore.ts';

/** What goes back and forth between the editor and its debuggers; a listener alone, that asks nothing. */
export function listenToDebugSessions(log: DebugLog, scope: Scope): Disposable {
  const store = new DisposableStore();
  let listens = true;
  const places: Places = {
    directoryOf: (path) => scope.directoryOf(Uri.file(path)),
    fileOf: (path) => scope.pathOf(Uri.file(path)),
  };
  const track = ({ id, parentSession, configuration, workspaceFolder }: DebugSession) => {
    const facts = { id, parent: parentSession?.id ?? null, configuration, folder: workspaceFolder?.uri.fsPath ?? null };
    const session = listens ? log.open(facts, places) : null;
    if (!session) return undefined;
    // A tracker stays for as long as its session, whoever made it.
    return {
      onDidSendMessage: (message: unknown) => listens && session.fromAdapter(message),
      onWillReceiveMessage: (message: unknown) => listens && session.toAdapter(message),
      onWillStopSession: () => listens && session.end(),
      onExit: () => listens && session.end(),
    };
  };
  store.add(debug.registerDebugAdapterTrackerFactory('*', { createDebugAdapterTracker: track }));
  store.add({
    dispose: () => {
      listens = false;
      log.dispose();
    },
  });
  return store;
}
