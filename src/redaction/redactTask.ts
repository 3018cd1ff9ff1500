/**
 * Redacts one task: every version of every file, and every other text of it, as one history.
 *
 * Values found in one place are looked for in all others, so nothing can be redacted by itself; see `redactHistories` for the
 * steps.
 */
import type { KnownValue } from '../session/events.ts';
import type { Change, CommandStep, Task, TaskFile, TaskStep } from '../session/task.ts';
import { type ClockWindow, maskClocks } from './clockValues.ts';
import { contextOfFile } from './context.ts';
import { detectorVersion } from './detectors/detect.ts';
import type { Context } from './detectors/rule.ts';
import type { Dictionary } from './dictionary/dictionary.ts';
import { excerptsOf } from './excerpts.ts';
import { Atoms } from './history/atoms.ts';
import { EditEmitter, type Emitter } from './history/emit.ts';
import { TextHistory } from './history/textHistory.ts';
import { mint } from './mint.ts';
import type { Redacted } from './redacted.ts';
import { type Covered, type PlaceholderOptions, redactHistories } from './redactHistories.ts';
import { headAndTail, outputLimit, renderTerminal } from './terminalText.ts';

export interface Redaction {
  task: Task<Redacted>;
  detectorVersion: string;
  placeholders: Covered[];
  /** What the record's bytes must not hold. */
  dictionary: Dictionary;
  /** What the rules found, to look for elsewhere. */
  found: KnownValue[];
}

/** @param known values to look for besides those that the rules find. */
export async function redactTask(
  raw: Task<string>,
  known: readonly KnownValue[],
  options: PlaceholderOptions = {},
): Promise<Redaction> {
  const task = await withRenderedOutput(raw);
  const atoms = new Atoms();
  const texts = gather(task, atoms);
  const { emitter, covered, dictionary, found } = redactHistories([...texts.all()], atoms, known, options);
  return { task: emit(task, texts, emitter), detectorVersion, placeholders: covered(), dictionary, found };
}

/** When the task was recorded. */
export function clockWindow({ startedAt, steps }: Task<string>): ClockWindow {
  return { from: startedAt, to: Math.max(startedAt, ...steps.slice(-1).map(({ t }) => t)) };
}

async function withRenderedOutput(task: Task<string>): Promise<Task<string>> {
  const steps: TaskStep<string>[] = [];
  const window = clockWindow(task);
  const render = async (text: string, columns: number | null) =>
    maskClocks(await renderTerminal(text, columns), window);
  for (const step of task.steps) {
    if (step.kind === 'command' || step.kind === 'cell_run') {
      const output = step.output === null ? null : await render(step.output, step.columns);
      steps.push(step.kind === 'command' ? { ...maskedCommand(step, window), output } : { ...step, output });
    } else if (step.kind === 'debug' && step.message !== null)
      steps.push({ ...step, message: await render(step.message, null) });
    else steps.push(step);
  }
  return { ...task, steps };
}

function maskedCommand(step: CommandStep<string>, window: ClockWindow): CommandStep<string> {
  const results = step.reported?.results.map(({ name, status }) => ({ name: maskClocks(name, window), status }));
  return {
    ...step,
    line: maskClocks(step.line, window),
    reported: step.reported && { ...step.reported, results: results ?? [] },
  };
}

/** The task's texts as histories: one a file, and one a distinct other text. */
interface Texts {
  files: TextHistory[];
  /** The edits of each edit and resync step, as the file's history has them. */
  edits: Map<TaskStep<string>, TextHistory['edits']>;
  stream(text: string, context: Context): TextHistory;
  all(): Iterable<TextHistory>;
}

function gather(task: Task<string>, atoms: Atoms): Texts {
  const streams = new Map<string, TextHistory>();
  const stream = (text: string, context: Context) => {
    const key = `${context} ${text}`;
    let history = streams.get(key);
    if (!history) {
      history = new TextHistory(atoms, text, context);
      streams.set(key, history);
    }
    return history;
  };
  const files = task.files.map((file) => new TextHistory(atoms, file.base ?? file.seen ?? '', contextOfFile(file)));
  const edits: Texts['edits'] = new Map();
  for (const step of task.steps) {
    if (step.kind !== 'edit' && step.kind !== 'resync') continue;
    const revives = step.kind === 'edit' && (step.origin === 'undo' || step.origin === 'redo');
    edits.set(
      step,
      step.changes.map((change) => files[step.file].edit(change, revives)),
    );
  }
  const texts: Texts = { files, edits, stream, all: () => [...files, ...streams.values()] };
  // Emitting to nowhere visits every other text once and so collects the streams.
  mapTexts(task, (text, context) => {
    stream(text, context);
    return mint('');
  });
  return texts;
}

type FileText = 'edit' | 'resync' | 'view';
/** What tells of a file's own text is emitted from the file's history. */
type MappedStep = Extract<TaskStep<string>, { kind: FileText }> | Exclude<TaskStep<Redacted>, { kind: FileText }>;

type MapText = (text: string, context: Context) => Redacted;

function mapOptional(text: string | null, context: Context, map: MapText): Redacted | null {
  return text === null ? null : map(text, context);
}

