/**
 * Takes steps out of a record so that what is left tells the truth: every remaining step finds the texts as it found them
 * before.
 *
 * - At the beginning of a task the texts after the cut become the base.
 * - At its end the texts before the cut become the final ones: what was written there is gone.
 * - Anywhere else, and where another part of the task is there and goes on, what is left of the steps' changes stands as one step for
 *   each file, and a gap says that something is missing.
 *
 * A file that nothing else is about leaves the record with them. Labels that rest on what is gone are made anew.
 */
import { excerptsOf } from '../redaction/excerpts.ts';
import type { Redacted } from '../redaction/redacted.ts';
import { isManifest } from '../session/manifests.ts';
import { type Draft, versioned } from './drafts.ts';
import { fatesOf } from './fates.ts';
import { roleOf, spdxOf } from './fileFacts.ts';
import { FilePaths } from './filePaths.ts';
import { FileStates } from './fileStates.ts';
import { sha256 } from './hashes.ts';
import { locationsOf } from './locations.ts';
import type { PatchedFile } from './netPatch.ts';
import { netSteps } from './netSteps.ts';
import type { Gap, Step, Trajectory, TrajectoryFile } from './record.ts';
import { draftsOf } from './recordDrafts.ts';
import { baseStep, changesText, needsText } from './replay.ts';
import { resolutionsOf } from './resolved.ts';
import { tellAgain } from './tellAgain.ts';

/** Whether a record is the first and the last part of its task that is there. */
export interface PartOf {
  isFirst: boolean;
  isLast: boolean;
}

/** Without the steps [from, to], which must be there. Quality and placeholders are still to be counted. */
export function cutSteps(record: Trajectory, from: number, to: number, { isFirst, isLast }: PartOf): Trajectory {
  const gone = record.steps.slice(from, to + 1);
  const [head, tail] = [record.steps.slice(0, from), record.steps.slice(to + 1)];
  const isEnd = tail.length === 0 && isLast;
  const isBeginning = !isEnd && head.length === 0 && isFirst;
  const [start, before, after] = statesAt(record, [0, from, to + 1]);
  const bases = isBeginning ? after : start;

  const staying = filesThatStay(record, [...head, ...tail]);
  const isInside = !isBeginning && !isEnd;
  const net = isInside ? staying.flatMap((file) => netSteps(file, before[file], after[file])) : [];
  const left = [...head, ...timed(gone, net, tail, isBeginning)];
  const withText = new Set(left.filter(needsText).map(({ file_id }) => file_id));
  for (const file of staying) {
    const { path, base_text, final_text } = record.files[file];
    // Of a longer task another part may change it.
    const isHeld = record.parts > 1 && (base_text ?? final_text) !== null;
    if (isHeld || (isManifest(path) && bases[file].text !== null)) withText.add(file);
  }

  const fileIds = new Map(staying.map((file, id) => [file, id]));
  const looked = left.map((step) => withExcerpts(step, withText, bases));
  const renumbered = versionsAgain(record, looked).map((step, index) => {
    return { ...step, index, file_id: step.file_id === null ? null : (fileIds.get(step.file_id) as number) };
  });
  const files = staying.map((file, file_id) => {
    const final = isEnd ? before[file].text : record.files[file].final_text;
    const texts = withText.has(file) ? [bases[file].text, final] : [null, null];
    return fileAgain({ ...record.files[file], file_id, path: bases[file].path }, texts, renumbered);
  });
  const steps = locationsAgain(renumbered, files, fileIds);
  const gaps = gapsAgain(record.gaps, { from, to, by: net.length - gone.length, isInside, last: steps.length - 1 });

  const moved = (index: number) => (index < from ? index : index > to ? index + net.length - gone.length : null);
  const evidence = record.outcome.evidence.map(moved).filter((index) => index !== null);
  const drafts = draftsOf({ steps, gaps }, evidence);
  resolveAgain(drafts, from);
  if (isLast) fateAgain(drafts, files, from);
  const next = { ...record, files, steps: drafts.map(({ step }) => step), gaps };
  return { ...next, ...tellAgain({ before: record, after: next, drafts, gone, moved }) };
}

/** The files before the steps with these indexes, which ascend. */
function statesAt({ files, steps }: Trajectory, indexes: readonly number[]): PatchedFile[][] {
  const states = new FileStates(files.map(({ base_text }) => base_text));
  const paths = new FilePaths(files.map(({ path }) => path));
  let done = 0;
  return indexes.map((index) => {
    for (; done < index; done++) {
      states.apply(steps[done]);
      paths.apply(steps[done]);
    }
    return files.map((_, file) => ({ path: paths.of(file), text: states.text(file) }));
  });
}

/** Those that a step is still about, and those that are in the record without any: the manifests at the top. */
function filesThatStay({ files, steps, part }: Trajectory, left: readonly Step[]): number[] {
  const [mentioned, still] = [steps, left].map((all) => new Set(all.map(({ file_id }) => file_id)));
  const stands = ({ path, base_text }: TrajectoryFile) =>
    part === 0 && base_text !== null && isManifest(path) && !path.includes('/');
  return [...files.keys()].filter((file) => still.has(file) || !mentioned.has(file) || stands(files[file]));
}

const bands: Step['elapsed'][] = ['<1s', '<10s', '<1m', '<10m', 'longer'];
/** The seconds with which each band begins. */
const seconds = [0, 1, 10, 60, 600];

