/** Errors and warnings that edits made go away. */
import type { Draft } from './drafts.ts';
import type { Step } from './record.ts';

type Diagnostic = Step['diagnostics'][number];

export interface Resolution {
  /** The last edit of the file before the snapshot in which the items are gone. */
  edit: Draft;
  items: Diagnostic[];
}

/**
 * For each snapshot of a file's diagnostics, those of the one before that are gone (by source, code and message), where
 * the file was edited between. Without an edit nothing is resolved: closing a file takes its diagnostics away too.
 */
export function resolutionsOf(drafts: readonly Draft[]): Map<Draft, Resolution> {
  const resolutions = new Map<Draft, Resolution>();
  const files = new Map<number, { present: Diagnostic[]; edit: Draft | null }>();
  for (const draft of drafts) {
    const { kind, file_id, diagnostics } = draft.step;
    if (file_id === null) continue;
    const file = files.get(file_id) ?? { present: [], edit: null };
    files.set(file_id, file);
    if (kind === 'edit') file.edit = draft;
    if (kind !== 'diagnostics') continue;
    const still = new Set(diagnostics.map(keyOf));
    const items = file.present.filter((item) => !still.has(keyOf(item)));
    if (file.edit && items.length > 0) resolutions.set(draft, { edit: file.edit, items });
    file.present = diagnostics;
    file.edit = null;
  }
  return resolutions;
}

/** Distinct diagnostics (file, source, code, message) that were resolved and came in no later snapshot back. */
export function countResolved(drafts: readonly Draft[], resolutions: ReadonlyMap<Draft, Resolution>): number {
  const resolved = new Set<string>();
  for (const draft of drafts) {
    const { kind, file_id, diagnostics } = draft.step;
    if (kind !== 'diagnostics') continue;
    for (const item of resolutions.get(draft)?.items ?? []) resolved.add(`${file_id} ${keyOf(item)}`);
    for (const item of diagnostics) resolved.delete(`${file_id} ${keyOf(item)}`);
  }
  return resolved.size;
}

function keyOf({ source, code, message }: Diagnostic): string {
  return JSON.stringify([source, code, message]);
}
