import { mint } from './mint.ts';
import type { Redacted } from './redacted.ts';

/**
 * Text made from redacted texts alone (a slice, a diff, a join): it is redacted because its sources are. `make` must not
 * bring in text from anywhere else.
 */
export function deriveText<Sources extends Redacted[]>(
  make: (...sources: { [K in keyof Sources]: string }) => string,
  ...sources: Sources
): Redacted {
  return mint(make(...(sources as unknown as { [K in keyof Sources]: string })));
}
