import {
  type Disposable,
  EndOfLine,
  env,
  type TextDocument,
  TextDocumentChangeReason,
  type TextEditor,
  TextEditorSelectionChangeKind,
  UIKind,
  window,
  workspace,
} from 'vscode';
import { mayBeKeys } from '../../session/attribution/shapes.ts';
import type { DocumentFacts, DocumentMirror, SelectionCause } from '../../session/capture/documents/documentMirror.ts';
import { isGeneratedName, isGeneratedText } from '../../session/capture/documents/generatedFiles.ts';
import type { LineRange } from '../../session/task.ts';
import { ClipboardComparison } from '../capture/clipboard.ts';
import { cellScheme, type Scope } from '../capture/scope.ts';
import { DisposableStore } from '../disposableStore.ts';

/** Nobody looks where so many cursors are, and each edit would carry them all. */
const mostCursors = 200;

const reasons = { [TextDocumentChangeReason.Undo]: 'undo', [TextDocumentChangeReason.Redo]: 'redo' } as const;

export const causes: Record<TextEditorSelectionChangeKind, SelectionCause> = {
  [TextEditorSelectionChangeKind.Keyboard]: 'keyboard',
  [TextEditorSelectionChangeKind.Mouse]: 'mouse',
  [TextEditorSelectionChangeKind.Command]: 'command',
};

export function nameOf(document: TextDocument): string {
  return document.uri.toString();
}

export function linesInView({ visibleRanges }: TextEditor): LineRange[] {
  return visibleRanges.map(({ start, end }) => ({ start: start.line, end: end.line }));
}

/** Edits, saves, opened and closed documents, and where the person is in them. */
export function listenToDocuments(mirror: DocumentMirror, scope: Scope): Disposable {
  const store = new DisposableStore();
  // A browser would ask the person whether the clipboard may be read.
  const clipboard = env.uiKind === UIKind.Desktop ? new ClipboardComparison() : null;

  const open = (document: TextDocument) => openDocument(mirror, scope, document);
  const see = (editor: TextEditor, cause: SelectionCause | null = null) => {
    const { document, selections } = editor;
    if (!mirror.has(nameOf(document))) return;
    const offsets = () =>
      selections.map(({ anchor, active }) => ({
        anchor: document.offsetAt(anchor),
        active: document.offsetAt(active),
      }));
    const view = { selections: selections.length > mostCursors ? null : offsets(), visible: linesInView(editor) };
    mirror.see(nameOf(document), view, cause);
  };
  const seeAll = (editors: readonly TextEditor[]) => {
    const seen = new Set(editors.map(({ document }) => nameOf(document)));
    for (const name of mirror.names) if (!seen.has(name)) mirror.see(name, null);
    for (const editor of editors) see(editor);
  };
  /** What is open may differ from what was, after a pause or when other files are ignored. */
  const reconcile = () => {
    const inScope = workspace.textDocuments.filter((document) => keptPathOf(mirror, scope, document) !== null);
    const names = new Set(inScope.map(nameOf));
    for (const name of mirror.names) if (!names.has(name)) mirror.close(name);
    for (const document of inScope) open(document);
    seeAll(window.visibleTextEditors);
  };

  // Asked of the editor at each key, this alone would cost more than all else that a listener reads.
  let active = window.activeTextEditor?.document;
  store.add(
    window.onDidChangeActiveTextEditor((editor) => {
      active = editor?.document;
    }),
  );
  reconcile();
  store.add(scope.onDidChange(reconcile));
  store.add(workspace.onDidOpenTextDocument(open));
  store.add(
    workspace.onDidCloseTextDocument((document) => {
      // A cell goes when its notebook says so: before that, at times, its document is closed [measured].
      if (document.uri.scheme !== cellScheme) mirror.close(nameOf(document));
    }),
  );
  store.add(
    workspace.onDidSaveTextDocument((document) => {
      if (mirror.has(nameOf(document))) mirror.save(nameOf(document), document.version, document.getText());
    }),
  );
  store.add(
    workspace.onDidChangeTextDocument(({ document, reason, contentChanges }) => {
      // Copied at once: other extensions can change the array (vscode#88570).
      const changes = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
        offset: rangeOffset,
        length: rangeLength,
        text,
      }));
      const { version, uri } = document;
      // A cell of a notebook is never dirty: the notebook is.
      const dirty = uri.scheme === 'file' ? document.isDirty : null;
      const isActive = document === active;
      const edit = { version, reason: reason ? reasons[reason] : null, changes, active: isActive, dirty };
      const name = nameOf(document);
      mirror.change(name, edit, () => document.getText());
      if (isActive && !reason && !changes.every(({ text }) => mayBeKeys(text)) && mirror.has(name))
        clipboard?.compare(changes, (isSame) => mirror.compareClipboard(name, version, isSame));
    }),
  );
  store.add(
    window.onDidChangeTextEditorSelection(({ textEditor, kind }) => see(textEditor, kind ? causes[kind] : 'none')),
  );
  store.add(window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => see(textEditor)));
  store.add(window.onDidChangeVisibleTextEditors(seeAll));
  return store;
}

/** Into the mirror, if it is to be recorded. */
export function openDocument(mirror: DocumentMirror, scope: Scope, document: TextDocument): void {
  const path = keptPathOf(mirror, scope, document);
  if (path) mirror.open(nameOf(document), { path, ...factsOf(document) }, document.getText());
}

/** Where the document's text is kept; what was generated when it was opened is not. */
function keptPathOf(mirror: DocumentMirror, scope: Scope, document: TextDocument): string | null {
  const path = scope.documentPathOf(document.uri);
  if (path === null || isGeneratedName(path)) return null;
  return mirror.has(nameOf(document)) || !isGeneratedText(document.getText()) ? path : null;
}

export function factsOf({ languageId, eol, encoding }: TextDocument): Omit<DocumentFacts, 'path'> {
  return { language: languageId, eol: eol === EndOfLine.CRLF ? 'crlf' : 'lf', encoding };
}
