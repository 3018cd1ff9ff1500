import type { RedactionShown } from './messages.ts';

/** Finds the placeholders of a record in its texts; null where it has none. Longer ones go before those that they hold. */
export function placeholderPattern(redactions: readonly RedactionShown[]): RegExp | null {
  const forms = redactions.map(({ placeholder }) => placeholder).filter((form) => form.length > 1);
  if (forms.length === 0) return null;
  const sorted = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return new RegExp(sorted.map((form) => form.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|'), 'g');
}
