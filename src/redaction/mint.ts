import type { Redacted } from './redacted.ts';

/** Declares a text redacted. For this folder's own results alone; the linter keeps others from importing it. */
export function mint(text: string): Redacted {
  return text as Redacted;
}
