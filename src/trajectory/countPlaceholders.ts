import type { RedactionSummary } from './record.ts';

/** The placeholders that stand in the record, and how often. */
export function countPlaceholders(
  record: object,
  placeholders: readonly { placeholder: string; type: string }[],
): RedactionSummary['placeholders'] {
  if (placeholders.length === 0) return [];
  const json = JSON.stringify(record);
  return placeholders
    .map(({ placeholder, type }) => ({ placeholder, type, count: json.split(placeholder).length - 1 }))
    .filter(({ count }) => count > 0);
}
