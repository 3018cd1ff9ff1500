/**
 * A record as what an agent would have done: one action after the other, each with the calls that make it.
 *
 * Consecutive edits of one place in one file are one action, with nothing between them but what the editor says of
 * errors. No action holds anything of a step behind its last one, so that what stands in front of it could be known.
 */
import { deriveText } from '../redaction/derive.ts';
import type { Redacted } from '../redaction/redacted.ts';
import { FilePaths } from '../trajectory/filePaths.ts';
import { FileStates } from '../trajectory/fileStates.ts';
import { sha256 } from '../trajectory/hashes.ts';
import { hullOf } from '../trajectory/hull.ts';
import type { Step, Trajectory } from '../trajectory/record.ts';
import { type Call, editCalls, numbered, viewCall } from './editCalls.ts';
import { type FileLine, joined, linesAfter, linesOf } from './fileLines.ts';
import { OwnText } from './ownText.ts';
import type { ToolFunction } from './tools.ts';

export interface Action {
  kind: 'edit' | 'run' | 'view' | 'move' | 'delete';
  /** The file that it changes. */
  file: number | null;
  /** First and last step. */
  start: number;
  end: number;
  calls: Call[];
  origins: NonNullable<Step['origin']>[];
  /** What it led to is an error, as far as an exit code tells. */
  error: boolean;
  /** It changes nothing but texts that are known. */
  harmless: boolean;
  /** Fingerprints of the file's text before and after it. */
  before: string | null;
  after: string | null;
  /** That of all files after it. */
  state: string;
}

/** Code points between two edits that are one place. */
const near = 160;
/** Errors that are told at once. */
const mostErrors = 20;

export interface Actions {
  /** Fingerprint of all files before the first. */
  state: string;
  actions: Action[];
}

export function actionsOf(record: Trajectory): Actions {
  const walk = new Walk(record);
  const state = walk.state();
  for (const step of record.steps) walk.step(step);
  return { state, actions: walk.end() };
}

/** Edits of one place that are not over. */
interface Place {
  file: number;
  path: Redacted;
  before: FileLine[] | null;
  /** The region that they changed, as it stands. */
  start: number;
  end: number;
  first: Step;
  last: Step;
  origins: Set<NonNullable<Step['origin']>>;
  visible: Step['visible_lines'];
  errors: Redacted | null;
  own: boolean;
}

class Walk {
  readonly #actions: Action[] = [];
  readonly #states: FileStates;
  readonly #own: OwnText;
  readonly #paths: FilePaths;
  readonly #texts: (string | null)[];
  readonly #languages: (string | null)[];
  /** Lines of the files as they stood when they were last read. */
  readonly #lines = new Map<number, FileLine[]>();
  /** Errors that the editor shows in each file as it stands. */
  readonly #errors = new Map<number, Redacted>();
  /** Files whose errors were told since the last edit, and the step that told them. */
  readonly #news = new Map<number, Pick<Step, 'index'>>();
  #place: Place | null = null;

  constructor({ files }: Trajectory) {
    const bases = files.map(({ base_text }) => base_text);
    this.#states = new FileStates(bases);
    this.#own = new OwnText(bases);
    this.#paths = new FilePaths(files.map(({ path }) => path));
    this.#texts = bases.map((base) => sha256(base));
    this.#languages = files.map(({ language }) => language);
  }

