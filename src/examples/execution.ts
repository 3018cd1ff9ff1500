/**
 * `execution`: from the texts of the files and a command to what it printed and how it ended. For models of what programs
 * do: the target is nobody's work.
 *
 * Commands whose output was not observed are left out; `output_status` marks what is not whole. `input` holds the files of
 * the record as they stood: their texts are of that time, which ones the record holds may be known only later, so `seen`
 * marks those that a step before had to do with.
 */
import * as z from 'zod';
import { FilePaths } from '../trajectory/filePaths.ts';
import { FileStates } from '../trajectory/fileStates.ts';
import { type Step, step, type Trajectory, text } from '../trajectory/record.ts';
import { changesText } from '../trajectory/replay.ts';
import { executionCompletion, executionPrompt, promptLengths, promptLengthsOf } from './prompt.ts';
import { count, fits, headOf, rowHead } from './row.ts';

const execution = z.strictObject({
  ...rowHead('2'),
  step_start: count.describe('the step of the command'),
  step_end: count.describe('the same'),
  prompt: text.describe('input as one text, without the files that are not seen'),
  completion: text.describe('output and exit code'),
  input: z
    .strictObject({
      files: z.array(
        z.strictObject({
          path: text,
          text,
          seen: z.boolean().describe('an earlier step is about the file, or its path tells that it is a manifest'),
        }),
      ),
      cwd: text.nullable().describe('relative to the workspace'),
      command: text,
      state_exact: z
        .boolean()
        .describe(
          'false where the last edits may have been made while the command ran already, or something before it is missing',
        ),
    })
    .describe('what could be known before the command ran'),
  target: z.strictObject({
    output: text,
    output_status: z.enum(['complete', 'truncated', 'incomplete']),
    output_bytes: step.shape.output_bytes,
    exit_code: step.shape.exit_code,
    tests: step.shape.tests,
  }),
  afterwards: z.strictObject({
    is_test: z.boolean(),
    placeholders: z.boolean().describe('the output holds placeholders of what was redacted'),
  }),
  lengths: promptLengths,
});
export type Execution = z.infer<typeof execution>;

function derive(record: Trajectory): Execution[] {
  const rows: Execution[] = [];
  const walk = new ExecutionWalk(record);
  for (const step of record.steps) {
    const row = rowOf(record, step, walk);
    if (row && fits(row)) rows.push(row);
    walk.apply(step);
  }
  return rows;
}

class ExecutionWalk {
  readonly states: FileStates;
  readonly paths: FilePaths;
  readonly seen = new Set<number>();
  /** Files in the order of their changes. */
  readonly changed: number[] = [];
  /** What another program changed is not known. */
  isMissing: boolean;

  constructor({ files, gaps }: Trajectory) {
    this.states = new FileStates(files.map(({ base_text }) => base_text));
    this.paths = new FilePaths(files.map(({ path }) => path));
    for (const { file_id, role } of files) if (role === 'manifest') this.seen.add(file_id);
    this.isMissing = gaps.some(({ after_step }) => after_step < 0);
    this.#gaps = new Set(gaps.map(({ after_step }) => after_step));
  }

  readonly #gaps: ReadonlySet<number>;

  apply(step: Step): void {
    this.states.apply(step);
    this.paths.apply(step);
    if (step.file_id !== null) this.seen.add(step.file_id);
    for (const { file_id } of step.locations) if (file_id !== null) this.seen.add(file_id);
    if (step.file_id !== null && changesText(step)) this.changed.push(step.file_id);
    if (step.action === 'change' || this.#gaps.has(step.index)) this.isMissing = true;
  }
}

function rowOf(record: Trajectory, step: Step, walk: ExecutionWalk): Execution | null {
  const { kind, command, cwd, output, output_status } = step;
  if ((kind !== 'command' && kind !== 'test') || command === null || output === null) return null;
  if (output_status === null || output_status === 'unobserved') return null;
  const files = record.files.flatMap(({ file_id }) => {
    const text = walk.states.text(file_id);
    return text === null ? [] : [{ path: walk.paths.of(file_id), text, seen: walk.seen.has(file_id) }];
  });
  // The time from the step before is told in bands: within the first, the command may have begun earlier.
  const state_exact = !walk.isMissing && (step.elapsed !== '<1s' || walk.changed.length === 0);
  const input = { files, cwd, command, state_exact };
  const { output_bytes, exit_code, tests } = step;
  const target = { output, output_status, output_bytes, exit_code, tests };
  const [prompt, completion] = [executionPrompt(input), executionCompletion(target)];
  return {
    ...headOf('2', record, [step.index, step.index], walk.changed),
    prompt,
    completion,
    input,
    target,
    afterwards: {
      is_test: kind === 'test',
      placeholders: record.redaction.placeholders.some(({ placeholder }) => output.includes(placeholder)),
    },
    lengths: promptLengthsOf(prompt, completion),
  };
}

export const executionFormat = { name: 'execution', schema: execution, derive };
