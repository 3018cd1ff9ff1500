/**
 * From session events to tasks: one pass that keeps each document's text, cuts at the boundaries, and tells every edit
 * in code points. Pure; the editor's journals and imported histories take this same way.
 */
import { attribute, type Verdict } from './attribution/attribute.ts';
import { type EditSeen, isGitCommand, type Seen, seeEdit, seeOther, seeSign } from './attribution/seen.ts';
import { type BoundaryState, nextBoundary, noTask, type TaskEnd } from './boundaries.ts';
import { RawDocument } from './document.ts';
import type { KnownValue, SessionEvent, SessionEventOf } from './events.ts';
import type { Change, EditStep, Task, TaskFile, TaskStep } from './task.ts';

export interface History {
  tasks: Task<string>[];
  known: KnownValue[];
  /** What did not fit together: an edit outside its document, say. Empty for a sound recording. */
  faults: string[];
}

/** @param onVerdict hears how the origin of each edit was judged. */
export function buildHistory(events: Iterable<SessionEvent>, onVerdict: OnVerdict = () => {}): History {
  const builder = new HistoryBuilder(onVerdict);
  for (const event of events) builder.add(event);
  return builder.end();
}

type OnVerdict = (edit: SessionEventOf<'edit'>, verdict: Verdict) => void;

/** A file of the workspace; it keeps its identity through renames and reopening. */
interface FileState {
  path: string;
  language: string | null;
  encoding: string | null;
  eol: 'lf' | 'crlf' | null;
  /** Null while the text is unknown. */
  document: RawDocument | null;
  /** Whether changes were missed: no edit can be told until the whole text is given again. */
  lost: boolean;
  /** Whether it came into being in the open task. */
  created: boolean;
  /** Where errors and warnings stand, while they speak of the text as it is. */
  diagnosed: SessionEventOf<'diagnostics'>['items'];
}

interface RunningCommand {
  event: SessionEventOf<'command_start'>;
  output: string[];
}

interface OpenTask {
  entries: Map<FileState, { index: number; edited: boolean }>;
  files: TaskFile<string>[];
  steps: TaskStep<string>[];
  gaps: Task<string>['gaps'];
  instruction: Task<string>['instruction'];
  startedAt: number;
  /** What the origin of each edit is judged by, once the task is over. */
  seen: Seen[];
  judged: Map<EditSeen, { event: SessionEventOf<'edit'>; step: EditStep<string> }>;
  /** The last edit of each document, for the signs that follow it. */
  lastEdits: Map<number, EditSeen>;
}

class HistoryBuilder {
  readonly #history: History = { tasks: [], known: [], faults: [] };
  readonly #documents = new Map<number, FileState>();
  readonly #paths = new Map<string, FileState>();
  readonly #commands = new Map<number, RunningCommand>();
  #session: SessionEventOf<'session'> | null = null;
  #boundary: BoundaryState = noTask;
  #task: OpenTask | null = null;
  /** What was seen while no task was open. */
  readonly #seenBefore: Seen[] = [];
  #now = 0;
  readonly #onVerdict: OnVerdict;

  constructor(onVerdict: OnVerdict) {
    this.#onVerdict = onVerdict;
  }

  add(event: SessionEvent): void {
    const [state, boundary] = nextBoundary(this.#boundary, event);
    this.#boundary = state;
    if (boundary?.at === 'before') this.#close(boundary.end);
    this.#now = event.t;
    this.#take(event);
    if (boundary?.at === 'after') this.#close(boundary.end);
  }

  end(): History {
    if (this.#boundary.begun) this.#close('stop');
    return this.#history;
  }

  #take(event: SessionEvent): void {
    switch (event.kind) {
      case 'session':
        this.#session = event;
        break;
      case 'known':
        this.#history.known.push(...event.values);
        break;
      case 'task':
        if (event.instruction) this.#open.instruction = { text: event.instruction.toWellFormed(), source: 'user' };
        break;
      case 'open':
        this.#openDocument(event);
        break;
      case 'base':
        this.#adopt(this.#fileOf(event), event.text);
        break;
      case 'edit':
        this.#edit(event);
        break;
      case 'sign': {
        const edit = this.#task?.lastEdits.get(event.doc);
        if (edit?.version === event.version) seeSign(edit, event);
        break;
      }
      case 'resync':
        this.#resync(event);
        break;
      case 'file':
        this.#fileOperation(event);
        break;
      case 'diagnostics':
        this.#diagnostics(event);
        break;
      case 'command_start':
        this.#commands.set(event.command, { event, output: [] });
        if (isGitCommand(event.line)) this.#open.seen.push({ kind: 'git', t: event.t });
        break;
      case 'command_output':
        this.#commands.get(event.command)?.output.push(event.data);
        break;
      case 'command_end':
        this.#endCommand(event.command, event);
        break;
      case 'git':
        this.#git(event);
        break;
      case 'gap':
        this.#gap(event.reason);
        break;
    }
    const seen = seeOther(event, (doc) => this.#indexOf(doc));
    if (seen) (this.#task?.seen ?? this.#seenBefore).push(seen);
  }

  #indexOf(doc: number): number | null {
    const state = this.#documents.get(doc);
    return (state && this.#task?.entries.get(state)?.index) ?? null;
  }

  get #open(): OpenTask {
    this.#task ??= {
      entries: new Map(),
      files: [],
      steps: [],
      gaps: [],
      instruction: null,
      startedAt: this.#now,
      seen: this.#seenBefore.splice(0),
      judged: new Map(),
      lastEdits: new Map(),
    };
    return this.#task;
  }

  #gap(reason: SessionEventOf<'gap'>['reason']): void {
    this.#open.gaps.push({ afterStep: this.#open.steps.length - 1, reason });
  }

