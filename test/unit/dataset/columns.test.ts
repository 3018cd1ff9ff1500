import assert from 'node:assert/strict';
import * as z from 'zod';
import { type Column, columnOf, columnsOf, jsonSchema } from '../../../src/dataset/columns.ts';
import { loaderFeatures } from '../../../src/dataset/loaderFeatures.ts';
import { recordSchemas } from '../../../src/dataset/schemas.ts';

/** The columns read straight off zod, as a second opinion. */
function columnOfZod(type: z.core.$ZodType): Column {
  if (z.globalRegistry.get(type)?.column === 'json') return 'json';
  if (type instanceof z.ZodNullable) return columnOfZod(type.unwrap());
  if (type instanceof z.ZodArray) return { list: columnOfZod(type.element) };
  if (type instanceof z.ZodObject) return { struct: columnsOfZod(type) };
  if (type instanceof z.ZodBoolean) return 'bool';
  if (type instanceof z.ZodNumber) return type.format === 'safeint' ? 'int64' : 'float64';
  if (type instanceof z.ZodString || type instanceof z.ZodEnum || type instanceof z.ZodLiteral) return 'string';
  throw new Error(`no column for ${type.constructor.name}`);
}

function columnsOfZod(record: z.ZodObject): Record<string, Column> {
  return Object.fromEntries(Object.entries(record.shape).map(([name, type]) => [name, columnOfZod(type)]));
}

/** The columns that the loader's notation declares, read back line by line. */
function columnsOfFeatures(lines: string[]): Record<string, Column> {
  const columns: Record<string, Column> = {};
  for (let i = 0; i < lines.length; i++) {
    const name = /^- name: (\w+)$/.exec(lines[i])?.[1];
    const [, kind, scalar] = /^ {2}(dtype|list|struct):(?: (\w+))?$/.exec(lines[++i]) ?? [];
    assert.ok(name && kind, lines[i]);
    const nested: string[] = [];
    while (lines[i + 1]?.startsWith('  ')) nested.push(lines[++i].slice(2));
    const value = scalar ? (scalar as Column) : { struct: columnsOfFeatures(nested) };
    columns[name] = kind === 'list' ? { list: value } : value;
  }
  return columns;
}

describe('columns', () => {
  for (const [name, record] of Object.entries(recordSchemas)) {
    it(`of ${name} are the same in zod, JSON Schema and loader features`, () => {
      const columns = columnsOf(jsonSchema(record));
      assert.deepEqual(columns, columnsOfZod(record));
      assert.deepEqual(columns, columnsOfFeatures(loaderFeatures(columns)));
    });

    it(`of ${name} are all required, so that every row holds every key`, () => {
      const schema = jsonSchema(record);
      assert.deepEqual(schema.required, Object.keys(schema.properties ?? {}));
    });
  }

  it('are refused where a key could hold two types or keys are free', () => {
    assert.throws(() => columnOf(z.toJSONSchema(z.union([z.string(), z.number()]))), /no column/);
    assert.throws(() => columnOf(z.toJSONSchema(z.record(z.string(), z.string()))), /free keys/);
    assert.throws(() => columnOf(z.toJSONSchema(z.object({ a: z.any() }).catchall(z.string()))), /free keys/);
    assert.throws(() => columnOf(z.toJSONSchema(z.any())), /no column/);
  });
});
