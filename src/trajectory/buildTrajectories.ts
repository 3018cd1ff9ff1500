/** From a redacted task to the records that stand for it on disk. */
import type { RecordConsent } from '../consent/receipt.ts';
import type { Redacted } from '../redaction/redacted.ts';
import { isManifest } from '../session/manifests.ts';
import type { Task } from '../session/task.ts';
import { quarter } from './bands.ts';
import { countPlaceholders } from './countPlaceholders.ts';
import { type Draft, draftSteps } from './drafts.ts';
import { environmentOf } from './environment.ts';
import { TrajectoryError } from './errors.ts';
import { fatesOf } from './fates.ts';
import { roleOf, spdxOf } from './fileFacts.ts';
import { FilePaths } from './filePaths.ts';
import { FileStates } from './fileStates.ts';
import { sha256, splitBucket } from './hashes.ts';
import { instructionField, instructionOf } from './instruction.ts';
import { judge, type Verdict } from './outcome.ts';
import { cutParts, jsonBytes } from './parts.ts';
import { measureQuality } from './quality.ts';
import {
  type Outcome,
  type RedactionSummary,
  type Step,
  type Trajectory,
  type TrajectoryFile,
  trajectorySchemaVersion,
} from './record.ts';
import { baseStep, changesText, needsText, replayTrajectory } from './replay.ts';
import { countResolved, resolutionsOf } from './resolved.ts';

/** What a record says beyond the task itself. */
export interface TrajectoryMeta {
  taskId: string;
  /** A random id for each part; the first one's is drawn when the task opens. */
  trajectoryId: (part: number) => string;
  projectId: string;
  consent: RecordConsent;
  extensionVersion: string;
  /** Hears when each step of a record was over, which the record does not tell: milliseconds since the Unix epoch. */
  tellTimes?: (trajectoryId: string, ends: number[]) => void;
  redaction: Omit<RedactionSummary, 'placeholders'> & { placeholders: { placeholder: string; type: string }[] };
}

/** UTF-8 bytes of JSON that a row aims at, and that it never exceeds. */
export const rowBytes = { target: 2_000_000, limit: 4_000_000 };

/** Room for what is only known when a row is made: outcome, quality, gaps. */
const reserve = 8_000;

/**
 * The task as one record, or as several where one row would be too large: each part has its own files and texts and
 * replays on its own, and one's end is the next one's beginning. The last part tells the outcome of the whole task.
 *
 * @throws TrajectoryError when the task does not replay, or one step is too large for a row.
 */
export function buildTrajectories(task: Task<Redacted>, meta: TrajectoryMeta): Trajectory[] {
  const { drafts, gapsBefore } = draftSteps(task, meta.consent.signals);
  requireReplay(task, drafts);

  const bases = task.files.map(({ base }) => base);
  const textFiles = new Set(drafts.filter(({ step }) => needsText(step)).map(({ step }) => step.file_id));
  for (const [file, { path, base }] of task.files.entries()) if (base !== null && isManifest(path)) textFiles.add(file);
  for (const { step } of drafts) if (textFiles.has(step.file_id)) step.excerpts = [];
  const common = commonFields(task, meta, drafts);
  const parts = cutParts(drafts, bases, jsonBytes(common) + reserve, rowBytes.target);
  const all = parts.flat();
  const fates = fatesOf(all, bases);
  const resolutions = resolutionsOf(all);
  const verdict = judge({ drafts: all, files: task.files });
  const instruction = instructionOf(task, all);
  const mentioned = new Set(all.map(({ step }) => step.file_id));

  const states = new FileStates(bases);
  const paths = new FilePaths(task.files.map(({ path }) => path));
  let taken = 0;
  return parts.map((part, number) => {
    const isFirst = number === 0;
    const isLast = number === parts.length - 1;
    const here = new Set(part.map(({ step }) => step.file_id));
    /** The task's numbers of this part's files; what no step mentions was looked at, and stands in the first part. */
    const numbers = [...task.files.keys()].filter((file) => here.has(file) || (isFirst && !mentioned.has(file)));
    const fileIds = new Map(numbers.map((file, id) => [file, id]));
    const idHere = (file: number | null) => (file === null ? null : (fileIds.get(file) ?? null));
    const indexHere = (draft: Draft | undefined) => {
      const index = draft ? part.indexOf(draft) : -1;
      return index < 0 ? null : index;
    };
    const steps: Step[] = part.map((draft, index) => ({
      ...draft.step,
      ...fates[taken + index],
      index,
      file_id: idHere(draft.step.file_id),
      resolved: resolutions.get(draft)?.items.map(({ start: _, end: __, ...item }) => item) ?? [],
      resolved_by_step: indexHere(resolutions.get(draft)?.edit),
      locations: draft.step.locations.map((place) => ({ ...place, file_id: idHere(place.file_id) })),
    }));
    taken += part.length;

    const textOf = (file: number) => (textFiles.has(file) ? states.text(file) : null);
    const before = numbers.map((file) => ({ path: paths.of(file), text: textOf(file) }));
    for (const { step } of part) {
      states.apply(step);
      paths.apply(step);
    }
    const files = numbers.map((file, file_id) =>
      fileRecord(task.files[file], file_id, before[file_id].path, before[file_id].text, textOf(file), steps),
    );
    const record: Trajectory = {
      ...common,
      trajectory_id: meta.trajectoryId(number),
      part: number,
      parts: parts.length,
      instruction: instructionField(instruction, part, all.slice(0, taken - part.length)),
      files,
      steps,
      gaps: [
        ...(isFirst ? gapsBefore : []).map((reason) => ({ after_step: -1, reason })),
        ...part.flatMap(({ gaps }, after_step) => gaps.map((reason) => ({ after_step, reason }))),
      ],
      outcome: {
        ...(isLast ? outcomeOf(all, verdict, countResolved(all, resolutions), meta) : unknownOutcome),
        evidence: verdict.evidence.map((draft) => part.indexOf(draft)).filter((index) => index >= 0),
        observed_until_step: steps.length > 0 ? steps.length - 1 : null,
      },
      quality: { ...measureQuality(files, steps), replay_verified: true },
    };
    meta.tellTimes?.(
      record.trajectory_id,
      part.map(({ end }) => end),
    );
    return checked({
      ...record,
      redaction: { ...common.redaction, placeholders: countPlaceholders(record, meta.redaction.placeholders) },
    });
  });
}

