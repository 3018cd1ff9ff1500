/**
 * Memory and time that a pack takes: `npm run bench:pack`, of 500 simulated folders with 100 tasks each;
 * `-- --contributors N --tasks M` for others, `-- DIR…` for folders that are there. UNDERSTUDY_TRACES names keystroke
 * traces to simulate from. Exits 1 when a gigabyte of memory was not enough.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { PackReport } from '../../src/pack/report.ts';
import { simulate } from '../simulate/contributors.ts';
import { simulationHistories } from '../simulate/simulationHistories.ts';

/** What the process that packs tells of itself. */
export interface Measurement {
  report: PackReport;
  /** Bytes that it held at most. */
  peak: number;
  /** Bytes of JSON lines in the folders. */
  bytes: number;
  seconds: { reading: number; writing: number };
}

const limit = 1e9;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    contributors: { type: 'string', default: '500' },
    tasks: { type: 'string', default: '100' },
  },
});
const scratch = await mkdtemp(join(tmpdir(), 'understudy-bench-pack-'));
try {
  const folders = positionals.length > 0 ? positionals.map((folder) => resolve(folder)) : await makeFolders();
  const child = fork(join(import.meta.dirname, 'packOnce.ts'), [join(scratch, 'packed'), ...folders]);
  const [{ report, peak, bytes, seconds }] = (await once(child, 'message')) as [Measurement];
  const records = Object.values(report.decisions).reduce((sum, count) => sum + count, 0);
  const written = report.files.reduce((sum, file) => sum + file.bytes, 0);
  const total = seconds.reading + seconds.writing;
  const megabytes = (size: number) => `${(size / 1e6).toFixed(0)} MB`;
  console.log(`${cpus()[0].model}, ${cpus().length} processors, Node ${process.version}`);
  console.log(`${folders.length} folders, ${records} records, ${megabytes(bytes)} of JSON lines`);
  console.log(`kept ${report.decisions.kept}; ${JSON.stringify(report.decisions)}`);
  console.log(`${report.files.length} files, ${megabytes(written)} of Parquet`);
  console.log(
    `${total.toFixed(0)} s: ${seconds.reading.toFixed(0)} to read and decide, ${seconds.writing.toFixed(0)} to check and write; ${(bytes / 1e6 / total).toFixed(1)} MB/s`,
  );
  console.log(`peak memory ${megabytes(peak)}${peak < limit ? '' : `: over ${megabytes(limit)}`}`);
  process.exitCode = peak < limit ? 0 : 1;
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function makeFolders(): Promise<string[]> {
  const made: string[] = [];
  const { contributors, tasks } = values;
  const out = join(scratch, 'folders');
  for await (const folder of simulate(simulationHistories(), Number(contributors), Number(tasks), out)) {
    made.push(folder);
  }
  return made;
}
