/**
 * `next_edit`: from what was done and where the cursor is to what the person did next.
 *
 * `input` holds the state strictly before the target's first change and nothing that could be known only after it;
 * `target` is what is to be learned, `afterwards` tells how it fared. The fields are those from which Zed's ExampleSpec and
 * Zeta's prompts can be rendered.
 *
 * A target is one burst of the person's own typing that settled, changed something to speak of, and put in no
 * placeholder. Where the cursor is not known, the file and place of the edit before stand in for it; a target
 * elsewhere is left out then, because naming its file would give the answer away.
 */
import * as z from 'zod';
import { deriveText } from '../redaction/derive.ts';
import type { Redacted } from '../redaction/redacted.ts';
import { codePointLength } from '../session/codePoints.ts';
import { FilePaths } from '../trajectory/filePaths.ts';
import { FileStates } from '../trajectory/fileStates.ts';
import { type Hull, hullOf } from '../trajectory/hull.ts';
import { diagnostic, origin, type Step, type Trajectory, text } from '../trajectory/record.ts';
import { applyAsPatch } from '../trajectory/stepPatch.ts';
import { count, headOf, rowHead, sizeOf } from './row.ts';

/** Bounds of the input: patches, their code points, and lines of the excerpt on each side of the cursor. */
const bounds = { patches: 12, history: 16_000, lines: 40, excerpt: 8_000 };
/** Code points other than white space that a target adds or takes away at least. */
const leastChange = 3;

const nextEdit = z.strictObject({
  ...rowHead('1'),
  step_start: count.describe('the step that is the target'),
  step_end: count.describe('the same: a target is one step'),
  input: z
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
    .describe('what could be known before the edit'),
  target: z
    .strictObject({
      patch: text.describe('unified diff that leads from the state before the edit to the state after it'),
      start: count.describe('code points before the change in the file'),
      deleted: text.describe('text taken away there'),
      inserted: text.describe('text put there'),
    })
    .describe('what the person did next'),
  afterwards: z
    .strictObject({
      origin: origin.describe('what made the edit'),
      settled: z.boolean(),
      surviving_10s: z.boolean().nullable(),
      surviving_30s: z.boolean().nullable(),
      surviving_300s: z.boolean().nullable(),
      surviving_end: z.boolean().nullable(),
    })
    .describe('known only afterwards: never part of a prompt; formulas as in the trajectory'),
  lengths: z.strictObject({
    input_code_points: count.describe('of all texts of input'),
    input_bytes: count,
    target_code_points: count.describe('of the patch'),
    target_bytes: count,
  }),
});
export type NextEdit = z.infer<typeof nextEdit>;

function derive(trajectory: Trajectory): NextEdit[] {
  const rows: NextEdit[] = [];
  const states = new FileStates(trajectory.files.map(({ base_text }) => base_text));
  const walk: Walk = {
    states,
    paths: new FilePaths(trajectory.files.map(({ path }) => path)),
    history: [],
    diagnostics: new Map(),
    last: null,
  };
  for (const step of trajectory.steps) {
    const file = step.file_id;
    const hull = file !== null && step.changes.length > 0 ? hullOf(step.changes) : null;
    const isTarget = hull && file !== null && isCandidate(step, trajectory);
    const input = isTarget ? inputOf(trajectory, step, file, walk) : null;
    const deleted = input && hull && file !== null ? states.slice(file, hull.start, hull.start + hull.deleted) : null;

    const patch = applyAsPatch(states, step, file === null ? ('' as Redacted) : walk.paths.of(file));

    if (input && deleted !== null && hull && patch && file !== null) {
      const inserted = states.slice(file, hull.start, hull.start + hull.inserted);
      if (isWorthLearning(deleted, inserted)) {
        rows.push(rowOf(trajectory, step, file, input, { patch, start: hull.start, deleted, inserted }));
      }
    }
    advance(walk, step, hull, patch);
  }
  return rows;
}

/** What is known at a point of the trajectory. */
interface Walk {
  states: FileStates;
  paths: FilePaths;
  history: NextEdit['input']['edit_history'];
  /** The last snapshot of each file, until the file changes. */
  diagnostics: Map<number, Step['diagnostics']>;
  /** Where the last edit ended. */
  last: { file: number; offset: number } | null;
}

function advance(walk: Walk, step: Step, hull: Hull | null, patch: Redacted | null): void {
  const file = step.file_id;
  walk.paths.apply(step);
  if (file === null) return;
  if (step.kind === 'diagnostics') walk.diagnostics.set(file, step.diagnostics);
  if (hull) {
    walk.diagnostics.delete(file);
    walk.last = { file, offset: hull.start + hull.inserted };
  }
  if (patch === null) return;
  walk.history.push({ path: walk.paths.of(file), patch });
  if (walk.history.length > bounds.patches) walk.history.shift();
}

function isCandidate(step: Step, { redaction }: Trajectory): boolean {
  if (step.kind !== 'edit' || step.origin !== 'typed' || !step.settled) return false;
  return !redaction.placeholders.some(({ placeholder }) =>
    step.changes.some(({ inserted }) => inserted.includes(placeholder)),
  );
}

function isWorthLearning(deleted: string, inserted: string): boolean {
  const size = (changed: string) => codePointLength(changed.replace(/\s/g, ''));
  return Math.max(size(deleted), size(inserted)) >= leastChange;
}

/** Null where the place of the edit would have to be told to tell anything. */
function inputOf(trajectory: Trajectory, step: Step, file: number, walk: Walk): NextEdit['input'] | null {
  const cursor = step.selections.at(0)?.active ?? null;
  const near = cursor ?? (walk.last?.file === file ? walk.last.offset : null);
  const length = walk.states.points(file)?.length ?? 0;
  if (near === null || near > length) return null;
  const { instruction } = trajectory;
  const isTold = instruction.source === 'user' && (instruction.available_from_step ?? Infinity) <= step.index;
  return {
    path: walk.paths.of(file),
    instruction: isTold ? instruction.text : null,
    edit_history: withinBounds(walk.history),
    cursor,
    ...excerptAround(walk.states, file, near),
    diagnostics: walk.diagnostics.get(file) ?? [],
  };
}

/** The newest patches that fit. */
function withinBounds(history: NextEdit['input']['edit_history']): NextEdit['input']['edit_history'] {
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
): Pick<NextEdit['input'], 'excerpt' | 'excerpt_start' | 'excerpt_line'> {
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

function rowOf(
  trajectory: Trajectory,
  step: Step,
  file: number,
  input: NextEdit['input'],
  target: NextEdit['target'],
): NextEdit {
  const texts = [
    input.path,
    input.instruction ?? '',
    input.excerpt,
    ...input.edit_history.map(({ patch }) => patch),
    ...input.diagnostics.map(({ message }) => message),
  ];
  const [known, learned] = [sizeOf(texts), sizeOf([target.patch])];
  return {
    ...headOf('1', trajectory, [step.index, step.index], [file]),
    input,
    target,
    afterwards: {
      origin: step.origin ?? 'unknown',
      settled: step.settled ?? false,
      surviving_10s: step.surviving_10s,
      surviving_30s: step.surviving_30s,
      surviving_300s: step.surviving_300s,
      surviving_end: step.surviving_end,
    },
    lengths: {
      input_code_points: known.code_points,
      input_bytes: known.bytes,
      target_code_points: learned.code_points,
      target_bytes: learned.bytes,
    },
  };
}

export const nextEditFormat = { name: 'next_edit', schema: nextEdit, derive };