/** The steps behind the cut: the first tells how much time the cut took at least. */
function timed(gone: readonly Step[], net: readonly Step[], tail: readonly Step[], isBeginning: boolean): Step[] {
  const [first, ...others] = [...net, ...tail];
  if (first === undefined || isBeginning) return [...tail];
  const own = net.length > 0 ? [] : [first.elapsed];
  const passed = [...gone.flatMap(({ elapsed, duration }) => [elapsed, duration ?? '<1s']), ...own];
  const least = passed.reduce((sum, band) => sum + seconds[bands.indexOf(band as Step['elapsed'])], 0);
  return [{ ...first, elapsed: bands[seconds.findLastIndex((begin) => begin <= least)] }, ...others];
}

/** Of a file whose text leaves the record, what was looked at stays, as of all that are only looked at. */
function withExcerpts(step: Step, withText: ReadonlySet<number | null>, bases: readonly PatchedFile[]): Step {
  if (step.kind !== 'view' || step.file_id === null || withText.has(step.file_id)) return step;
  const { text } = bases[step.file_id];
  return text === null ? step : { ...step, excerpts: excerptsOf(text, step.visible_lines) };
}

/** Counts the changes of each file once more; a later part goes on from where the one before ended. */
function versionsAgain({ steps, part }: Trajectory, left: readonly Step[]): Step[] {
  const versions = new Map<number, number>();
  if (part > 0) {
    for (const { file_id, doc_version } of steps) {
      if (file_id !== null && doc_version !== null && !versions.has(file_id)) versions.set(file_id, doc_version);
    }
  }
  return left.map((step) => {
    if (step.file_id === null || !versioned.has(step.kind)) return step;
    const doc_version = versions.get(step.file_id) ?? 0;
    versions.set(step.file_id, doc_version + step.changes.length);
    return { ...step, doc_version };
  });
}

function fileAgain(file: TrajectoryFile, texts: readonly (Redacted | null)[], steps: readonly Step[]): TrajectoryFile {
  const [base_text, final_text] = texts;
  const isChanged = steps.some((step) => step.file_id === file.file_id && changesText(step));
  return {
    ...file,
    role: roleOf(file.path, isChanged),
    license_spdx: spdxOf(base_text ?? final_text ?? ''),
    base_step: baseStep(file, steps),
    base_text,
    final_text,
    base_sha256: sha256(base_text),
    final_sha256: sha256(final_text),
  };
}

/** Where an output names a file that left the record, its places are read once more: they may have been those of its path. */
function locationsAgain(
  steps: readonly Step[],
  files: readonly TrajectoryFile[],
  fileIds: ReadonlyMap<number, number>,
): Step[] {
  const isLost = ({ locations }: Step) => locations.some(({ file_id }) => file_id !== null && !fileIds.has(file_id));
  const paths = files.map(({ path }) => path);
  const again = steps.some(isLost) ? locationsOf(steps, paths) : [];
  return steps.map((step, index) => {
    if (isLost(step)) return { ...step, locations: again[index] };
    const idHere = (file: number | null) => (file === null ? null : (fileIds.get(file) as number));
    return { ...step, locations: step.locations.map((place) => ({ ...place, file_id: idHere(place.file_id) })) };
  });
}

interface Cut {
  from: number;
  to: number;
  /** How far the steps behind it move. */
  by: number;
  isInside: boolean;
  /** The last step that is left. */
  last: number;
}

/** What was missing within the cut is missing in its place, each reason once. */
function gapsAgain(gaps: readonly Gap[], { from, to, by, isInside, last }: Cut): Gap[] {
  const before = gaps.filter(({ after_step }) => after_step < from);
  const behind = gaps
    .filter(({ after_step }) => after_step > to || (after_step === to && !isInside && last >= from))
    .map(({ after_step, reason }) => ({ after_step: after_step + by, reason }));
  if (!isInside) return [...before, ...behind];
  const after_step = from - 1;
  const within = gaps.filter((gap) => gap.after_step >= from && gap.after_step <= to).map(({ reason }) => reason);
  const told = before.filter((gap) => gap.after_step === after_step).map(({ reason }) => reason);
  const added = [...new Set([...within, 'withheld' as const])].filter((reason) => !told.includes(reason));
  return [...before, ...added.map((reason) => ({ after_step, reason })), ...behind];
}

/** What the snapshots of diagnostics behind the cut resolve: what stands in front of it is as it was. */
function resolveAgain(drafts: readonly Draft[], from: number): void {
  const resolutions = resolutionsOf(drafts);
  for (const [index, draft] of drafts.entries()) {
    if (index < from || draft.step.kind !== 'diagnostics') continue;
    const resolution = resolutions.get(draft);
    draft.step.resolved = resolution?.items.map(({ start: _, end: __, ...item }) => item) ?? [];
    draft.step.resolved_by_step = resolution ? drafts.indexOf(resolution.edit) : null;
  }
}

/**
 * Labels of the edits in front of the cut look no further than it: what stood at their time, or stands at the end of what is
 * left, has survived. What was gone before its time, and before the cut, cannot have come back: it stays gone.
 */
function fateAgain(drafts: readonly Draft[], files: readonly TrajectoryFile[], from: number): void {
  const fates = fatesOf(
    drafts,
    files.map(({ base_text }) => base_text),
  );
  const either = (was: boolean | null, stands: boolean | null) => (was === null ? null : was || stands === true);
  for (const [index, { step }] of drafts.slice(0, from).entries()) {
    const fate = fates[index];
    if (!fate) continue;
    for (const label of labels) step[label] = either(step[label], fate[label]);
  }
}

const labels = ['settled', 'surviving_10s', 'surviving_30s', 'surviving_300s', 'surviving_end'] as const;
