import { mayBeKeys } from '../../attribution/shapes.ts';
import type { SessionEventOf } from '../../events.ts';
import { moveSelections } from '../../selections.ts';
import type { Happening, TaskStream } from '../taskStream.ts';
import { EditedText } from './editedText.ts';
import { LastTexts } from './lastTexts.ts';
import { type LookReason, Looks } from './looks.ts';

/** Longer texts are not followed, nor more in all than so many open ones; in UTF-16 units. */
export const longestText = 256 * 1024;
export const mostOpenText = 64 * 2 ** 20;

export interface DocumentFacts {
  path: string;
  language: string | null;
  eol: 'lf' | 'crlf' | null;
  encoding: string | null;
}

export type DocumentEdit = Pick<SessionEventOf<'edit'>, 'version' | 'reason' | 'changes' | 'active' | 'dirty'>;
export type SelectionCause = NonNullable<SessionEventOf<'sign'>['cause']>;
/** Where the person is in a document: selections and visible lines. */
export type DocumentView = Pick<SessionEventOf<'edit'>, 'selections' | 'visible'>;
export type DocumentDiagnostics = Pick<SessionEventOf<'diagnostics'>, 'version' | 'items'>;

interface Mirrored {
  facts: DocumentFacts;
  text: EditedText;
  /** The text on the disk, as far as it was seen. */
  saved: string;
  dirty: boolean;
  view: DocumentView;
  /** The last ones reported, while they speak of the text as it stands. */
  diagnostics: DocumentDiagnostics;
  /** The last edit told, while signs of who made it may follow. */
  unsigned: { version: number; cursorSigns: number; awaitsDirt: boolean } | null;
  /** Why it is not followed; `noted` once a task knows of it. */
  left: 'unnoted' | 'noted' | null;
}

const unseen: DocumentView = { selections: null, visible: null };
/** A snippet puts the cursor behind its text, then into its first place. */
const cursorSigns = 2;
/** Breaks of line also come by themselves, at the end of a file that is saved: then the cursor stays. */
const isKey = (inserted: string) => mayBeKeys(inserted) && !inserted.includes('\n');
const unsaid = { selections: null, cause: null, clipboard: null, dirty: null };
const sound: DocumentDiagnostics = { version: 0, items: [] };
/** There were some in a text before: that there are none in this one is told. */
const outdated: DocumentDiagnostics = { version: 0, items: [] };

/**
 * Keeps the text of each open document, so that a task can begin with it as it stood before the task's first change:
 * the editor tells a change only when it is made. Documents are named by the caller (their URIs), and numbered anew in
 * each task when the task first touches them.
 */
export class DocumentMirror {
  readonly #stream: TaskStream;
  readonly #documents = new Map<string, Mirrored>();
  readonly #closed = new LastTexts();
  /** Length of all open texts. */
  #openText = 0;
  #task: object | null = null;
  #numbers = new Map<string, number>();
  #looks = new Looks();

  constructor(stream: TaskStream) {
    this.#stream = stream;
  }

  /** Opened, opened again in another language, or come back after a pause in which anything may have happened to it. */
  open(name: string, facts: DocumentFacts, text: string): void {
    const before = this.#documents.get(name);
    const after: Mirrored = {
      facts,
      text: new EditedText(text),
      saved: text,
      dirty: false,
      view: unseen,
      diagnostics: sound,
      unsigned: null,
      left: null,
    };
    if (before) this.#openText -= before.text.length;
    this.#documents.set(name, after);
    this.#closed.delete(name);
    this.#openText += text.length;
    if (!canFollow(text) || this.#openText > mostOpenText) {
      this.#leave(after, this.#numberOf(name) !== undefined);
      return;
    }
    const doc = this.#numberOf(name);
    if (doc !== undefined && (before?.text.toString() !== text || before.facts.language !== facts.language)) {
      this.#tell({ kind: 'open', doc, ...facts, text });
    }
  }

