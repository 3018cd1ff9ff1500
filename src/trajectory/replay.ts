import { FileStates } from './fileStates.ts';
import { sha256 } from './hashes.ts';
import type { Step, Trajectory, TrajectoryFile } from './record.ts';

/**
 * The first thing that does not hold together in a record, for people to read; null when it replays: every file's base
 * with the steps' changes gives its final text, hashes are those of the texts, and all numbers point at what is there.
 */
export function replayTrajectory(trajectory: Trajectory): string | null {
  return positionFault(trajectory) ?? textFault(trajectory) ?? referenceFault(trajectory);
}

function positionFault({ files, steps }: Trajectory): string | null {
  const file = files.findIndex(({ file_id }, position) => file_id !== position);
  if (file >= 0) return `files[${file}] has file_id ${files[file].file_id}`;
  const step = steps.findIndex(({ index }, position) => index !== position);
  if (step >= 0) return `steps[${step}] has index ${steps[step].index}`;
  const stray = steps.find(({ file_id }) => file_id !== null && file_id >= files.length);
  if (stray) return `step ${stray.index} is about file ${stray.file_id} of ${files.length}`;
  const loose = steps.find(({ file_id, changes }) => file_id === null && changes.length > 0);
  return loose ? `step ${loose.index} changes no file` : null;
}

function textFault({ files, steps }: Trajectory): string | null {
  const states = new FileStates(files.map((file) => file.base_text));
  for (const step of steps) {
    try {
      states.apply(step);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return `step ${step.index}: ${error.message}`;
    }
  }
  for (const file of files) {
    const { file_id, base_text, final_text } = file;
    if (states.text(file_id) !== final_text) return `file ${file_id}: base and changes do not give the final text`;
    if (file.base_sha256 !== sha256(base_text)) return `file ${file_id}: base_sha256 is not that of the base text`;
    if (file.final_sha256 !== sha256(final_text)) return `file ${file_id}: final_sha256 is not that of the final text`;
    if (file.base_step !== baseStep(file, steps)) return `file ${file_id}: base_step is not its first change`;
  }
  return null;
}

/** The first step that edits, resyncs, creates or deletes the file, or runs it as a cell. */
export function baseStep({ file_id }: Pick<TrajectoryFile, 'file_id'>, steps: readonly Step[]): number | null {
  return steps.find((step) => step.file_id === file_id && needsText(step))?.index ?? null;
}

/** Whether a step can change its file's text: a rename does not. */
export function changesText({ kind, action }: Pick<Step, 'kind' | 'action'>): boolean {
  return kind === 'edit' || kind === 'resync' || (kind === 'file' && action !== 'rename');
}

/** Whether a step says nothing without its file's text: it changes it, or is the run of a cell. */
export function needsText(step: Pick<Step, 'kind' | 'action' | 'file_id'>): boolean {
  return changesText(step) || (step.kind === 'command' && step.file_id !== null);
}

function referenceFault({ steps, gaps, outcome, instruction, part, parts }: Trajectory): string | null {
  const beyond = (index: number | null) => index !== null && index >= Math.max(1, steps.length);
  const gap = gaps.findIndex(({ after_step }) => after_step >= steps.length);
  if (gap >= 0) return `gaps[${gap}] is after step ${gaps[gap].after_step} of ${steps.length}`;
  const evidence = outcome.evidence.find((index) => index >= steps.length);
  if (evidence !== undefined) return `outcome.evidence names step ${evidence} of ${steps.length}`;
  if (beyond(outcome.observed_until_step)) return `outcome.observed_until_step is ${outcome.observed_until_step}`;
  if (beyond(instruction.available_from_step)) {
    return `instruction.available_from_step is ${instruction.available_from_step}`;
  }
  return part < parts ? null : `part ${part} of ${parts}: parts count from 0`;
}
