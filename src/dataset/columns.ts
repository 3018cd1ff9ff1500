/** The types on which Arrow, DuckDB, JSON loaders and this project agree, read off a JSON Schema. */
import * as z from 'zod';

export type Column =
  | 'string'
  | 'int64'
  | 'float64'
  | 'bool'
  | 'json'
  | { list: Column }
  | { struct: Record<string, Column> };

export type JsonSchema = z.core.JSONSchema.BaseSchema;

const scalars: Record<string, Column> = { string: 'string', integer: 'int64', number: 'float64', boolean: 'bool' };

/** JSON Schema (draft 2020-12) of a record. */
export function jsonSchema(record: z.ZodObject): JsonSchema {
  return z.toJSONSchema(record);
}

/**
 * A type and null are one column, since every column may hold nulls. What says `column: json` is kept as JSON text.
 * @throws Error on other unions and free keys.
 */
export function columnOf(schema: JsonSchema): Column {
  if (isJson(schema)) return 'json';
  const options = schema.anyOf?.map(asSchema).filter((option) => option.type !== 'null');
  if (options?.length === 1) return columnOf(options[0]);
  const types = [schema.type ?? []].flat().filter((type) => type !== 'null');
  if (types.length !== 1) throw new Error(`no column holds ${JSON.stringify(schema)}`);
  if (types[0] === 'array') return { list: columnOf(asSchema(schema.items)) };
  if (types[0] === 'object') return { struct: columnsOf(schema) };
  return scalars[types[0]];
}

/** The columns of a record or of a struct. @throws Error on unions and on free keys. */
export function columnsOf(schema: JsonSchema): Record<string, Column> {
  if (schema.additionalProperties !== false) throw new Error(`free keys in ${JSON.stringify(schema)}`);
  const properties = Object.entries(schema.properties ?? {});
  return Object.fromEntries(properties.map(([name, property]) => [name, columnOf(asSchema(property))]));
}

/** Whether the columns below hold objects of several shapes. */
export function isJson(schema: JsonSchema): boolean {
  return schema.column === 'json';
}

/** JSON Schema lets booleans and lists stand where a schema stands; records have neither. */
function asSchema(schema: JsonSchema['items']): JsonSchema {
  if (typeof schema !== 'object' || Array.isArray(schema)) throw new Error('not a schema');
  return schema as JsonSchema;
}
