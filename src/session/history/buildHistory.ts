/**
 * From session events to tasks: one pass that keeps each document's text, cuts at the boundaries, and tells every edit
 * in code points. Pure; the editor's journals and imported histories take this same way.
 */
import { type EditFacts, isGitCommand, type Seen, seeEdit, seeOther, seeSign } from '../attribution/seen.ts';
import type { TaskEnd } from '../boundaries.ts';
import { isNotebook } from '../cellPath.ts';
import { RawDocument } from '../document.ts';
import type { KnownValue, SessionEvent, SessionEventOf } from '../events.ts';
import { eolOf, languageOf } from '../fileText.ts';
import { segment } from '../segmentation.ts';
import type { Change, EditStep, Task, TestReport } from '../task.ts';
import { fromTheEnd } from '../textChanges.ts';
import { type FileState, Files } from './files.ts';
import { type OnVerdict, OpenTask } from './openTask.ts';
import { changesBetween } from './textDiff.ts';

export interface History {
  tasks: Task<string>[];
  known: KnownValue[];
  /** What did not fit together: an edit outside its document, say. Empty for a sound recording. */
  faults: string[];
}

/** @param onVerdict hears how the origin of each edit was judged. */
export function buildHistory(events: readonly SessionEvent[], onVerdict: OnVerdict = () => {}): History {
  const builder = new HistoryBuilder(onVerdict);
  let from = 0;
  for (const { before, end } of segment(events)) {
    for (const event of events.slice(from, before)) builder.add(event);
    builder.close(end);
    from = before;
  }
  // Behind the last task nothing was done.
  for (const event of events.slice(from)) if (event.kind === 'known') builder.add(event);
  return builder.history;
}

interface RunningCommand {
  event: SessionEventOf<'command_start'>;
  output: string[];
  reported: TestReport<string> | null;
}

const unseen = { version: 0, reason: null, selections: null, visible: null, active: false, dirty: false } as const;

class HistoryBuilder {
  readonly #history: History = { tasks: [], known: [], faults: [] };
  readonly #files = new Files();
  readonly #commands = new Map<number, RunningCommand>();
  #session: SessionEventOf<'session'> | null = null;
  #repository: Task<string>['repository'] = null;
  #task: OpenTask | null = null;
  /** What was seen while no task was open. */
  readonly #seenBefore: Seen[] = [];
  #now = 0;
  readonly #onVerdict: OnVerdict;

  constructor(onVerdict: OnVerdict) {
    this.#onVerdict = onVerdict;
  }

  add(event: SessionEvent): void {
    this.#now = event.t;
    this.#take(event);
  }

  get history(): History {
    return this.#history;
  }

  #take(event: SessionEvent): void {
    switch (event.kind) {
      case 'session':
        this.#session = event;
        break;
      case 'repository': {
        const { root, address, commit } = event;
        this.#repository = { root, address, commit };
        break;
      }
      case 'known':
        this.#history.known.push(...event.values);
        break;
      case 'task':
        if (event.instruction) this.#open.instruction = { text: event.instruction.toWellFormed(), source: 'user' };
        break;
      case 'manifest':
        this.#manifest(event);
        break;
      case 'open':
        this.#openDocument(event);
        break;
      case 'base':
        this.#adopt(this.#files.of(event), event.text);
        break;
      case 'disk':
        this.#disk(this.#files.of(event), event.text);
        break;
      case 'edit':
        this.#edit(event);
        break;
      case 'sign': {
        const edit = this.#task?.lastEdit(event);
        if (edit) seeSign(edit, event);
        break;
      }
      case 'resync':
        this.#resync(event);
        break;
      case 'view':
        this.#view(event);
        break;
      case 'file':
        this.#fileOperation(event);
        break;
      case 'diagnostics':
        this.#diagnostics(event);
        break;
      case 'command_start':
        this.#commands.set(event.command, { event, output: [], reported: null });
        if (isGitCommand(event.line)) this.#open.see({ kind: 'git', t: event.t });
        break;
      case 'command_output':
        this.#commands.get(event.command)?.output.push(event.data);
        break;
      case 'test_report': {
        const command = this.#commands.get(event.command);
        if (command) command.reported = reportOf(event);
        break;
      }
      case 'command_end':
        this.#endCommand(event.command, event);
        break;
      case 'debug':
        this.#debug(event);
        break;
      case 'cell_run':
        this.#cellRun(event);
        break;
      case 'git':
        this.#git(event);
        break;
      case 'gap':
        this.#open.gap(event.reason);
        break;
    }
    const seen = seeOther(event, (doc) => this.#task?.indexOf(this.#files.byDocument(doc)) ?? null);
    if (!seen) return;
    if (this.#task) this.#task.see(seen);
    else this.#seenBefore.push(seen);
  }

  get #open(): OpenTask {
    this.#task ??= new OpenTask(this.#now, this.#seenBefore.splice(0));
    return this.#task;
  }

