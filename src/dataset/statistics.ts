/** What a dataset holds, in numbers: of the data, never of a person. Nothing in it tells records of one person from another's. */
import type { Verification } from '../examples/verification.ts';
import type { Trajectory } from '../trajectory/record.ts';
import { featuresOf } from './features.ts';

export type Counts = Record<string, number>;

/** How often a length was in each range: the range of a number is named by the power of ten below it, or half of one. */
export interface Lengths {
  /** Lower bounds, ascending; the first is 0. */
  from: number[];
  counts: number[];
  sum: number;
  largest: number;
}

/** What can be counted record by record, without a look at others. Plain. */
export interface TextCounts {
  /** Code points put in, by what made the edit. */
  origins: Counts;
  /** Values that were redacted, by type: places in which a placeholder stands. */
  redacted: Counts;
  lengths: { steps: Lengths; edited_code_points: Lengths; bytes: Lengths };
}

export interface Statistics extends TextCounts {
  records: number;
  /** Files by language; a file without one counts as `unknown`. */
  languages: Counts;
  outcomes: Counts;
  bases: Counts;
  /** Rows of examples, by format. */
  formats: Counts;
  /** Tasks that were run again, by whether that confirmed them. */
  verifications: Counts;
  /** Steps, by kind. */
  steps: Counts;
  gaps: Counts;
  licenses: Counts;
  /** Records whose consent grants the use. */
  uses: Counts;
  consent_sources: Counts;
  instructions: Counts;
  periods: Counts;
  /** Records that have the same added text as an earlier one, or nearly the same. */
  duplicates: { same: number; near: number };
}

const bounds = [0, 1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000];

/** Takes in records one by one, and holds nothing of them but numbers and hashes. */
export class StatisticsBuilder {
  readonly #bands = new Set<string>();
  readonly result: Statistics = {
    records: 0,
    languages: {},
    outcomes: {},
    bases: {},
    formats: {},
    verifications: {},
    steps: {},
    gaps: {},
    licenses: {},
    uses: {},
    consent_sources: {},
    instructions: {},
    periods: {},
    duplicates: { same: 0, near: 0 },
    ...noTextCounts(),
  };

  /** @param rows how many examples there are of each format. @param verification of the record's task, if it was run again */
  add(record: Trajectory, rows: Counts, verification: Verification | null): void {
    const { files, steps, outcome, gaps, license, consent, instruction, period } = record;
    const { result } = this;
    result.records++;
    for (const { language } of files) count(result.languages, language ?? 'unknown');
    count(result.outcomes, outcome.status);
    count(result.bases, outcome.basis);
    for (const [format, times] of Object.entries(rows)) count(result.formats, format, times);
    if (verification) count(result.verifications, verification.confirmed ? 'confirmed' : 'not confirmed');
    for (const { kind } of steps) count(result.steps, kind);
    for (const { reason } of gaps) count(result.gaps, reason);
    count(result.licenses, license.spdx ?? 'unknown');
    for (const [use, isGranted] of Object.entries(consent.uses)) count(result.uses, use, isGranted ? 1 : 0);
    count(result.consent_sources, consent.source);
    count(result.instructions, instruction.source ?? 'none');
    count(result.periods, period);
    countText(result, record);
    this.#compare(record);
  }

  #compare(record: Trajectory): void {
    const { bands } = featuresOf(record);
    const content = bands.at(-1);
    if (content === undefined) return;
    if (this.#bands.has(content)) this.result.duplicates.same++;
    else if (bands.some((band) => this.#bands.has(band))) this.result.duplicates.near++;
    for (const band of bands) this.#bands.add(band);
  }
}

export function noTextCounts(): TextCounts {
  return {
    origins: {},
    redacted: {},
    lengths: { steps: noLengths(), edited_code_points: noLengths(), bytes: noLengths() },
  };
}

export function countText({ origins, redacted, lengths }: TextCounts, { steps, quality, redaction }: Trajectory): void {
  for (const { origin, share } of quality.origin_share) {
    count(origins, origin, Math.round(share * quality.code_points));
  }
  for (const placeholder of redaction.placeholders) count(redacted, placeholder.type, placeholder.count);
  measure(lengths.steps, steps.length);
  measure(lengths.edited_code_points, quality.code_points);
  measure(lengths.bytes, quality.bytes);
}

function count(counts: Counts, name: string, times = 1): void {
  // Names come from records: `__proto__` is one as any other.
  const before = Object.hasOwn(counts, name) ? counts[name] : 0;
  Object.defineProperty(counts, name, { value: before + times, enumerable: true, configurable: true, writable: true });
}

function noLengths(): Lengths {
  return { from: bounds, counts: bounds.map(() => 0), sum: 0, largest: 0 };
}

function measure(lengths: Lengths, length: number): void {
  lengths.counts[lengths.from.findLastIndex((from) => from <= length)]++;
  lengths.sum += length;
  lengths.largest = Math.max(lengths.largest, length);
}