  /** `current` gives the editor's text, for when the change does not fit the mirror's. */
  change(name: string, edit: DocumentEdit, current: () => string): void {
    const document = this.#documents.get(name);
    if (!document) return;
    if (edit.changes.length === 0) {
      document.dirty = edit.dirty ?? false;
      this.#tellDirt(name, document, edit);
      return;
    }
    const { text, view } = document;
    const grows = edit.changes.reduce((sum, change) => sum + change.text.length - change.length, 0);
    if (document.left) this.#note(document);
    else if (!text.fits(edit.changes)) this.#resync(name, document, edit.version, current());
    else if (text.length + grows > longestText || edit.changes.some((change) => change.text.includes('\0')))
      this.#leave(document);
    else {
      const doc = this.#enter(name, document);
      // V8 is quick at a spread that comes first, and slow at others: this runs at every key.
      this.#stream.add({ ...edit, kind: 'edit', doc, selections: view.selections, visible: view.visible });
      if (edit.active && view.visible) this.#looks.saw(name, view.visible);
      document.unsigned = {
        version: edit.version,
        cursorSigns: edit.reason || edit.changes.every(({ text: inserted }) => isKey(inserted)) ? 0 : cursorSigns,
        awaitsDirt: edit.dirty === false,
      };
      text.change(edit.changes);
      this.#openText += grows;
      outdate(document);
      document.view = { selections: moveSelections(view.selections, edit.changes), visible: view.visible };
    }
  }

  /** A save is the checkpoint at which the mirror must agree with the editor. */
  save(name: string, version: number, text: string): void {
    const document = this.#documents.get(name);
    if (!document || document.left) return;
    if (document.text.toString() !== text) this.#resync(name, document, version, text);
    document.saved = document.text.toString();
    document.dirty = false;
    const doc = this.#numberOf(name);
    if (doc !== undefined) this.#tell({ kind: 'save', doc });
  }

  close(name: string): void {
    const document = this.#documents.get(name);
    if (!document) return;
    this.#documents.delete(name);
    this.#openText -= document.text.length;
    if (!document.left) this.#closed.set(name, document.dirty ? document.saved : document.text.toString());
    const doc = this.#numberOf(name);
    if (doc !== undefined) this.#tell({ kind: 'close', doc });
  }

  /** What stood in a file that is closed when it was last seen. */
  lastText(name: string): string | undefined {
    return this.#closed.get(name);
  }

  /** Another program changed a file that no editor has open. Both texts are short enough to be followed. */
  changeOnDisk(name: string, facts: DocumentFacts, before: string, after: string): void {
    this.#closed.set(name, after);
    if (before !== after) this.#tell({ kind: 'disk', doc: this.#enter(name, closed(facts, before)), text: after });
  }

  /** Another program deletes a file: the task gets its text, and hears of the end elsewhere. */
  deleteOnDisk(name: string, facts: DocumentFacts, before: string): void {
    this.#closed.delete(name);
    this.#enter(name, this.#documents.get(name) ?? closed(facts, before));
  }

  /** A closed file has another name now. */
  renameOnDisk(name: string, to: string, text: string): void {
    this.#closed.delete(name);
    this.#closed.set(to, text);
    const doc = this.#numberOf(name);
    this.#numbers.delete(name);
    if (doc !== undefined) this.#numbers.set(to, doc);
  }

  /** Files may change while nobody looks. */
  forgetClosed(): void {
    this.#closed.clear();
  }

  /** `view` is null when no editor shows it any more; `cause` is given when the selections moved. */
  see(name: string, view: DocumentView | null, cause: SelectionCause | null = null): void {
    const document = this.#documents.get(name);
    if (!document) return;
    document.view = view ?? unseen;
    const { unsigned } = document;
    if (!cause || !unsigned || unsigned.cursorSigns-- <= 0) return;
    this.#sign(name, unsigned.version, { selections: document.view.selections, cause });
  }

