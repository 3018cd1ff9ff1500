/**
 * Redacts a finished record once more, with what the rules find today and what has become known since. Everything that
 * was told of its steps (times, fates, outcome) stays; texts, positions, hashes and counts follow.
 */

import { contextOfFile } from '../redaction/context.ts';
import { detectorVersion } from '../redaction/detectors/detect.ts';
import type { Context } from '../redaction/detectors/rule.ts';
import type { Dictionary } from '../redaction/dictionary/dictionary.ts';
import { Atoms } from '../redaction/history/atoms.ts';
import { EditEmitter } from '../redaction/history/emit.ts';
import { TextHistory } from '../redaction/history/textHistory.ts';
import type { Redacted } from '../redaction/redacted.ts';
import { type Covered, type PlaceholderOptions, redactHistories } from '../redaction/redactHistories.ts';
import { codePointLength } from '../session/codePoints.ts';
import type { KnownValue } from '../session/events.ts';
import { countPlaceholders } from './countPlaceholders.ts';
import { TrajectoryError } from './errors.ts';
import { sha256 } from './hashes.ts';
import { locationsOf } from './locations.ts';
import { measureQuality } from './quality.ts';
import type { Step, Trajectory, TrajectoryFile } from './record.ts';
import { replayTrajectory } from './replay.ts';

export interface RedactedAgain {
  /** The record's next revision. */
  record: Trajectory;
  /** What was covered, by type; each value once. */
  covered: Covered[];
  /** What the record's bytes must not hold. */
  dictionary: Dictionary;
}

/** @returns null when there is nothing to cover. @throws TrajectoryError when the record would not replay. */
export function redactAgain(
  record: Trajectory,
  known: readonly KnownValue[] = [],
  options: PlaceholderOptions = {},
): RedactedAgain | null {
  const atoms = new Atoms();
  const contexts = record.files.map(contextOfFile);
  const files = record.files.map(({ base_text }, i) => new TextHistory(atoms, base_text ?? '', contexts[i]));
  const edits = record.steps.map((step) => {
    const revives = step.origin === 'undo' || step.origin === 'redo';
    if (erases(step)) {
      const history = files[step.file_id as number];
      return [history.edit({ offset: 0, deleted: history.final().length, inserted: '' }, false)];
    }
    return step.changes.map((change) => files[step.file_id as number].edit(change, revives));
  });
  const streams = new Map<string, TextHistory>();
  const stream = (text: string, context: Context) => {
    const key = `${context} ${text}`;
    const history = streams.get(key) ?? new TextHistory(atoms, text, context);
    streams.set(key, history);
    return history;
  };
  mapTexts(record, (text, context) => {
    stream(text, context);
    return text;
  });

  const redaction = redactHistories([...files, ...streams.values()], atoms, known, options);
  const { emitter, dictionary } = redaction;
  const bases = files.map((history) => emitter.text(history.base));
  const editors = files.map((history) => new EditEmitter(history, emitter));
  const others = mapTexts(record, (text, context) => emitter.text(stream(text, context).base));
  const versions = new Map<number, number>();
  const steps = others.steps.map((step, i): Step => {
    if (step.file_id === null) return step;
    if (step.excerpts.length > 0) {
      const context = contexts[step.file_id];
      return { ...step, ...viewAgain(record.steps[i], (text) => new EditEmitter(stream(text, context), emitter)) };
    }
    const editor = editors[step.file_id];
    const doc_version = step.doc_version === null ? null : (versions.get(step.file_id) ?? step.doc_version);
    const moved = {
      ...step,
      doc_version,
      selections: step.selections.map((selection) => editor.selection(selection)),
      visible_lines: step.visible_lines.map((range) => editor.lines(range)),
      line: step.line === null ? null : editor.lines({ start: step.line, end: step.line }).start,
      diagnostics: step.diagnostics.map((item) => ({
        ...item,
        start: editor.position(item.start),
        end: editor.position(item.end),
      })),
    };
    const edited = edits[i].map((edit) => editor.edit(edit)).filter((change) => change !== null);
    const changes = erases(step) ? [] : edited;
    if (doc_version !== null) versions.set(step.file_id, doc_version + changes.length);
    return { ...moved, changes };
  });
  tellLocationsAgain(record, others, steps);
  const covered = redaction.covered();
  if (covered.length === 0) return null;

  const redactedFiles = others.files.map((file, i): TrajectoryFile => {
    const base_text = file.base_text === null ? null : bases[i];
    const final_text = file.final_text === null ? null : editors[i].text();
    return { ...file, base_text, final_text, base_sha256: sha256(base_text), final_sha256: sha256(final_text) };
  });
  const next: Trajectory = {
    ...others,
    revision: record.revision + 1,
    files: redactedFiles,
    steps,
    quality: { ...measureQuality(redactedFiles, steps), replay_verified: true },
  };
  const listed = [...record.redaction.placeholders.map(({ placeholder, type }) => ({ placeholder, type })), ...covered];
  const fault = replayTrajectory(next);
  if (fault) throw new TrajectoryError('replay', fault);
  return {
    record: {
      ...next,
      redaction: {
        ...record.redaction,
        detector_version: detectorVersion,
        placeholders: countPlaceholders({ ...next, redaction: null }, listed),
      },
    },
    covered,
    dictionary,
  };
}

