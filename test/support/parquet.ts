/** Reads Parquet with a reader that shares nothing with DuckDB. */
import { readFileSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';

export interface ParquetFile {
  rows: Record<string, unknown>[];
  /** Rows of each row group. */
  groups: number[];
  metadata: Map<string, string>;
}

export async function readParquet(path: string): Promise<ParquetFile> {
  const bytes = readFileSync(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const { row_groups, key_value_metadata } = parquetMetadata(file);
  const compressors = { ZSTD: (input: Uint8Array) => new Uint8Array(zstdDecompressSync(input)) };
  const rows = await parquetReadObjects({ file, compressors });
  return {
    rows: rows.map((row) => plain(row) as Record<string, unknown>),
    groups: row_groups.map(({ num_rows }) => Number(num_rows)),
    metadata: new Map((key_value_metadata ?? []).map(({ key, value }) => [key, value ?? ''])),
  };
}

/** The rows with the JSON read that some of their columns hold as text, which the file tells of for `datasets`. */
export function decodedRows({ rows, metadata }: ParquetFile): Record<string, unknown>[] {
  const { features } = JSON.parse(metadata.get('huggingface') ?? '').info;
  return rows.map((row) => decoded(row, features) as Record<string, unknown>);
}

// biome-ignore lint/suspicious/noExplicitAny: a tree of features, in the notation of datasets
function decoded(value: unknown, feature: any): unknown {
  if (value === null) return null;
  if (feature._type === 'Json') return JSON.parse(value as string);
  if (feature._type === 'Value') return value;
  if (feature._type === 'List') return (value as unknown[]).map((one) => decoded(one, feature.feature));
  return Object.fromEntries(Object.entries(value as object).map(([name, one]) => [name, decoded(one, feature[name])]));
}

/** As JSON has it: whole numbers of 64 bits are numbers. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value === undefined) return null;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