  /** The person looks at what is in view, or jumped there. That alone opens a task, though it is no work. */
  look(name: string, reason: LookReason): void {
    const document = this.#documents.get(name);
    if (!document || document.left) return;
    const { selections, visible } = document.view;
    if (!visible || visible.length === 0) return;
    const units = this.#numberOf(name) === undefined ? document.text.length : 0;
    if (reason === 'dwell' && !this.#looks.isNews(name, visible)) return;
    const room = this.#looks.room(units);
    if (room === 'full') this.#tell({ kind: 'gap', reason: 'limit' });
    if (room !== 'free') return;
    const doc = this.#enter(name, document);
    const cursors = selections?.map(({ active }) => active) ?? [];
    this.#tell({ kind: 'view', doc, reason, cursors, visible });
    this.#looks.look(name, visible, units);
  }

  /** Whether the edit that led to this version put in what the clipboard held. */
  compareClipboard(name: string, version: number, clipboard: boolean): void {
    const unsigned = this.#documents.get(name)?.unsigned;
    if (unsigned?.version === version) this.#sign(name, version, { clipboard });
  }

  /** Errors are followed in the documents of the task and in those that the person sees. */
  diagnose(name: string, reported: DocumentDiagnostics): void {
    const document = this.#documents.get(name);
    if (!document || document.left) return;
    const { diagnostics } = document;
    if (diagnostics !== outdated && JSON.stringify(reported.items) === JSON.stringify(diagnostics.items)) return;
    document.diagnostics = reported;
    const known = this.#numberOf(name);
    if (known !== undefined) this.#tell({ kind: 'diagnostics', doc: known, ...reported });
    else if (this.#task && document.view.visible) this.#enter(name, document);
  }

  /** Tells what is done with a document that is followed, to a task that has its text. */
  act(name: string, happening: (doc: number) => Happening): void {
    const document = this.#documents.get(name);
    if (!document) return;
    if (document.left) this.#note(document);
    else this.#tell(happening(this.#enter(name, document)));
  }

  has(name: string): boolean {
    return this.#documents.has(name);
  }

  get names(): string[] {
    return [...this.#documents.keys()];
  }

  /** The editor tells that a document became dirty after the edit that made it so: by an event without changes. */
  #tellDirt(name: string, { unsigned }: Mirrored, { version, dirty }: DocumentEdit): void {
    if (!unsigned?.awaitsDirt || unsigned.version !== version || !dirty) return;
    unsigned.awaitsDirt = false;
    this.#sign(name, version, { dirty });
  }

  #sign(name: string, version: number, sign: Partial<SessionEventOf<'sign'>>): void {
    const doc = this.#numberOf(name);
    if (doc !== undefined) this.#tell({ kind: 'sign', doc, version, ...unsaid, ...sign });
  }

  #resync(name: string, document: Mirrored, version: number, text: string): void {
    if (!canFollow(text)) {
      this.#leave(document);
      return;
    }
    this.#openText += text.length - document.text.length;
    document.text = new EditedText(text);
    outdate(document);
    const doc = this.#numberOf(name);
    if (doc !== undefined) this.#tell({ kind: 'resync', doc, version, text });
  }

  /** A file that the person only looks at need not be noted as missing. */
  #leave(document: Mirrored, note = true): void {
    document.left = 'unnoted';
    this.#openText -= document.text.length;
    document.text = new EditedText('');
    document.saved = '';
    if (note) this.#note(document);
  }

  #note(document: Mirrored): void {
    if (document.left === 'noted' || !this.#stream.task) return;
    document.left = 'noted';
    this.#stream.append({ kind: 'gap', reason: 'limit' });
  }

  /** The document's number in the open task, which is opened if need be and given the text as it stands. */
  #enter(name: string, { facts, text, diagnostics }: Entering): number {
    const numberOf = () => this.#numbers.get(name) ?? this.#numbers.size;
    this.#follow(this.#stream.task);
    this.#follow(this.#stream.enter(numberOf()));
    const doc = numberOf();
    if (this.#numbers.has(name)) return doc;
    this.#numbers.set(name, doc);
    this.#tell({ kind: 'open', doc, ...facts, text: text.toString() });
    if (diagnostics.items.length > 0) this.#tell({ kind: 'diagnostics', doc, ...diagnostics });
    return doc;
  }

  #numberOf(name: string): number | undefined {
    this.#follow(this.#stream.task);
    return this.#numbers.get(name);
  }

  /** Only to the task in which the documents have their numbers: it may end at any event. */
  #tell(happening: Happening): void {
    this.#stream.appendTo(this.#task, happening);
  }

  #follow(task: object | null): void {
    if (task === this.#task) return;
    this.#task = task;
    this.#numbers = new Map();
    this.#looks = new Looks();
  }
}

function canFollow(text: string): boolean {
  return text.length <= longestText && !text.includes('\0');
}

function outdate(document: Mirrored): void {
  if (document.diagnostics.items.length > 0) document.diagnostics = outdated;
}

type Entering = Pick<Mirrored, 'facts' | 'diagnostics'> & { text: { toString(): string } };

function closed(facts: DocumentFacts, text: string): Entering {
  return { facts, text, diagnostics: sound };
}
