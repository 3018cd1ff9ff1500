import assert from 'node:assert/strict';
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../../../src/consent/grant.ts';
import { readDataset } from '../../../../src/dataset/dataset.ts';
import { validateDataset } from '../../../../src/dataset/validate.ts';
import { readJournal } from '../../../../src/session/journal/readJournal.ts';
import { hour, JournalHost, minute } from '../journalHost.ts';

const day = 24 * hour;

describe('Sealer', () => {
  let host: JournalHost;
  beforeEach(async () => {
    host = await JournalHost.create();
  });
  afterEach(() => host.dispose());

  const tasksLeft = async () => (await host.journals.list()).map(({ taskId }) => taskId);

  describe('holding', () => {
    it('seals a task when its grace time is over, and not before', async () => {
      const early = await host.journal({ endedAgo: 9 * minute });
      const due = await host.journal({ endedAgo: 11 * minute });
      await host.sealer().recover();
      assert.deepEqual(await tasksLeft(), [early]);
      assert.deepEqual(
        (await host.records()).map(({ task_id }) => task_id),
        [due],
      );
    });

    it('looks again by itself when the next task is due', async () => {
      host.grace = 500;
      const sealer = host.sealer();
      await host.journal();
      await sealer.recover();
      while ((await host.records()).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      sealer.close();
    });

    it('seals what waits for review only when it is kept', async () => {
      const sealer = host.sealer();
      const taskId = await host.journal({ review: true, endedAgo: 6 * day });
      await sealer.recover();
      assert.deepEqual([await tasksLeft(), (await host.records()).length], [[taskId], 0]);
      assert.equal((await sealer.seal(taskId))?.sealed.length, 1);
      assert.deepEqual([await tasksLeft(), (await host.records()).length], [[], 1]);
    });

    it('discards what waits for review after seven days, all else after one', async () => {
      host.grace = 60 * minute;
      const kept = await host.journal({ ago: 8 * day, review: true, endedAgo: 7 * day - hour });
      await host.journal({ ago: 8 * day, review: true, endedAgo: 7 * day + hour });
      const young = await host.journal({ ago: day - hour, endedAgo: 0 });
      await host.journal({ ago: day + hour, endedAgo: 0 });
      await host.journal({ ago: day + hour, endedAgo: null });
      await host.sealer().recover();
      assert.deepEqual((await tasksLeft()).sort(), [kept, young].sort());
      assert.deepEqual(await host.records(), []);
    });

    it('holds what a window left behind, as its journal says, from its last moment on', async () => {
      const [waiting, other] = [
        await host.journal({ review: true, endedAgo: null }),
        await host.journal({ endedAgo: null }),
      ];
      const last = new Date(Date.now() - 5 * minute);
      for (const taskId of [waiting, other]) await utimes(host.journals.journalPath(taskId), last, last);
      await host.sealer().recover();
      for (const taskId of [waiting, other]) {
        const held = await host.journals.held(taskId);
        assert.deepEqual([held?.review, held?.endedAt], [taskId === waiting, last.getTime()]);
      }
    });

    it('leaves alone what a living window is at', async () => {
      const taskId = await host.journal({ ago: 2 * day, endedAgo: null });
      const lease = await host.lease(taskId);
      await host.sealer().recover();
      assert.deepEqual(await tasksLeft(), [taskId]);
      await lease.release();
    });

    it('keeps a task for no longer when the clock was set back since it ended', async () => {
      const taskId = await host.journal({ endedAgo: -30 * day });
      const before = Date.now();
      await host.sealer().recover();
      const held = await host.journals.held(taskId);
      assert.ok(held && held.endedAt >= before && held.endedAt <= Date.now());
    });

    it('seals once, however many windows are at it', async () => {
      host.grace = 0;
      const taskIds = await Promise.all([1, 2, 3].map(() => host.journal()));
      const sealers = [1, 2, 3].map(() => host.sealer());
      await Promise.all(sealers.flatMap((sealer) => [sealer.recover(), sealer.seal(taskIds[0])]));
      const sealed = host.logged.filter((line) => line.startsWith('task_sealed'));
      assert.equal(sealed.length, 3);
      assert.equal((await host.records()).length, 3);
    });

    it('holds no task in which nothing was done, nor one whose journal is gone', async () => {
      const sealer = host.sealer();
      const [idle, gone] = [await host.journal({ endedAgo: null }), newId()];
      const end = { projectId: newId(), review: true };
      await sealer.hold({ ...end, taskId: idle, worked: false, lease: await host.lease(idle) });
      await sealer.hold({ ...end, taskId: gone, worked: true, lease: await host.lease(gone) });
      await sealer.recover();
      assert.deepEqual(await readdir(host.journals.path), []);
    });
  });

  describe('a dataset folder that cannot be used', () => {
    it('leaves the task held, says why, and seals it once the folder is mended', async () => {
      host.grace = 0;
      const taskId = await host.journal();
      const good = host.datasetFolder;
      const sealer = host.sealer();
      for (const [folder, kind] of [
        [join(host.folder, 'x'.repeat(300)), 'system'],
        // Where the system takes no folder, although the one above is there.
        ['/proc/understudy', 'system'],
        [join(host.journals.journalPath(taskId), 'dataset'), 'unfit'],
      ]) {
        host.datasetFolder = folder;
        await sealer.recover();
        assert.equal(host.troubles.at(-1)?.kind, kind);
        assert.deepEqual([await tasksLeft(), (await host.journals.describe(taskId))?.withheld], [[taskId], null]);
      }
      host.datasetFolder = good;
      await sealer.recover();
      assert.equal(host.troubles.at(-1), null);
      assert.equal((await host.records()).length, 1);
    });

    it('may be deleted by hand while tasks are held', async () => {
      host.grace = 0;
      const sealer = host.sealer();
      await host.journal();
      await sealer.recover();
      await rm(host.datasetFolder, { recursive: true });
      await host.journal();
      await sealer.recover();
      assert.equal((await host.records()).length, 1);
      assert.deepEqual((await validateDataset(host.datasetFolder)).faults, []);
    });

    it('is tried again with the same journal when the key comes back', async () => {
      host.grace = 0;
      host.hasKey = false;
      const taskId = await host.journal();
      await host.sealer().recover();
      assert.deepEqual(await tasksLeft(), [taskId]);
      host.hasKey = true;
      await host.sealer().recover();
      assert.equal((await host.records()).length, 1);
    });
  });

  describe('taking back', () => {
    const projectId = newId();

    it('withdraws a held task, and nothing is sealed of it', async () => {
      const sealer = host.sealer();
      const [taskId, other] = [await host.journal(), await host.journal()];
      const result = await sealer.takeBack(await sealer.want({ kind: 'task', taskId }));
      assert.deepEqual([result.journals, await tasksLeft()], [1, [other]]);
    });

    it('withdraws a sealed task with all of its parts, and notes their ids for copies', async () => {
      host.grace = 0;
      const sealer = host.sealer();
      const [taskId] = [await host.journal(), await host.journal()];
      await sealer.recover();
      const [gone] = (await host.records()).filter(({ task_id }) => task_id === taskId);
      const result = await sealer.takeBack(await sealer.want({ kind: 'task', taskId }));
      assert.equal(result.records, 1);
      assert.deepEqual(
        (await host.records()).map(({ task_id }) => task_id === taskId),
        [false],
      );
      assert.ok((await (await readDataset(host.datasetFolder)).withdrawn()).has(gone.trajectory_id));
    });

    it('withdraws records by their ids, and what is under construction of them', async () => {
      host.grace = 0;
      const sealer = host.sealer();
      await host.journal();
      await host.journal();
      await sealer.recover();
      const [gone, kept] = await host.records();
      const torn = join(host.datasetFolder, '.tmp', `task-${newId()}`);
      await mkdir(torn);
      await writeFile(join(torn, 'trajectory.jsonl'), JSON.stringify(gone).slice(0, 1000));
      const request = await sealer.want({ kind: 'records', trajectoryIds: [gone.trajectory_id] });
      // The window dies here, and another one begins.
      await host.sealer().recover();
      assert.deepEqual(await host.records(), [kept]);
      assert.ok(!(await readdir(join(host.datasetFolder, '.tmp'))).some((name) => torn.endsWith(name)));
      assert.equal((await sealer.takeBack(request)).dataset, 'done');
    });

    it('leaves the key where another workspace needs it, and draws it anew where none does', async () => {
      const sealer = host.sealer();
      await host.journal({ projectId });
      const other = await host.journal();
      const reset = () => sealer.want({ kind: 'project', projectId, extent: 'ids' });
      await sealer.takeBack(await reset());
      assert.ok(host.hasKey);
      await host.journals.delete(other);
      await sealer.takeBack(await reset());
      assert.ok(!host.hasKey);
    });

    it('lets sealing go on where the worker dies of it', async () => {
      host.grace = 0;
      const sealer = host.sealer(join(host.folder, 'noWorker.cjs'));
      const taskId = await host.journal({ ago: hour, endedAgo: null });
      const request = await sealer.want({ kind: 'forget', from: Date.now() - 2 * hour });
      assert.equal((await sealer.takeBack(request)).dataset, 'failed');
      assert.ok(!(await host.journals.has(taskId)), 'what cannot be cut goes whole');
      await sealer.recover();
      assert.equal((await host.sealer().takeBack(request)).dataset, 'absent');
    });

    it('withdraws everything of a project: records, held and abandoned tasks, and what was looked for', async () => {
      host.grace = 0;
      const sealer = host.sealer();
      await host.journal({ projectId });
      const elsewhere = await host.journal();
      await sealer.recover();
      host.grace = hour;
      await host.journal({ projectId, review: true });
      await host.journal({ projectId, endedAgo: null });
      const other = await host.journal();
      await writeFile(join(host.journals.path, `${projectId}.swept`), '[]');
      const request = await sealer.want({ kind: 'project', projectId, extent: 'records' });
      const result = await sealer.takeBack(request);
      assert.deepEqual([result.journals, result.records, result.isPending, result.dataset], [2, 1, false, 'done']);
      assert.deepEqual(await tasksLeft(), [other]);
      assert.deepEqual(
        (await host.records()).map(({ task_id }) => task_id),
        [elsewhere],
      );
      assert.ok(!(await readdir(host.journals.path)).includes(`${projectId}.swept`));
      assert.ok((await (await readDataset(host.datasetFolder)).withdrawn()).has(projectId));
      assert.deepEqual((await validateDataset(host.datasetFolder)).faults, []);
    });

    it('goes on in any window where the first one was interrupted, or another one would not let go', async () => {
      const [waiting, after] = [await host.journal({ projectId, endedAgo: null }), host.sealer()];
      const lease = await host.lease(waiting);
      const request = await host.sealer().want({ kind: 'project', projectId, extent: 'records' });
      assert.equal((await after.takeBack(request)).isPending, true);
      assert.deepEqual(await tasksLeft(), [waiting]);
      await lease.release();
      host.grace = 0;
      await after.recover();
      assert.deepEqual([await tasksLeft(), await host.records()], [[], []]);
    });

    it('reaches what another window is sealing in that moment', async () => {
      host.grace = 0;
      const [taskId, sealing, asking] = [await host.journal({ projectId }), host.sealer(), host.sealer()];
      const sealed = sealing.recover();
      const isBegun = async () => (await readdir(host.journals.path)).some((name) => name.endsWith('.lease'));
      while (!(await isBegun())) await new Promise((resolve) => setTimeout(resolve, 5));
      const request = await asking.want({ kind: 'task', taskId });
      await asking.takeBack(request);
      await sealed;
      await asking.recover();
      assert.deepEqual([await tasksLeft(), await host.records()], [[], []]);
    });

    it('withdraws later what a folder that is away holds', async () => {
      host.grace = 0;
      const sealer = host.sealer();
      await host.journal({ projectId });
      await sealer.recover();
      const place = host.datasetFolder;
      host.datasetFolder = join(host.folder, 'unmounted');
      const request = await sealer.want({ kind: 'project', projectId, extent: 'records' });
      assert.equal((await sealer.takeBack(request)).dataset, 'absent');
      host.datasetFolder = place;
      await sealer.recover();
      assert.deepEqual(await host.records(), []);
    });

    it('means the open task also when the clock was set back since it began', async () => {
      const sealer = host.sealer();
      await host.journal({ projectId, ago: -hour });
      await sealer.takeBack(await sealer.want({ kind: 'project', projectId, extent: 'records' }));
      assert.deepEqual(await tasksLeft(), []);
    });
  });

  describe('forgetting', () => {
    const lines = [
      { ago: 20 * minute, text: 'const early = 1;' },
      { ago: 3 * minute, text: 'const zebra = 2;' },
      { ago: 2 * minute, text: 'const crossing = 3;' },
    ];
    const forgetFive = async () => {
      const sealer = host.sealer();
      return sealer.takeBack(await sealer.want({ kind: 'forget', from: Date.now() - 5 * minute }));
    };
    const eventsOf = async (taskId: string) => {
      const { events } = await readJournal(host.journals.journalPath(taskId), host.key);
      return JSON.stringify(events);
    };

    it('cuts the end off a held task and off an abandoned one; one that lies within goes whole', async () => {
      const held = await host.journal({ lines, ago: 20 * minute });
      const abandoned = await host.journal({ lines, ago: 20 * minute, endedAgo: null });
      await host.journal({ lines: lines.slice(1), ago: 3 * minute });
      const before = await host.journal({ lines: lines.slice(0, 1) });
      const bytes = await host.journals.describe(before);
      const result = await forgetFive();
      assert.equal(result.journals, 3);
      assert.deepEqual((await tasksLeft()).sort(), [held, abandoned, before].sort());
      for (const taskId of [held, abandoned]) {
        const text = await eventsOf(taskId);
        assert.ok(text.includes('early') && !text.includes('zebra') && !text.includes('crossing'));
      }
      assert.deepEqual((await host.journals.describe(before))?.createdAt, bytes?.createdAt);
    });

    it('leaves what is cut to be sealed as it stood, and it replays', async () => {
      const held = await host.journal({ lines, ago: 20 * minute });
      await forgetFive();
      await host.sealer().seal(held);
      const [record] = await host.records();
      assert.equal(record.files[0].final_text, 'let zero = 0;\nconst early = 1;\n');
      assert.deepEqual((await validateDataset(host.datasetFolder)).faults, []);
    });

    it('cuts the end off what was sealed, which still replays; one that lies within goes whole', async () => {
      host.grace = 0;
      const cut = await host.journal({ lines, ago: 20 * minute });
      const within = await host.journal({ lines: lines.slice(1), ago: 3 * minute });
      const before = await host.journal({ lines: lines.slice(0, 1), ago: 20 * minute });
      await host.sealer().recover();
      const result = await forgetFive();
      assert.deepEqual([result.cut, result.records], [1, 1]);
      const records = new Map((await host.records()).map((record) => [record.task_id, record]));
      assert.deepEqual([...records.keys()].sort(), [cut, before].sort());
      assert.ok(!records.has(within));
      assert.equal(records.get(cut)?.files[0].final_text, 'let zero = 0;\nconst early = 1;\n');
      assert.deepEqual([records.get(cut)?.revision, records.get(before)?.revision], [2, 1]);
      assert.deepEqual((await validateDataset(host.datasetFolder)).faults, []);
      assert.equal(await host.holds('zebra'), false);
    });

    it('keeps the times of what was sealed unreadable, and not for long', async () => {
      host.grace = 0;
      const taskId = await host.journal({ lines, ago: 20 * minute });
      const sealer = host.sealer();
      await sealer.recover();
      const file = join(host.journals.path, `${taskId}.sealed`);
      const [record] = await host.records();
      assert.equal(await host.holds(`"trajectoryId":"${record.trajectory_id}"`), false);
      const old = new Date(Date.now() - 2 * hour);
      await utimes(file, old, old);
      await sealer.recover();
      assert.ok(!(await readdir(host.journals.path)).includes(`${taskId}.sealed`));
    });

    it('deletes what nobody can read any more if it was written in those minutes', async () => {
      await host.journal({ lines });
      host.key.fill(0);
      assert.equal((await forgetFive()).journals, 1);
      assert.deepEqual(await tasksLeft(), []);
    });
  });
});
