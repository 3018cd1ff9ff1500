import {
  commands,
  type Disposable,
  EventEmitter,
  Hover,
  l10n,
  languages,
  MarkdownString,
  Range,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import { runWorker, WorkerEnd } from '../../sealing/runWorker.ts';
import type { Preview } from '../../sealing/workerRequest.ts';
import { longestText } from '../../session/capture/documents/documentMirror.ts';
import type { KnownValue } from '../../session/events.ts';
import { DisposableStore } from '../disposableStore.ts';
import { redactedScheme } from '../names.ts';

const limits = { time: 30_000, memory: 1024 };
const settleTime = 500;

/** What is shown of one file. */
interface Shown {
  /** The newest result, and what it was made of. */
  preview: Promise<Preview>;
  version: number;
  known: Promise<KnownValue[]>;
  /** The result that stands in the document. */
  placeholders: Preview['placeholders'];
  listeners: DisposableStore;
}

/** Files beside themselves as a record would keep them. Nothing is stored, and recording need not be on. */
export class RedactionPreview implements Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<Uri>());
  readonly #workerFile: string;
  readonly #readKnown: () => Promise<KnownValue[]>;
  /** Read once for all that is typed: it asks git, and tries patterns. */
  #known: Promise<KnownValue[]> | null = null;
  /** By the address of the redacted document. */
  readonly #shown = new Map<string, Shown>();

  /** @param readKnown values to look for besides those that the rules find. */
  constructor(workerFile: string, readKnown: () => Promise<KnownValue[]>) {
    this.#workerFile = workerFile;
    this.#readKnown = readKnown;
    this.#store.add(
      workspace.registerTextDocumentContentProvider(redactedScheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#textOf(uri),
      }),
    );
    this.#store.add(
      languages.registerHoverProvider(
        { scheme: redactedScheme },
        { provideHover: (document, position) => this.#hover(document, document.offsetAt(position)) },
      ),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Opens the preview of a file; of the active one unless it is given. */
  async open(file?: Uri): Promise<void> {
    const document = file
      ? await workspace.openTextDocument(file).then(undefined, () => undefined)
      : window.activeTextEditor?.document;
    if (!document || document.uri.scheme === redactedScheme) {
      void window.showInformationMessage(l10n.t('Open a text file to see what redaction makes of it.'));
      return;
    }
    const redacted = redactedOf(document.uri);
    this.#known = null;
    try {
      await this.#previewOf(document, redacted);
    } catch (error) {
      void window.showErrorMessage(`Understudy: ${reasonOf(error)}`);
      if (!workspace.textDocuments.some(({ uri }) => uri.toString() === redacted.toString())) this.#forget(redacted);
      return;
    }
    const name = document.uri.path.split('/').at(-1) ?? '';
    const title = l10n.t('{0} (as a record would keep it)', name);
    await commands.executeCommand('vscode.diff', document.uri, redacted, title);
    // It may have been open before.
    this.#changed.fire(redacted);
  }

  /** What is to be redacted has changed. */
  refresh(): void {
    this.#known = null;
    for (const redacted of this.#shown.keys()) this.#changed.fire(Uri.parse(redacted));
  }

  /** Asked for by the editor: at first, after a change, and when a tab that it had put away is shown again. */
  async #textOf(redacted: Uri): Promise<string> {
    try {
      const document = await workspace.openTextDocument(fileOf(redacted));
      const { text, placeholders } = await this.#previewOf(document, redacted);
      const shown = this.#shown.get(redacted.toString());
      if (shown) shown.placeholders = placeholders;
      return text;
    } catch (error) {
      // Never the file as it is, and no message at each key.
      return l10n.t('No preview: {0}', reasonOf(error));
    }
  }

  /** The newest result: one that took longer than a later one is not shown. */
  async #previewOf(document: TextDocument, redacted: Uri): Promise<Preview> {
    this.#known ??= this.#readKnown();
    const known = this.#known;
    const { version } = document;
    const key = redacted.toString();
    const before = this.#shown.get(key);
    if (before?.version === version && before.known === known) return before.preview;
    const preview = this.#redact(document, known);
    preview.catch(() => {});
    const listeners = before?.listeners ?? this.#follow(document.uri, redacted);
    this.#shown.set(key, { preview, version, known, placeholders: before?.placeholders ?? [], listeners });
    const made = await preview;
    const newest = this.#shown.get(key)?.preview ?? preview;
    return newest === preview ? made : newest;
  }

  async #redact(document: TextDocument, known: Promise<KnownValue[]>): Promise<Preview> {
    const text = document.getText();
    if (text.length > longestText) {
      throw new Error(l10n.t('This file is over 256 kB: it would not be recorded at all.'));
    }
    const request = { text, path: document.uri.path, known: await known };
    return await runWorker(this.#workerFile, 'preview', request, limits);
  }

  /** Keeps the preview true for as long as its document is open. */
  #follow(file: Uri, redacted: Uri): DisposableStore {
    const listeners = this.#store.add(new DisposableStore());
    let timer: NodeJS.Timeout | undefined;
    listeners.add({ dispose: () => clearTimeout(timer) });
    listeners.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document.uri.toString() !== file.toString() || contentChanges.length === 0) return;
        clearTimeout(timer);
        timer = setTimeout(() => this.#changed.fire(redacted), settleTime);
      }),
    );
    listeners.add(
      workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.toString() === redacted.toString()) this.#forget(redacted);
      }),
    );
    return listeners;
  }

  #forget(redacted: Uri): void {
    this.#shown.get(redacted.toString())?.listeners.dispose();
    this.#shown.delete(redacted.toString());
  }

  #hover(document: TextDocument, offset: number): Hover | null {
    const placeholders = this.#shown.get(document.uri.toString())?.placeholders ?? [];
    const found = placeholders.find(({ start, end }) => start <= offset && offset < end);
    if (!found) return null;
    const text = new MarkdownString();
    text.appendText(l10n.t('Redacted: {0}', found.type));
    text.appendMarkdown('\n\n');
    text.appendText(`${found.explanation} (${found.rule})`);
    return new Hover(text, new Range(document.positionAt(found.start), document.positionAt(found.end)));
  }
}

/** The path stays, by which the editor knows the language; the whole address is in the query. */
function redactedOf(file: Uri): Uri {
  return Uri.from({ scheme: redactedScheme, path: file.path, query: file.toString() });
}

function fileOf(redacted: Uri): Uri {
  return Uri.parse(redacted.query, true);
}

function reasonOf(error: unknown): string {
  if (error instanceof WorkerEnd) return l10n.t('Redacting this file took too long or too much memory.');
  return (error as Error).message;
}
