/**
 * `preference`: two answers to the same state, of which the person kept one.
 *
 * - `rewritten`: a completion or an agent's text that the person replaced, half of it or more, before it settled.
 * - `failed_then_fixed`: the person's own edit after which a test failed, and what they made of the same place, after
 *   which the same test command passed; nothing else was changed between, and neither command nor test is flaky.
 *
 * Both answers start from the state strictly before the first of them; whatever came after it is in `afterwards` alone.
 */
import * as z from 'zod';
import type { Redacted } from '../redaction/redacted.ts';
import { codePointLength } from '../session/codePoints.ts';
import { testCommand } from '../session/testCommand.ts';
import { netPatch } from '../trajectory/netPatch.ts';
import { origin, outcome, type Step, type Trajectory, text } from '../trajectory/record.ts';
import { changesText } from '../trajectory/replay.ts';
import { type EditInput, EditWalk, editInput } from './editInput.ts';
import { editPrompt, promptColumns } from './prompt.ts';
import { Region } from './region.ts';
import { count, fits, headOf, rowHead, sizeOf } from './row.ts';

const kinds = ['rewritten', 'failed_then_fixed'] as const;

const preference = z.strictObject({
  ...rowHead('3'),
  kind: z.enum(kinds),
  prompt: promptColumns.prompt,
  chosen: text.describe('unified diff from the state before to what the person kept'),
  rejected: text.describe('unified diff from the same state to what they replaced'),
  input: editInput,
  afterwards: z
    .strictObject({
      rejected_origin: origin.describe('what made the replaced edit'),
      replaced_share: z
        .number()
        .min(0)
        .max(1)
        .describe('of what the replaced edit put in, the part that was taken away'),
      basis: outcome.shape.basis.describe('of failed_then_fixed: tests by name, or the exit code alone; else none'),
      evidence: z.array(count).describe('of failed_then_fixed: the failing and the passing run'),
    })
    .describe('known only afterwards: never part of a prompt'),
  lengths: z.strictObject({
    prompt_code_points: count,
    prompt_bytes: count,
    chosen_code_points: count,
    chosen_bytes: count,
    rejected_code_points: count,
    rejected_bytes: count,
  }),
});
export type Preference = z.infer<typeof preference>;

/** Two answers: the rejected one is there after the step `rejected`, the chosen one after the step `chosen`. */
interface Pair {
  kind: Preference['kind'];
  file: number;
  first: number;
  rejected: number;
  chosen: number;
  afterwards: Preference['afterwards'];
}

/** Code points that are put in and taken away at least: less says little about either text. */
const leastChange = 3;

function derive(record: Trajectory): Preference[] {
  const pairs = [...rewritten(record), ...failedThenFixed(record)];
  if (pairs.length === 0) return [];
  const walk = new EditWalk(record);
  const open = new Map<
    Pair,
    { input: EditInput; before: Redacted | null; path: Redacted; rejected: Redacted | null }
  >();
  const rows: Preference[] = [];
  for (const step of record.steps) {
    for (const pair of pairs.filter(({ first }) => first === step.index)) {
      const input = walk.inputOf(step, pair.file);
      const [before, path] = [walk.states.text(pair.file), walk.paths.of(pair.file)];
      if (input) open.set(pair, { input, before, path, rejected: null });
    }
    walk.apply(step);
    for (const [pair, told] of open) {
      if (pair.rejected === step.index) told.rejected = walk.states.text(pair.file);
      if (pair.chosen !== step.index) continue;
      const { input, before, path } = told;
      const patchTo = (after: Redacted | null) => netPatch([{ path, text: before }], [{ path, text: after }]);
      const row = rowOf(record, pair, input, patchTo(walk.states.text(pair.file)), patchTo(told.rejected));
      if (row.chosen !== row.rejected && row.chosen !== '' && row.rejected !== '' && fits(row)) rows.push(row);
      open.delete(pair);
    }
  }
  return rows;
}

function* rewritten(record: Trajectory): Iterable<Pair> {
  for (const suggestion of record.steps) {
    const { index, file_id: file, origin, settled } = suggestion;
    if (file === null || settled !== false || (origin !== 'completion' && origin !== 'agent')) continue;
    const region = Region.of(suggestion);
    const own = rewriting(record, index, region);
    const last = own.at(-1);
    if (!last?.settled || holdsPlaceholder([suggestion, ...own], record)) continue;
    const replaced = region.replaced();
    if (replaced.share < 0.5 || replaced.count < leastChange || putIn(own) < leastChange) continue;
    const afterwards = {
      rejected_origin: origin,
      replaced_share: replaced.share,
      basis: 'none' as const,
      evidence: [],
    };
    yield { kind: 'rewritten', file, first: index, rejected: index, chosen: last.index, afterwards };
  }
}

/** The person's edits of a region that follow upon its making, with nothing between that changes a text. */
function rewriting({ steps }: Trajectory, index: number, region: Region): Step[] {
  const own: Step[] = [];
  for (const step of steps.slice(index + 1)) {
    if (!isCause(step)) continue;
    if (step.kind !== 'edit' || step.origin !== 'typed' || !region.follow(step)) break;
    own.push(step);
  }
  return own;
}

