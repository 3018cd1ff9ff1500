import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { defaultChoice } from '../../../src/consent/choice.ts';
import { newId } from '../../../src/consent/grant.ts';
import type { Signal } from '../../../src/consent/receipt.ts';
import { readDataset } from '../../../src/dataset/dataset.ts';
import { validateDataset } from '../../../src/dataset/validate.ts';
import { isRarePiece, pieceLength } from '../../../src/redaction/detectors/rarity.ts';
import { runSealing } from '../../../src/sealing/runSealing.ts';
import { SealingError } from '../../../src/sealing/runWorker.ts';
import { seal } from '../../../src/sealing/seal.ts';
import type { SealRequest } from '../../../src/sealing/sealRequest.ts';
import type { KnownValue, SessionEvent } from '../../../src/session/events.ts';
import { eventsOf, planted } from '../../support/histories.ts';
import { command, journalOf, sessionWith } from '../../support/journals.ts';
import { fakeWord } from '../../support/people.ts';
import { pemBlock, randomToken } from '../../support/secrets.ts';

/** All but the folder. */
type Journal = Parameters<typeof journalOf> extends [string, ...infer Rest] ? Rest : never;

const worker = new URL('../../../src/sealing/worker.ts', import.meta.url);

describe('seal', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-seal-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function request(events: SessionEvent[], name = newId()): Promise<SealRequest> {
    const path = join(folder, `${name}.jsonl`);
    await writeFile(path, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    return {
      source: { kind: 'import', path, format: 'session-events', language: null, projectId: newId(), known: [] },
      datasetFolder: join(folder, 'dataset'),
    };
  }

  it('makes of a session a dataset that is valid, tells success, and holds no piece of a secret', async () => {
    const token = randomToken(32);
    const { sealed, withheld, faults } = await seal(await request(sessionWith(token)));
    assert.deepEqual([sealed.length, withheld, faults], [1, [], []]);

    const { trajectories, examples, faults: invalid } = await validateDataset(join(folder, 'dataset'));
    assert.deepEqual([trajectories, invalid], [1, []]);
    assert.ok(examples >= 0);

    const record = await (await readDataset(join(folder, 'dataset'))).readTrajectory(sealed[0]);
    assert.deepEqual(
      [record.outcome.status, record.outcome.basis, record.outcome.committed],
      ['succeeded', 'exit_code', true],
    );
    assert.deepEqual(
      record.outcome.evidence.map((index) => record.steps[index].kind),
      ['test', 'edit', 'test'],
    );
    assert.equal(record.instruction.hindsight, true);
    assert.equal(record.redaction.placeholders.length, 1);
    const bytes = await readFile(
      join(folder, 'dataset', 'data', sealed[0].slice(0, 2), sealed[0], 'trajectory.jsonl'),
      'utf8',
    );
    for (let i = 0; i + pieceLength <= token.length; i++) assert.ok(!bytes.includes(token.slice(i, i + pieceLength)));
  });

  it('writes no rare piece of any secret into any file', () =>
    fc.assert(
      fc.asyncProperty(fc.array(planted, { minLength: 1, maxLength: 3 }), async (secrets) => {
        const events = eventsOf(
          'a\n',
          secrets.map(({ line }) => ({ kind: 'line', at: 0.5, text: line, typed: true, typo: 0.5 })),
        );
        const { sealed } = await seal(await request(events));
        const data = join(folder, 'dataset', 'data', sealed[0].slice(0, 2), sealed[0]);
        const files = await readdir(data);
        const bytes = (await Promise.all(files.map((name) => readFile(join(data, name), 'utf8')))).join('');
        for (const { secret } of secrets) {
          for (let i = 0; i + pieceLength <= secret.length; i++) {
            const piece = secret.slice(i, i + pieceLength);
            if (isRarePiece(piece)) assert.ok(!bytes.includes(piece), piece);
          }
        }
      }),
      { numRuns: 30 },
    ));

  const requestOf = async (...args: Journal): Promise<SealRequest> => ({
    source: await journalOf(folder, ...args),
    datasetFolder: join(folder, 'dataset'),
  });

  it('keeps no clock value of an output that is near the recording, and withholds a task whose fields tell of somebody', async () => {
    const t = 1_700_000_000_000;
    const [iso, log] = [new Date(t).toISOString(), new Date(t - 60_000).toString().slice(0, 24)];
    const printed = `[${iso}] started\r\n${log} built\r\nreleased 2020-01-01\r\n1 passing\r\n`;
    const edits = eventsOf('a\n', [{ kind: 'paste', at: 1, text: 'next();\n' }]);
    const [start, ...rest] = command(t - 5000, 1, `npm test -- --since=${iso}`, 0, printed);
    const results = [{ name: `a > at ${t}`, status: 'passed' as const }];
    const named: SessionEvent = { kind: 'test_report', t: t - 4999, command: 1, results, complete: true };
    const { sealed } = await seal(await request([start, named, ...rest, ...edits]));
    const { steps } = await (await readDataset(join(folder, 'dataset'))).readTrajectory(sealed[0]);
    assert.equal(steps[0].command, 'npm test -- --since=2000-01-01T00:00:00.000Z');
    assert.equal(steps[0].tests[0].name, 'a > at 1000000000000');
    assert.equal(
      steps[0].output,
      '[2000-01-01T00:00:00.000Z] started\nSat Jan 01 2000 00:00:00 built\nreleased 2020-01-01\n1 passing',
    );
    assert.deepEqual((await validateDataset(join(folder, 'dataset'), { privacy: true })).faults, []);

    // So short that texts are not searched for it: it would stand in words.
    const account = fakeWord().slice(0, 4);
    const open = { ...edits[0], language: account } as SessionEvent;
    const known: SessionEvent = { kind: 'known', t, values: [{ type: 'user', value: account }] };
    const report = await seal(await request([known, open, ...edits.slice(1)]));
    assert.deepEqual([report.sealed, report.withheld], [[], ['privacy']]);
    assert.ok(!JSON.stringify(report).includes(account));
  });

  it('keeps out of all tasks of a recording what was found in one of them', async () => {
    const password = randomToken(14);
    const of = (line: string) => eventsOf('a\n', [{ kind: 'paste', at: 1, text: line }]);
    const commit: SessionEvent = { kind: 'git', t: 0, action: 'commit', message: 'Go on', branch: 'main', paths: [] };
    const sides = [of(`const password = "${password}";\n`), of(`run(${password});\n`)];
    for (const [first, second] of [sides, sides.toReversed()]) {
      const later = second.slice(1).map((event) => ({ ...event, t: event.t + 3_600_000 }));
      const middle = { ...commit, t: (first.at(-1)?.t ?? 0) + 1 };
      const { sealed } = await seal(await request([...first, middle, second[0], ...later]));
      assert.equal(sealed.length, 2);
      const dataset = await readDataset(join(folder, 'dataset'));
      for (const id of sealed) assert.ok(!JSON.stringify(await dataset.readTrajectory(id)).includes(password));
    }
  });

  it('seals a task that writes a key into its settings', async () => {
    const setting = `PRIVATE_KEY="${pemBlock().pem.replaceAll('\n', '\\n')}"\n`;
    const events = eventsOf('A=1\n', [{ kind: 'paste', at: 1, text: setting }], { path: 'conf/app.conf' });
    assert.deepEqual((await seal(await request(events))).withheld, []);
  });

  it('seals a journal twice into the same record, under its own consent', async () => {
    const once = await requestOf(sessionWith(randomToken(24)), randomBytes(32));
    const { sealed } = await seal(once);
    assert.deepEqual((await seal(once)).sealed, sealed);

    const { trajectories, faults } = await validateDataset(once.datasetFolder);
    assert.deepEqual([trajectories, faults], [1, []]);
    const { consent } = await (await readDataset(once.datasetFolder)).readTrajectory(sealed[0]);
    assert.equal(consent.source, 'receipt');
    const kept = await readFile(join(once.datasetFolder, 'consent', 'receipts', `${consent.receipt_id}.json`), 'utf8');
    assert.ok(!kept.includes('agreed_at') && !kept.includes('valid_until'));
  });

  it('looks for what becomes known later in the records of the same workspace, and of no other', async () => {
    const key = randomBytes(32);
    const word = `plain${randomToken(9)}`;
    const [ours, other] = [newId(), newId()];
    const paste = (text: string) => eventsOf('first();\n', [{ kind: 'paste', at: 1, text }]);
    const [before] = (await seal(await requestOf(paste(`// ${word}\n`), key, ours))).sealed;
    const [elsewhere] = (await seal(await requestOf(paste(`// ${word}\n`), key, other))).sealed;
    const known: SessionEvent = { kind: 'known', t: 1, values: [{ type: 'secret', value: word }] };
    const later = [known, ...paste('second();\n')];
    const { mended } = await seal(await requestOf(later, key, ours));
    assert.equal(mended, 1);
    const datasetFolder = join(folder, 'dataset');
    const dataset = await readDataset(datasetFolder);
    assert.ok(!JSON.stringify(await dataset.readTrajectory(before)).includes(word));
    assert.ok(JSON.stringify(await dataset.readTrajectory(elsewhere)).includes(word));
    assert.deepEqual((await validateDataset(datasetFolder)).faults, []);
    // Once is enough, and nothing readable tells what was looked for.
    assert.equal((await seal(await requestOf(later, key, ours))).mended, 0);
    assert.ok(!(await readFile(join(folder, `${ours}.swept`), 'utf8')).includes(word));
  });

  it('claims what was left of the receipt, and no more', async () => {
    const left = { signals: ['edits' as const], uses: { ...defaultChoice.uses, train: false } };
    const edits = eventsOf('first();\n', [{ kind: 'paste', at: 1, text: 'second();\n' }]);
    const { sealed } = await seal(await requestOf(edits, randomBytes(32), newId(), defaultChoice.signals, left));
    const { consent } = await (await readDataset(join(folder, 'dataset'))).readTrajectory(sealed[0]);
    assert.deepEqual({ signals: consent.signals, uses: consent.uses }, left);
    assert.deepEqual((await validateDataset(join(folder, 'dataset'))).faults, []);
  });

  describe('of a repository that may be named', () => {
    const key = randomBytes(32);
    const [root, commit] = ['0a1b2c3d4e'.repeat(4), '9f8e7d6c5b'.repeat(4)];
    const address = 'https://github.com/zorblatt/quennik';
    const signals = [...defaultChoice.signals, 'repository' as const];
    const events = (...values: KnownValue[]): SessionEvent[] => [
      { kind: 'known', t: 1, values: [{ type: 'repository', value: 'zorblatt/quennik' }, ...values] },
      { kind: 'known', t: 1, values: [root, commit].map((value) => ({ type: 'commit', value })) },
      { kind: 'repository', t: 1, root, address, commit },
      ...eventsOf('first();\n', [{ kind: 'paste', at: 1, text: '// see zorblatt/quennik\n' }]),
    ];
    const record = async (told: SessionEvent[], agreed: Signal[] = signals) => {
      const { sealed, withheld } = await seal(await requestOf(told, key, newId(), agreed));
      assert.deepEqual(withheld, []);
      assert.deepEqual((await validateDataset(join(folder, 'dataset'))).faults, []);
      return (await readDataset(join(folder, 'dataset'))).readTrajectory(sealed[0]);
    };

    it('names it, its oldest commit as a hash, and where the work began', async () => {
      const { environment, lineage_key, split_bucket, files } = await record(events());
      assert.deepEqual([environment.repo, environment.base_commit], [address, commit]);
      assert.equal(lineage_key, createHash('sha256').update(root).digest('hex'));
      assert.equal(
        split_bucket,
        Number.parseInt(createHash('sha256').update(lineage_key).digest('hex').slice(0, 8), 16) % 1000,
      );
      assert.match(files[0].final_text ?? '', /zorblatt\/quennik/);
    });

    it('keeps another repository out, but for what its path shares with this one', async () => {
      const fork: KnownValue = { type: 'repository', value: 'mirvenna/quennik' };
      const bytes = JSON.stringify(
        await record([...events(fork), ...eventsOf('x\n', [{ kind: 'paste', at: 1, text: '// mirvenna/quennik\n' }])]),
      );
      assert.ok(bytes.includes(address) && !bytes.includes('mirvenna'));
    });

    it('leaves address and commit out where the address names somebody', async () => {
      const { environment, lineage_key } = await record(events({ type: 'user', value: 'zorblatt' }));
      assert.deepEqual([environment.repo, environment.base_commit], [null, null]);
      assert.notEqual(lineage_key, null);
    });

    it('names nothing without consent to it', async () => {
      const told = await record(events(), defaultChoice.signals);
      assert.deepEqual([told.environment.repo, told.environment.base_commit, told.lineage_key], [null, null, null]);
      const bytes = JSON.stringify(told);
      for (const value of ['zorblatt', 'quennik', root, commit]) assert.ok(!bytes.includes(value), value);
    });
  });

  it('writes nothing for a recording in which nothing was done', async () => {
    const empty = await request([
      { kind: 'open', t: 1, doc: 0, path: 'a.ts', language: null, eol: null, encoding: null, text: 'x' },
      { kind: 'stop', t: 2 },
    ]);
    assert.deepEqual(await seal(empty), { sealed: [], withheld: [], faults: [], mended: 0 });
  });
});

