/**
 * What the rows of all example formats have in common. What is known only afterwards stands under `afterwards`, not
 * `labels`: trainers take a column of that name for the tokens to be learned.
 */
import * as z from 'zod';
import { type Uses, uses } from '../consent/receipt.ts';
import { codePointLength } from '../session/codePoints.ts';
import type { Trajectory } from '../trajectory/record.ts';

export const count = z.int().nonnegative();

/** The first fields of a row: where it comes from, and what it may be used for. */
export const rowHead = <Version extends string>(version: Version) => ({
  deriver_version: z.literal(version).describe('grows when the derivation changes'),
  trajectory_id: z.string().describe('the record it comes from'),
  step_start: count.describe('the first step of the record that is in it'),
  step_end: count.describe('the last one'),
  project_id: z.string(),
  split_bucket: count.describe('as in the trajectory'),
  license: z.string().nullable().describe("SPDX id of the file's or the workspace's licence"),
  consent_uses: uses.describe('what the person agreed to have it used for'),
  language: z.string().nullable().describe('language id of VS Code, of the file that changes most often'),
});

interface RowHead<Version extends string> {
  deriver_version: Version;
  trajectory_id: string;
  step_start: number;
  step_end: number;
  project_id: string;
  split_bucket: number;
  license: string | null;
  consent_uses: Uses;
  language: string | null;
}

/** @param files numbers of the files that it changes, one for each change. */
export function headOf<Version extends string>(
  version: Version,
  record: Trajectory,
  [start, end]: readonly [number, number],
  files: readonly number[],
): RowHead<Version> {
  const times = new Map<number, number>();
  for (const file of files) times.set(file, (times.get(file) ?? 0) + 1);
  const [main] = [...times].sort(([, a], [, b]) => b - a).at(0) ?? [];
  const file = main === undefined ? null : record.files[main];
  return {
    deriver_version: version,
    trajectory_id: record.trajectory_id,
    step_start: start,
    step_end: end,
    project_id: record.project_id,
    split_bucket: record.split_bucket,
    license: file?.license_spdx ?? record.license.spdx,
    consent_uses: record.consent.uses,
    language: file?.language ?? null,
  };
}

export function sizeOf(texts: readonly string[]): { code_points: number; bytes: number } {
  const sum = (size: (text: string) => number) => texts.reduce((total, each) => total + size(each), 0);
  return { code_points: sum(codePointLength), bytes: sum(Buffer.byteLength) };
}

/** The viewer of the Hugging Face Hub shows no larger row. */
const mostBytes = 2_000_000;

export function fits(row: object): boolean {
  return Buffer.byteLength(JSON.stringify(row)) < mostBytes;
}
