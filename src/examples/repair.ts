/**
 * `repair`: from an error to the patch that the person made of it.
 *
 * An error is a test, build or lint command that failed, or what the editor reports on a file that nobody is in the
 * middle of changing. `input` stands still at the texts that the error is about; the patch goes up to where the same
 * command ran again, or the editor reported again. `afterwards.verified` says what shows that it is mended: the same command is
 * green, or the error is gone for good while the file is open, nothing flickers, and only the patch lies between. Else it is
 * `none`, and the patch one that may not do. A patch that is not the person's own work, holds a placeholder, or is of a
 * notebook, whose cells are no files, is left out.
 */
import * as z from 'zod';
import { deriveText } from '../redaction/derive.ts';
import { notebookOf } from '../session/cellPath.ts';
import { FilePaths } from '../trajectory/filePaths.ts';
import { FileStates } from '../trajectory/fileStates.ts';
import { netPatch } from '../trajectory/netPatch.ts';
import { diagnostic, origin, type Step, step, type Trajectory, text } from '../trajectory/record.ts';
import { type FileLine, hunksOf, joined, linesOf } from './fileLines.ts';
import { type Mending, mendingsOf } from './mending.ts';
import { OwnText } from './ownText.ts';
import { promptColumns, promptLengths, promptLengthsOf, repairPrompt } from './prompt.ts';
import { fits, headOf, rowHead } from './row.ts';

/** Characters of the files in the input. */
const mostCharacters = 100_000;
/** Lines of context in a patch. */
const context = 3;

const file = z.strictObject({ path: text, text });

const repair = z.strictObject({
  ...rowHead('2'),
  ...promptColumns,
  input: z
    .strictObject({
      kind: z
        .enum(['test', 'build', 'diagnostic'])
        .describe('what shows the error; build: linters and type checkers too'),
      instruction: text.nullable().describe("the person's own words, when they were given before"),
      command: text.nullable().describe('null for a diagnostic'),
      cwd: text.nullable(),
      exit_code: z.int().nullable(),
      output: text.nullable(),
      output_status: step.shape.output_status,
      failed_tests: z.array(text).describe('by name, as far as the output tells them'),
      path: text.nullable().describe('the file of the diagnostics; null for a command'),
      diagnostics: z.array(diagnostic).describe('all of that file, at this version; empty for a command'),
      files: z
        .array(file)
        .describe(
          'texts as they stood then: first of the files that the output names, then of those that the task had come to, the latest first, as many as fit 100,000 characters; the record holds no others',
        ),
    })
    .describe('what could be known when the error showed'),
  target: z
    .strictObject({ patch: text.describe('unified diff for git apply, over all files'), paths: z.array(text) })
    .describe('what the person did'),
  hidden_files: z
    .array(file)
    .describe(
      'the other files that the patch changes, as they stood then: nothing that was known pointed to them (or they did not fit), so that showing them tells where the mistake is',
    ),
  afterwards: z
    .strictObject({
      verified: z
        .enum(['test', 'build', 'diagnostic', 'none'])
        .describe(
          'test, build: the same command failed, then passed, does not flicker, and nothing but the patch lies between; diagnostic: the error is gone for good with an edit of its file, which was still open; none: not shown, and mostly not so',
        ),
      mended: z.array(text).describe('tests by name, or errors, that are known to be mended'),
      next_exit_code: z.int().nullable().describe('of the next run of the command; null for a diagnostic'),
      origins: z.array(origin).describe('of the edits in the patch'),
    })
    .describe('known only afterwards: never part of a prompt'),
  lengths: promptLengths,
});
export type Repair = z.infer<typeof repair>;

function derive(record: Trajectory): Repair[] {
  const walk = new Walk(record);
  const mendings = mendingsOf(record);
  const before = new Map<Mending, Files>();
  const rows: { at: number; row: Repair }[] = [];
  for (const step of record.steps) {
    for (const [at, mending] of mendings.entries()) {
      if (mending.from === step) before.set(mending, walk.files());
      const then = before.get(mending);
      if (mending.to !== step || !then) continue;
      before.delete(mending);
      const row = walk.isOwnSince(mending.from) ? rowOf(record, mending, then, walk.files()) : null;
      if (row && fits(row)) rows.push({ at, row });
    }
    walk.step(step);
  }
  return rows.sort((a, b) => a.at - b.at).map(({ row }) => row);
}

/** All files at one point, by number. */
type Files = { path: Repair['target']['patch']; lines: FileLine[] | null }[];

/** Moves the files on; what did not change is the same object. */
class Walk {
  readonly #states: FileStates;
  readonly #own: OwnText;
  readonly #paths: FilePaths;
  readonly #lines = new Map<number, FileLine[] | null>();
  readonly #numbers: number[];
  /** Steps in which somebody else changed a text. */
  readonly #foreign: number[] = [];

  constructor({ files }: Trajectory) {
    const bases = files.map(({ base_text }) => base_text);
    this.#states = new FileStates(bases);
    this.#own = new OwnText(bases);
    this.#paths = new FilePaths(files.map(({ path }) => path));
    this.#numbers = files.map(({ file_id }) => file_id);
  }

