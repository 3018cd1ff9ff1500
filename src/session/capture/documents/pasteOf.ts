import type { SessionEventOf } from '../../events.ts';

const unixLines = (text: string) => text.replace(/\r\n?/g, '\n');

/** Whether a text was pasted: whole at every cursor, or one line at each. White space at its ends may differ. */
export function isPasteOf(text: string, changes: SessionEventOf<'edit'>['changes']): boolean {
  const inserted = changes.map((change) => unixLines(change.text).trim()).filter(Boolean);
  const pasted = unixLines(text).trim();
  if (pasted === '' || inserted.length === 0) return false;
  return (
    inserted.every((each) => each === pasted) ||
    inserted.toReversed().join('\n') === pasted ||
    inserted.join('\n') === pasted
  );
}