  #fileOf(event: { doc: number; t: number; kind: string }): FileState {
    const state = this.#documents.get(event.doc);
    if (state) return state;
    throw new HistoryError(`${event.kind} event at t=${event.t} names document ${event.doc}, which was never opened`);
  }

  /** Index among the task's files. The text as it stands when first changed is the base. */
  #index(state: FileState, change: 'edited' | 'viewed'): number {
    let entry = this.#open.entries.get(state);
    if (!entry) {
      entry = { index: this.#open.files.length, edited: false };
      this.#open.entries.set(state, entry);
      const { path, language, encoding, eol } = state;
      this.#open.files.push({ path: path.toWellFormed(), language, encoding, eol, base: null, final: null });
    }
    if (change === 'edited' && !entry.edited) {
      entry.edited = true;
      this.#open.files[entry.index].base = state.created ? null : (state.document?.text() ?? null);
    }
    return entry.index;
  }

  #openDocument(event: SessionEventOf<'open'>): void {
    const { path, language, encoding, eol } = event;
    const state = this.#paths.get(path) ?? newFile(path);
    Object.assign(state, { language, encoding, eol });
    this.#paths.set(path, state);
    this.#documents.set(event.doc, state);
    this.#index(state, 'viewed');
    if (event.text !== null) this.#adopt(state, event.text);
  }

  /** Takes a whole text as the file's. Where the task already follows the file, what changed unseen becomes an edit. */
  #adopt(state: FileState, text: string): void {
    state.lost = false;
    const edited = this.#task?.entries.get(state)?.edited ?? false;
    if (!state.document || !edited) state.document = new RawDocument(text);
    else if (state.document.rawText() !== text) {
      const changes = [state.document.replace(0, state.document.rawText().length, text)];
      this.#pushEdit(state, { origin: 'external', originConfidence: null, selections: null, visible: null, changes });
    }
  }

  #pushEdit(
    state: FileState,
    edit: Pick<EditStep<string>, 'origin' | 'originConfidence' | 'selections' | 'visible' | 'changes'>,
  ): EditStep<string> {
    const step = { kind: 'edit' as const, t: this.#now, file: this.#index(state, 'edited'), ...edit };
    this.#open.steps.push(step);
    return step;
  }

  #edit(event: SessionEventOf<'edit'>): void {
    const state = this.#fileOf(event);
    const { document } = state;
    if (!document || state.lost) {
      this.#lose(state, `edit at t=${event.t} changes document ${event.doc}, whose text is unknown`);
      return;
    }
    const seen = seeEdit(event, document, this.#index(state, 'edited'), state.diagnosed);
    state.diagnosed = [];
    const selections =
      event.selections?.map(({ anchor, active }) => ({
        anchor: document.codePointOffset(anchor),
        active: document.codePointOffset(active),
      })) ?? null;
    const changes: Change<string>[] = [];
    // Offsets speak of the text before the event: taken from the end backwards, none moves another.
    for (const { offset, length, text } of event.changes.toSorted((a, b) => b.offset - a.offset)) {
      try {
        changes.push(document.replace(offset, length, text));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        this.#lose(state, `edit at t=${event.t} of document ${event.doc}: ${error.message}`);
        break;
      }
    }
    if (changes.length === 0) return;
    const { visible } = event;
    const step = this.#pushEdit(state, { origin: 'unknown', originConfidence: null, selections, visible, changes });
    this.#open.seen.push(seen);
    this.#open.judged.set(seen, { event, step });
    this.#open.lastEdits.set(event.doc, seen);
  }

  #lose(state: FileState, fault: string): void {
    if (state.lost) return;
    state.lost = true;
    this.#history.faults.push(fault);
    this.#gap('resync');
  }

  #resync(event: SessionEventOf<'resync'>): void {
    const state = this.#fileOf(event);
    if (!state.document) {
      this.#adopt(state, event.text);
      return;
    }
    state.lost = false;
    const file = this.#index(state, 'edited');
    const changes = [state.document.replace(0, state.document.rawText().length, event.text)];
    this.#gap('resync');
    this.#open.steps.push({ kind: 'resync', t: event.t, file, changes });
  }

  #fileOperation(event: SessionEventOf<'file'>): void {
    let state = this.#paths.get(event.path);
    const before = event.action === 'create' ? state?.document?.rawText() : undefined;
    if (event.action === 'create') {
      state ??= newFile(event.path);
      this.#paths.set(event.path, state);
      state.created = !this.#task?.entries.get(state)?.edited;
      if (state.created) state.document = new RawDocument('');
    }
    this.#open.steps.push({
      kind: 'file',
      t: event.t,
      action: event.action,
      file: state ? this.#operatedFile(state, event.action) : null,
      path: event.path.toWellFormed(),
      to: event.to?.toWellFormed() ?? null,
    });
    if (before && state) this.#adopt(state, before);
    if (event.action === 'delete' && state) {
      state.document = null;
      this.#paths.delete(event.path);
    }
    if (event.action === 'rename' && event.to) this.#rename(event.path, event.to);
  }

  /** A rename alone, or the end of a file whose text was never seen, changes no text that the task follows. */
  #operatedFile(state: FileState, action: SessionEventOf<'file'>['action']): number | null {
    if (action !== 'rename' && state.document) return this.#index(state, 'edited');
    return this.#open.entries.get(state)?.index ?? null;
  }

  /** Moves a file, or all files of a folder. The editor opens the new document before it tells of the rename. */
  #rename(from: string, to: string): void {
    for (const [path, state] of [...this.#paths]) {
      if (path !== from && !path.startsWith(`${from}/`)) continue;
      const target = to + path.slice(from.length);
      const opened = this.#paths.get(target);
      for (const [doc, other] of this.#documents) if (other === opened) this.#documents.set(doc, state);
      state.document ??= opened?.document ?? null;
      state.path = target;
      this.#paths.delete(path);
      this.#paths.set(target, state);
    }
  }

  #diagnostics(event: SessionEventOf<'diagnostics'>): void {
    const state = this.#fileOf(event);
    const { document } = state;
    if (!document || state.lost) return;
    state.diagnosed = event.items;
    this.#open.steps.push({
      kind: 'diagnostics',
      t: event.t,
      file: this.#index(state, 'viewed'),
      items: event.items.map((item) => ({
        severity: item.severity,
        source: item.source?.toWellFormed() ?? null,
        code: item.code?.toWellFormed() ?? null,
        message: item.message.toWellFormed(),
        start: document.codePointOffset(item.start),
        end: document.codePointOffset(item.end),
      })),
    });
  }

  /** `end` is null for a command of which no end was seen while its task was open. */
  #endCommand(id: number, end: SessionEventOf<'command_end'> | null): void {
    const command = this.#commands.get(id);
    if (!command) return;
    this.#commands.delete(id);
    const { event, output } = command;
    if (isGitCommand(event.line)) this.#open.seen.push({ kind: 'git', t: this.#now });
    this.#open.steps.push({
      kind: 'command',
      t: this.#now,
      start: event.t,
      line: event.line.toWellFormed(),
      cwd: event.cwd?.toWellFormed() ?? null,
      exitCode: end?.exit_code ?? null,
      output: event.observed ? output.join('').toWellFormed() : null,
      columns: event.columns,
      outputStatus: end?.output_status ?? (event.observed ? 'incomplete' : 'unobserved'),
      outputBytes: end?.output_bytes ?? null,
    });
  }

  #git(event: SessionEventOf<'git'>): void {
    this.#open.steps.push({
      kind: 'git',
      t: event.t,
      action: event.action,
      message: event.message?.toWellFormed() ?? null,
      branch: event.branch?.toWellFormed() ?? null,
      paths: event.paths.map((path) => path.toWellFormed()),
    });
  }

  #close(end: TaskEnd): void {
    for (const id of [...this.#commands.keys()]) this.#endCommand(id, null);
    const { entries, files, steps, gaps, instruction, startedAt, seen, judged } = this.#open;
    const verdicts = attribute(seen);
    for (const [edit, { event, step }] of judged) {
      const verdict = verdicts.get(edit) as Verdict;
      step.origin = verdict.origin;
      step.originConfidence = verdict.originConfidence;
      this.#onVerdict(event, verdict);
    }
    for (const [state, { index, edited }] of entries) {
      if (edited) files[index].final = state.document?.text() ?? null;
    }
    for (const state of this.#paths.values()) state.created = false;
    this.#task = null;
    if (steps.length === 0) return;
    this.#history.tasks.push({
      end,
      instruction,
      files,
      steps,
      gaps,
      platform: this.#session?.platform ?? 'other',
      vscodeVersion: this.#session?.vscode_version ?? null,
      license: this.#session?.license ?? null,
      startedAt,
    });
  }
}

/** The events contradict each other: a journal or an import that is broken. */
export class HistoryError extends Error {
  override name = 'HistoryError';
}

function newFile(path: string): FileState {
  return {
    path,
    language: null,
    encoding: null,
    eol: null,
    document: null,
    lost: false,
    created: false,
    diagnosed: [],
  };
}
