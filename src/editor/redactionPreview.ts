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
  type Uri,
  window,
  workspace,
} from 'vscode';
import { runWorker, WorkerEnd } from '../sealing/runWorker.ts';
import type { Preview } from '../sealing/workerRequest.ts';
import { longestText } from '../session/capture/documentMirror.ts';
import type { KnownValue } from '../session/events.ts';
import { DisposableStore } from './disposableStore.ts';
import { redactedScheme } from './names.ts';

const limits = { time: 30_000, memory: 1024 };
const settleTime = 500;

/** Files beside themselves as a record would keep them. Nothing is stored, and recording need not be on. */
export class RedactionPreview implements Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<Uri>());
  readonly #workerFile: string;
  readonly #known: () => Promise<KnownValue[]>;
  /** By the address of the redacted document. */
  readonly #previews = new Map<string, Preview>();

  constructor(workerFile: string, known: () => Promise<KnownValue[]>) {
    this.#workerFile = workerFile;
    this.#known = known;
    this.#store.add(
      workspace.registerTextDocumentContentProvider(redactedScheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#previews.get(uri.toString())?.text ?? '',
      }),
    );
    this.#store.add(
      languages.registerHoverProvider(
        { scheme: redactedScheme },
        {
          provideHover: (document, position) => this.#hover(document, document.offsetAt(position)),
        },
      ),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Opens the active document's preview. */
  async open(): Promise<void> {
    const document = window.activeTextEditor?.document;
    if (!document || document.uri.scheme === redactedScheme) {
      void window.showInformationMessage(l10n.t('Open a file to see what redaction makes of it.'));
      return;
    }
    if (document.getText().length > longestText) {
      void window.showInformationMessage(l10n.t('This file is over 256 kB: it would not be recorded at all.'));
      return;
    }
    const redacted = document.uri.with({ scheme: redactedScheme, query: document.uri.scheme });
    if (!(await this.#refresh(document, redacted))) return;
    const name = document.uri.path.split('/').at(-1) ?? '';
    this.#follow(document, redacted);
    await commands.executeCommand(
      'vscode.diff',
      document.uri,
      redacted,
      l10n.t('{0} (as a record would keep it)', name),
    );
  }

  async #refresh(document: TextDocument, redacted: Uri): Promise<boolean> {
    try {
      const request = { text: document.getText(), path: document.uri.path, known: await this.#known() };
      this.#previews.set(redacted.toString(), await runWorker(this.#workerFile, 'preview', request, limits));
    } catch (error) {
      const reason =
        error instanceof WorkerEnd ? l10n.t('Redacting this file took too long.') : (error as Error).message;
      void window.showErrorMessage(`Understudy: ${reason}`);
      return false;
    }
    this.#changed.fire(redacted);
    return true;
  }

  /** Keeps the preview true while its document is open. */
  #follow(document: TextDocument, redacted: Uri): void {
    const listeners = this.#store.add(new DisposableStore());
    let timer: NodeJS.Timeout | undefined;
    listeners.add({ dispose: () => clearTimeout(timer) });
    listeners.add(
      workspace.onDidChangeTextDocument((event) => {
        if (event.document !== document || event.contentChanges.length === 0) return;
        clearTimeout(timer);
        timer = setTimeout(() => void this.#refresh(document, redacted), settleTime);
      }),
    );
    listeners.add(
      workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.toString() !== redacted.toString()) return;
        this.#previews.delete(redacted.toString());
        listeners.dispose();
      }),
    );
  }

  #hover(document: TextDocument, offset: number): Hover | null {
    const preview = this.#previews.get(document.uri.toString());
    const found = preview?.placeholders.find(({ start, end }) => start <= offset && offset < end);
    if (!found) return null;
    const text = new MarkdownString();
    text.appendText(l10n.t('Redacted: {0}', found.type));
    text.appendMarkdown('\n\n');
    text.appendText(`${found.explanation} (${found.rule})`);
    return new Hover(text, new Range(document.positionAt(found.start), document.positionAt(found.end)));
  }
}
