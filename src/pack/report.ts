/** What a pack did: `pack.json`, the card and what the command prints are made from it. */
import type { TextCounts } from '../dataset/statistics.ts';
import type { Use } from './sources.ts';

export interface PackReport {
  format: 'understudy-pack-v1';
  producer: string;
  use: Use;
  includes_imported: boolean;
  folders: number;
  benchmark_items: number;
  tokenizer_sha256: string | null;
  /** Of the decision table: whoever packs the same records the same way comes to the same. */
  decision_sha256: string;
  /** Records by what became of them. */
  decisions: Record<FinalDecision, number>;
  /** Older revisions and further copies of records. */
  copies_left_out: number;
  files: { format: string; split: string; name: string; rows: number; bytes: number }[];
  /** Of the records that were kept. */
  outcomes: Record<string, number>;
  languages: Record<string, number>;
  licenses: Record<string, number>;
  periods: Record<string, number>;
  texts: TextCounts;
}

/** `unsound`: broken, or something that redaction would cover today was found in it. */
export type FinalDecision =
  | 'kept'
  | 'duplicate'
  | 'contaminated'
  | 'withdrawn'
  | 'not_granted'
  | 'imported'
  | 'unsound';

export const reasons: Record<Exclude<FinalDecision, 'kept'>, string> = {
  duplicate: 'near-duplicate of one that has the better outcome, or the smaller id',
  contaminated: 'holds 30% or more of an item of a benchmark',
  withdrawn: 'its record, project or receipt was withdrawn, or its repository is excluded',
  not_granted: 'its consent does not grant the use',
  imported: 'imported from a history recorded elsewhere',
  unsound: 'broken, or something that redaction would cover today was found in it',
};

export function rowsOf(report: PackReport, format: string, split?: string): number {
  const files = report.files.filter((file) => file.format === format && (split ?? file.split) === file.split);
  return files.reduce((sum, { rows }) => sum + rows, 0);
}
