/**
 * The row of `features.jsonl`: what `pack` needs to know of a record, so that it never has to read the text.
 *
 * Written to be done again in any language. With H(s) = the first 16 hex digits of SHA-256 of the UTF-8 of s:
 *
 * 1. *Tokens* of the lines that the net patch (`base_text` to `final_text`, file after file) adds, placeholders replaced
 *    by their type: runs of `[A-Za-z0-9_]`, and each other character that is no white space. Of a file whose patch has
 *    over 2,000 lines, deleted ones included, all lines count.
 * 2. *Grams* of n tokens: n neighbouring tokens joined by one space.
 * 3. `grams`: the distinct H of the 12-grams whose last digit is 0, 4, 8 or c, in ascending order.
 * 4. `bands`: for row r in 0..111 the smallest value of mix(h XOR (r + 1) * 0x9e3779b1) over the 5-grams, where h is the
 *    number in the first 8 digits of H and mix is the 32-bit finisher of MurmurHash3, all modulo 2^32. Band b in 0..13 is
 *    H of `b:` and its 8 rows b*8..b*8+7 as 8 hex digits each. Under 20 tokens there are none.
 *    Behind them stands `content_sha256`, the SHA-256 (64 digits) of all tokens joined by a space. A record that adds no
 *    token has no bands at all: it is nobody's duplicate.
 */
import { createHash } from 'node:crypto';
import { diffArrays } from 'diff';
import * as z from 'zod';
import { randomId } from '../consent/receipt.ts';
import type { Trajectory } from '../trajectory/record.ts';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const shortHash = z.string().regex(/^[0-9a-f]{16}$/);

export const featuresRow = z.strictObject({
  feature_version: z.literal('understudy-features-v1.0'),
  trajectory_id: randomId,
  project_id: randomId,
  receipt_id: randomId.nullable(),
  lineage_key: sha256Hex.nullable(),
  period: z.string(),
  revision: z.int().positive(),
  split_bucket: z.int().min(0).max(999),
  keep_key: z
    .string()
    .regex(/^[0-3][0-9a-f]{32}$/)
    .describe('the smallest stays among duplicates: 0 succeeded, 1 failed, 2 unknown, 3 abandoned, and the id'),
  bands: z
    .array(z.string().regex(/^([0-9a-f]{16}|[0-9a-f]{64})$/))
    .describe('records that share one are near-duplicates'),
  grams: z.array(shortHash).describe('a quarter of the 12-grams, to find benchmark items'),
});
export type FeaturesRow = z.infer<typeof featuresRow>;

const rank: Record<Trajectory['outcome']['status'], number> = { succeeded: 0, failed: 1, unknown: 2, abandoned: 3 };

const bandCount = 14;
const rowsInBand = 8;

/** Line edits after which two texts count as unrelated: the search for a shorter patch costs their square. */
const maxEditLength = 2000;

export function featuresOf(record: Trajectory): FeaturesRow {
  const tokens = tokensOf(addedText(record), record.redaction.placeholders);
  return {
    feature_version: 'understudy-features-v1.0',
    trajectory_id: record.trajectory_id,
    project_id: record.project_id,
    receipt_id: record.consent.receipt_id,
    lineage_key: record.lineage_key,
    period: record.period,
    revision: record.revision,
    split_bucket: record.split_bucket,
    keep_key: keepKey(record.outcome.status, record.trajectory_id),
    bands: bandsOf(tokens),
    grams: sampledGrams(tokens),
  };
}

export function keepKey(status: Trajectory['outcome']['status'], id: string): string {
  return `${rank[status]}${id}`;
}

/** Lines added from base to final, file after file. */
function addedText({ files }: Trajectory): string {
  return files.flatMap(({ base_text, final_text }) => addedLines(base_text ?? '', final_text ?? '')).join('\n');
}

function addedLines(base: string, final: string): string[] {
  const finalLines = final.split(/\r?\n/);
  const changes = diffArrays(base.split(/\r?\n/), finalLines, { maxEditLength });
  if (!changes) return finalLines;
  return changes.filter(({ added }) => added).flatMap(({ value }) => value);
}

function tokensOf(text: string, placeholders: Trajectory['redaction']['placeholders']): string[] {
  let plain = text;
  // The longest first: one placeholder may begin another.
  for (const { placeholder, type } of placeholders.toSorted((a, b) => b.placeholder.length - a.placeholder.length)) {
    plain = plain.replaceAll(placeholder, type);
  }
  return plain.match(/[A-Za-z0-9_]+|[^\sA-Za-z0-9_]/gu) ?? [];
}

/** The grams of n tokens that a record's tokens hold, each once. */
function gramsOf(tokens: readonly string[], n: number): Set<string> {
  const grams = new Set<string>();
  for (let i = 0; i + n <= tokens.length; i++) grams.add(tokens.slice(i, i + n).join(' '));
  return grams;
}

/** The `grams` of a text that is no record's: an item of a benchmark. */
export function sampledGramsOf(text: string): string[] {
  return sampledGrams(tokensOf(text, []));
}

function sampledGrams(tokens: readonly string[]): string[] {
  return Array.from(gramsOf(tokens, 12), hash16)
    .filter((hash) => /[048c]$/.test(hash))
    .sort();
}

function bandsOf(tokens: readonly string[]): string[] {
  if (tokens.length === 0) return [];
  const content = sha256(tokens.join(' '));
  if (tokens.length < 20) return [content];
  const rows = new Uint32Array(bandCount * rowsInBand).fill(0xffffffff);
  for (const gram of gramsOf(tokens, 5)) {
    const hash = Number.parseInt(hash16(gram).slice(0, 8), 16);
    for (let row = 0; row < rows.length; row++) {
      const value = mix(hash ^ Math.imul(row + 1, 0x9e3779b1));
      if (value < rows[row]) rows[row] = value;
    }
  }
  const digits = Array.from(rows, (row) => row.toString(16).padStart(8, '0'));
  const bands = Array.from({ length: bandCount }, (_, band) => {
    return hash16(`${band}:${digits.slice(band * rowsInBand, (band + 1) * rowsInBand).join('')}`);
  });
  return [...bands, content];
}

/** The 32-bit finisher of MurmurHash3: a permutation that lets every bit touch every other. */
function mix(value: number): number {
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

function hash16(text: string): string {
  return sha256(text).slice(0, 16);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