  /** Fingerprint of all files as they stand after the last action. */
  state(): string {
    return sha256(JSON.stringify(this.#texts.map((text, file) => [text, this.#paths.of(file)])));
  }

  end(): Action[] {
    this.#close();
    return this.#actions;
  }

  step(step: Step): void {
    if (step.kind === 'diagnostics') {
      this.#report(step);
      return;
    }
    if (step.file_id !== null && changesPlace(step, this.#states)) {
      this.#edit(step, step.file_id);
      return;
    }
    this.#close();
    if (step.kind === 'view') this.#view(step);
    else if (step.kind === 'command' && step.file_id !== null) this.#runCell(step, step.file_id);
    else if (step.kind === 'command' || step.kind === 'test') this.#run(step);
    else if (step.kind === 'file') this.#operate(step);
  }

  #report(step: Step): void {
    const { file_id: file, diagnostics } = step;
    if (file === null) return;
    const errors = diagnostics.filter(({ severity }) => severity === 'error').slice(0, mostErrors);
    const told = errors.map(({ start, message, source, code }) => {
      const line = lineAt(this.#states, file, start);
      const parts = [this.#paths.of(file), message, source ?? ('' as Redacted), code ?? ('' as Redacted)] as const;
      return deriveText(
        (path, words, tool, sign) => {
          const by = [tool, sign].filter(Boolean).join(' ');
          return `${path}${line === null ? '' : `:${line}`}: error: ${words}${by && ` (${by})`}`;
        },
        ...parts,
      );
    });
    if (told.length > 0) {
      const all = deriveText((...lines) => ['Errors that the editor shows:', ...lines].join('\n'), ...told);
      this.#errors.set(file, all);
      this.#news.set(file, step);
    } else {
      this.#errors.delete(file);
      this.#news.delete(file);
    }
  }

  #edit(step: Step, file: number): void {
    const hull = step.changes.length > 0 ? hullOf(step.changes) : { start: 0, deleted: 0, inserted: 0 };
    const open = this.#place;
    const isSame =
      open?.file === file && hull.start <= open.end + near && hull.start + hull.deleted >= open.start - near;
    if (!isSame) this.#close();
    this.#place ??= {
      file,
      path: this.#paths.of(file),
      before: this.#linesOf(file),
      start: hull.start,
      end: hull.start + hull.deleted,
      first: step,
      last: step,
      origins: new Set(),
      visible: step.visible_lines,
      errors: this.#errors.get(file) ?? null,
      own: true,
    };
    const place = this.#place;
    place.start = Math.min(place.start, hull.start);
    place.end = Math.max(place.end, hull.start + hull.deleted) + hull.inserted - hull.deleted;
    place.last = step;
    if (step.kind !== 'file') {
      place.origins.add(step.origin ?? 'unknown');
      place.own &&= this.#own.isOwn(step);
    }
    this.#apply(step);
    this.#errors.delete(file);
    this.#news.clear();
  }

  #close(): void {
    const place = this.#place;
    if (!place) return;
    this.#place = null;
    const { file, first, last, origins } = place;
    const after = linesAfter(place.before ?? [], place, this.#states, this.#own, file);
    this.#lines.set(file, after);
    const calls = editCalls({ ...place, after });
    const answer = calls.at(-1);
    if (!answer) return;
    const news = [...this.#news.keys()].map((one) => this.#errors.get(one)).filter((told) => told !== undefined);
    answer.content = deriveText((...parts) => parts.join('\n\n'), answer.content, ...news);
    const end = [last, ...this.#news.values()].reduce((one, other) => (other.index > one.index ? other : one));
    this.#push({
      kind: 'edit',
      file,
      steps: [first, end],
      calls,
      origins: [...origins],
      after: sha256(joined(after)),
    });
  }

  /** What was looked at, as far as the lines are known. */
  #view({ file_id: file, visible_lines, excerpts, index }: Step): void {
    if (file === null) return;
    const lines = this.#linesOf(file);
    const calls = visible_lines.flatMap(({ start, end }, i): Call[] => {
      const known = lines?.slice(start, end + 1);
      const excerpt = excerpts.at(i);
      // Lines are made of redacted texts alone.
      const text = known ? deriveText(() => joined(known)) : excerpt?.text;
      if (text === undefined || text === '') return [];
      const shown = known?.length ?? text.split('\n').length;
      const call = viewCall(this.#paths.of(file), start, start + shown);
      return [{ function: call, content: numbered(text, start), synthetic: false, own: true }];
    });
    if (calls.length > 0) this.#push({ kind: 'view', steps: [{ index }, { index }], calls });
  }

  /** Commands whose text or output was not recorded would teach to make up both. */
  #run(step: Step): void {
    const { kind, command, cwd, output, exit_code } = step;
    if (command === null || output === null) return;
    const told = hasFailed(step) ? `\n[exit code ${exit_code}]` : '';
    const content = deriveText((text) => text + told, output);
    const call: Call = { function: bash(inFolder(command, cwd)), content, synthetic: false, own: true };
    this.#push({ kind: 'run', steps: [step, step], calls: [call], error: hasFailed(step), harmless: kind === 'test' });
  }

  /** The tool has Python's kernel; nobody typed the code of a cell to run it, so that it is own where its text is. */
  #runCell(step: Step, file: number): void {
    const lines = this.#linesOf(file);
    if (this.#languages[file] !== 'python' || !lines || step.output === null) return;
    const code = deriveText(() => joined(lines));
    const own = lines.every(({ foreign }) => !foreign);
    const call: Call = {
      function: { name: 'execute_ipython_cell', arguments: { code } },
      content: step.output,
      synthetic: false,
      own,
    };
    this.#push({ kind: 'run', steps: [step, step], calls: [call], error: hasFailed(step), harmless: false });
  }

  /** Files that the task does not hold are not followed. */
  #operate(step: Step): void {
    const { action, file_id: file } = step;
    const command = (line: Redacted): Call => {
      return { function: bash(line), content: deriveText(() => ''), synthetic: true, own: true };
    };
    if (action === 'delete' && file !== null && this.#states.points(file)) {
      const line = deriveText((path) => `rm -f ${quoted(path)}`, this.#paths.of(file));
      this.#apply(step);
      this.#lines.delete(file);
      this.#push({ kind: 'delete', file, steps: [step, step], calls: [command(line)], after: null });
      return;
    }
    const files = this.#texts.map((_, one) => one).filter((one) => this.#states.points(one));
    const before = files.map((one) => this.#paths.of(one));
    this.#apply(step);
    const moved = files.flatMap((one, i) => {
      const now = this.#paths.of(one);
      return now === before[i] ? [] : [command(deriveText(moveLine, before[i], now))];
    });
    if (moved.length > 0) this.#push({ kind: 'move', steps: [step, step], calls: moved });
  }

  /** Null where the file is absent. No edit is open when they are asked for. */
  #linesOf(file: number): FileLine[] | null {
    if (!this.#states.points(file)) return null;
    const lines = this.#lines.get(file) ?? linesOf(this.#states, this.#own, file) ?? [];
    this.#lines.set(file, lines);
    return lines;
  }

  #apply(step: Step): void {
    this.#states.apply(step);
    this.#own.apply(step);
    this.#paths.apply(step);
  }

  #push(
    action: Pick<Action, 'kind' | 'calls'> &
      Partial<Action> & { steps: readonly [Pick<Step, 'index'>, Pick<Step, 'index'>] },
  ): void {
    const { kind, file = null, calls, origins = [], error = false, harmless = true, after = null } = action;
    const before = file === null ? null : this.#texts[file];
    if (file !== null) this.#texts[file] = after;
    const [start, end] = action.steps.map(({ index }) => index);
    const state = this.state();
    this.#actions.push({ kind, file, start, end, calls, origins, error, harmless, before, after, state });
  }
}

