/** What attribution sees of a session: each edit with the text around it, and what happened near it. */
import type { RawDocument } from '../document.ts';
import type { SessionEvent, SessionEventOf } from '../events.ts';

/** Text kept of the line in front of a change and behind it, in UTF-16 units. */
const contextLength = 200;
/** An event of more changes is judged by its first ones: no rule turns on the rest. */
const mostChanges = 1000;

export interface Range {
  start: number;
  end: number;
}

export interface ChangeSeen {
  /** In the text before the event. */
  offset: number;
  deleted: string;
  inserted: string;
  /** The rest of the change's line in the text before the event, bounded. */
  lineBefore: string;
  lineAfter: string;
}

export interface EditSeen {
  kind: 'edit';
  t: number;
  /** Identifies the file among those of the task. */
  file: number;
  version: number;
  reason: SessionEventOf<'edit'>['reason'];
  /** In ascending order. */
  changes: ChangeSeen[];
  /** Cursors before the edit, in ascending order; null when no editor showed the document or nothing is known. */
  cursors: Range[] | null;
  /** Whether the active editor showed the document. All that is not known is null, as in an imported session. */
  active: boolean | null;
  clipboard: boolean | null;
  /** For how long the cursors had stood where they were, in milliseconds. */
  still: number | null;
  /** Whether the document had unsaved changes right after the edit. */
  dirty: boolean | null;
  /** Where the cursors went at once, and by whose doing. */
  after: { cursors: Range[]; cause: NonNullable<SessionEventOf<'sign'>['cause']> | null } | null;
  /** Whether it changed text of which an error or warning spoke. */
  onDiagnostic: boolean;
}

export type Seen =
  | EditSeen
  | { kind: 'save'; t: number; file: number }
  /** Git changed its index or moved its HEAD, or a git command began or ended. */
  | { kind: 'git'; t: number };

/** A cursor that moves later moves by another key. */
const signTime = 150;

/** An edit event, or what stands for one where no editor told of the change. */
export type EditFacts = Omit<SessionEventOf<'edit'>, 'kind' | 'doc'>;

/** @param document the text before the event. */
export function seeEdit(
  event: EditFacts,
  document: RawDocument,
  file: number,
  diagnostics: readonly Range[],
): EditSeen {
  const changes = event.changes
    .slice(0, mostChanges)
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, length, text }) => ({
      offset,
      deleted: document.slice(offset, offset + length),
      inserted: text,
      lineBefore: /[^\n]*$/.exec(document.slice(offset - contextLength, offset))?.[0] ?? '',
      lineAfter: /^[^\r\n]*/.exec(document.slice(offset + length, offset + length + contextLength))?.[0] ?? '',
    }));
  return {
    kind: 'edit',
    t: event.t,
    file,
    version: event.version,
    reason: event.reason,
    changes,
    cursors: event.selections && rangesOf(event.selections),
    active: event.active ?? null,
    clipboard: event.clipboard ?? null,
    still: event.still ?? null,
    dirty: event.dirty ?? null,
    after: null,
    onDiagnostic: diagnostics.some(({ start, end }) =>
      changes.some(({ offset, deleted }) => offset <= end && offset + deleted.length >= start),
    ),
  };
}

/** Adds to an edit what was told of it afterwards. */
export function seeSign(edit: EditSeen, sign: SessionEventOf<'sign'>): void {
  edit.clipboard = sign.clipboard ?? edit.clipboard;
  edit.dirty = sign.dirty ?? edit.dirty;
  if (!sign.selections || sign.t - edit.t > signTime) return;
  // A snippet sets the cursor behind its text, then into the first of its places: the last one counts.
  if (edit.after && edit.after.cause !== sign.cause) return;
  edit.after = { cursors: rangesOf(sign.selections), cause: sign.cause };
}

/** What an event other than an edit or its signs tells of the edits near it. */
export function seeOther(event: SessionEvent, fileOf: (doc: number) => number | null): Seen | null {
  if (event.kind === 'git' || event.kind === 'git_index') return { kind: 'git', t: event.t };
  const file = event.kind === 'save' ? fileOf(event.doc) : null;
  return file === null ? null : { kind: 'save', t: event.t, file };
}

export function isGitCommand(line: string): boolean {
  return /(?:^|[\s;&|(])git\s/.test(line);
}

function rangesOf(selections: readonly { anchor: number; active: number }[]): Range[] {
  return selections
    .map(({ anchor, active }) => ({ start: Math.min(anchor, active), end: Math.max(anchor, active) }))
    .sort((a, b) => a.start - b.start);
}
