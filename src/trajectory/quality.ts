import { codePointLength } from '../session/codePoints.ts';
import { origin, type Quality, type Step, type TrajectoryFile } from './record.ts';

/**
 * Counts over one record's files and steps; each formula stands at its column in `record.ts`. `replay_verified` is not
 * told here: only who replayed the record knows.
 */
export function measureQuality(
  files: readonly TrajectoryFile[],
  steps: readonly Step[],
): Omit<Quality, 'replay_verified'> {
  const edits = steps.filter(({ kind }) => kind === 'edit');
  const inserted = new Map(origin.options.map((name) => [name, 0]));
  for (const edit of edits) {
    const by = edit.origin ?? 'unknown';
    for (const change of edit.changes) inserted.set(by, inserted.get(by)! + codePointLength(change.inserted));
  }
  const codePoints = [...inserted.values()].reduce((sum, count) => sum + count, 0);
  const texts = [
    ...files.flatMap(({ base_text, final_text }) => [base_text, final_text]),
    ...steps.flatMap(({ changes, output, excerpts }) => [
      output,
      ...changes.map(({ inserted }) => inserted),
      ...excerpts.map(({ text }) => text),
    ]),
  ];
  return {
    code_points: codePoints,
    bytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0),
    resyncs: steps.filter(({ kind }) => kind === 'resync').length,
    edits: edits.length,
    edits_inserting: edits.filter((edit) => edit.surviving_end !== null).length,
    edits_settled: edits.filter((edit) => edit.settled).length,
    edits_surviving_10s: edits.filter((edit) => edit.surviving_10s).length,
    edits_surviving_30s: edits.filter((edit) => edit.surviving_30s).length,
    edits_surviving_300s: edits.filter((edit) => edit.surviving_300s).length,
    edits_surviving_end: edits.filter((edit) => edit.surviving_end).length,
    origin_share: [...inserted]
      .filter(([, count]) => count > 0)
      .map(([origin, count]) => ({ origin, share: count / codePoints })),
  };
}
