/** What a record says of its task as a whole, once steps were cut out of it. */

import type { Draft } from './drafts.ts';
import { environmentOf, toolsOf } from './environment.ts';
import { instructionField, instructionOf } from './instruction.ts';
import { judge } from './outcome.ts';
import type { Outcome, Step, Trajectory } from './record.ts';
import { taskFiles } from './recordDrafts.ts';
import { countResolved, resolutionsOf } from './resolved.ts';

export interface AfterCut {
  before: Trajectory;
  /** With the files and steps that are left; what is told of them is still that of before. */
  after: Trajectory;
  /** Its steps, for the code of sealing. */
  drafts: readonly Draft[];
  gone: readonly Step[];
  /** Where a step of before stands now; null where it is gone. */
  moved: (index: number) => number | null;
}

type Told = Pick<Trajectory, 'instruction' | 'environment' | 'outcome'>;

/** Nothing of it rests on a step that is gone. What only other parts of the task could tell is not told. */
export function tellAgain(cut: AfterCut): Told {
  return { instruction: instructionAgain(cut), environment: environmentAgain(cut), outcome: outcomeAgain(cut) };
}

export const noInstruction: Trajectory['instruction'] = {
  text: null,
  source: null,
  hindsight: false,
  available_from_step: null,
};

function instructionAgain({ before, after, drafts, moved }: AfterCut): Trajectory['instruction'] {
  const { instruction, parts } = before;
  const { source, available_from_step: told } = instruction;
  if (source === null || source === 'user' || told === null) return instruction;
  const stands = moved(told);
  // That tests passed for good, their later runs told.
  if (stands !== null && (source !== 'failing_test' || parts > 1))
    return { ...instruction, available_from_step: stands };
  if (parts > 1) return noInstruction;
  const task = { instruction: null, files: taskFiles(after) };
  return instructionField(instructionOf(task, drafts), drafts, []);
}

function environmentAgain({ before, after, gone }: AfterCut): Trajectory['environment'] {
  const { environment, parts } = before;
  const files = after.files.map(({ path, base_text, final_text }) => ({ path, text: final_text ?? base_text }));
  const { tools, package_manager } = environmentOf(after.steps, files);
  if (parts === 1) return { ...environment, tools, package_manager };
  const lost = new Set(toolsOf(gone).map(({ name }) => name));
  const here = new Set(tools.map(({ name }) => name));
  const elsewhere = environment.tools.filter(({ name }) => !lost.has(name) && !here.has(name));
  return {
    ...environment,
    tools: [...tools, ...elsewhere].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    package_manager: package_manager ?? environment.package_manager,
  };
}

function outcomeAgain(cut: AfterCut): Outcome {
  const { before, after } = cut;
  const observed_until_step = after.steps.length > 0 ? after.steps.length - 1 : null;
  const outcome = before.parts === 1 ? outcomeOfTask(cut) : outcomeOfPart(cut);
  const isOwn = before.outcome.basis === 'user';
  return { ...outcome, ...(isOwn && ownOutcome(before.outcome.status)), observed_until_step };
}

/** As the person sets it: it rests on no step. */
export function ownOutcome(status: Outcome['status']): Pick<Outcome, 'status' | 'basis' | 'evidence'> {
  return { status, basis: 'user', evidence: [] };
}

export const undecided: Pick<Outcome, 'status' | 'basis' | 'evidence'> = {
  status: 'unknown',
  basis: 'none',
  evidence: [],
};

/**
 * Judged as at sealing, but without the exact times: a success that was not seen then is none now, and one whose evidence is
 * gone is none any more.
 */
function outcomeOfTask({ before, after, drafts, moved }: AfterCut): Outcome {
  const verdict = judge({ drafts, files: taskFiles(after) });
  const { signals } = before.consent;
  const common = {
    ...before.outcome,
    tests: verdict.tests,
    diagnostics_resolved: signals.includes('errors') ? countResolved(drafts, resolutionsOf(drafts)) : null,
    committed: signals.includes('git') ? after.steps.some(({ action }) => action === 'commit') : null,
    reverted: verdict.reverted,
  };
  if (verdict.status === 'succeeded') {
    const evidence = before.outcome.evidence.map(moved).filter((index) => index !== null);
    const stands = before.outcome.status === 'succeeded' && evidence.length === before.outcome.evidence.length;
    return { ...common, ...(stands ? { evidence } : undecided) };
  }
  const { status, basis } = verdict;
  return { ...common, status, basis, evidence: verdict.evidence.map((draft) => drafts.indexOf(draft as Draft)) };
}

/** What is told of the whole task stands as far as the cut did not touch what it rests on. */
function outcomeOfPart({ before, after, gone, moved }: AfterCut): Outcome {
  const { outcome, part, parts } = before;
  const evidence = outcome.evidence.map(moved).filter((index) => index !== null);
  if (part < parts - 1) return { ...outcome, evidence };
  const isTouched = (kinds: readonly Step['kind'][]) => gone.some(({ kind }) => kinds.includes(kind));
  const hasEnded = moved(before.steps.length - 1) === null;
  const isLess = evidence.length < outcome.evidence.length || isTouched(['test']) || hasEnded;
  const isCommitted = after.steps.some(({ action }) => action === 'commit');
  return {
    ...outcome,
    evidence,
    ...(isLess && { ...undecided, tests: [] }),
    diagnostics_resolved: isTouched(['edit', 'diagnostics']) ? null : outcome.diagnostics_resolved,
    committed: gone.some(({ action }) => action === 'commit') && !isCommitted ? null : outcome.committed,
    reverted: hasEnded ? null : outcome.reverted,
  };
}
