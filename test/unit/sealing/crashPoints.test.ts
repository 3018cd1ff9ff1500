import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { readDataset } from '../../../src/dataset/dataset.ts';
import { validateDataset } from '../../../src/dataset/validate.ts';
import type { Log } from '../../../src/editor/log.ts';
import { Sealer } from '../../../src/editor/tasks/sealer.ts';
import { JournalFolder } from '../../../src/session/journal/journalFolder.ts';
import { randomToken } from '../../support/secrets.ts';

const processes = join(import.meta.dirname, 'processes');
const points = 200;
const atOnce = 4;

/** Where a process dies: at which call to the file system of which thread, and how. */
interface Point {
  thread: 'main' | 'worker';
  at: number;
  how: 'before' | 'after' | 'torn';
}

describe('a host that is killed at any point', () => {
  let built: string;
  before(async () => {
    built = await mkdtemp(join(tmpdir(), 'understudy-built-'));
    // Away from the manifest of this project, which somebody may be editing.
    await copyFile(join(processes, 'dieAt.cjs'), join(built, 'dieAt.cjs'));
    await build({
      entryPoints: { pipeline: join(processes, 'pipeline.ts'), worker: 'src/sealing/worker.ts' },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outdir: built,
      outExtension: { '.js': '.cjs' },
      logLevel: 'error',
    });
  });
  after(() => rm(built, { recursive: true, force: true }));

  class Run {
    readonly key = randomBytes(32);
    readonly secret = randomToken(32);
    readonly folder: string;
    readonly journals: JournalFolder;

    constructor(folder: string) {
      this.folder = folder;
      this.journals = new JournalFolder(join(folder, 'journal'));
    }

    /** @returns what it printed. */
    async work(point: Point | null): Promise<string> {
      await mkdir(this.journals.path);
      const args = [this.folder, this.key.toString('hex'), join(built, 'worker.cjs'), this.secret];
      const env = {
        ...process.env,
        NODE_COMPILE_CACHE: join(built, 'cache'),
        DIE_IN: point?.thread,
        DIE_AT: String(point?.at ?? 0),
        DIE_HOW: point?.how,
      };
      const command = ['--require', join(built, 'dieAt.cjs'), join(built, 'pipeline.cjs'), ...args];
      return new Promise((resolve, reject) => {
        execFile(process.execPath, command, { env }, (error, stdout, stderr) => {
          if (error && error.signal !== 'SIGKILL') reject(new Error(`${JSON.stringify(point)}\n${stderr}`));
          else resolve(stdout);
        });
      });
    }

    /** What another window does at its next look, some time later. */
    async recover(): Promise<void> {
      const past = new Date(Date.now() - 90_000);
      for (const name of await readdir(this.journals.path)) await utimes(join(this.journals.path, name), past, past);
      const sealer = new Sealer({
        workerFile: join(built, 'worker.cjs'),
        journals: this.journals,
        key: { read: async () => this.key },
        datasetFolder: () => join(this.folder, 'dataset'),
        graceTime: () => 0,
        log: { write: () => {} } as unknown as Log,
        onChange: () => {},
        onDataset: (trouble) => assert.equal(trouble, null),
      });
      await sealer.recover();
      sealer.close();
    }

    async bytesIn(...place: string[]): Promise<string[]> {
      const entries = await readdir(join(this.folder, ...place), { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile());
      return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')));
    }
  }

  async function withRun<Result>(body: (run: Run) => Promise<Result>): Promise<Result> {
    const folder = await mkdtemp(join(tmpdir(), 'understudy-killed-'));
    try {
      return await body(new Run(folder));
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  /** What must be so whenever the process dies. */
  async function check(point: Point): Promise<void> {
    await withRun(async (run) => {
      const printed = await run.work(point);
      for (const bytes of await run.bytesIn('journal')) {
        for (const text of ['zebra', 'base()', 'token', run.secret]) assert.ok(!bytes.includes(text), text);
      }
      await run.recover();
      for (const bytes of await run.bytesIn()) assert.ok(!bytes.includes(run.secret), 'the secret');
      const lines = printed.split('\n').filter((line) => line.startsWith('zebra'));
      const dataset = await readDataset(join(run.folder, 'dataset')).catch(() => null);
      if (!dataset) return assert.deepEqual(lines, [], 'nothing is lost');
      assert.deepEqual((await validateDataset(dataset.folder)).faults, []);
      const texts: string[] = [];
      for await (const id of dataset.trajectoryIds()) {
        const { files } = await dataset.readTrajectory(id);
        texts.push(...files.map(({ final_text }) => final_text ?? ''));
      }
      for (const line of lines) {
        assert.equal(texts.filter((text) => text.includes(`${line}\n`)).length, 1, `${line} in one record`);
      }
      assert.ok(texts.length <= 2, 'nothing is sealed twice');
      // Opened and not written to: nothing of such a task is left but its lease.
      const left = (await readdir(run.journals.path)).filter((name) => !/\.(lease|sealed|swept)$/.test(name));
      assert.deepEqual(left, []);
    });
  }

  it(`leaves no torn record and no readable text, loses nothing that it had written, and seals nothing twice (${points} points)`, async () => {
    const calls = await withRun(async (run) => {
      const printed = await run.work(null);
      return Object.fromEntries(
        ['main', 'worker'].map((thread) => [thread, Number(new RegExp(`^${thread} (\\d+)$`, 'm').exec(printed)?.[1])]),
      );
    });
    const all = (['main', 'worker'] as const).flatMap((thread) =>
      Array.from({ length: calls[thread] }, (_, i) => i + 1).flatMap((at) =>
        (['before', 'after', 'torn'] as const).map((how): Point => ({ thread, at, how })),
      ),
    );
    assert.ok(all.length > points, `${all.length} points to choose from`);
    const chosen = shuffled(all, 20_261_126).slice(0, points);
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let point = chosen.pop(); point; point = chosen.pop()) {
          await check(point).catch((cause) => {
            throw new Error(JSON.stringify(point), { cause });
          });
        }
      }),
    );
  }).timeout(900_000);
});

/** The same order for the same seed. */
function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const list = [...items];
  let state = seed;
  for (let i = list.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = state % (i + 1);
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}
