/**
 * The Parquet files of one format and split. Rows are staged as JSON lines, the very ones that were checked, until they
 * make a shard.
 */
import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Column } from '../dataset/columns.ts';
import { rowLimit } from '../dataset/lines.ts';
import { duckdbColumns, huggingFaceInfo, jsonAsText, sqlText } from './columnTypes.ts';
import { Engine } from './engine.ts';
import { LineFile } from './lineFile.ts';

/** Where a shard is cut: in the middle of the 256 to 500 MB that hubs and loaders like. */
export const shardBytes = 384 * 1024 * 1024;
/** Enough to tell how small rows become as Parquet. */
const probeBytes = 64 * 1024 * 1024;
/**
 * Rows in a row group, which DuckDB holds in memory at four times its JSON and more: multiples of 2,048 up to 8,192 where
 * they make no more than 56 MB, 2,048 up to 28 kB a row, and 40 MB of rows that are longer.
 */
const group = { vector: 2048, most: 4, bytes: 56e6, longRow: 28e3, longBytes: 40e6 };

/** What there is of a format and split. Plain, so that an interrupted pack goes on from it. */
export interface ShardState {
  format: string;
  split: string;
  shards: { rows: number; bytes: number }[];
  /** Rows and bytes of JSON that wait for the next shard. */
  staged: { rows: number; bytes: number };
  /** Bytes of Parquet for a byte of JSON; null until it was measured. */
  ratio: number | null;
}

export function newShards(format: string, split: string): ShardState {
  return { format, split, shards: [], staged: { rows: 0, bytes: 0 }, ratio: null };
}

export class Shards {
  readonly #state: ShardState;
  readonly #columns: Record<string, Column>;
  readonly #folder: string;
  readonly #target: number;
  #file: LineFile;
  /** Staged files whose rows are in a shard: they go when that is on record. */
  #spent: string[] = [];

  private constructor(init: ShardsOptions, file: LineFile) {
    this.#state = init.state;
    this.#columns = init.columns;
    this.#folder = init.folder;
    this.#target = init.shardBytes;
    this.#file = file;
  }

  static async open(options: ShardsOptions): Promise<Shards> {
    const file = stagedFile(options.folder, options.state);
    await mkdir(dirname(file), { recursive: true });
    await mkdir(dirname(shardFile(options.folder, options.state, 0)), { recursive: true });
    return new Shards(options, await LineFile.open(file, options.state.staged.bytes));
  }

  async add(line: string): Promise<void> {
    await this.#file.add(line);
    this.#state.staged.rows++;
    this.#state.staged.bytes = this.#file.bytes;
    const { bytes } = this.#state.staged;
    if (this.#state.ratio === null) {
      if (bytes < Math.min(probeBytes, this.#target)) return;
      const probe = join(this.#folder, 'probe.parquet');
      this.#state.ratio = (await this.#copy(probe)) / bytes;
      await rm(probe);
    }
    if (bytes * this.#state.ratio >= this.#target) await this.#cut();
  }

  /** Everything so far is on the disk, and the state tells of it. */
  async sync(): Promise<void> {
    await this.#file.sync();
  }

  /** To be called when the state is on record. */
  async forgetSpent(): Promise<void> {
    for (const file of this.#spent.splice(0)) await rm(file, { force: true });
  }

  /** Makes the last shard. */
  async end(): Promise<void> {
    if (this.#state.staged.rows > 0) await this.#cut();
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #cut(): Promise<void> {
    const state = this.#state;
    const bytes = await this.#copy(shardFile(this.#folder, state, state.shards.length));
    await this.#file.close();
    this.#spent.push(this.#file.path);
    state.ratio = bytes / state.staged.bytes;
    state.shards.push({ rows: state.staged.rows, bytes });
    state.staged = { rows: 0, bytes: 0 };
    this.#file = await LineFile.open(stagedFile(this.#folder, state), 0);
  }

  /** @returns the size of the file. @throws Error when a row was lost */
  async #copy(file: string): Promise<number> {
    await this.#file.flush();
    const { split, staged } = this.#state;
    const columns = { ...this.#columns, split: 'string' as const };
    const read = [
      sqlText(this.#file.path),
      "format = 'newline_delimited'",
      `columns = ${duckdbColumns(this.#columns)}`,
      `maximum_object_size = ${rowLimit + 4096}`,
    ];
    // The split stays a column, so that rows of several files can be told apart.
    const select = `SELECT * ${jsonAsText(this.#columns)}, ${sqlText(split)} AS split FROM read_json(${read.join(', ')})`;
    const write = `FORMAT parquet, COMPRESSION zstd, KV_METADATA {huggingface: ${sqlText(JSON.stringify(huggingFaceInfo(columns)))}}`;
    // An engine for each file: none holds on to memory while rows are read.
    const engine = await Engine.open(':memory:', join(this.#folder, 'scratch'));
    try {
      for (let rows = groupRows(staged.bytes / staged.rows); ; rows = Math.ceil(rows / 4)) {
        try {
          await engine.run(`COPY (${select}) TO ${sqlText(file)} (${write}, ROW_GROUP_SIZE ${rows})`);
          break;
        } catch (error) {
          // Long rows happened to stand together.
          if (rows === 1 || !/^Out of Memory Error/.test((error as Error).message)) throw error;
        }
      }
      const [{ rows }] = await engine.rows<{ rows: string }>(
        `SELECT num_rows AS rows FROM parquet_file_metadata(${sqlText(file)})`,
      );
      if (Number(rows) !== staged.rows) throw new Error(`${file} holds ${rows} rows, not ${staged.rows}`);
    } finally {
      engine.close();
    }
    return (await stat(file)).size;
  }
}

interface ShardsOptions {
  state: ShardState;
  columns: Record<string, Column>;
  /** Holds what is staged, and the shards until all of them are made. */
  folder: string;
  shardBytes: number;
}

/** Where a shard stands before their number is known. */
export function shardFile(folder: string, { format, split }: ShardState, index: number): string {
  return join(folder, 'shards', format, `${split}-${index}.parquet`);
}

/** Its name in the packed set. */
export function shardName({ split, shards }: ShardState, index: number): string {
  const digits = (number: number) => String(number).padStart(5, '0');
  return `${split}-${digits(index)}-of-${digits(shards.length)}.parquet`;
}

function stagedFile(folder: string, { format, split, shards }: ShardState): string {
  return join(folder, 'staged', format, `${split}-${shards.length}.jsonl`);
}

function groupRows(rowBytes: number): number {
  const { vector, most, bytes, longRow, longBytes } = group;
  if (rowBytes > longRow) return Math.max(1, Math.floor(longBytes / rowBytes));
  return Math.max(1, Math.min(most, Math.floor(bytes / rowBytes / vector))) * vector;
}