/** Whether a step changes a text in a place: what it does to a text that is not there is the making of the file. */
function changesPlace({ kind, action, file_id, changes }: Step, states: FileStates): boolean {
  if (changes.length > 0) return true;
  const creates = kind === 'resync' || (kind === 'file' && action === 'create');
  return creates && states.points(file_id as number) === null;
}

function hasFailed({ exit_code }: Step): boolean {
  return exit_code !== null && exit_code !== 0;
}

const newline = 10;

/** Number of the line at an offset, from 1; null where the text is not known. */
function lineAt(states: FileStates, file: number, offset: number): number | null {
  const points = states.points(file);
  if (!points) return null;
  let line = 1;
  for (let i = 0; i < Math.min(offset, points.length); i++) if (points.at(i) === newline) line++;
  return line;
}

function bash(command: Redacted): ToolFunction {
  return { name: 'execute_bash', arguments: { command } };
}

/** In a shell of its own, so that the working directory stays. */
function inFolder(command: Redacted, cwd: Redacted | null): Redacted {
  if (cwd === null || cwd === '.') return command;
  return deriveText((line, folder) => `(cd ${quoted(folder)} && ${line})`, command, cwd);
}

function moveLine(from: string, to: string): string {
  const folder = to.slice(0, to.lastIndexOf('/') + 1);
  return `${folder && `mkdir -p ${quoted(folder)} && `}mv -f ${quoted(from)} ${quoted(to)}`;
}

/** A word of a shell. */
function quoted(word: string): string {
  return /^[\w./@+][\w./@+-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
