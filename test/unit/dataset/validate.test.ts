import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { taskFolder } from '../../../src/dataset/layout.ts';
import { openDataset } from '../../../src/dataset/store.ts';
import { validateDataset } from '../../../src/dataset/validate.ts';
import { trajectory } from '../../../src/trajectory/record.ts';
import { idOf, publicationOf, RecordBuilder, sampleRecord, testPolicy, testReceipt } from '../../support/records.ts';

describe('validation', () => {
  const task = taskFolder(idOf('sample'));
  const record = join(task, 'trajectory.jsonl');
  let parent: string;
  let folder: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'understudy-validate-'));
    folder = join(parent, 'dataset');
    const store = await openDataset(folder);
    await store.addConsent(testReceipt, testPolicy);
    await store.publish(publicationOf(sampleRecord()));
  });
  afterEach(() => rm(parent, { recursive: true }));

  const path = (name: string) => join(folder, name);
  /** The faults of one file, after checking that no other file but those that depend on it has any. */
  async function faultsOf(name: string): Promise<string[]> {
    const { faults } = await validateDataset(folder);
    for (const { file } of faults)
      assert.ok(file === name || dirname(file) === dirname(name), `${file} has a fault too`);
    return faults.filter(({ file }) => file === name).map(({ fault }) => fault);
  }
  async function writeRecord(changed: object): Promise<void> {
    await writeFile(path(record), `${JSON.stringify(changed)}\n`);
  }

  it('finds nothing in a whole dataset', async () => {
    assert.deepEqual(await validateDataset(folder), { trajectories: 1, examples: 2, faults: [] });
  });

  it('needs a dataset', async () => {
    await assert.rejects(validateDataset(parent), { reason: 'no_dataset' });
    await assert.rejects(validateDataset(path('none')), { reason: 'no_dataset' });
  });

  describe('finds a record', () => {
    const sample = sampleRecord();
    const [first, ...others] = sample.files;
    const cases: [string, object, RegExp][] = [
      ['with a field too many', { ...sample, extra: 1 }, /^row 1: Unrecognized key: "extra"/],
      ['with a field of another type', { ...sample, revision: '1' }, /^row 1: revision: .*expected number/],
      ['of another schema version', { ...sample, schema_version: 'x' }, /^row 1: of another version of Understudy/],
      [
        'that does not replay',
        { ...sample, files: [{ ...first, final_text: 'x' }, ...others] },
        /^file 0: .*final text/,
      ],
      [
        'whose hash is wrong',
        { ...sample, files: [{ ...first, base_sha256: 'a'.repeat(64) }, ...others] },
        /base_sha256/,
      ],
      [
        'with a location in no file',
        {
          ...sample,
          steps: sample.steps.map((step) => ({
            ...step,
            locations: step.locations.map((location) => ({ ...location, file_id: sample.files.length })),
          })),
        },
        /^step 0: a location names no file/,
      ],
      ['in the wrong split', { ...sample, split_bucket: (sample.split_bucket + 1) % 1000 }, /^split_bucket is/],
      ['under another id', { ...sample, trajectory_id: idOf('x') }, /another id than its folder/],
      ['with a lone surrogate', { ...sample, license: { spdx: '\ud800', file: null } }, /lone surrogate/],
      [
        'that claims more than its receipt gives',
        { ...sample, consent: { ...sample.consent, uses: { ...sample.consent.uses, publish: true } } },
        /^claims more consent/,
      ],
      [
        'whose receipt is not there',
        { ...sample, consent: { ...sample.consent, receipt_id: idOf('x') } },
        /^receipt [0-9a-f]{32} is not in consent/,
      ],
      ['that names no receipt', { ...sample, consent: { ...sample.consent, receipt_id: null } }, /without its receipt/],
      [
        'with steps that were not consented to',
        { ...sample, consent: { ...sample.consent, signals: ['edits', 'terminal', 'tests', 'errors'] } },
        /^step 9: recorded without consent to git/,
      ],
    ];
    for (const [title, changed, fault] of cases) {
      it(title, async () => {
        await writeRecord(changed);
        assert.match((await faultsOf(record)).join('\n'), new RegExp(fault, 'm'));
      });
    }

    it('whose bytes are no record', async () => {
      const line = JSON.stringify(sample);
      const bytes: [string | Uint8Array, RegExp][] = [
        ['', /^empty$/],
        ['\n', /^row 1: not JSON$/],
        ['{', /does not end with a line feed/],
        ['{\n', /^row 1: not JSON$/],
        ['null\n', /^row 1: .*expected object/],
        [`${'['.repeat(100_000)}${']'.repeat(100_000)}\n`, /^row 1: .*expected object/],
        [line, /does not end with a line feed/],
        [`${line}\n${line}\n`, /^more than one row$/],
        [`${line}\r\n`, /^row 1: not written as/],
        [`\ufeff${line}\n`, /^row 1: not JSON/],
        [`${line.replace('"revision":1', '"revision":9,"revision":1')}\n`, /^row 1: not written as/],
        [`{"__proto__":{"polluted":true},${line.slice(1)}\n`, /^row 1: Unrecognized key: "__proto__"/],
        [`${line.replace('"revision":1', '"revision":1e999')}\n`, /^row 1: revision/],
        [Buffer.from([0xff, 0xfe, 0x0a]), /^not UTF-8$/],
        [`${' '.repeat(5 * 1024 * 1024)}\n`, /^a line of over \d+ bytes$/],
      ];
      for (const [content, fault] of bytes) {
        await writeFile(path(record), content);
        assert.match((await faultsOf(record)).join('\n'), fault, `${content}`.slice(0, 40));
      }
      assert.equal('polluted' in {}, false);
    });

    it('that is missing, a folder or a link', async () => {
      await rename(path(record), join(parent, 'elsewhere'));
      assert.deepEqual(await faultsOf(record), ['missing']);
      await symlink(join(parent, 'elsewhere'), path(record));
      assert.deepEqual(await faultsOf(record), ['a link; links are not followed']);
      await rm(path(record));
      await mkdir(path(record));
      assert.deepEqual(await faultsOf(record), ['not a file']);
    });
  });

  it('finds examples and features that do not follow from the record', async () => {
    for (const name of ['next_edit.jsonl', 'agent_trajectory_raw.jsonl', 'features.jsonl']) {
      const file = join(task, name);
      const text = await readFile(path(file), 'utf8');
      await writeFile(path(file), text.replace(idOf('sample'), idOf('x')));
      assert.deepEqual(await faultsOf(file), ['row 1: does not follow from the record']);
      await writeFile(path(file), text + text);
      assert.deepEqual(await faultsOf(file), ['row 2: does not follow from the record']);
      await writeFile(path(file), text);
    }
    await rm(path(join(task, 'features.jsonl')));
    assert.deepEqual(await faultsOf(join(task, 'features.jsonl')), ['missing']);
  });

  it('finds files that belong to nobody', async () => {
    await writeFile(path(join(task, '.env')), 'x');
    assert.deepEqual(await faultsOf(join(task, '.env')), ['does not belong here']);
    await rm(path(join(task, '.env')));
    await mkdir(path(join(dirname(task), idOf('wrong bucket').replace(/^../, 'zz'))));
    assert.equal((await validateDataset(folder)).faults.length, 1);
    await symlink(parent, path('data/00'));
    assert.equal((await validateDataset(folder)).faults.length, 2);
    await writeFile(path('data/notes.txt'), 'x');
    assert.equal((await validateDataset(folder)).faults.length, 3);
  });

  it('finds tasks of which a part is there twice; one that is missing may have been taken back', async () => {
    const store = await openDataset(folder);
    const part = (name: string, part: number) => {
      const fields = { task_id: idOf('long task'), part, parts: 3 };
      return publicationOf(new RecordBuilder(name, [{ path: 'a', base: 'x' }]).remove(0).build(fields));
    };
    await store.publish(part('first', 0));
    await store.publish(part('third', 2));
    const texts = async () => (await validateDataset(folder)).faults.map(({ fault }) => fault);
    assert.deepEqual(await texts(), []);
    await store.publish(part('second', 1));
    await store.publish(part('second again', 1));
    assert.match((await texts()).join(), /part 1 of 3 contradicts/);
  });

  it('finds what is wrong with the consents', async () => {
    const receipt = `consent/receipts/${testReceipt.receipt_id}.json`;
    const policy = `consent/policies/${testPolicy.version}.md`;
    const faults = async () => (await validateDataset(folder)).faults.map(({ file, fault }) => `${file}: ${fault}`);
    await writeFile(path(policy), 'another text');
    assert.match((await faults()).join(), /has another text than the one agreed to/);
    await rename(path(policy), join(parent, 'policy'));
    assert.match((await faults()).join(), /is not in consent\/policies/);
    await writeFile(path(receipt), 'no receipt');
    assert.match((await faults()).join(), /\.json: not JSON,.*receipt [0-9a-f]{32} is not in consent\/receipts/);
    await writeFile(path('consent/withdrawals.jsonl'), `{"id":"${idOf('sample')}"}\nand {"id":"${idOf('x')}"}`);
    assert.match((await faults()).join(), /something else than one id a line.*the record was withdrawn/);
  });

  it('finds a missing card or schema', async () => {
    await rm(path('README.md'));
    await rm(path('schema'), { recursive: true });
    const { faults } = await validateDataset(folder);
    assert.deepEqual(faults.map(({ file }) => file).sort(), [
      'README.md',
      'schema/agent_trajectory.schema.json',
      'schema/agent_trajectory_raw.schema.json',
      'schema/features.schema.json',
      'schema/next_edit.schema.json',
      'schema/repair.schema.json',
      'schema/trajectory.schema.json',
      'schema/verification.schema.json',
    ]);
  });

  it('survives any bytes', async () => {
    const line = `${JSON.stringify(sampleRecord())}\n`;
    const place = fc.nat(line.length - 1);
    await fc.assert(
      fc.asyncProperty(place, place, fc.string({ unit: 'binary' }), async (from, length, text) => {
        await writeFile(path(record), line.slice(0, from) + text + line.slice(from + (length % 9)));
        await validateDataset(folder);
      }),
      { numRuns: 300 },
    );
  });

  it('survives any record that fits the schema', async () => {
    const sample: object = JSON.parse(JSON.stringify(sampleRecord()));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(), fc.nat(70))), async (changes) => {
        const changed = structuredClone(sample);
        for (const [at, value] of changes) changeNumber(changed, at, value);
        if (!trajectory.safeParse(changed).success) return;
        await writeRecord(changed);
        await validateDataset(folder);
      }),
      { numRuns: 300 },
    );
  });
});

/** Sets one of the numbers in a value. */
function changeNumber(value: object, at: number, to: number): void {
  const places: (() => void)[] = [];
  const visit = (inside: Record<string, unknown>) => {
    for (const [key, one] of Object.entries(inside)) {
      if (typeof one === 'number') {
        places.push(() => {
          inside[key] = to;
        });
      } else if (typeof one === 'object' && one !== null) visit(one as Record<string, unknown>);
    }
  };
  visit(value as Record<string, unknown>);
  places[at % places.length]();
}
