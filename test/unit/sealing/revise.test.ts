import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataset } from '../../../src/dataset/store.ts';
import { validateDataset } from '../../../src/dataset/validate.ts';
import { runDraft, runRevision, runSealing } from '../../../src/sealing/runSealing.ts';
import { SealingError } from '../../../src/sealing/runWorker.ts';
import type { SealSource } from '../../../src/sealing/sealRequest.ts';
import type { Draft, ReviseRequest } from '../../../src/sealing/workerRequest.ts';
import type { Trajectory } from '../../../src/trajectory/record.ts';
import type { RecordRevision, Revision } from '../../../src/trajectory/revision.ts';
import { journalOf, sessionWith } from '../../support/journals.ts';
import { publicationOf, RecordBuilder, testPolicy, testReceipt } from '../../support/records.ts';
import { randomToken } from '../../support/secrets.ts';

const worker = new URL('../../../src/sealing/worker.ts', import.meta.url);
const isRevisionError = (message: RegExp) => (error: Error) =>
  error instanceof SealingError && error.origin === 'RevisionError' && message.test(error.message);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-revise-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What stands on disk of the records of a draft. */
async function onDisk(datasetFolder: string, { records }: Draft): Promise<unknown[]> {
  return Promise.all(
    records.map(async ({ trajectory: { trajectory_id: id } }) => {
      const place = join(datasetFolder, 'data', id.slice(0, 2), id);
      const rowsOf = async (name: string) =>
        (await readFile(join(place, name), 'utf8')).split('\n').flatMap((line) => (line ? [JSON.parse(line)] : []));
      const names = (await readdir(place)).filter((name) => name !== 'features.jsonl').sort();
      return Promise.all(names.map(async (name) => [name, await rowsOf(name)]));
    }),
  );
}

function rowsOf({ records }: Draft): unknown[] {
  return records.map(({ trajectory, examples }) =>
    [
      ['trajectory.jsonl', [trajectory]],
      ...examples.filter(({ rows }) => rows.length > 0).map(({ format, rows }) => [`${format}.jsonl`, rows]),
    ]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, rows]) => [name, JSON.parse(JSON.stringify(rows))]),
  );
}

describe('a task that is held', () => {
  const held = async (token = randomToken(24)): Promise<[Extract<SealSource, { kind: 'journal' }>, string]> => {
    const source = await journalOf(folder, sessionWith(token), randomBytes(32));
    return [source, join(folder, 'dataset')];
  };
  const of = ({ records }: Draft, ...revisions: Revision[]): RecordRevision[] =>
    revisions.map((revision) => ({ trajectoryId: records[0].trajectory.trajectory_id, revision }));

  it('is shown as it is going to be sealed, without a trace', async () => {
    const [source, datasetFolder] = await held();
    const before = [await readdir(folder), await readFile(source.path)];
    const draft = await runDraft(worker, { source, revisions: [] });
    assert.deepEqual([await readdir(folder), await readFile(source.path)], before);

    const { sealed } = await runSealing(worker, { source, datasetFolder });
    assert.deepEqual(
      draft.records.map(({ trajectory }) => trajectory.trajectory_id),
      sealed,
    );
    assert.deepEqual(await onDisk(datasetFolder, draft), rowsOf(draft));
    const [{ redactions }] = draft.records;
    assert.deepEqual(
      redactions.map(({ type, rule, explanation, count }) => [type, rule !== null, explanation !== null, count > 1]),
      [['secret', true, true, true]],
    );
  });

  it('is sealed as it was revised', async () => {
    const token = randomToken(24);
    const [source, datasetFolder] = await held(token);
    const plain = await runDraft(worker, { source, revisions: [] });
    const { steps } = plain.records[0].trajectory;
    const tried = steps.findIndex(({ command }) => command?.includes('run try'));
    const revisions = of(
      plain,
      { kind: 'cut', from: tried, to: tried },
      { kind: 'redact', value: 'export const free' },
      // It is a secret because of what stands elsewhere in the task.
      { kind: 'instruction', text: `Mend it, ${token.slice(0, 20)} is for free` },
      { kind: 'outcome', status: 'succeeded' },
    );
    const draft = await runDraft(worker, { source, revisions });
    const report = await runSealing(worker, { source, datasetFolder, revisions });
    assert.deepEqual([report.sealed.length, report.withheld], [1, []]);
    assert.deepEqual(await onDisk(datasetFolder, draft), rowsOf(draft));
    assert.deepEqual((await validateDataset(datasetFolder)).faults, []);

    const [{ trajectory, redactions }] = draft.records;
    assert.equal(trajectory.revision, 2);
    assert.equal(trajectory.steps.length, steps.length - 1);
    assert.match(trajectory.instruction.text ?? '', /^Mend it, REDACTED_SECRET_\w+ is for free$/);
    const bytes = JSON.stringify(draft);
    for (const gone of ['export const free', token.slice(0, 10), 'run try']) assert.ok(!bytes.includes(gone), gone);
    assert.deepEqual(
      redactions.map(({ explanation }) => explanation).filter((one) => one === 'taken out in review').length,
      1,
    );
  });

  it('writes nothing when a revision fits none of its records', async () => {
    const [source, datasetFolder] = await held();
    const stray = [{ trajectoryId: 'f'.repeat(32), revision: { kind: 'cut' as const, from: 0, to: 0 } }];
    const lost = isRevisionError(/^There is no record f+ in this task\.$/);
    await assert.rejects(runDraft(worker, { source, revisions: stray }), lost);
    await assert.rejects(runSealing(worker, { source, datasetFolder, revisions: stray }), lost);
    const draft = await runDraft(worker, { source, revisions: [] });
    const beyond = of(draft, { kind: 'cut', from: 0, to: 99 });
    const request = { source, datasetFolder, revisions: beyond };
    await assert.rejects(runSealing(worker, request), isRevisionError(/^Steps 0 to 99 cannot be cut/));
    assert.equal((await validateDataset(datasetFolder)).trajectories, 0);
  });

  it('takes no more time and memory than sealing may', async () => {
    const [source] = await held();
    const request = { source, revisions: [] };
    assert.deepEqual(await runDraft(worker, request, { time: 1, memory: 512 }), {
      records: [],
      withheld: ['too_slow'],
    });
    const small = await runDraft(worker, request, { time: 60_000, memory: 4 });
    assert.deepEqual(small, { records: [], withheld: ['out_of_memory'] });
  });
});