describe('runSealing', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'understudy-run-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const requestFor = (path: string): SealRequest => ({
    source: { kind: 'import', path, format: 'session-events', language: null, projectId: newId(), known: [] },
    datasetFolder: join(folder, 'dataset'),
  });

  it('kills a worker that takes too long or too much, and writes nothing', async () => {
    const path = join(folder, 'events.jsonl');
    const events = eventsOf('a\n', [{ kind: 'type', at: 1, text: 'value '.repeat(2000), typo: null }]);
    await writeFile(path, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    const slow = await runSealing(worker, requestFor(path), { time: 1, memory: 512 });
    assert.deepEqual([slow.sealed, slow.withheld], [[], ['too_slow']]);
    const large = await runSealing(worker, requestFor(path), { time: 60_000, memory: 4 });
    assert.deepEqual([large.sealed, large.withheld], [[], ['out_of_memory']]);
    await assert.rejects(readDataset(join(folder, 'dataset')));
  });

  it('says what is wrong with an input that a person can mend', async () => {
    const path = join(folder, 'events.jsonl');
    await writeFile(path, 'no event\n');
    await assert.rejects(runSealing(worker, requestFor(path)), (error: Error) => {
      assert.ok(error instanceof SealingError);
      assert.match(error.message, /events\.jsonl:1 is not JSON/);
      return true;
    });
  });
});
