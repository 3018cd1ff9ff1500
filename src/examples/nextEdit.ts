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
import { codePointLength } from '../session/codePoints.ts';
import { hullOf } from '../trajectory/hull.ts';
import { origin, type Step, type Trajectory, text } from '../trajectory/record.ts';
import { EditWalk, editInput } from './editInput.ts';
import { editPrompt, promptColumns, promptLengths, promptLengthsOf } from './prompt.ts';
import { count, headOf, rowHead } from './row.ts';

/** Code points other than white space that a target adds or takes away at least. */
const leastChange = 3;

const nextEdit = z.strictObject({
  ...rowHead('3'),
  step_start: count.describe('the step that is the target'),
  step_end: count.describe('the same: a target is one step'),
  ...promptColumns,
  input: editInput,
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
  lengths: promptLengths,
});
export type NextEdit = z.infer<typeof nextEdit>;

function derive(trajectory: Trajectory): NextEdit[] {
  const rows: NextEdit[] = [];
  const walk = new EditWalk(trajectory);
  for (const step of trajectory.steps) {
    const file = step.file_id;
    const hull = file !== null && step.changes.length > 0 ? hullOf(step.changes) : null;
    const isTarget = hull && file !== null && isCandidate(step, trajectory);
    const input = isTarget ? walk.inputOf(step, file) : null;
    const deleted =
      input && hull && file !== null ? walk.states.slice(file, hull.start, hull.start + hull.deleted) : null;

    const patch = walk.apply(step);

    if (input && deleted !== null && hull && patch && file !== null) {
      const inserted = walk.states.slice(file, hull.start, hull.start + hull.inserted);
      if (isWorthLearning(deleted, inserted)) {
        rows.push(rowOf(trajectory, step, file, input, { patch, start: hull.start, deleted, inserted }));
      }
    }
  }
  return rows;
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

function rowOf(
  trajectory: Trajectory,
  step: Step,
  file: number,
  input: NextEdit['input'],
  target: NextEdit['target'],
): NextEdit {
  const [prompt, completion] = [editPrompt(input), target.patch];
  return {
    ...headOf('3', trajectory, [step.index, step.index], [file]),
    prompt,
    completion,
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
    lengths: promptLengthsOf(prompt, completion),
  };
}

export const nextEditFormat = { name: 'next_edit', schema: nextEdit, derive };
