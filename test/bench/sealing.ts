/**
 * How long it takes to seal recorded histories: `npm run bench -- TRACE…`, with keystroke traces of the `editing-traces`
 * form. Each is sealed as it is; without its times, which makes it a single task; and so with 50 secrets typed into it. The privacy linter is timed besides.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { newId } from '../../src/consent/grant.ts';
import { readDataset } from '../../src/dataset/dataset.ts';
import { publicationPrivacy } from '../../src/dataset/store.ts';
import { runSealing } from '../../src/sealing/runSealing.ts';
import { publicationOf } from '../support/records.ts';
import { randomToken } from '../support/secrets.ts';

const rounds = 3;
const worker = join(import.meta.dirname, '../../dist/sealingWorker.cjs');

const traces = process.argv.slice(2);
if (traces.length === 0) {
  console.error('Name keystroke traces: npm run bench -- rustcode.json.gz');
  process.exit(2);
}
const folder = await mkdtemp(join(tmpdir(), 'understudy-bench-'));
console.log(`${cpus()[0].model}, ${cpus().length} processors, Node ${process.version}; median of ${rounds} rounds`);
try {
  for (const file of traces) {
    const trace = JSON.parse(await readTrace(file));
    const edits = trace.txns.reduce((sum: number, txn: { patches: unknown[] }) => sum + txn.patches.length, 0);
    const untimed = { ...trace, txns: trace.txns.map(({ patches }: { patches: unknown[] }) => ({ patches })) };
    const withSecrets = plant(untimed, 50);
    const kinds = { 'as recorded': trace, 'as one task': untimed, 'with 50 secrets': withSecrets };
    for (const [kind, content] of Object.entries(kinds)) {
      const path = join(folder, basename(file).replace(/\.gz$/, ''));
      await writeFile(path, JSON.stringify(content));
      const { seconds, trajectories, linting } = await measure(path);
      console.log(
        `${basename(file)} ${kind}: ${edits} recorded edits, ${trajectories} trajectories, ${seconds.toFixed(2)} s, ` +
          `of which the privacy linter takes ${linting.toFixed(1)} ms a record`,
      );
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

interface Untimed {
  startContent: string;
  endContent: string;
  txns: { patches: unknown[] }[];
}

/** So many lines with a secret, typed key by key in front of all else, spread over the trace. */
function plant(trace: Untimed, count: number): Untimed {
  let front = '';
  const txns: Untimed['txns'] = [];
  const every = Math.floor(trace.txns.length / count);
  for (const [index, { patches }] of trace.txns.entries()) {
    if (index % every === 0) {
      const line = `const token${index} = 'ghp_${randomToken(36)}';\n`;
      txns.push(...Array.from(line, (key, i) => ({ patches: [[front.length + i, 0, key]] })));
      front += line;
    }
    const moved = (patches as [number, number, string][]).map(([at, deleted, text]) => [
      at + front.length,
      deleted,
      text,
    ]);
    txns.push({ patches: moved });
  }
  return { startContent: trace.startContent, endContent: front + trace.endContent, txns };
}

async function readTrace(file: string): Promise<string> {
  const bytes = await readFile(file);
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

async function measure(path: string): Promise<{ seconds: number; trajectories: number; linting: number }> {
  const times: number[] = [];
  let trajectories = 0;
  let linting = 0;
  for (let round = 0; round < rounds; round++) {
    const datasetFolder = join(folder, `dataset-${newId()}`);
    const begin = performance.now();
    const { sealed, withheld } = await runSealing(worker, {
      source: { kind: 'import', path, format: 'editing-trace', language: null, projectId: newId(), known: [] },
      datasetFolder,
    });
    times.push((performance.now() - begin) / 1000);
    if (withheld.length > 0) throw new Error(`${path}: withheld: ${withheld.join(', ')}`);
    trajectories = sealed.length;
    linting = await lintingTime(datasetFolder, sealed);
  }
  return { seconds: times.sort((a, b) => a - b)[Math.floor(rounds / 2)], trajectories, linting };
}

/** Milliseconds a record, its examples among it; twice at each sealing. */
async function lintingTime(datasetFolder: string, ids: readonly string[]): Promise<number> {
  const dataset = await readDataset(datasetFolder);
  let time = 0;
  for (const id of ids) {
    const publication = publicationOf(await dataset.readTrajectory(id));
    const begin = performance.now();
    publicationPrivacy(publication);
    time += 2 * (performance.now() - begin);
  }
  return time / ids.length;
}
