/** What could be known before an edit: the input of the formats whose target is one. */
import * as z from 'zod';
import { deriveText } from '../redaction/derive.ts';
import type { Redacted } from '../redaction/redacted.ts';
import { FilePaths } from '../trajectory/filePaths.ts';
import { FileStates } from '../trajectory/fileStates.ts';
import { hullOf } from '../trajectory/hull.ts';
import { diagnostic, type Step, type Trajectory, text } from '../trajectory/record.ts';
import { changesText } from '../trajectory/replay.ts';
import { applyAsPatch } from '../trajectory/stepPatch.ts';
import { count } from './row.ts';

/** Bounds of the input: patches, their code points, and lines of the excerpt on each side of the cursor. */
const bounds = { patches: 12, history: 16_000, lines: 40, excerpt: 8_000 };

export const editInput = z
  .strictObject({
    path: text.describe('the file in which the cursor is'),
    instruction: text.nullable().describe("the person's own words, when they were given before"),
    edit_history: z
      .array(z.strictObject({ path: text, patch: text.describe('unified diff') }))
      .describe('the last edits of all files, oldest first'),
    cursor: count.nullable().describe('code points before the cursor in the file; null when not observed'),
    excerpt: text.describe('lines around the cursor, or around the edit before where no cursor was observed'),
    excerpt_start: count.describe('code points before the excerpt in the file'),
    excerpt_line: count.describe('number of its first line, 0-based'),
    diagnostics: z.array(diagnostic).describe('of this very version of the file; empty also when not observed'),
  })
  .describe('what could be known before the edit');
export type EditInput = z.infer<typeof editInput>;

/** Goes through a record step by step, and tells at each edit what could be known before it. */
export class EditWalk {
  readonly states: FileStates;
  readonly paths: FilePaths;
  readonly #record: Trajectory;
  readonly #history: EditInput['edit_history'] = [];
  /** The last snapshot of each file, until the file changes. */
  readonly #diagnostics = new Map<number, Step['diagnostics']>();
  /** Where the last edit ended. */
  #last: { file: number; offset: number } | null = null;

  constructor(record: Trajectory) {
    this.#record = record;
    this.states = new FileStates(record.files.map(({ base_text }) => base_text));
    this.paths = new FilePaths(record.files.map(({ path }) => path));
  }

  /** Null where the place of the edit would have to be told to tell anything. @param step an edit not applied yet. */
  inputOf(step: Step, file: number): EditInput | null {
    const cursor = step.selections.at(0)?.active ?? null;
    const near = cursor ?? (this.#last?.file === file ? this.#last.offset : null);
    const length = this.states.points(file)?.length ?? 0;
    if (near === null || near > length) return null;
    const { instruction } = this.#record;
    const isTold = instruction.source === 'user' && (instruction.available_from_step ?? Infinity) <= step.index;
    return {
      path: this.paths.of(file),
      instruction: isTold ? instruction.text : null,
      edit_history: withinBounds(this.#history),
      cursor,
      ...excerptAround(this.states, file, near),
      diagnostics: this.#diagnostics.get(file) ?? [],
    };
  }

  /** Moves on behind a step. @returns its change as a unified diff; null where it left the text as it was. */
  apply(step: Step): Redacted | null {
    const file = step.file_id;
    const patch = applyAsPatch(this.states, step, file === null ? ('' as Redacted) : this.paths.of(file));
    this.paths.apply(step);
    if (file === null) return patch;
    if (step.kind === 'diagnostics') this.#diagnostics.set(file, step.diagnostics);
    if (changesText(step)) this.#diagnostics.delete(file);
    if (step.changes.length > 0) {
      const { start, inserted } = hullOf(step.changes);
      this.#last = { file, offset: start + inserted };
    }
    if (patch !== null) {
      this.#history.push({ path: this.paths.of(file), patch });
      if (this.#history.length > bounds.patches) this.#history.shift();
    }
    return patch;
  }
}

/** The newest patches that fit. */
function withinBounds(history: EditInput['edit_history']): EditInput['edit_history'] {
  let room = bounds.history;
  const from = history.findLastIndex(({ patch }) => {
    room -= patch.length;
    return room < 0;
  });
  return history.slice(from + 1);
}

const newline = 10;

/** Whole lines around an offset; of a line that is too long, the part around it. */
function excerptAround(
  states: FileStates,
  file: number,
  near: number,
): Pick<EditInput, 'excerpt' | 'excerpt_start' | 'excerpt_line'> {
  const points = states.points(file);
  const length = points?.length ?? 0;
  const isBreak = (index: number) => points?.at(index) === newline;
  const half = bounds.excerpt / 2;
  let start = near;
  for (let lines = 0; start > 0 && near - start < half; start--) {
    if (isBreak(start - 1) && lines++ === bounds.lines) break;
  }
  let end = near;
  for (let lines = 0; end < length && end - near < half; end++) {
    if (isBreak(end) && lines++ === bounds.lines) break;
  }
  let line = 0;
  for (let i = 0; i < start; i++) if (isBreak(i)) line++;
  const excerpt = points ? states.slice(file, start, end) : deriveText(() => '');
  return { excerpt, excerpt_start: start, excerpt_line: line };
}
