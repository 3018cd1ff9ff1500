import { createHash } from 'node:crypto';

/** sha256 of a text as UTF-8, in hex; null of null. */
export function sha256<Text extends string | null>(text: Text): Text extends string ? string : null;
export function sha256(text: string | null): string | null {
  return text === null ? null : createHash('sha256').update(text).digest('hex');
}

/** 0 to 999, the same for all records of a repository (or, without `lineageKey`, of a project): it decides the split. */
export function splitBucket(lineageKey: string | null, projectId: string): number {
  return Number.parseInt(sha256(lineageKey ?? projectId).slice(0, 8), 16) % 1000;
}
