/** From the records of all folders to the decision table. */
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Column, columnsOf, jsonSchema } from '../dataset/columns.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { featuresRow } from '../dataset/features.ts';
import type { BenchItem } from './benchmark.ts';
import { duckdbColumns, sqlText } from './columnTypes.ts';
import type { Engine } from './engine.ts';
import { LineFile } from './lineFile.ts';
import type { FinalDecision } from './report.ts';
import { type Request, readWithdrawals, scanSource, type Unsound } from './sources.ts';
import { readSteps } from './steps.ts';

export interface Decision {
  trajectory_id: string;
  revision: number;
  source: number;
  decision: 'kept' | 'duplicate' | 'contaminated' | 'withdrawn' | 'not_granted' | 'imported';
  split: 'train' | 'validation' | 'test';
}

/** The columns of the tables that the SQL file is given. */
export const givenTables = {
  record: { ...columnsOf(jsonSchema(featuresRow)), source: 'int64', refusal: 'string' },
  withdrawal: { id: 'string' },
  bench: { bench_id: 'string', gram: 'string', bench_grams: 'int64' },
} satisfies Record<string, Record<string, Column>>;

interface Given {
  sources: readonly Dataset[];
  request: Request;
  bench: readonly BenchItem[];
}

/**
 * Makes the tables of the SQL file in the engine. @param scratch a folder for what is loaded. @param onRecord is called
 * for each record that was read. @returns the records that cannot be believed, which are in none of the tables
 */
export async function decide(
  engine: Engine,
  { sources, request, bench }: Given,
  scratch: string,
  onRecord: () => void,
): Promise<Unsound[]> {
  const unsound: Unsound[] = [];
  await load(engine, 'record', scratch, async function* () {
    for (const [index, dataset] of sources.entries()) {
      for await (const row of scanSource(dataset, index, request)) {
        onRecord();
        if ('fault' in row) unsound.push(row);
        else yield row;
      }
    }
  });
  await load(engine, 'withdrawal', scratch, async function* () {
    const ids = new Set<string>();
    for (const dataset of sources) for (const id of await readWithdrawals(dataset)) ids.add(id);
    for (const id of ids) yield { id };
  });
  await load(engine, 'bench', scratch, async function* () {
    for (const { bench_id, bench_grams, grams } of bench)
      for (const gram of grams) yield { bench_id, gram, bench_grams };
  });
  for (const { name, sql } of readSteps()) await engine.run(`CREATE TABLE ${name} AS ${sql}`);
  return unsound;
}

/** All decisions, by id. */
export async function* readDecisions(engine: Engine): AsyncGenerator<Decision> {
  for await (const row of engine.stream<Decision>(
    'SELECT trajectory_id, revision, source, decision, split FROM decision ORDER BY trajectory_id',
  )) {
    yield { ...row, revision: Number(row.revision), source: Number(row.source) };
  }
}

/** SHA-256 of the decision table: one line a record, by id. Both engines come to the same. */
export async function decisionHash(engine: Engine): Promise<string> {
  const hash = createHash('sha256');
  for await (const { trajectory_id, revision, source, decision, split } of readDecisions(engine)) {
    hash.update(`${[trajectory_id, revision, source, decision, split].join('\t')}\n`);
  }
  return hash.digest('hex');
}

export async function countDecisions(engine: Engine): Promise<Record<FinalDecision, number>> {
  const counts: Record<FinalDecision, number> = {
    kept: 0,
    duplicate: 0,
    contaminated: 0,
    withdrawn: 0,
    not_granted: 0,
    imported: 0,
    unsound: 0,
  };
  const rows = await engine.rows<{ decision: FinalDecision; records: string }>(
    'SELECT decision, count(*) AS records FROM decision GROUP BY decision',
  );
  for (const { decision, records } of rows) counts[decision] = Number(records);
  return counts;
}

async function load(
  engine: Engine,
  table: keyof typeof givenTables,
  scratch: string,
  rows: () => AsyncGenerator<object>,
): Promise<void> {
  const file = await LineFile.open(join(scratch, `${table}.jsonl`), 0);
  for await (const row of rows()) await file.add(JSON.stringify(row));
  await file.close();
  const columns = duckdbColumns(givenTables[table]);
  await engine.run(
    `CREATE TABLE ${table} AS SELECT * FROM read_json(${sqlText(file.path)}, format = 'newline_delimited', columns = ${columns})`,
  );
  await rm(file.path);
}