describe('a record that is sealed', () => {
  const text = 'first();\nfalcon();\nlast();\n';
  const task = (part = 0, parts = 1): Trajectory =>
    new RecordBuilder(`sealed ${part}`, [{ path: 'a.js', base: text, language: 'javascript' }])
      .run('make falcon', 0, 'ok\n')
      .replace(0, 'first', 'begin')
      .run('make', 0, 'done\n')
      .replace(0, 'last', 'end')
      .build({ part, parts, task_id: 'd'.repeat(32) });

  async function datasetWith(...records: Trajectory[]): Promise<string> {
    const datasetFolder = join(folder, 'dataset');
    const store = await openDataset(datasetFolder);
    await store.addConsent(testReceipt, testPolicy);
    for (const record of records) await store.publish(publicationOf(record));
    return datasetFolder;
  }
  const ofPart = (part: number) => (revision: Revision) => ({ trajectoryId: task(part).trajectory_id, revision });
  const request = (
    datasetFolder: string,
    revisions: Revision[],
    write: boolean,
    trajectoryIds = [task().trajectory_id],
  ): ReviseRequest => ({ datasetFolder, trajectoryIds, revisions: revisions.map(ofPart(0)), write });

  it('is shown without being changed, and takes its place when it is written', async () => {
    const record = task();
    const datasetFolder = await datasetWith(record);
    const place = join(datasetFolder, 'data', record.trajectory_id.slice(0, 2), record.trajectory_id);
    const was = (await stat(place)).ino;
    const same = await runRevision(worker, request(datasetFolder, [], true));
    assert.deepEqual(same.records[0].trajectory, record);

    const revisions: Revision[] = [
      { kind: 'redact', value: 'falcon' },
      { kind: 'cut', from: 2, to: 2 },
      { kind: 'instruction', text: 'Name it' },
    ];
    const draft = await runRevision(worker, request(datasetFolder, revisions, false));
    assert.equal((await stat(place)).ino, was);
    const written = await runRevision(worker, request(datasetFolder, revisions, true));
    assert.deepEqual(written, draft);
    assert.deepEqual(await onDisk(datasetFolder, written), rowsOf(written));
    assert.deepEqual((await validateDataset(datasetFolder)).faults, []);

    const [{ trajectory, redactions }] = written.records;
    assert.deepEqual([trajectory.revision, trajectory.instruction.text], [2, 'Name it']);
    assert.ok(!JSON.stringify(written).includes('falcon'));
    assert.deepEqual(
      redactions.map(({ rule, explanation }) => [rule, explanation]),
      [['review', 'taken out in review']],
    );
    const again = await runRevision(worker, request(datasetFolder, [], false));
    assert.deepEqual(
      again.records[0].redactions.map(({ rule, explanation }) => [rule, explanation]),
      [[null, 'a secret; a record does not keep by which rule, which would tell whose service it opens']],
    );
  });

  it('keeps out of an instruction what the environment knows', async () => {
    const datasetFolder = await datasetWith(task());
    const words = request(datasetFolder, [{ kind: 'instruction', text: 'As Adalind Zorblatt asked' }], false);
    const known = [{ type: 'person' as const, value: 'Adalind Zorblatt' }];
    const { records } = await runRevision(worker, { ...words, known });
    assert.equal(records[0].trajectory.instruction.text, 'As Person0001 asked');
  });

  describe('in several parts', () => {
    const ids = [task(0, 2), task(1, 2)].map(({ trajectory_id }) => trajectory_id);
    const told = ({ records }: Draft) => records.map(({ trajectory: { part, revision } }) => [part, revision]);

    it('is shown and revised as one', async () => {
      const datasetFolder = await datasetWith(task(0, 2), task(1, 2));
      assert.deepEqual(told(await runRevision(worker, request(datasetFolder, [], false, ids))), [
        [0, 1],
        [1, 1],
      ]);
      const redact: Revision[] = [{ kind: 'redact', value: 'falcon' }];
      const draft = await runRevision(worker, request(datasetFolder, redact, true, ids));
      assert.deepEqual(told(draft), [
        [0, 2],
        [1, 2],
      ]);
      assert.ok(!JSON.stringify(await onDisk(datasetFolder, draft)).includes('falcon'));
      const cuts = [0, 1].map((part) => ofPart(part)({ kind: 'cut', from: 0, to: 0 }));
      const cut = await runRevision(worker, { datasetFolder, trajectoryIds: ids, revisions: cuts, write: true });
      assert.deepEqual(told(cut), [
        [0, 3],
        [1, 3],
      ]);
      assert.deepEqual(rowsOf(cut), await onDisk(datasetFolder, cut));
      assert.deepEqual((await validateDataset(datasetFolder)).faults, []);
    });

    it('is shown without those that are gone, of which nothing can be changed', async () => {
      const datasetFolder = await datasetWith(task(1, 2));
      const draft = await runRevision(worker, request(datasetFolder, [], false, ids));
      assert.deepEqual(told(draft), [[1, 1]]);
      await assert.rejects(
        runRevision(worker, request(datasetFolder, [{ kind: 'cut', from: 0, to: 0 }], true, ids)),
        isRevisionError(/was changed or withdrawn meanwhile/),
      );
    });

    it('leaves another task in peace that came of the same journal, but for what is redacted', async () => {
      const other = { ...task(), trajectory_id: 'e'.repeat(32), task_id: 'f'.repeat(32) };
      const datasetFolder = await datasetWith(task(), other);
      const both = [task().trajectory_id, other.trajectory_id];
      const words: Revision[] = [{ kind: 'instruction', text: 'Name it' }];
      await runRevision(worker, request(datasetFolder, words, true, both));
      const redact: Revision[] = [{ kind: 'redact', value: 'falcon' }];
      const draft = await runRevision(worker, request(datasetFolder, redact, true, both));
      assert.deepEqual(
        draft.records.map(({ trajectory: { revision, instruction } }) => [revision, instruction.text]),
        [
          [3, 'Name it'],
          [2, null],
        ],
      );
      assert.ok(!JSON.stringify(draft).includes('falcon'));
    });
  });

  it('is not touched where it is broken, gone, or does not hold what is revised', async () => {
    const record = task();
    const datasetFolder = await datasetWith(record);
    const beyond: Revision[] = [{ kind: 'cut', from: 9, to: 9 }];
    await assert.rejects(runRevision(worker, request(datasetFolder, beyond, true)), isRevisionError(/cannot be cut/));
    const file = join(
      datasetFolder,
      'data',
      record.trajectory_id.slice(0, 2),
      record.trajectory_id,
      'trajectory.jsonl',
    );
    await writeFile(file, JSON.stringify({ ...record, files: [] }));
    await assert.rejects(
      runRevision(worker, request(datasetFolder, beyond, true)),
      /is broken: .*Run: understudy validate/,
    );
    await rm(join(file, '..'), { recursive: true });
    await assert.rejects(runRevision(worker, request(datasetFolder, beyond, true)), /There is no record/);
  });
});