  #openDocument(event: SessionEventOf<'open'>): void {
    const state = this.#files.open(event);
    this.#open.index(state, 'viewed');
    if (event.text !== null) this.#adopt(state, event.text);
  }

  #manifest({ path, text }: SessionEventOf<'manifest'>): void {
    const state = this.#files.at(path);
    if (!state.document) Object.assign(state, { language: languageOf(path), eol: eolOf(text), encoding: 'utf8' });
    state.document ??= new RawDocument(text);
    this.#open.addManifest(state);
  }

  /** Takes a whole text as the file's. Where the task already follows the file, what changed unseen becomes an edit. */
  #adopt(state: FileState, text: string): void {
    if (this.#task?.follows(state)) this.#disk(state, text);
    else {
      state.lost = false;
      state.document = new RawDocument(text);
    }
  }

  /** What no editor told becomes an edit by whoever wrote the file. */
  #disk(state: FileState, text: string): void {
    state.lost = false;
    state.document ??= new RawDocument(text);
    const changes = changesBetween(state.document.rawText(), text);
    if (changes.length > 0) this.#change(state, { ...unseen, t: this.#now, changes }, state.document);
  }

  #edit(event: SessionEventOf<'edit'>): void {
    const state = this.#files.of(event);
    if (state.document && !state.lost) this.#change(state, event, state.document, event);
    else this.#lose(state, `edit at t=${event.t} changes document ${event.doc}, whose text is unknown`);
  }

  /** @param told the event, where an editor told of the change. */
  #change(state: FileState, edit: EditFacts, document: RawDocument, told: SessionEventOf<'edit'> | null = null): void {
    const seen = seeEdit(edit, document, this.#open.index(state, 'edited'), state.diagnosed);
    state.diagnosed = [];
    const selections =
      edit.selections?.map(({ anchor, active }) => ({
        anchor: document.codePointOffset(anchor),
        active: document.codePointOffset(active),
      })) ?? null;
    const changes: Change<string>[] = [];
    for (const { offset, length, text } of fromTheEnd(edit.changes)) {
      try {
        changes.push(document.replace(offset, length, text));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        this.#lose(state, `edit at t=${edit.t} of document ${told?.doc}: ${error.message}`);
        break;
      }
    }
    if (changes.length === 0) return;
    const step: EditStep<string> = {
      kind: 'edit',
      t: edit.t,
      file: this.#open.index(state, 'edited'),
      origin: 'unknown',
      originConfidence: null,
      selections,
      visible: edit.visible,
      changes,
    };
    this.#open.push(step);
    this.#open.judge(seen, step, told);
  }

  #lose(state: FileState, fault: string): void {
    if (state.lost) return;
    state.lost = true;
    this.#history.faults.push(fault);
    this.#open.gap('resync');
  }

  #resync(event: SessionEventOf<'resync'>): void {
    const state = this.#files.of(event);
    if (!state.document) {
      this.#adopt(state, event.text);
      return;
    }
    state.lost = false;
    const file = this.#open.index(state, 'edited');
    const changes = [state.document.replace(0, state.document.rawText().length, event.text)];
    this.#open.gap('resync');
    this.#open.push({ kind: 'resync', t: event.t, file, changes });
  }

  #fileOperation(event: SessionEventOf<'file'>): void {
    const { action, path } = event;
    const isKnown = action !== 'create' || isNotebook(path);
    const state = isKnown ? this.#files.byPath(path) : this.#files.at(path);
    const before = action === 'create' ? state?.document?.rawText() : undefined;
    if (action === 'create' && state) {
      state.created = !this.#task?.follows(state);
      if (state.created) state.document = new RawDocument('');
    }
    this.#open.push({
      kind: 'file',
      t: event.t,
      action,
      file: state ? this.#operatedFile(state, action) : null,
      path: path.toWellFormed(),
      to: event.to?.toWellFormed() ?? null,
    });
    if (before && state) this.#adopt(state, before);
    if (action === 'delete') {
      for (const cell of this.#files.cellsOf(path)) this.#fileOperation({ ...event, path: cell.path });
      this.#files.delete(path);
    }
    if (action === 'rename' && event.to) this.#files.rename(path, event.to);
  }

  /** A rename alone, or the end of a file whose text was never seen, changes no text that the task follows. */
  #operatedFile(state: FileState, action: SessionEventOf<'file'>['action']): number | null {
    if (action !== 'rename' && state.document) return this.#open.index(state, 'edited');
    return this.#open.indexOf(state);
  }

  #view(event: SessionEventOf<'view'>): void {
    const state = this.#files.of(event);
    const { document, lost } = state;
    if (!document || lost) return;
    const { t, reason, visible } = event;
    const cursors = event.cursors.map((cursor) => document.codePointOffset(cursor));
    const selections = cursors.map((cursor) => ({ anchor: cursor, active: cursor }));
    const file = this.#open.look(state);
    this.#open.push({ kind: 'view', t, file, reason, selections, visible, excerpts: [] });
  }

  #diagnostics(event: SessionEventOf<'diagnostics'>): void {
    const state = this.#files.of(event);
    const { document } = state;
    if (!document || state.lost) return;
    state.diagnosed = event.items;
    this.#open.push({
      kind: 'diagnostics',
      t: event.t,
      file: this.#open.index(state, 'viewed'),
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
    const { event, output, reported } = command;
    if (isGitCommand(event.line)) this.#open.see({ kind: 'git', t: this.#now });
    const outputStatus = end?.output_status ?? (event.observed ? 'incomplete' : 'unobserved');
    this.#open.push({
      kind: 'command',
      t: this.#now,
      start: event.t,
      line: event.line.toWellFormed(),
      cwd: event.cwd?.toWellFormed() ?? null,
      exitCode: end?.exit_code ?? null,
      output: outputStatus === 'unobserved' ? null : output.join('').toWellFormed(),
      columns: event.columns,
      outputStatus,
      outputBytes: end?.output_bytes ?? null,
      reported,
    });
  }

  #debug({ t, action, message, path, line, exit_code }: SessionEventOf<'debug'>): void {
    this.#open.push({
      kind: 'debug',
      t,
      action,
      message: message?.toWellFormed() ?? null,
      file: path === null ? null : this.#open.indexOf(this.#files.byPath(path)),
      path: path?.toWellFormed() ?? null,
      line,
      exitCode: exit_code,
    });
  }

  /** What ran must be known: the cell's text stands in the record, also where it was not edited. */
  #cellRun(event: SessionEventOf<'cell_run'>): void {
    const state = this.#files.of(event);
    if (!state.document || state.lost) return;
    this.#open.push({
      kind: 'cell_run',
      t: event.t,
      start: event.duration === null ? null : event.t - event.duration,
      file: this.#open.index(state, 'edited'),
      exitCode: event.success === null ? null : event.success ? 0 : 1,
      output: event.output.toWellFormed(),
      columns: null,
      outputStatus: event.output_status,
      outputBytes: event.output_bytes,
    });
  }

  #git(event: SessionEventOf<'git'>): void {
    this.#open.push({
      kind: 'git',
      t: event.t,
      action: event.action,
      message: event.message?.toWellFormed() ?? null,
      branch: event.branch?.toWellFormed() ?? null,
      paths: event.paths.map((path) => path.toWellFormed()),
    });
  }

  /** Ends the open task, if one is. */
  close(end: TaskEnd): void {
    for (const id of [...this.#commands.keys()]) this.#endCommand(id, null);
    const done = this.#open.end(this.#onVerdict);
    this.#files.settle();
    this.#task = null;
    if (!done) return;
    this.#history.tasks.push({
      ...done,
      end,
      platform: this.#session?.platform ?? 'other',
      vscodeVersion: this.#session?.vscode_version ?? null,
      license: this.#session?.license ?? null,
      repository: this.#repository,
    });
  }
}

function reportOf({ results, complete }: SessionEventOf<'test_report'>): TestReport<string> {
  return { results: results.map(({ name, status }) => ({ name: name.toWellFormed(), status })), complete };
}
