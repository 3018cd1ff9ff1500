/** What a dataset holds of the consents that it was recorded under. */

/** A policy's version names its file. */
export const policyVersionPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export function withdrawalLine(id: string): string {
  return `${JSON.stringify({ id })}\n`;
}

/** The ids in `withdrawals.jsonl`, also behind a line that a power failure cut short. */
export function withdrawnIds(text: string): Set<string> {
  return new Set(Array.from(text.matchAll(/\{"id":"([0-9a-f]{32})"\}/g), ([, id]) => id));
}

/** The same with the lineage keys (64 digits) among them: a repository may be excluded whole. */
export function withdrawnKeys(text: string): Set<string> {
  return new Set(Array.from(text.matchAll(/\{"id":"([0-9a-f]{32}(?:[0-9a-f]{32})?)"\}/g), ([, key]) => key));
}
