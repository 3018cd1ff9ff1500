import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { featuresOf } from '../../../src/dataset/features.ts';
import { type BenchItem, benchItemsOf, readBench } from '../../../src/pack/benchmark.ts';
import { RecordBuilder } from '../../support/records.ts';

const lines = Array.from({ length: 200 }, (_, i) => `let name${i} = ${i};`);

describe('the grams of a benchmark', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-bench-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function itemsOf(text: string, field: string | null): Promise<BenchItem[]> {
    const file = join(folder, 'items');
    await writeFile(file, text);
    const items: BenchItem[] = [];
    for await (const item of benchItemsOf(file, field)) items.push(item);
    return items;
  }

  const { grams } = featuresOf(
    new RecordBuilder('a', [{ path: 'a.js', base: '' }])
      .edit(0, [{ offset: 0, deleted: 0, inserted: lines.join('\n') }])
      .build(),
  );

  it('are those of a record that adds the text', async () => {
    assert.ok(grams.length > 100);
    const [item] = await itemsOf(lines.join('\n'), null);
    assert.deepEqual(item, { bench_id: 'items', bench_grams: grams.length, grams });
  });

  it('are those of the added lines, where the text is a patch', async () => {
    const patch = `--- a/x.js\n+++ b/x.js\n@@ -1,2 +1,201 @@\n before\n-gone\n${lines.map((line) => `+${line}`).join('\n')}\n`;
    const [item] = await itemsOf(`${JSON.stringify({ patch })}\n`, 'patch');
    assert.deepEqual(item.grams, grams);
  });

  it('stand in the field that is named, however deep, one item a line', async () => {
    const items = await itemsOf(
      `${JSON.stringify({ a: { b: 'x' } })}\n${JSON.stringify({ a: { b: lines.join(' ') } })}`,
      'a.b',
    );
    assert.deepEqual(
      items.map(({ bench_id, bench_grams }) => [bench_id, bench_grams > 0]),
      [
        ['items:1', false],
        ['items:2', true],
      ],
    );
  });

  it('are not to be had of lines that are none, and the line is named', async () => {
    await assert.rejects(itemsOf('{"a":"x"}\n{"a":1}\n', 'a'), /items, line 2: no text in the field a\./);
    await assert.rejects(itemsOf('{"a":"x"}\n{"a":\n', 'a'), /items, line 2: not JSON\./);
    await assert.rejects(itemsOf('{"a":null}\n', 'a.b'), /items, line 1: no text/);
  });

  it('are read back, each item once', async () => {
    const file = join(folder, 'grams.jsonl');
    const line = `${JSON.stringify({ bench_id: 'x', bench_grams: 1, grams: ['0123456789abcdef'] })}\n`;
    await writeFile(file, line);
    assert.deepEqual(
      (await readBench([file])).map(({ bench_id }) => bench_id),
      ['x'],
    );
    await assert.rejects(readBench([file, file]), /line 1: x is there twice/);
    await assert.rejects(readBench([join(folder, 'none')]), /none cannot be read/);
  });
});
