/** What a cluster needs to pack: the steps, the paths, the schemas, and a runner. Nothing of ours distributes work. */
import { copyFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { columnsOf, jsonSchema } from '../dataset/columns.ts';
import { featuresRow } from '../dataset/features.ts';
import { exampleFile, trajectoryFileName } from '../dataset/layout.ts';
import { exportFormats } from '../examples/formats.ts';
import { trajectory } from '../trajectory/record.ts';
import { readBench } from './benchmark.ts';
import { sparkSchema } from './columnTypes.ts';
import { OutFolder } from './outFolder.ts';
import { packedFormats } from './soundRows.ts';
import { openSources, type Request } from './sources.ts';
import { stepsFile } from './steps.ts';

export interface PlanOptions extends Request {
  /** Folders of this machine, or URIs that the cluster reads. */
  folders: readonly string[];
  out: string;
  bench: readonly string[];
}

export const runnerFile = join(import.meta.dirname, 'pack_spark.py');

/** @returns the names of the files that were written. @throws PackError or DatasetError */
export async function packPlan({ folders, out, use, includeImported, bench }: PlanOptions): Promise<string[]> {
  const local = folders.filter((folder) => !isUri(folder));
  const sources = await openSources(local);
  const items = await readBench(bench);
  const folder = await OutFolder.open(
    out,
    sources.map((source) => source.folder),
  );
  const { trajectory_id, consent } = columnsOf(jsonSchema(trajectory));
  const plan = {
    use,
    include_imported: includeImported,
    folders: folders.map((each) => (isUri(each) ? each : resolve(each))),
    features_schema: sparkSchema(columnsOf(jsonSchema(featuresRow))),
    consent_schema: sparkSchema({ trajectory_id, consent }),
    formats: Object.fromEntries(
      // What is made while it is packed needs Node.
      packedFormats
        .filter(({ name }) => !exportFormats.some((format) => format.name === name))
        .map(({ name, schema }) => {
          const columns = columnsOf(jsonSchema(schema));
          const file = name === 'trajectories' ? trajectoryFileName : exampleFile(name);
          return [name, { file, columns: Object.keys(columns), schema: sparkSchema(columns) }];
        }),
    ),
  };
  await writeFile(await folder.place('plan.json'), `${JSON.stringify(plan, null, 2)}\n`);
  await writeFile(await folder.place('bench.jsonl'), items.map((item) => `${JSON.stringify(item)}\n`).join(''));
  await copyFile(stepsFile, await folder.place('decide.sql'));
  await copyFile(runnerFile, await folder.place('pack_spark.py'));
  await folder.finish();
  return ['plan.json', 'bench.jsonl', 'decide.sql', 'pack_spark.py'];
}

function isUri(folder: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(folder);
}
