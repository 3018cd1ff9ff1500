import { type Disposable, type TextEditor, type TextEditorSelectionChangeEvent, window } from 'vscode';
import { Attention } from '../../session/capture/documents/attention.ts';
import type { DocumentMirror } from '../../session/capture/documents/documentMirror.ts';
import { DisposableStore } from '../disposableStore.ts';
import { causes, linesInView, nameOf } from './documents.ts';

/** Where the person looks. To be called after the documents are listened to: a look is told as the mirror has it. */
export function listenToViews(mirror: DocumentMirror): Disposable {
  const store = new DisposableStore();
  const attention = store.add(new Attention((name, reason) => mirror.look(name, reason)));

  const show = () => {
    const editor = window.state.focused ? window.activeTextEditor : undefined;
    const name = editor && nameOf(editor.document);
    if (name !== undefined && mirror.has(name)) attention.show(name, linesInView(editor as TextEditor));
    else attention.show(null);
  };
  const move = ({ textEditor, kind, selections }: TextEditorSelectionChangeEvent) => {
    if (textEditor !== window.activeTextEditor) return;
    const line = selections.length === 1 && selections[0].isEmpty ? selections[0].active.line : null;
    attention.move(nameOf(textEditor.document), { line, cause: kind ? causes[kind] : 'none' });
  };

  show();
  store.add(window.onDidChangeActiveTextEditor(show));
  store.add(window.onDidChangeWindowState(show));
  store.add(window.onDidChangeTextEditorVisibleRanges(show));
  store.add(window.onDidChangeTextEditorSelection(move));
  return store;
}