/** Applies `map` to every text of a task but the files' own texts, changes and lines. */
function mapTexts(task: Task<string>, map: MapText) {
  return {
    paths: task.files.map((file) => map(file.path, 'source')),
    instruction: task.instruction && { ...task.instruction, text: map(task.instruction.text, 'terminal') },
    license: task.license && { ...task.license, file: map(task.license.file, 'source') },
    address: mapOptional(task.repository?.address ?? null, 'source', map),
    steps: task.steps.map((step) => mapStep(step, map)),
  };
}

function mapStep(step: TaskStep<string>, map: MapText): MappedStep {
  switch (step.kind) {
    case 'edit':
    case 'resync':
    case 'view':
      return step;
    case 'command': {
      const output = mapOptional(step.output, 'terminal', map);
      const reported = step.reported && {
        ...step.reported,
        results: step.reported.results.map(({ name, status }) => ({ name: map(name, 'source'), status })),
      };
      return { ...step, line: map(step.line, 'terminal'), cwd: mapOptional(step.cwd, 'source', map), output, reported };
    }
    case 'debug': {
      const path = mapOptional(step.path, 'source', map);
      return { ...step, message: mapOptional(step.message, 'terminal', map), path };
    }
    case 'cell_run':
      return { ...step, output: mapOptional(step.output, 'terminal', map) };
    case 'diagnostics':
      return {
        ...step,
        items: step.items.map((item) => ({
          ...item,
          source: mapOptional(item.source, 'source', map),
          code: mapOptional(item.code, 'source', map),
          message: map(item.message, 'terminal'),
        })),
      };
    case 'file':
      return { ...step, path: map(step.path, 'source'), to: mapOptional(step.to, 'source', map) };
    case 'git':
      return {
        ...step,
        message: mapOptional(step.message, 'terminal', map),
        branch: mapOptional(step.branch, 'source', map),
        paths: step.paths.map((path) => map(path, 'source')),
      };
  }
}

/** In the order of the record: files as they begin, then the steps; placeholders are numbered on the way. */
function emit(task: Task<string>, texts: Texts, emitter: Emitter): Task<Redacted> {
  const bases = task.files.map(({ base }, i) => (base === null ? null : emitter.text(texts.files[i].base)));
  const editors = texts.files.map((history) => new EditEmitter(history, emitter));
  const others = mapTexts(task, (text, context) => emitter.text(texts.stream(text, context).base));

  // An address of which something had to be taken out leads nowhere, and no commit is to be found there.
  const isWhole = others.address === task.repository?.address;
  const address = isWhole ? others.address : null;
  const repository = task.repository && { ...task.repository, address, commit: address && task.repository.commit };

  const changes = (step: TaskStep<string>, editor: EditEmitter): Change<Redacted>[] =>
    (texts.edits.get(step) ?? []).map((edit) => editor.edit(edit)).filter((change) => change !== null);

  const steps = others.steps.map((step, i): TaskStep<Redacted> => {
    const source = task.steps[i];
    switch (step.kind) {
      case 'edit': {
        const editor = editors[step.file];
        const selections = step.selections?.map((selection) => editor.selection(selection)) ?? null;
        const visible = step.visible?.map((range) => editor.lines(range)) ?? null;
        return { ...step, selections, visible, changes: changes(source, editor) };
      }
      case 'resync':
        return { ...step, changes: changes(source, editors[step.file]) };
      case 'view': {
        const editor = editors[step.file];
        const selections = step.selections.map((selection) => editor.selection(selection));
        const visible = step.visible.map((range) => editor.lines(range));
        return { ...step, selections, visible, excerpts: excerptsOf(editor.text(), visible) };
      }
      case 'diagnostics': {
        const editor = editors[step.file];
        return {
          ...step,
          items: step.items.map((item) => ({
            ...item,
            start: editor.position(item.start),
            end: editor.position(item.end),
          })),
        };
      }
      case 'debug': {
        const { file, line } = step;
        if (file === null || line === null) return step;
        return { ...step, line: editors[file].lines({ start: line, end: line }).start };
      }
      case 'command':
      case 'cell_run':
        return withinLimit(step);
      default:
        return step;
    }
  });

  const files = task.files.map(
    ({ seen: _, ...file }, i): TaskFile<Redacted> => ({
      ...file,
      path: others.paths[i],
      base: bases[i],
      final: file.final === null ? null : editors[i].text(),
    }),
  );
  return { ...task, files, steps, instruction: others.instruction, license: others.license, repository };
}

type RunStep = Extract<TaskStep<Redacted>, { kind: 'command' | 'cell_run' }>;

function withinLimit<Step extends RunStep>(step: Step): Step {
  if (step.output === null) return step;
  const bytes = Buffer.byteLength(step.output);
  const isCut = bytes > outputLimit;
  return {
    ...step,
    output: isCut ? mint(headAndTail(step.output, outputLimit, Buffer.byteLength)) : step.output,
    outputBytes: step.outputStatus === 'truncated' ? null : bytes,
    outputStatus: isCut && step.outputStatus === 'complete' ? 'truncated' : step.outputStatus,
  };
}
