import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { duckdbColumns, sqlText } from '../../../src/pack/columnTypes.ts';
import { type Decision, givenTables, readDecisions } from '../../../src/pack/decide.ts';
import { Engine } from '../../../src/pack/engine.ts';
import { LineFile } from '../../../src/pack/lineFile.ts';
import type { RecordRow } from '../../../src/pack/sources.ts';
import { parseSteps, readSteps } from '../../../src/pack/steps.ts';
import { idOf, sha256 } from '../../support/records.ts';

interface Given {
  record: RecordRow[];
  withdrawal?: string[];
  bench?: { bench_id: string; gram: string; bench_grams: number }[];
}

function row(name: string, fields: Partial<RecordRow> = {}): RecordRow {
  return {
    feature_version: 'understudy-features-v1.0',
    trajectory_id: idOf(name),
    project_id: idOf(`project of ${name}`),
    receipt_id: idOf(`receipt of ${name}`),
    lineage_key: null,
    period: '2026-Q2',
    revision: 1,
    split_bucket: 500,
    keep_key: `2${idOf(name)}`,
    bands: [],
    grams: [],
    source: 0,
    refusal: null,
    ...fields,
  };
}

describe('the decision', () => {
  let folder: string;
  let engine: Engine;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-decide-'));
    engine = await Engine.open(':memory:', folder);
  });
  after(async () => {
    engine.close();
    await rm(folder, { recursive: true });
  });

  async function decisions({ record, withdrawal = [], bench = [] }: Given): Promise<Map<string, Decision>> {
    const tables = { record, withdrawal: withdrawal.map((id) => ({ id })), bench };
    for (const [name, rows] of Object.entries(tables)) {
      const file = await LineFile.open(join(folder, `${name}.jsonl`), 0);
      for (const one of rows) await file.add(JSON.stringify(one));
      await file.close();
      const columns = duckdbColumns(givenTables[name as keyof typeof givenTables]);
      await engine.run(
        `CREATE OR REPLACE TABLE ${name} AS SELECT * FROM read_json(${sqlText(file.path)}, format = 'newline_delimited', columns = ${columns})`,
      );
    }
    for (const { name, sql } of readSteps()) await engine.run(`CREATE OR REPLACE TABLE ${name} AS ${sql}`);
    const made: [string, Decision][] = [];
    for await (const decision of readDecisions(engine)) made.push([decision.trajectory_id, decision]);
    assert.equal(new Map(made).size, made.length);
    return new Map(made);
  }

  async function decision(given: Given, name: string): Promise<string | undefined> {
    return (await decisions(given)).get(idOf(name))?.decision;
  }

  it('is made in named steps', () => {
    const names = 'newest live granted contaminated clean band lead duplicate decision'.split(' ');
    assert.deepEqual(
      readSteps().map(({ name }) => name),
      names,
    );
    assert.deepEqual(parseSteps('-- [a] Why.\nSELECT 1;\n\n-- [b]\nSELECT 2;\n'), [
      { name: 'a', sql: 'SELECT 1' },
      { name: 'b', sql: 'SELECT 2' },
    ]);
  });

  it('takes the newest revision, and of equal copies that of the first folder', async () => {
    const record = [
      row('a', { revision: 1, source: 0 }),
      row('a', { revision: 2, source: 2 }),
      row('a', { revision: 2, source: 1 }),
    ];
    const { revision, source } = (await decisions({ record })).get(idOf('a')) ?? {};
    assert.deepEqual([revision, source], [2, 1]);
  });

  it('lets the newest revision tell the consent', async () => {
    const record = [row('a', { revision: 1 }), row('a', { revision: 2, source: 1, refusal: 'not_granted' })];
    assert.equal(await decision({ record }, 'a'), 'not_granted');
  });

  it('honours withdrawals of the record, the project, the receipt and the repository', async () => {
    const record = [row('a', { lineage_key: sha256('root') }), row('b')];
    const ids = [idOf('a'), idOf('project of a'), idOf('receipt of a'), sha256('root')];
    for (const id of ids) {
      const made = await decisions({ record, withdrawal: [id] });
      assert.deepEqual([made.get(idOf('a'))?.decision, made.get(idOf('b'))?.decision], ['withdrawn', 'kept']);
    }
  });

  it('keeps an import without receipt and lineage, whatever was withdrawn', async () => {
    const record = [row('a', { receipt_id: null, lineage_key: null })];
    assert.equal(await decision({ record, withdrawal: [idOf('x')] }, 'a'), 'kept');
  });

  it('keeps of near-duplicates the one with the smallest key', async () => {
    const record = [row('a', { bands: ['b1', 'b2'], keep_key: `0${idOf('a')}` }), row('b', { bands: ['b2', 'b3'] })];
    const made = await decisions({ record });
    assert.deepEqual([made.get(idOf('a'))?.decision, made.get(idOf('b'))?.decision], ['kept', 'duplicate']);
  });

  it('can leave one out for another that is left out itself', async () => {
    const record = [
      row('a', { bands: ['b1'], keep_key: '0' }),
      row('b', { bands: ['b1', 'b2'], keep_key: '1' }),
      row('c', { bands: ['b2'], keep_key: '2' }),
    ];
    const made = await decisions({ record });
    assert.deepEqual([...made.values()].map((each) => each.decision).sort(), ['duplicate', 'duplicate', 'kept']);
  });

  it('lets nothing that may not be used displace what may', async () => {
    const best = { bands: ['b1'], keep_key: '0' };
    for (const refusal of ['not_granted', 'imported'] as const) {
      const record = [row('a', { ...best, refusal }), row('b', { bands: ['b1'] })];
      assert.equal(await decision({ record }, 'b'), 'kept');
      assert.equal(await decision({ record }, 'a'), refusal);
    }
    const record = [row('a', best), row('b', { bands: ['b1'] })];
    assert.equal(await decision({ record, withdrawal: [idOf('a')] }, 'b'), 'kept');
  });

  it('leaves out what holds 30% of the grams of an item, of one item alone', async () => {
    const bench = Array.from({ length: 10 }, (_, i) => ({ bench_id: 'x', gram: `x${i}`, bench_grams: 10 }));
    const other = Array.from({ length: 10 }, (_, i) => ({ bench_id: 'y', gram: `y${i}`, bench_grams: 10 }));
    const record = [
      row('three', { grams: ['x0', 'x1', 'x2', 'z'] }),
      row('two', { grams: ['x0', 'x1'] }),
      row('two of each', { grams: ['x0', 'x1', 'y0', 'y1'] }),
    ];
    const given = { record, bench: [...bench, ...other] };
    assert.equal(await decision(given, 'three'), 'contaminated');
    assert.equal(await decision(given, 'two'), 'kept');
    assert.equal(await decision(given, 'two of each'), 'kept');
  });

  it('splits by the bucket', async () => {
    const buckets = { 0: 'test', 19: 'test', 20: 'validation', 39: 'validation', 40: 'train', 999: 'train' };
    const record = Object.keys(buckets).map((bucket) => row(bucket, { split_bucket: Number(bucket) }));
    const made = await decisions({ record });
    for (const [bucket, split] of Object.entries(buckets)) assert.equal(made.get(idOf(bucket))?.split, split);
  });

  it('agrees with what the rules say, on any records', async () => {
    const anyRow = fc.record({
      name: fc.nat(12),
      revision: fc.integer({ min: 1, max: 2 }),
      source: fc.nat(2),
      bands: fc.uniqueArray(fc.constantFrom('b1', 'b2', 'b3', 'b4', 'b5'), { maxLength: 3 }),
      grams: fc.uniqueArray(fc.constantFrom('g1', 'g2', 'g3', 'g4'), { maxLength: 4 }),
      rank: fc.nat(3),
      refusal: fc.constantFrom(null, null, null, 'not_granted' as const),
    });
    const key = ({ name, revision, source }: { name: number; revision: number; source: number }) =>
      `${name} ${revision} ${source}`;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(anyRow, { selector: key, maxLength: 24 }),
        fc.uniqueArray(fc.nat(12), { maxLength: 2 }),
        async (rows, withdrawn) => {
          const record = rows.map(({ name, rank, ...fields }) =>
            row(String(name), { ...fields, keep_key: `${rank}${idOf(String(name))}` }),
          );
          const withdrawal = withdrawn.map((name) => idOf(String(name)));
          const bench = ['g1', 'g2', 'g3', 'g9', 'g8'].map((gram) => ({ bench_id: 'x', gram, bench_grams: 5 }));
          const made = await decisions({ record, withdrawal, bench });
          const expected = plainly(record, new Set(withdrawal), ['g1', 'g2', 'g3', 'g9', 'g8']);
          assert.deepEqual(
            new Map([...made].map(([id, one]) => [id, [one.revision, one.source, one.decision]])),
            expected,
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** The rules once more, in another language. */
function plainly(rows: RecordRow[], withdrawn: Set<string>, bench: string[]): Map<string, [number, number, string]> {
  const newest = new Map<string, RecordRow>();
  for (const one of rows.toSorted((a, b) => b.revision - a.revision || a.source - b.source)) {
    if (!newest.has(one.trajectory_id)) newest.set(one.trajectory_id, one);
  }
  const sorted = [...newest.values()].sort((a, b) => (a.trajectory_id < b.trajectory_id ? -1 : 1));
  const isContaminated = (one: RecordRow) =>
    one.grams.filter((gram) => bench.includes(gram)).length / bench.length >= 0.3;
  const clean = sorted.filter(
    (one) => !withdrawn.has(one.trajectory_id) && one.refusal === null && !isContaminated(one),
  );
  const isDuplicate = (one: RecordRow) =>
    clean.some((other) => other.keep_key < one.keep_key && other.bands.some((band) => one.bands.includes(band)));
  return new Map(
    sorted.map((one) => {
      const decision = withdrawn.has(one.trajectory_id)
        ? 'withdrawn'
        : (one.refusal ?? (isContaminated(one) ? 'contaminated' : isDuplicate(one) ? 'duplicate' : 'kept'));
      return [one.trajectory_id, [one.revision, one.source, decision]];
    }),
  );
}