/** What is deleted may be created again, from nothing. */
function erases({ kind, action, file_id }: Step): boolean {
  return kind === 'file' && action === 'delete' && file_id !== null;
}

/** Where an output was redacted, columns in it may have been too: they are read once more. */
function tellLocationsAgain(before: Trajectory, { files }: Trajectory, steps: Step[]): void {
  const paths = files.map(({ path }) => path);
  for (const [i, locations] of locationsOf(steps, paths).entries()) {
    if (steps[i].output !== before.steps[i].output) steps[i].locations = locations;
  }
}

type MapText = (text: Redacted, context: Context) => Redacted;

/** Applies `map` to every text of a record but those of the files and of their changes. */
function mapTexts(record: Trajectory, map: MapText): Trajectory {
  const optional = (text: Redacted | null, context: Context) => (text === null ? null : map(text, context));
  const contexts = record.files.map(contextOfFile);
  const told = ({ source, code, message }: Step['resolved'][number]) => ({
    source: optional(source, 'source'),
    code: optional(code, 'source'),
    message: map(message, 'terminal'),
  });
  const step = (one: Step): Step => ({
    ...one,
    excerpts: one.excerpts.map((part) => ({ ...part, text: map(part.text, contexts[one.file_id as number]) })),
    path: optional(one.path, 'source'),
    to_path: optional(one.to_path, 'source'),
    paths: one.paths.map((path) => map(path, 'source')),
    branch: optional(one.branch, 'source'),
    message: optional(one.message, 'terminal'),
    cwd: optional(one.cwd, 'source'),
    command: optional(one.command, 'terminal'),
    output: optional(one.output, 'terminal'),
    locations: one.locations.map((place) => ({ ...place, path: map(place.path, 'source') })),
    tests: one.tests.map((test) => ({ ...test, name: map(test.name, 'source') })),
    diagnostics: one.diagnostics.map((item) => ({ ...item, ...told(item) })),
    resolved: one.resolved.map((item) => ({ ...item, ...told(item) })),
  });
  return {
    ...record,
    instruction: { ...record.instruction, text: optional(record.instruction.text, 'terminal') },
    environment: {
      ...record.environment,
      tools: record.environment.tools.map((tool) => ({ ...tool, version: optional(tool.version, 'terminal') })),
      ...repositoryAgain(record.environment, optional(record.environment.repo, 'source')),
    },
    license: { ...record.license, file: optional(record.license.file, 'source') },
    files: record.files.map((file) => ({ ...file, path: map(file.path, 'source') })),
    steps: record.steps.map(step),
    outcome: {
      ...record.outcome,
      tests: record.outcome.tests.map((test) => ({ ...test, name: map(test.name, 'source') })),
    },
  };
}

/** An address of which something had to be taken out leads nowhere. */
function repositoryAgain({ repo, base_commit }: Trajectory['environment'], mapped: Redacted | null) {
  return mapped === repo ? { repo, base_commit } : { repo: null, base_commit: null };
}

/**
 * A look at lines of which the record holds nothing but the excerpts. What stands between them is not known: it stays as
 * long as it was.
 * @param editorOf gives an excerpt's text and its positions as they are told now.
 */
function viewAgain(
  step: Step,
  editorOf: (text: Redacted) => EditEmitter,
): Pick<Step, 'excerpts' | 'selections' | 'visible_lines'> {
  const parts: { from: number; to: number; by: number; editor: EditEmitter }[] = [];
  /** How many lines each range has lost or won. */
  const grown = step.visible_lines.map(() => 0);
  let by = 0;
  const excerpts = step.excerpts.map(({ offset, text }, i) => {
    const editor = editorOf(text);
    const length = codePointLength(text);
    const next = { offset: offset + by, text: editor.text() };
    parts.push({ from: offset, to: offset + length, by, editor });
    by += codePointLength(next.text) - length;
    grown[i] = next.text.split('\n').length - text.split('\n').length;
    return next;
  });
  const position = (at: number): number => {
    const part = parts.findLast(({ from }) => from <= at);
    if (!part) return at;
    const { from, to, editor } = part;
    return from + part.by + editor.position(Math.min(at, to) - from) + Math.max(0, at - to);
  };
  let lines = 0;
  const visible_lines = step.visible_lines.map(({ start, end }, i) => {
    const moved = start + lines;
    lines += grown[i];
    return { start: moved, end: end + lines };
  });
  const selections = step.selections.map(({ anchor, active }) => ({
    anchor: position(anchor),
    active: position(active),
  }));
  return { excerpts, selections, visible_lines };
}
