/** What steps that were cut out did to the files, told as one step for each change that is left of them. */
import { deriveText } from '../redaction/derive.ts';
import type { Redacted } from '../redaction/redacted.ts';
import { codePointLength, codePoints, fromCodePoints } from '../session/codePoints.ts';
import { lineDiff } from '../session/lineDiff.ts';
import type { Change } from '../session/task.ts';
import { blank } from './drafts.ts';
import { trimmed } from './hull.ts';
import type { PatchedFile } from './netPatch.ts';
import type { Step } from './record.ts';

/** `before` became `after`; none where they are the same. */
export function netSteps(file_id: number, before: PatchedFile, after: PatchedFile): Step[] {
  const steps: Step[] = [];
  const isMoved = before.path !== after.path;
  if (isMoved)
    steps.push({ ...blank, kind: 'file', action: 'rename', file_id, path: before.path, to_path: after.path });
  if (before.text === after.text) return steps;
  if (after.text === null) return [...steps, { ...blank, kind: 'file', action: 'delete', file_id, path: after.path }];
  // A resync brings an absent file back.
  return [...steps, { ...blank, kind: 'resync', file_id, changes: netChanges(before.text, after.text) }];
}

/** Line by line, each change cut down to what differs: nothing is in it but pieces of the text after. */
function netChanges(before: Redacted | null, after: Redacted): Change<Redacted>[] {
  let offset = 0;
  return lineDiff(before ?? '', after).flatMap(({ kept, deleted, inserted }) => {
    offset += codePointLength(kept);
    const changes = deleted === inserted ? [] : [changeOf(offset, deleted, inserted, after)];
    offset += codePointLength(inserted);
    return changes;
  });
}

function changeOf(offset: number, old: string, now: string, source: Redacted): Change<Redacted> {
  const points = codePoints(now);
  const { start, deleted, inserted } = trimmed(offset, codePoints(old), points);
  const kept = points.slice(start - offset, start - offset + inserted);
  return { offset: start, deleted, inserted: deriveText(() => fromCodePoints(kept), source) };
}
