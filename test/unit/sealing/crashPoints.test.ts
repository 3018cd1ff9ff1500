import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ConsentStore } from '../../../src/consent/consentStore.ts';
import { keys } from '../../../src/consent/memory.ts';
import { ReviewChoice } from '../../../src/consent/reviewChoice.ts';
import { readDataset } from '../../../src/dataset/dataset.ts';
import { validateDataset } from '../../../src/dataset/validate.ts';
import { LettingGo } from '../../../src/editor/takingBack/lettingGo.ts';
import type { JournalFolder } from '../../../src/session/journal/journalFolder.ts';
import { randomToken } from '../../support/secrets.ts';
import { FileKey, FileMemory, journalsIn, sealerIn } from './processes/host.ts';

const processes = join(import.meta.dirname, 'processes');
const points = 200;
/** Of each way of taking back. */
const takingPoints = 40;
const atOnce = 4;

/** What is taken back in the end. */
type Taken = 'nothing' | 'forget' | 'task' | 'project';

/** Where a process dies: at which call to the file system of which thread, and how. */
interface Point {
  thread: string;
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
    readonly secret = randomToken(32);
    readonly folder: string;
    readonly journals: JournalFolder;

    constructor(folder: string) {
      this.folder = folder;
      this.journals = journalsIn(folder);
    }

    /** @returns what it printed. */
    async work(taken: Taken, point: Point | null): Promise<string> {
      await mkdir(this.journals.path);
      await writeFile(join(this.folder, 'key'), randomBytes(32));
      const args = [this.folder, join(built, 'worker.cjs'), this.secret, taken];
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

    /** What the next window does at its start, some time later; and with it what a person takes back then. */
    async recover(takeBackAll = false): Promise<void> {
      const past = new Date(Date.now() - 90_000);
      for (const name of await readdir(this.journals.path)) await utimes(join(this.journals.path, name), past, past);
      const sealer = sealerIn(this.folder, join(built, 'worker.cjs'), (trouble) => assert.equal(trouble, null));
      const memory = this.memory;
      const consent = new ConsentStore(memory);
      const review = new ReviewChoice(memory, () => false);
      const openProject = () => null;
      const lettingGo = new LettingGo({ sealer, consent, review, openProject, letGo: (andThen) => andThen() });
      await lettingGo.heed();
      await sealer.recover();
      for (const { taskId } of await this.journals.list()) await sealer.seal(taskId);
      if (takeBackAll) await lettingGo.takeBackProject('ids');
      sealer.close();
    }

    get memory(): FileMemory {
      return new FileMemory(this.folder);
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

  /** Which of the lines are to be gone. */
  const takes: Record<Taken, RegExp | null> = {
    nothing: null,
    forget: /^zebrafirst\(2\)|^zebrasecond/,
    task: /^zebrasecond/,
    project: /^zebra/,
  };

  /** What must be so whenever the process dies. */
  async function check(taken: Taken, point: Point): Promise<void> {
    await withRun(async (run) => {
      const printed = await run.work(taken, point);
      for (const bytes of await run.bytesIn('journal')) {
        for (const text of ['zebra', 'base()', 'token', run.secret]) assert.ok(!bytes.includes(text), text);
      }
      await run.recover();
      const gone = printed.includes('wanted\n') ? takes[taken] : null;
      // Also what is not told to be written down may be.
      const may = takes[taken];
      const lines = printed.split('\n').filter((line) => line.startsWith('zebra'));
      await checkRecords(run, {
        kept: lines.filter((line) => !may?.test(line)),
        mayBe: lines.filter((line) => !gone?.test(line)),
        gone: lines.filter((line) => gone?.test(line)),
      });
      const { memory } = run;
      if (gone && taken === 'project') {
        const left = Object.values(keys).filter((key) => memory.get(key) !== undefined);
        assert.deepEqual(left, [], 'nothing is remembered');
        assert.equal(await new FileKey(run.folder).read(), null, 'the key is gone');
      }
      // Whatever was left in the middle, everything can be taken back.
      await run.recover(true);
      for (const bytes of await run.bytesIn()) assert.ok(!bytes.includes('zebra'), 'all is gone');
    });
  }

  interface Expected {
    /** In one record each. */
    kept: string[];
    mayBe: string[];
    /** Nowhere. */
    gone: string[];
  }

  async function checkRecords(run: Run, { kept, mayBe, gone }: Expected): Promise<void> {
    for (const bytes of await run.bytesIn()) {
      for (const text of [run.secret, ...gone]) assert.ok(!bytes.includes(text), `${text} is gone`);
    }
    // Opened and not written to: nothing of such a task is left but its lease.
    const left = (await readdir(run.journals.path)).filter((name) => !/\.(lease|sealed|swept)$/.test(name));
    assert.deepEqual(left, []);
    const dataset = await readDataset(join(run.folder, 'dataset')).catch(() => null);
    if (!dataset) return assert.deepEqual(kept, [], 'nothing is lost');
    assert.deepEqual((await validateDataset(dataset.folder)).faults, []);
    const withdrawn = await dataset.withdrawn();
    const texts: string[] = [];
    for await (const id of dataset.trajectoryIds()) {
      assert.ok(!withdrawn.has(id), 'what is withdrawn is gone');
      const { files } = await dataset.readTrajectory(id);
      texts.push(...files.map(({ final_text }) => final_text ?? ''));
    }
    const times = (line: string) => texts.filter((text) => text.includes(`${line}\n`)).length;
    for (const line of kept) assert.equal(times(line), 1, `${line} in one record`);
    for (const line of mayBe) assert.ok(times(line) <= 1, `${line} in no two records`);
    assert.ok(texts.length <= 2, 'nothing is sealed twice');
  }

  /** How many calls each thread makes. */
  async function callsOf(taken: Taken): Promise<Map<string, number>> {
    const printed = await withRun((run) => run.work(taken, null));
    return new Map(
      Array.from(printed.matchAll(/^(main|worker\d+) (\d+)$/gm), ([, thread, calls]) => [thread, Number(calls)]),
    );
  }

  function pointsOf(calls: Map<string, number>): Point[] {
    return [...calls].flatMap(([thread, count]) =>
      Array.from({ length: count }, (_, i) => i + 1).flatMap((at) =>
        (['before', 'after', 'torn'] as const).map((how): Point => ({ thread, at, how })),
      ),
    );
  }

  async function checkAt(taken: Taken, points: Point[]): Promise<void> {
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (let point = points.pop(); point; point = points.pop()) {
          await check(taken, point).catch((cause) => {
            throw new Error(JSON.stringify(point), { cause });
          });
        }
      }),
    );
  }

  it(`leaves no torn record and no readable text, loses nothing that it had written, and seals nothing twice (${points} points)`, async () => {
    const all = pointsOf(await callsOf('nothing'));
    assert.ok(all.length > points, `${all.length} points to choose from`);
    await checkAt('nothing', shuffled(all, 20_261_126).slice(0, points));
  }).timeout(900_000);

  for (const taken of ['forget', 'task', 'project'] as const) {
    it(`takes back all that was wanted, and nothing else (${taken}, ${takingPoints} points)`, async () => {
      const before = await callsOf('nothing');
      // The work before is the same with and without it.
      const all = pointsOf(await callsOf(taken)).filter(({ thread, at }) => at > (before.get(thread) ?? 0));
      assert.ok(all.some(({ thread }) => thread === 'worker2'));
      await checkAt(taken, shuffled(all, 20_261_126).slice(0, takingPoints));
    }).timeout(900_000);
  }
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