/** @throws TrajectoryError when the texts of the task and its changes contradict each other. */
function requireReplay(task: Task<Redacted>, drafts: readonly Draft[]): void {
  const states = new FileStates(task.files.map(({ base }) => base));
  const changed = new Set<number | null>();
  try {
    for (const { step } of drafts) {
      states.apply(step);
      if (changesText(step)) changed.add(step.file_id);
    }
  } catch (error) {
    if (error instanceof RangeError) throw new TrajectoryError('replay', error.message);
    throw error;
  }
  const wrong = task.files.findIndex(({ final }, file) => changed.has(file) && states.text(file) !== final);
  if (wrong >= 0) throw new TrajectoryError('replay', `file ${wrong}: base and changes do not give the final text`);
}

type CommonFields = Omit<
  Trajectory,
  'trajectory_id' | 'part' | 'parts' | 'instruction' | 'files' | 'steps' | 'gaps' | 'outcome' | 'quality'
>;

/** Versions of VS Code come out monthly: ten of them together do not tell the month, and hardly a machine. */
function decade(version: string | null): string | null {
  return version?.replace(/^(\d+\.\d*)\d\b.*/, '$1x') ?? null;
}

/** What all parts of a task share. */
function commonFields(task: Task<Redacted>, meta: TrajectoryMeta, drafts: readonly Draft[]): CommonFields {
  const lineage = sha256(task.repository?.root ?? null);
  return {
    schema_version: trajectorySchemaVersion,
    revision: 1,
    task_id: meta.taskId,
    project_id: meta.projectId,
    lineage_key: lineage,
    split_bucket: splitBucket(lineage, meta.projectId),
    consent: meta.consent,
    producer: { extension: meta.extensionVersion, vscode: decade(task.vscodeVersion), platform: task.platform },
    period: quarter(task.startedAt),
    environment: {
      ...environmentOf(
        drafts.map(({ step }) => step),
        task.files.map(({ path, base, final }) => ({ path, text: final ?? base })),
      ),
      repo: task.repository?.address ?? null,
      base_commit: task.repository?.commit ?? null,
    },
    redaction: { ...meta.redaction, placeholders: [] },
    license: { spdx: task.license?.spdx ?? null, file: task.license?.file ?? null },
  };
}

function fileRecord(
  { language, encoding, eol }: Task<Redacted>['files'][number],
  file_id: number,
  path: Redacted,
  base_text: Redacted | null,
  final_text: Redacted | null,
  steps: readonly Step[],
): TrajectoryFile {
  const isChanged = steps.some((step) => step.file_id === file_id && changesText(step));
  return {
    file_id,
    path,
    role: roleOf(path, isChanged),
    language,
    license_spdx: spdxOf(base_text ?? final_text ?? ''),
    encoding,
    eol,
    base_step: baseStep({ file_id }, steps),
    base_text,
    final_text,
    base_sha256: sha256(base_text),
    final_sha256: sha256(final_text),
  };
}

type TaskOutcome = Omit<Outcome, 'evidence' | 'observed_until_step'>;

const unknownOutcome: TaskOutcome = {
  status: 'unknown',
  basis: 'none',
  tests: [],
  diagnostics_resolved: null,
  committed: null,
  reverted: null,
};

/** What no consented signal observed is null, and not false. */
function outcomeOf(
  drafts: readonly Draft[],
  verdict: Verdict,
  resolved: number,
  { consent }: TrajectoryMeta,
): TaskOutcome {
  const { status, basis, tests, reverted } = verdict;
  return {
    status,
    basis,
    tests,
    diagnostics_resolved: consent.signals.includes('errors') ? resolved : null,
    committed: consent.signals.includes('git') ? drafts.some(({ step }) => step.action === 'commit') : null,
    reverted,
  };
}

function checked(record: Trajectory): Trajectory {
  const fault = replayTrajectory(record);
  if (fault) throw new TrajectoryError('replay', `part ${record.part}: ${fault}`);
  const size = jsonBytes(record);
  if (size > rowBytes.limit) throw new TrajectoryError('size', `part ${record.part} takes ${size} bytes`);
  return record;
}
