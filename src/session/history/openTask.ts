import { attribute, type Verdict } from '../attribution/attribute.ts';
import type { EditSeen, Seen } from '../attribution/seen.ts';
import type { SessionEventOf } from '../events.ts';
import type { EditStep, Task, TaskFile, TaskStep } from '../task.ts';
import type { FileState } from './files.ts';

/** How an edit was judged, for whoever measures it. */
export type OnVerdict = (edit: SessionEventOf<'edit'>, verdict: Verdict) => void;

/** A task while its events come in. */
export class OpenTask {
  instruction: Task<string>['instruction'] = null;
  readonly startedAt: number;
  readonly #entries = new Map<FileState, { index: number; edited: boolean }>();
  readonly #files: TaskFile<string>[] = [];
  readonly #steps: TaskStep<string>[] = [];
  readonly #gaps: Task<string>['gaps'] = [];
  /** What the origin of each edit is judged by, once the task is over. */
  readonly #seen: Seen[];
  readonly #judged = new Map<EditSeen, { event: SessionEventOf<'edit'> | null; step: EditStep<string> }>();
  readonly #manifests = new Set<FileState>();
  /** The last edit of each document, for the signs that follow it. */
  readonly #lastEdits = new Map<number, EditSeen>();

  /** @param seen what was seen before it opened. */
  constructor(startedAt: number, seen: Seen[]) {
    this.startedAt = startedAt;
    this.#seen = seen;
  }

  /** A file that stands with its text behind those that the task touches, whether it is touched or not. */
  addManifest(state: FileState): void {
    this.#manifests.add(state);
  }

  /** Index among the task's files. The text as it stands when first changed is the base. */
  index(state: FileState, change: 'edited' | 'viewed'): number {
    let entry = this.#entries.get(state);
    if (!entry) {
      entry = { index: this.#files.length, edited: false };
      this.#entries.set(state, entry);
      const { path, language, encoding, eol } = state;
      this.#files.push({ path: path.toWellFormed(), language, encoding, eol, base: null, final: null });
    }
    if (change === 'edited' && !entry.edited) {
      entry.edited = true;
      this.#files[entry.index].base = state.created ? null : (state.document?.text() ?? null);
    }
    return entry.index;
  }

  /** Index of a file in which the person looked at lines. From now on its text changes by edits alone. */
  look(state: FileState): number {
    const index = this.index(state, 'viewed');
    if (!this.hasEdited(state)) this.#files[index].seen ??= state.document?.text();
    return index;
  }

  /** Null for a file that the task does not touch. */
  indexOf(state: FileState | undefined): number | null {
    return (state && this.#entries.get(state)?.index) ?? null;
  }

  hasEdited(state: FileState): boolean {
    return this.#entries.get(state)?.edited ?? false;
  }

  /** Whether the task holds the file's text: every change of it must be told. */
  follows(state: FileState): boolean {
    const entry = this.#entries.get(state);
    return entry !== undefined && (entry.edited || this.#files[entry.index].seen !== undefined);
  }

  push(step: TaskStep<string>): void {
    this.#steps.push(step);
  }

  gap(reason: SessionEventOf<'gap'>['reason']): void {
    this.#gaps.push({ afterStep: this.#steps.length - 1, reason });
  }

  see(seen: Seen): void {
    this.#seen.push(seen);
  }

  /** The origin of the step follows when the task ends. @param event null where no editor told of the edit. */
  judge(seen: EditSeen, step: EditStep<string>, event: SessionEventOf<'edit'> | null): void {
    this.#seen.push(seen);
    this.#judged.set(seen, { event, step });
    if (event) this.#lastEdits.set(event.doc, seen);
  }

  /** The edit of which a sign speaks, if it is the document's last one. */
  lastEdit({ doc, version }: SessionEventOf<'sign'>): EditSeen | null {
    const edit = this.#lastEdits.get(doc);
    return edit?.version === version ? edit : null;
  }

  /** @returns null when nothing was done in it but looking. */
  end(onVerdict: OnVerdict): Pick<Task<string>, 'instruction' | 'files' | 'steps' | 'gaps' | 'startedAt'> | null {
    const verdicts = attribute(this.#seen);
    for (const [edit, { event, step }] of this.#judged) {
      const verdict = verdicts.get(edit) as Verdict;
      step.origin = verdict.origin;
      step.originConfidence = verdict.originConfidence;
      if (event) onVerdict(event, verdict);
    }
    for (const state of this.#manifests) if (state.document) this.index(state, 'edited');
    for (const [state, { index, edited }] of this.#entries) {
      const file = this.#files[index];
      if (edited) file.final = state.document?.text() ?? null;
      // Of a file that was created they are known only when it is opened.
      file.language ??= state.language;
      file.encoding ??= state.encoding;
      file.eol ??= state.eol;
    }
    if (this.#steps.every(({ kind }) => kind === 'view')) return null;
    const { instruction, startedAt } = this;
    return { instruction, files: this.#files, steps: this.#steps, gaps: this.#gaps, startedAt };
  }
}
