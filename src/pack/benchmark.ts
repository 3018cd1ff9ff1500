/** The grams of benchmarks, against which records are compared. */
import { open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import * as z from 'zod';
import { sampledGramsOf } from '../dataset/features.ts';
import { issueText } from '../dataset/issueText.ts';
import { PackError } from './errors.ts';

/** A line of what `understudy features` writes. */
export const benchItem = z.strictObject({
  bench_id: z.string().describe('the file and the number of the line, from 1'),
  bench_grams: z.int().nonnegative().describe('how many there are'),
  grams: z.array(z.string().regex(/^[0-9a-f]{16}$/)),
});
export type BenchItem = z.infer<typeof benchItem>;

/**
 * The items of a benchmark's file: with a field, one a JSON line, whose text stands in that field (`a.b` goes down);
 * without, the file is one. @throws PackError
 */
export async function* benchItemsOf(file: string, field: string | null): AsyncGenerator<BenchItem> {
  if (field === null) {
    yield itemOf(basename(file), await textOf(file));
    return;
  }
  for await (const [line, value] of jsonLines(file)) {
    const text = field
      .split('.')
      .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null)?.[key], value);
    if (typeof text !== 'string') {
      throw new PackError(`${file}, line ${line}: no text in the field ${field}. Name the one that holds it: --field`);
    }
    yield itemOf(`${basename(file)}:${line}`, text);
  }
}

/** Reads what `understudy features` wrote. @throws PackError */
export async function readBench(files: readonly string[]): Promise<BenchItem[]> {
  const items = new Map<string, BenchItem>();
  for (const file of files) {
    for await (const [line, value] of jsonLines(file)) {
      const where = `${file}, line ${line}`;
      const parsed = benchItem.safeParse(value);
      if (!parsed.success) {
        throw new PackError(`${where}: ${issueText(parsed.error)}. Make the file with: understudy features`);
      }
      if (items.has(parsed.data.bench_id)) throw new PackError(`${where}: ${parsed.data.bench_id} is there twice.`);
      items.set(parsed.data.bench_id, parsed.data);
    }
  }
  return [...items.values()];
}

function itemOf(bench_id: string, text: string): BenchItem {
  const grams = sampledGramsOf(isPatch(text) ? addedLines(text) : text);
  return { bench_id, bench_grams: grams.length, grams };
}

/** Of a patch only what it adds counts, as of a record. */
function isPatch(text: string): boolean {
  return /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/m.test(text);
}

function addedLines(patch: string): string {
  const lines = patch.split(/\r?\n/).filter((line) => line.startsWith('+') && !line.startsWith('+++ '));
  return lines.map((line) => line.slice(1)).join('\n');
}

async function* jsonLines(file: string): AsyncGenerator<[number, unknown]> {
  let line = 0;
  for await (const text of linesOf(file)) {
    line++;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new PackError(`${file}, line ${line}: not JSON. Give JSON lines, one object a line.`);
    }
    yield [line, value];
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  try {
    for await (const line of (await open(file)).readLines()) if (line !== '') yield line;
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): Error {
  if (error instanceof PackError) return error;
  return new PackError(`${file} cannot be read: ${(error as Error).message}`);
}
