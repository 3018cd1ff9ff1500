/** Which records and rows an export holds. */
import { type Signal, signal, type Uses, uses } from '../consent/receipt.ts';
import type { Rendered } from '../examples/renderings/rendering.ts';
import { origin, outcome, type Trajectory } from '../trajectory/record.ts';

export interface ExportFilter {
  outcome?: string[];
  language?: string[];
  license?: string[];
  use?: (keyof Uses)[];
  includeImported?: boolean;
  origin?: string[];
  minChars?: number;
  signal?: Signal[];
  verified?: boolean;
}

/** Values of the filters that take one of few. */
export const filterValues = {
  outcome: outcome.shape.status.options,
  use: Object.keys(uses.shape) as (keyof Uses)[],
  origin: origin.options,
  signal: signal.options,
};

export function takesRecord({ consent, outcome, quality }: Trajectory, filter: ExportFilter): boolean {
  return (
    isGranted(consent, filter) &&
    (filter.outcome?.includes(outcome.status) ?? true) &&
    (filter.signal?.every((signal) => consent.signals.includes(signal)) ?? true) &&
    quality.code_points >= (filter.minChars ?? 0)
  );
}

/** As `pack` has it: imported records grant no use, and come only where they are asked for. */
function isGranted({ source, uses }: Trajectory['consent'], { use, includeImported = false }: ExportFilter): boolean {
  return source === 'imported' ? includeImported : (use?.every((one) => uses[one]) ?? true);
}

export function takesRow(record: Trajectory, { source }: Pick<Rendered, 'source'>, filter: ExportFilter): boolean {
  return (
    (filter.language?.includes(source.language ?? '') ?? true) &&
    (filter.license?.includes(source.license ?? '') ?? true) &&
    originsOf(record, source).every((each) => filter.origin?.includes(each) ?? true) &&
    (!filter.verified || isVerified(record, source))
  );
}

/** What made the edits that are to be learned: as the row tells it, else of all edits of the record. */
function originsOf({ quality }: Trajectory, source: object): string[] {
  const { afterwards, messages } = source as {
    afterwards?: { origin?: string; origins?: string[] };
    messages?: { origins?: string[] }[];
  };
  if (afterwards?.origin !== undefined) return [afterwards.origin];
  if (afterwards?.origins) return afterwards.origins;
  if (messages) return messages.flatMap(({ origins }) => origins ?? []);
  return quality.origin_share.map(({ origin }) => origin);
}

/** Something was run that shows it: of a repair its own check, of a task that it was run again, else the outcome's tests. */
function isVerified({ outcome }: Trajectory, source: object): boolean {
  const { afterwards, verification } = source as { afterwards?: { verified?: string }; verification?: string };
  if (verification !== undefined) return verification === 'verified';
  if (afterwards?.verified !== undefined) return afterwards.verified !== 'none';
  return outcome.status === 'succeeded' && (outcome.basis === 'test_names' || outcome.basis === 'exit_code');
}
