/**
 * From many dataset folders to one training set: which records stay is decided in SQL, then each of them is read, checked
 * once more and written, in the order of the ids. Memory does not grow with the number of records; what is interrupted
 * goes on where it stopped.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readBench } from './benchmark.ts';
import { countDecisions, decide } from './decide.ts';
import { Engine, loadDuckdb } from './engine.ts';
import { NothingKeptError } from './errors.ts';
import { OutFolder } from './outFolder.ts';
import { Packing } from './packing.ts';
import type { PackReport } from './report.ts';
import { openSources, type Request } from './sources.ts';
import { openTokenCounter } from './tokenCounter.ts';

export interface PackOptions extends Request {
  folders: readonly string[];
  out: string;
  /** Files that `understudy features` made. */
  bench: readonly string[];
  tokenizer: string | null;
  /** Formats that are made while it is packed, besides tasks that were run again. */
  also: readonly string[];
  /** `2031-05-17`: Croissant wants a day of publication. */
  today: string;
  /** @param total null while it is not known */
  onProgress?: (stage: 'reading' | 'writing', done: number, total: number | null) => void;
  /** A record that was left out because it cannot be believed. */
  onUnsound?: (told: string) => void;
  /** Smaller ones let tests see what else takes many records. */
  limits?: Limits;
}

export interface Limits {
  /** Where shards are cut. */
  shardBytes: number;
  /** How often the state is put on the disk. */
  recordsBetweenSaves: number;
}

/** @throws PackError or DatasetError when nothing can be packed; the message names the file and the fix. */
export async function pack(options: PackOptions): Promise<PackReport> {
  await loadDuckdb();
  const sources = await openSources(options.folders);
  const bench = await readBench(options.bench);
  const counter = options.tokenizer === null ? null : await openTokenCounter(options.tokenizer);
  const folder = await OutFolder.open(
    options.out,
    sources.map((source) => source.folder),
  );
  const database = join(folder.work, 'work.duckdb');
  for (const file of [database, `${database}.wal`]) await rm(file, { force: true });
  const engine = await Engine.open(database, join(folder.work, 'scratch'));
  let report: PackReport;
  try {
    let read = 0;
    const given = { sources, request: options, bench };
    const unsound = await decide(engine, given, folder.work, () => options.onProgress?.('reading', ++read, null));
    for (const { source, fault } of unsound) options.onUnsound?.(join(sources[source].folder, fault));
    await requireKept(engine, options, unsound.length);
    await engine.reopen();
    const packing = await Packing.begin({ options, sources, engine, folder, counter, unsound });
    try {
      await packing.writeRows();
      report = await packing.describe(bench.length);
    } finally {
      await packing.close();
    }
  } catch (error) {
    engine.close();
    // All else may be mended, and goes on from here then.
    if (error instanceof NothingKeptError) await folder.abandon();
    throw error;
  }
  engine.close();
  await folder.finish();
  return report;
}

async function requireKept(engine: Engine, { use }: Request, unsound: number): Promise<void> {
  const counts = { ...(await countDecisions(engine)), unsound };
  if (counts.kept > 0) return;
  const { kept, ...others } = counts;
  const told = Object.entries(others)
    .filter(([, count]) => count > 0)
    .map(([decision, count]) => `${count} ${decision}`);
  throw new NothingKeptError(
    `No record is left to pack: none grants the use ${use} and stays (${told.join(', ') || 'there are no records'}). Name another --use, or other folders.`,
  );
}
