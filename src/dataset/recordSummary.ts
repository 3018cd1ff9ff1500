/** What a list shows of a record. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exampleFormats } from '../examples/formats.ts';
import type { Outcome } from '../trajectory/record.ts';
import type { Dataset } from './dataset.ts';
import { exampleFile, taskFolder } from './layout.ts';
import { readLines } from './lines.ts';

export interface RecordSummary {
  outcome: Outcome['status'];
  instruction: string | null;
  /** Of the files that were changed, the most frequent first. */
  languages: string[];
  /** Formats that have rows. */
  examples: { format: string; rows: number }[];
  /** Of all its files. */
  bytes: number;
}

/** Null for a task of which a record is gone or broken. */
export async function summariseTasks(
  dataset: Dataset,
  tasks: readonly (readonly string[])[],
): Promise<(RecordSummary | null)[]> {
  const summaries: (RecordSummary | null)[] = [];
  for (const ids of tasks) {
    const parts = Promise.all(ids.map((id) => summariseRecord(dataset, id)));
    summaries.push(await parts.then(joinSummaries, () => null));
  }
  return summaries;
}

async function summariseRecord(dataset: Dataset, id: string): Promise<RecordSummary> {
  const { outcome, instruction, files } = await dataset.readTrajectory(id);
  const folder = join(dataset.folder, taskFolder(id));
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  const examples: RecordSummary['examples'] = [];
  for (const { name: format } of exampleFormats) {
    if (!names.includes(exampleFile(format))) continue;
    let rows = 0;
    for await (const _ of readLines(join(folder, exampleFile(format)))) rows++;
    examples.push({ format, rows });
  }
  const edited = files.filter(({ role, base_step }) => role === 'edited' || base_step !== null);
  return {
    outcome: outcome.status,
    instruction: instruction.text,
    languages: byFrequency(edited.flatMap(({ language }) => language ?? [])),
    examples,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
  };
}

/** The parts of a task, told as one: the last part tells how it ended. */
function joinSummaries(parts: readonly RecordSummary[]): RecordSummary {
  const rows = new Map<string, number>();
  for (const { format, rows: more } of parts.flatMap(({ examples }) => examples))
    rows.set(format, (rows.get(format) ?? 0) + more);
  return {
    outcome: parts.at(-1)?.outcome ?? 'unknown',
    instruction: parts.find(({ instruction }) => instruction !== null)?.instruction ?? null,
    languages: [...new Set(parts.flatMap(({ languages }) => languages))],
    examples: [...rows].map(([format, rows]) => ({ format, rows })),
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function byFrequency(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name]) => name);
}
