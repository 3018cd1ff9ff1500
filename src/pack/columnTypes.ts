/** The columns of rows in the notations of those who read and write them. */
import type { Column } from '../dataset/columns.ts';

type Scalar = Extract<Column, string>;
type Columns = Record<string, Column>;

const duckdb: Record<Scalar, string> = {
  string: 'VARCHAR',
  int64: 'BIGINT',
  float64: 'DOUBLE',
  bool: 'BOOLEAN',
  json: 'JSON',
};
const spark: Record<Scalar, string> = {
  string: 'STRING',
  int64: 'BIGINT',
  float64: 'DOUBLE',
  bool: 'BOOLEAN',
  json: 'STRING',
};

/** @param types of the scalars. */
export function duckdbType(column: Column, types = duckdb): string {
  if (typeof column === 'string') return types[column];
  if ('list' in column) return `${duckdbType(column.list, types)}[]`;
  return `STRUCT(${Object.entries(column.struct).map(([name, inner]) => `"${name}" ${duckdbType(inner, types)}`)})`;
}

/** What makes columns of JSON columns of text: of those in Parquet, Polars makes bytes. For `SELECT *`. */
export function jsonAsText(columns: Columns): string {
  const casts = Object.entries(columns).flatMap(([name, column]) => {
    const type = duckdbType(column, { ...duckdb, json: duckdb.string });
    return type === duckdbType(column) ? [] : `CAST("${name}" AS ${type}) AS "${name}"`;
  });
  return casts.length === 0 ? '' : `REPLACE (${casts.join(', ')})`;
}

/** A struct literal that names the columns, as `read_json` takes it. */
export function duckdbColumns(columns: Columns): string {
  return `{${Object.entries(columns).map(([name, column]) => `"${name}": ${sqlText(duckdbType(column))}`)}}`;
}

export function sparkType(column: Column): string {
  if (typeof column === 'string') return spark[column];
  if ('list' in column) return `ARRAY<${sparkType(column.list)}>`;
  return `STRUCT<${Object.entries(column.struct).map(([name, inner]) => `\`${name}\`: ${sparkType(inner)}`)}>`;
}

/** A schema as `spark.read.schema` takes it. */
export function sparkSchema(columns: Columns): string {
  return Object.entries(columns)
    .map(([name, column]) => `\`${name}\` ${sparkType(column)}`)
    .join(', ');
}

/** What `datasets` keeps in the metadata of a Parquet file, under the key `huggingface`. */
export function huggingFaceInfo(columns: Columns): object {
  return { info: { features: features(columns) } };
}

function features(columns: Columns): object {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, feature(column)]));
}

function feature(column: Column): object {
  if (column === 'json') return { _type: 'Json' };
  if (typeof column === 'string') return { dtype: column, _type: 'Value' };
  return 'list' in column ? { feature: feature(column.list), _type: 'List' } : features(column.struct);
}

/** A string literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
