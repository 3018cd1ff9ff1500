import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Column, columnsOf, jsonSchema } from '../dataset/columns.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { countText, noTextCounts, type TextCounts } from '../dataset/statistics.ts';
import { version } from '../version.ts';
import { packCard } from './card.ts';
import { duckdbColumns, sqlText } from './columnTypes.ts';
import { croissant } from './croissant.ts';
import { countDecisions, type Decision, decisionHash, readDecisions } from './decide.ts';
import type { Engine } from './engine.ts';
import { NothingKeptError, UnsoundError } from './errors.ts';
import { inOrder } from './inOrder.ts';
import { LineFile } from './lineFile.ts';
import type { OutFolder } from './outFolder.ts';
import type { Limits, PackOptions } from './pack.ts';
import type { PackReport } from './report.ts';
import { newShards, type ShardState, Shards, shardBytes, shardFile, shardName } from './shards.ts';
import { packedFormats, readSound, type SoundRecord } from './soundRows.ts';
import type { Unsound } from './sources.ts';
import type { TokenCounter } from './tokenCounter.ts';

const usualLimits: Limits = { shardBytes, recordsBetweenSaves: 1000 };

/** How far a pack has come. Plain, and as `state.json` on the disk every so many records. */
interface State {
  /** What is packed, and how: another key cannot go on from here. */
  key: string;
  /** Records that stay and are done. */
  done: number;
  groups: ShardState[];
  unsound: { records: number; bytes: number };
  outcomes: Record<string, number>;
  languages: Record<string, number>;
  licenses: Record<string, number>;
  periods: Record<string, number>;
  texts: TextCounts;
}

interface Context {
  options: PackOptions;
  sources: readonly Dataset[];
  engine: Engine;
  folder: OutFolder;
  counter: TokenCounter | null;
  unsound: Unsound[];
}

/** The second half of a pack: the rows of the records that stay, and what tells of them. */
export class Packing {
  readonly #context: Context;
  readonly #state: State;
  readonly #columns: Map<string, Record<string, Column>>;
  readonly #shards = new Map<string, Shards>();
  readonly #unsound: LineFile;
  readonly #decisionHash: string;

  private constructor(
    context: Context,
    state: State,
    columns: Map<string, Record<string, Column>>,
    unsound: LineFile,
    hash: string,
  ) {
    this.#context = context;
    this.#state = state;
    this.#columns = columns;
    this.#unsound = unsound;
    this.#decisionHash = hash;
  }

  /** From the beginning, or from where a pack of the same records was interrupted. */
  static async begin(context: Context): Promise<Packing> {
    const { options, engine, folder, counter, unsound } = context;
    const columns = new Map(
      packedFormats.map(({ name, schema }) => [
        name,
        { ...columnsOf(jsonSchema(schema)), ...(counter ? { tokens: 'int64' as const } : {}) },
      ]),
    );
    const hash = await decisionHash(engine);
    const how = [version, hash, options.folders, options.use, options.includeImported, options.also, options.limits];
    const key = createHash('sha256')
      .update(JSON.stringify([...how, [...columns], counter?.sha256, unsound]))
      .digest('hex');
    const found = await readState(folder);
    const isSame = found?.key === key;
    if (!isSame)
      for (const name of ['staged', 'shards', 'out'])
        await rm(join(folder.work, name), { recursive: true, force: true });
    const state = isSame ? found : newState(key);
    const file = await LineFile.open(join(folder.work, 'unsound.jsonl'), state.unsound.bytes);
    const packing = new Packing(context, state, columns, file, hash);
    if (!isSame) for (const one of unsound) await packing.#leaveOut(one);
    return packing;
  }