  step(step: Step): void {
    const { file_id: file, kind, changes } = step;
    if (changes.length > 0 && !this.#own.isOwn(step)) this.#foreign.push(step.index);
    this.#states.apply(step);
    this.#own.apply(step);
    this.#paths.apply(step);
    if (file !== null && (kind === 'file' || kind === 'resync' || changes.length > 0)) this.#lines.delete(file);
  }

  /** Whether nobody else changed a text since a step. */
  isOwnSince({ index }: Step): boolean {
    return (this.#foreign.at(-1) ?? -1) < index;
  }

  files(): Files {
    return this.#numbers.map((file) => {
      if (!this.#lines.has(file)) this.#lines.set(file, linesOf(this.#states, this.#own, file));
      return { path: this.#paths.of(file), lines: this.#lines.get(file) ?? null };
    });
  }
}

/** Null where there is no patch of the person's own. */
function rowOf(record: Trajectory, mending: Mending, before: Files, after: Files): Repair | null {
  const { kind, from, to, verified } = mending;
  const changed = before.flatMap((one, number) => (isSame(one, after[number]) ? [] : [number]));
  if (changed.length === 0 || changed.some((number) => !isOwn(before[number].lines, after[number].lines))) return null;
  // No file has the path of a cell.
  if (changed.some((number) => notebookOf(before[number].path) !== null)) return null;
  const patch = netPatch(before.map(asText), after.map(asText));
  if (record.redaction.placeholders.some(({ placeholder }) => patch.includes(placeholder))) return null;
  const known = knownFiles(record, from, before);
  const hidden = changed.filter((number) => before[number].lines !== null && !known.includes(number));
  const edits = record.steps.slice(from.index, to.index).filter(({ kind }) => kind === 'edit');
  const isRun = kind !== 'diagnostic';
  const input: Repair['input'] = {
    kind,
    instruction: instructionAt(record, from.index),
    command: from.command,
    cwd: from.cwd,
    exit_code: from.exit_code,
    output: from.output,
    output_status: from.output_status,
    failed_tests: from.tests.filter(({ status }) => status === 'failed').map(({ name }) => name),
    path: isRun || from.file_id === null ? null : before[from.file_id].path,
    diagnostics: from.diagnostics,
    files: known.map((number) => shown(before[number])),
  };
  const prompt = repairPrompt(input);
  return {
    ...headOf('2', record, [from.index, to.index], changed),
    prompt,
    completion: patch,
    input,
    target: { patch, paths: changed.map((number) => (after[number].lines ? after : before)[number].path) },
    hidden_files: hidden.map((number) => shown(before[number])),
    afterwards: {
      verified: verified ? kind : 'none',
      mended: mending.mended,
      next_exit_code: isRun ? to.exit_code : null,
      origins: [...new Set(edits.map((step) => step.origin ?? 'unknown'))],
    },
    lengths: promptLengthsOf(prompt, patch),
  };
}

type FileThen = Files[number];

function isSame(before: FileThen, after: FileThen): boolean {
  if (before.path !== after.path || (before.lines === null) !== (after.lines === null)) return false;
  if (before.lines === after.lines || before.lines === null || after.lines === null) return true;
  return joined(before.lines) === joined(after.lines);
}

/** Whether all lines of the patch, the context included, are the person's own or stood there before the task. */
function isOwn(before: FileLine[] | null, after: FileLine[] | null): boolean {
  const old = before ?? [];
  return hunksOf(old, after ?? []).every((hunk) => {
    const around = old.slice(Math.max(0, hunk.from - context), hunk.from + hunk.old.length + context);
    return [...around, ...hunk.now].every(({ foreign }) => !foreign);
  });
}

// Lines are made of redacted texts alone.
function asText({ path, lines }: FileThen) {
  return { path, text: lines && deriveText(() => joined(lines)) };
}

function shown({ path, lines }: FileThen): z.infer<typeof file> {
  return { path, text: deriveText(() => joined(lines ?? [])) };
}

/** The files that were known when the error showed: those it names, then those the task had come to, the latest first. */
function knownFiles({ steps }: Trajectory, from: Step, files: Files): number[] {
  const named = [from.kind === 'diagnostics' ? from.file_id : null, ...from.locations.map(({ file_id }) => file_id)];
  const visited = steps.slice(0, from.index).map(({ file_id }) => file_id);
  const numbers = new Set([...named, ...visited.reverse()].filter((number) => number !== null));
  let room = mostCharacters;
  return [...numbers].filter((number) => {
    const { lines } = files[number];
    const size = lines?.reduce((sum, line) => sum + line.text.length, 0) ?? Number.POSITIVE_INFINITY;
    if (size > room) return false;
    room -= size;
    return true;
  });
}

function instructionAt({ instruction }: Trajectory, step: number): Repair['input']['instruction'] {
  const { source, hindsight, available_from_step } = instruction;
  return source === 'user' && !hindsight && (available_from_step ?? Infinity) <= step ? instruction.text : null;
}

export const repairFormat = { name: 'repair', schema: repair, derive };
