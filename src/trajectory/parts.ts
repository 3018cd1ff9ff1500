/** Cuts a long task into parts that each make a row of bearable size. */
import type { Redacted } from '../redaction/redacted.ts';
import { fromCodePoints } from '../session/codePoints.ts';
import { timeBand } from './bands.ts';
import type { Draft } from './drafts.ts';
import { FileStates } from './fileStates.ts';

/** Bytes that a file takes in a record besides its texts: keys, hashes and path. */
const fileBytes = 600;

/**
 * Cuts before the step with which a part would pass `target` bytes of UTF-8 JSON, and between the changes of a burst
 * that alone would pass it. A part is larger only where one step or one change is. `overhead` is what each row holds
 * besides files and steps, `bases` the texts before the first draft.
 */
export function cutParts(
  drafts: readonly Draft[],
  bases: readonly (Redacted | null)[],
  overhead: number,
  target: number,
): Draft[][] {
  const parts: Draft[][] = [[]];
  const states = new FileStates(bases);
  const texts = bases.map(jsonBytes);
  /** JSON bytes of each file of the open part as it was at its beginning. */
  const opened = new Map<number, number>();
  let steps = overhead;

  const fits = (bytes: number, file: number | null, text: number) => {
    let size = steps + bytes;
    for (const [other, base] of opened) size += fileBytes + base + (other === file ? text : texts[other]);
    if (file !== null && !opened.has(file)) size += fileBytes + texts[file] + text;
    return size <= target;
  };
  const take = (draft: Draft, bytes: number, text: number) => {
    const { file_id: file } = draft.step;
    if (file !== null) {
      if (!opened.has(file)) opened.set(file, texts[file]);
      texts[file] = text;
    }
    parts[parts.length - 1].push(draft);
    steps += bytes;
  };
  const cut = () => {
    parts.push([]);
    opened.clear();
    steps = overhead;
  };

  for (const draft of drafts) {
    const { step } = draft;
    const file = step.file_id;
    const changes = measure(draft, states, file === null ? 0 : texts[file]);
    const frame = jsonBytes({ ...step, changes: [] });
    const whole = changes.reduce((sum, { bytes }) => sum + bytes, frame);
    const text = file === null ? 0 : (changes.at(-1)?.text ?? jsonBytes(states.text(file)));
    if (!fits(whole, file, text) && parts[parts.length - 1].length > 0) cut();
    if (fits(whole, file, text) || changes.length < 2) {
      take(draft, whole, text);
      continue;
    }
    let from = 0;
    let bytes = frame;
    for (const [i, change] of changes.entries()) {
      if (i > from && !fits(bytes + change.bytes, file, change.text)) {
        take(piece(draft, from, i), bytes, changes[i - 1].text);
        cut();
        from = i;
        bytes = frame;
      }
      bytes += change.bytes;
    }
    take(piece(draft, from, changes.length), bytes, text);
  }
  return parts;
}

/** UTF-8 bytes of a value as JSON. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** JSON bytes of each change, and of the file's text after it. Applies the draft to the states. */
function measure({ step }: Draft, states: FileStates, text: number): { bytes: number; text: number }[] {
  const file = step.file_id;
  if (file === null || step.changes.length === 0) {
    states.apply(step);
    return [];
  }
  if (step.kind === 'resync') states.apply({ ...step, changes: [] });
  return step.changes.map((change) => {
    const deleted = fromCodePoints(states.points(file)!.slice(change.offset, change.offset + change.deleted));
    states.change(file, change);
    text += jsonBytes(change.inserted) - jsonBytes(deleted);
    return { bytes: jsonBytes(change) + 1, text };
  });
}

/** The changes [from, to) of a burst as a step of its own. Where it was cut, what was in view is not known. */
function piece(draft: Draft, from: number, to: number): Draft {
  const { step, times } = draft;
  const first = from === 0;
  const last = to === step.changes.length;
  return {
    step: {
      ...step,
      elapsed: first ? step.elapsed : timeBand(times[from] - times[from - 1]),
      doc_version: step.doc_version! + from,
      selections: first ? step.selections : [],
      visible_lines: first ? step.visible_lines : [],
      changes: step.changes.slice(from, to),
    },
    begin: times[from],
    end: times[to - 1],
    times: times.slice(from, to),
    gaps: last ? draft.gaps : [],
    testsComplete: draft.testsComplete,
    testsPassed: draft.testsPassed,
  };
}