function* failedThenFixed(record: Trajectory): Iterable<Pair> {
  for (const runs of steadyRuns(record)) {
    for (const [i, red] of runs.entries()) {
      const green = runs[i + 1];
      if (!green || red.exit_code === 0 || green.exit_code !== 0 || red.elapsed === '<1s') continue;
      const basis = basisOf(red, green, record);
      const begin = record.steps.findLastIndex((step) => step.index < red.index && isTest(step)) + 1;
      if (basis === null || hasGap(record, begin, green.index)) continue;
      const tried = ownEdits(record.steps.slice(begin, red.index));
      const mended = ownEdits(record.steps.slice(red.index + 1, green.index));
      const [first] = tried;
      if (!first || mended.length === 0 || holdsPlaceholder([...tried, ...mended], record)) continue;
      const region = Region.of(first);
      if (!tried.slice(1).every((step) => region.follow(step))) continue;
      const attempt = region.restart();
      if (!mended.every((step) => attempt.follow(step)) || putIn([...tried, ...mended]) < leastChange) continue;
      yield {
        kind: 'failed_then_fixed',
        file: first.file_id as number,
        first: first.index,
        rejected: tried[tried.length - 1].index,
        chosen: mended[mended.length - 1].index,
        afterwards: {
          rejected_origin: 'typed',
          replaced_share: attempt.replaced().share,
          basis,
          evidence: [red.index, green.index],
        },
      };
    }
  }
}

/** The edits among steps, when nothing else changes a text and the person made all of them in one file; else none. */
function ownEdits(steps: readonly Step[]): Step[] {
  const causes = steps.filter(isCause);
  const isOwn = ({ kind, origin, file_id }: Step) =>
    kind === 'edit' && origin === 'typed' && file_id === causes[0].file_id;
  return causes.every(isOwn) ? causes : [];
}

/** What can change a text, or the result of a test. */
function isCause(step: Step): boolean {
  return changesText(step) || step.changes.length > 0 || ['file', 'git', 'command'].includes(step.kind);
}

function isTest({ kind }: Step): boolean {
  return kind === 'test';
}

/** The runs of each test command that never changes its result without a cause, and begins when the edits are made. */
function steadyRuns({ steps }: Trajectory): Step[][] {
  const byCommand = new Map<string, Step[]>();
  for (const step of steps) {
    const { command, cwd, exit_code } = step;
    if (!isTest(step) || command === null || exit_code === null || exit_code < 0 || exit_code > 125) continue;
    const test = testCommand(command, cwd);
    if (test) byCommand.set(test.normalised, [...(byCommand.get(test.normalised) ?? []), step]);
  }
  return [...byCommand.values()].filter((runs) =>
    runs.slice(1).every((run, i) => {
      const before = runs[i];
      const isFlip = (run.exit_code === 0) !== (before.exit_code === 0);
      return !isFlip || (run.elapsed !== '<1s' && steps.slice(before.index + 1, run.index).some(isCause));
    }),
  );
}

/** What shows that the test was mended; null where names speak against it. */
function basisOf(red: Step, green: Step, { outcome }: Trajectory): 'test_names' | 'exit_code' | null {
  const flaky = new Set<string>(outcome.tests.filter((test) => test.flaky).map(({ name }) => name));
  const namesOf = ({ tests }: Step, status: string) => {
    return tests.filter((test) => test.status === status && !flaky.has(test.name)).map(({ name }) => name);
  };
  const failed = namesOf(red, 'failed');
  if (green.tests.some(({ status }) => status === 'failed')) return null;
  const passed = new Set<string>(namesOf(green, 'passed'));
  if (failed.some((name) => passed.has(name))) return 'test_names';
  return red.tests.length > 0 && green.tests.length > 0 ? null : 'exit_code';
}

function hasGap({ gaps }: Trajectory, from: number, to: number): boolean {
  return gaps.some(({ after_step }) => after_step >= from - 1 && after_step < to);
}

function putIn(steps: readonly Step[]): number {
  const words = steps.flatMap(({ changes }) => changes.map(({ inserted }) => inserted.replace(/\s/g, '')));
  return words.reduce((sum, word) => sum + codePointLength(word), 0);
}

function holdsPlaceholder(steps: readonly Step[], { redaction }: Trajectory): boolean {
  const texts = steps.flatMap(({ changes }) => changes.map(({ inserted }) => inserted));
  return redaction.placeholders.some(({ placeholder }) => texts.some((one) => one.includes(placeholder)));
}

function rowOf(
  record: Trajectory,
  { kind, file, first, chosen: last, afterwards }: Pair,
  input: EditInput,
  chosen: Redacted,
  rejected: Redacted,
): Preference {
  const prompt = editPrompt(input);
  const [asked, kept, replaced] = [prompt, chosen, rejected].map((one) => sizeOf([one]));
  return {
    ...headOf('3', record, [first, last], [file]),
    kind,
    prompt,
    chosen,
    rejected,
    input,
    afterwards,
    lengths: {
      prompt_code_points: asked.code_points,
      prompt_bytes: asked.bytes,
      chosen_code_points: kept.code_points,
      chosen_bytes: kept.bytes,
      rejected_code_points: replaced.code_points,
      rejected_bytes: replaced.bytes,
    },
  };
}

export const preferenceFormat = { name: 'preference', schema: preference, derive };
