import { type Disposable, type NotebookCell, type NotebookDocument, workspace } from 'vscode';
import type { DocumentMirror } from '../../session/capture/documents/documentMirror.ts';
import { type Cell, NotebookLog } from '../../session/capture/notebooks/notebookLog.ts';
import type { TaskStream } from '../../session/capture/taskStream.ts';
import type { Scope } from '../capture/scope.ts';
import { DisposableStore } from '../disposableStore.ts';
import { factsOf, nameOf, openDocument } from './documents.ts';

/**
 * Notebooks: cells that come, go and run. Edits of cells are told as those of all documents, once it is known from here
 * which cells there are: so this listens before `listenToDocuments`.
 */
export function listenToNotebooks(
  stream: TaskStream,
  mirror: DocumentMirror,
  scope: Scope,
  tellsRuns: boolean,
): Disposable {
  const store = new DisposableStore();
  const log = new NotebookLog(stream, mirror, scope.cells, tellsRuns);
  const followed = new Map<NotebookDocument, string>();

  /** Null also for one with cells in a language that is excluded: runs and texts of its cells depend on each other. */
  const pathOf = (notebook: NotebookDocument) => {
    const isExcluded = notebook.getCells().some(({ document }) => scope.excludesLanguage(document.languageId));
    return isExcluded ? null : scope.pathOf(notebook.uri);
  };
  const open = (notebook: NotebookDocument) => {
    const path = pathOf(notebook);
    if (!path) return;
    followed.set(notebook, path);
    // Its file may be open as a text too, if only because some extension has read it [measured].
    mirror.close(notebook.uri.toString());
    log.open(path, cellsOf(notebook));
  };
  const close = (notebook: NotebookDocument) => {
    const path = followed.get(notebook);
    if (!path) return;
    followed.delete(notebook);
    log.close(path, cellsOf(notebook));
    const file = workspace.textDocuments.find((document) => nameOf(document) === notebook.uri.toString());
    if (file) openDocument(mirror, scope, file);
  };
  const reconcile = () => {
    for (const notebook of workspace.notebookDocuments) {
      if (pathOf(notebook)) open(notebook);
      else close(notebook);
    }
  };

  reconcile();
  store.add(scope.onDidChange(reconcile));
  store.add(workspace.onDidOpenNotebookDocument(open));
  store.add(workspace.onDidCloseNotebookDocument(close));
  store.add(workspace.onDidSaveNotebookDocument((notebook) => log.save(cellsOf(notebook))));
  store.add(
    workspace.onDidChangeNotebookDocument(({ notebook, contentChanges, cellChanges }) => {
      const path = followed.get(notebook);
      if (!path) return;
      if (pathOf(notebook) === null) {
        close(notebook);
        return;
      }
      log.told(path, notebook.isDirty);
      if (contentChanges.length > 0) {
        const changes = contentChanges.map(({ removedCells, addedCells }) => ({
          removed: removedCells.map(cellOf),
          added: addedCells.map(cellOf),
        }));
        log.change(path, changes, cellsOf(notebook), notebook.isDirty);
      }
      for (const { cell, executionSummary } of cellChanges) {
        const outputs = () => cell.outputs.map(({ items }) => items);
        if (executionSummary) log.run(nameOf(cell.document), executionSummary, outputs);
      }
    }),
  );
  // The editor tells this before it opens the notebook under its new path [measured].
  store.add(
    workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) {
        const [from, to] = [scope.pathOf(oldUri), scope.pathOf(newUri)];
        if (from && to) log.rename(from, to);
      }
    }),
  );
  return store;
}

function cellsOf(notebook: NotebookDocument): Cell[] {
  return notebook.getCells().map(cellOf);
}

function cellOf({ document, executionSummary: run }: NotebookCell): Cell {
  return { name: nameOf(document), facts: factsOf(document), text: document.getText(), version: document.version, run };
}
