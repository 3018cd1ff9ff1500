/** What a person may choose before agreeing. */
import type { RightsBasis, Signal, Uses } from './receipt.ts';

export interface Choice {
  signals: Signal[];
  uses: Uses;
  rights_basis: RightsBasis;
  /** How long the agreement holds. */
  days: number;
}

export const validities = [7, 30, 90] as const;

/** What *Agree* means where nothing else was chosen. */
export const defaultChoice: Choice = {
  signals: ['edits', 'terminal', 'tests', 'errors', 'git', 'views'],
  uses: { train: true, commercial: false, redistribute: false, publish: false },
  rights_basis: 'unknown',
  days: 90,
};

/** Whoever lets others earn from, pass on or publish code must say by which right. */
export function needsRights({ commercial, redistribute, publish }: Uses): boolean {
  return commercial || redistribute || publish;
}

/** Without edits there is nothing to record, and without the terminal no more of its output. */
export function settledSignals(signals: readonly Signal[]): Signal[] {
  const chosen = new Set<Signal>(['edits', ...signals]);
  if (!chosen.has('terminal')) chosen.delete('full_output');
  return allSignals.filter((signal) => chosen.has(signal));
}

/** In the order in which they are told. */
export const allSignals: readonly Signal[] = [
  'edits',
  'terminal',
  'full_output',
  'tests',
  'errors',
  'git',
  'views',
  'repository',
];

export const allUses = ['train', 'commercial', 'redistribute', 'publish'] as const satisfies (keyof Uses)[];