  async writeRows(): Promise<void> {
    const { options, sources, engine } = this.#context;
    const read = async (decision: Decision): Promise<[Decision, SoundRecord | UnsoundError]> => {
      const { trajectory_id, revision, source } = decision;
      const sound = await readSound(sources[source], trajectory_id, {
        revision,
        request: options,
        also: options.also,
      }).catch((error) => {
        if (error instanceof UnsoundError) return error;
        throw error;
      });
      return [decision, sound];
    };
    const { kept } = await countDecisions(engine);
    for await (const [decision, sound] of inOrder(skip(keptOf(engine), this.#state.done), read)) {
      if (sound instanceof UnsoundError) {
        const { trajectory_id, source } = decision;
        const fault = `${sound.file}: ${sound.message}`;
        options.onUnsound?.(join(sources[source].folder, fault));
        await this.#leaveOut({ trajectory_id, source, fault });
      } else await this.#write(decision, sound);
      this.#state.done++;
      options.onProgress?.('writing', this.#state.done, kept);
      if (this.#state.done % this.#limits.recordsBetweenSaves === 0) await this.#save();
    }
    for (const { format, split, staged } of this.#state.groups) {
      if (staged.rows > 0) await (await this.#shardsOf(format, split)).end();
    }
    await this.#save();
  }

  /** Writes all but the rows, and puts the rows where they belong. */
  async describe(benchmarkItems: number): Promise<PackReport> {
    const { options, engine, folder, sources, counter } = this.#context;
    const groups = this.#state.groups.toSorted((a, b) =>
      `${a.format}/${a.split}` < `${b.format}/${b.split}` ? -1 : 1,
    );
    const files: PackReport['files'] = [];
    for (const group of groups) {
      for (const [index, { rows, bytes }] of group.shards.entries()) {
        const name = ['data', group.format, shardName(group, index)];
        const from = shardFile(folder.work, group, index);
        const to = await folder.place(...name);
        // Interrupted right here, it may have been moved already.
        await rename(from, to).catch((error) => (error.code === 'ENOENT' ? null : Promise.reject(error)));
        files.push({ format: group.format, split: group.split, name: name.join('/'), rows, bytes });
      }
    }
    if (!files.some(({ format }) => format === 'trajectories')) {
      throw new NothingKeptError(
        'No record passed the last look: all are unsound. Run on each folder: understudy validate, understudy audit',
      );
    }
    await this.#writeDecisions();
    const { outcomes, languages, licenses, periods, texts } = this.#state;
    const counts = await countDecisions(engine);
    const [{ copies }] = await engine.rows<{ copies: string }>(
      'SELECT (SELECT count(*) FROM record) - (SELECT count(*) FROM newest) AS copies',
    );
    const lost = this.#state.unsound.records;
    const report: PackReport = {
      format: 'understudy-pack-v1',
      producer: version,
      use: options.use,
      includes_imported: options.includeImported,
      folders: sources.length,
      benchmark_items: benchmarkItems,
      tokenizer_sha256: counter?.sha256 ?? null,
      decision_sha256: this.#decisionHash,
      decisions: { ...counts, kept: counts.kept - (lost - this.#context.unsound.length), unsound: lost },
      copies_left_out: Number(copies),
      files,
      outcomes: byCount(outcomes),
      languages: byCount(languages),
      licenses: byCount(licenses),
      periods: byCount(periods),
      texts: { ...texts, origins: byCount(texts.origins), redacted: byCount(texts.redacted) },
    };
    const write = async (name: string, text: string) => writeFile(await folder.place(...name.split('/')), text);
    for (const { name, schema } of packedFormats) {
      if (files.some(({ format }) => format === name)) {
        await write(`schema/${name}.schema.json`, `${JSON.stringify(jsonSchema(schema), null, 2)}\n`);
      }
    }
    const columns = this.#columns;
    await write('README.md', packCard(report, columns));
    await write('croissant.json', `${JSON.stringify(croissant(report, columns, options.today), null, 2)}\n`);
    await write('pack.json', `${JSON.stringify(report, null, 2)}\n`);
    return report;
  }

  async close(): Promise<void> {
    for (const shards of this.#shards.values()) await shards.close();
    await this.#unsound.close();
  }

  async #write({ split }: Decision, { record, rows }: SoundRecord): Promise<void> {
    for (const [format, found] of rows) {
      const shards = await this.#shardsOf(format, split);
      for (const row of found) {
        const tokens = this.#context.counter?.count(row);
        await shards.add(JSON.stringify(tokens === undefined ? row : { ...row, tokens }));
      }
    }
    count(this.#state.outcomes, record.outcome.status);
    count(this.#state.licenses, record.license.spdx ?? 'unknown');
    count(this.#state.periods, record.period);
    countText(this.#state.texts, record);
    for (const language of new Set(record.files.map((file) => file.language ?? 'unknown'))) {
      count(this.#state.languages, language);
    }
  }

  async #leaveOut(unsound: Unsound): Promise<void> {
    await this.#unsound.add(JSON.stringify(unsound));
    this.#state.unsound = { records: this.#state.unsound.records + 1, bytes: this.#unsound.bytes };
  }

  async #shardsOf(format: string, split: string): Promise<Shards> {
    const name = `${format}/${split}`;
    const open = this.#shards.get(name);
    if (open) return open;
    let state = this.#state.groups.find((group) => group.format === format && group.split === split);
    if (!state) this.#state.groups.push((state = newShards(format, split)));
    const { folder } = this.#context;
    const columns = this.#columns.get(format)!;
    const shards = await Shards.open({
      state,
      columns,
      folder: folder.work,
      shardBytes: this.#limits.shardBytes,
    });
    this.#shards.set(name, shards);
    return shards;
  }

  get #limits(): Limits {
    return this.#context.options.limits ?? usualLimits;
  }

  async #save(): Promise<void> {
    const { folder } = this.#context;
    await this.#unsound.sync();
    for (const shards of this.#shards.values()) await shards.sync();
    await writeFile(`${stateFile(folder)}.new`, JSON.stringify(this.#state), { flush: true });
    await rename(`${stateFile(folder)}.new`, stateFile(folder));
    for (const shards of this.#shards.values()) await shards.forgetSpent();
  }

  /** The decision on every record, with what was found on the way. */
  async #writeDecisions(): Promise<void> {
    const { engine, folder } = this.#context;
    await this.#unsound.close();
    const columns = duckdbColumns({ trajectory_id: 'string', source: 'int64', fault: 'string' });
    const faults = `read_json(${sqlText(this.#unsound.path)}, format = 'newline_delimited', columns = ${columns})`;
    await engine.run(`COPY (
      SELECT trajectory_id, revision, source, CASE WHEN fault IS NULL THEN decision ELSE 'unsound' END AS decision, split, fault
      FROM decision FULL JOIN ${faults} USING (trajectory_id, source)
      ORDER BY trajectory_id, source
    ) TO ${sqlText(await folder.place('decisions.parquet'))} (FORMAT parquet, COMPRESSION zstd)`);
  }
}

async function* keptOf(engine: Engine): AsyncGenerator<Decision> {
  for await (const decision of readDecisions(engine)) if (decision.decision === 'kept') yield decision;
}

async function* skip<Item>(items: AsyncIterable<Item>, count: number): AsyncGenerator<Item> {
  for await (const item of items) if (count-- <= 0) yield item;
}

function newState(key: string): State {
  const nothing = { outcomes: {}, languages: {}, licenses: {}, periods: {} };
  return { key, done: 0, groups: [], unsound: { records: 0, bytes: 0 }, ...nothing, texts: noTextCounts() };
}

async function readState(folder: OutFolder): Promise<State | null> {
  // Ours, and whole or absent.
  const text = await readFile(stateFile(folder), 'utf8').catch(() => null);
  return text === null ? null : JSON.parse(text);
}

function stateFile(folder: OutFolder): string {
  return join(folder.work, 'state.json');
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** The most frequent first. */
function byCount(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}
