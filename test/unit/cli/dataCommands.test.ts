import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { barChart } from '../../../src/cli/report/charts.ts';
import { packedPage } from '../../../src/cli/report/packedPage.ts';
import { reportPage } from '../../../src/cli/report/page.ts';
import { columnsOf, jsonSchema } from '../../../src/dataset/columns.ts';
import { taskFolder } from '../../../src/dataset/layout.ts';
import { noTextCounts } from '../../../src/dataset/statistics.ts';
import { type DatasetStore, openDataset } from '../../../src/dataset/store.ts';
import { validateDataset } from '../../../src/dataset/validate.ts';
import { exportFormats } from '../../../src/examples/formats.ts';
import { splitBucket } from '../../../src/trajectory/hashes.ts';
import type { Trajectory } from '../../../src/trajectory/record.ts';
import { understudy } from '../../support/command.ts';
import { idOf, publicationOf, sampleRecord, testPolicy, testReceipt } from '../../support/records.ts';

const consentOfSample = () => sampleRecord().consent;

function inRepository(name: string, lineage_key: string, consent: Trajectory['consent']): Trajectory {
  const record = sampleRecord(name);
  return { ...record, lineage_key, consent, split_bucket: splitBucket(lineage_key, record.project_id) };
}

describe('commands about the data', () => {
  let parent: string;
  let folder: string;
  let store: DatasetStore;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'understudy-data-'));
    folder = join(parent, 'dataset');
    store = await openDataset(folder);
    await store.addConsent(testReceipt, testPolicy);
    await store.publish(publicationOf(sampleRecord('one')));
    await store.publish(publicationOf(sampleRecord('two', { period: '2026-Q3' })));
  });
  afterEach(() => rm(parent, { recursive: true }));

  const inTask = (name: string, file = '') => join(folder, taskFolder(idOf(name)), file);

  describe('derive', () => {
    it('makes what an older version derived anew, leaves the rest alone, and says what it did', async () => {
      const file = inTask('one', 'next_edit.jsonl');
      const [text, before] = [await readFile(file, 'utf8'), await stat(inTask('two'))];
      await writeFile(file, text.replaceAll(/"deriver_version":"\d+"/g, '"deriver_version":"0"'));
      await rm(inTask('one', 'repair.jsonl'), { force: true });
      const { out, err, code } = await understudy(['derive', folder, '--json']);
      assert.deepEqual([err, code], ['', 0]);
      const told = JSON.parse(out);
      assert.deepEqual([told.records, told.refreshed], [2, 1]);
      assert.equal(await readFile(file, 'utf8'), text);
      assert.equal((await stat(inTask('two'))).ino, before.ino);
      assert.deepEqual((await validateDataset(folder)).faults, []);
      assert.match((await understudy(['derive', folder])).out, /^2 records, 0 with other examples than before$/m);
    });

    it('takes away what is not derived any more, and the card follows', async () => {
      await rm(join(folder, 'README.md'));
      await writeFile(inTask('one', 'old_format.jsonl'), '{"deriver_version":"1"}\n');
      assert.equal(JSON.parse((await understudy(['derive', folder, '--json'])).out).refreshed, 1);
      assert.ok(!(await readdir(inTask('one'))).includes('old_format.jsonl'));
      assert.match(await readFile(join(folder, 'README.md'), 'utf8'), /config_name: next_edit/);
    });
  });

  describe('sync', () => {
    const sync = async () => JSON.parse((await understudy(['sync', folder, join(parent, 'copy'), '--json'])).out);

    it('brings over new records, newer revisions and withdrawals, and tells what must be packed anew', async () => {
      assert.deepEqual((await sync()).added.sort(), [idOf('one'), idOf('two')].sort());
      assert.deepEqual((await sync()).unchanged, 2);
      assert.deepEqual((await validateDataset(join(parent, 'copy'))).faults, []);

      await store.revise(publicationOf(sampleRecord('one', { revision: 2 })));
      await store.withdraw([idOf('two')]);
      await store.publish(publicationOf(sampleRecord('three')));
      const told = await sync();
      assert.deepEqual(told, {
        added: [idOf('three')],
        revised: [idOf('one')],
        withdrawn: [idOf('two')],
        unchanged: 0,
        verified: [],
        faults: [],
        packed: [],
      });
      const { trajectories, faults } = await validateDataset(join(parent, 'copy'));
      assert.deepEqual([trajectories, faults], [2, []]);
    });

    it('says of packed sets whether they hold what was taken back', async () => {
      await sync();
      const packed = join(parent, 'packed');
      const call = ['pack', join(parent, 'copy'), '--use', 'train', '--out', packed];
      assert.equal((await understudy(call)).code, 0);
      const again = ['sync', folder, join(parent, 'copy'), '--packed', packed];
      assert.match((await understudy(again)).out, /packed need not be made anew/);
      // Of two records with the same text one is packed: the smaller id.
      await store.withdraw([[idOf('one'), idOf('two')].sort()[0]]);
      assert.match((await understudy(again)).out, /packed must be made anew: it holds 1 of the records/);
      const { code, err } = await understudy(['sync', folder, join(parent, 'copy'), '--packed', parent]);
      assert.equal(code, 2);
      assert.match(err, /is no packed set/);
    });

    it('takes back all records of a repository that the source excluded', async () => {
      const lineage = 'd'.repeat(64);
      const consent = { ...consentOfSample(), signals: [...consentOfSample().signals, 'repository' as const] };
      await store.publish(publicationOf(inRepository('three', lineage, consent)));
      await sync();
      await store.withdraw([lineage]);
      assert.deepEqual((await sync()).withdrawn, [idOf('three')]);
      assert.deepEqual((await sync()).added, []);
    });

    it('keeps what other sources brought, and what the copy took back away', async () => {
      const copy = await openDataset(join(parent, 'copy'));
      await copy.addConsent(testReceipt, testPolicy);
      await copy.publish(publicationOf(sampleRecord('elsewhere')));
      await copy.withdraw([idOf('two')]);
      const { added, withdrawn } = await sync();
      assert.deepEqual([added, withdrawn], [[idOf('one')], []]);
      assert.equal((await validateDataset(join(parent, 'copy'))).trajectories, 2);
    });

    it('takes back all records of a project or a receipt that the source took back', async () => {
      await sync();
      const file = join(folder, 'consent', 'withdrawals.jsonl');
      await writeFile(file, `{"id":"${sampleRecord('one').project_id}"}\n`);
      const { withdrawn } = await sync();
      assert.deepEqual(withdrawn.sort(), [idOf('one'), idOf('two')].sort());
    });

    it('leaves out what is not sound, and refuses a copy that is the source', async () => {
      const file = inTask('one', 'trajectory.jsonl');
      await writeFile(file, (await readFile(file, 'utf8')).replace('Hi ', 'Ho '));
      const { err, code, out } = await understudy(['sync', folder, join(parent, 'copy')]);
      assert.equal(code, 1);
      assert.match(err, /^understudy: left out: Record [0-9a-f]{32} is broken/);
      assert.match(out, /^1 record added/);
      assert.equal((await understudy(['sync', folder, folder])).code, 2);
      assert.match((await understudy(['sync', folder, join(folder, 'copy')])).err, /copy lies in the dataset/);
    });

    it('names what another version wrote, and the fix', async () => {
      const file = inTask('one', 'trajectory.jsonl');
      await writeFile(file, (await readFile(file, 'utf8')).replace('trajectory-v1.0', 'trajectory-v1.9'));
      const examples = inTask('two', 'next_edit.jsonl');
      const text = await readFile(examples, 'utf8');
      await writeFile(examples, text.replace(/"deriver_version":"\d+"/g, '"deriver_version":"1"'));
      const shown = await understudy(['show', folder, idOf('one')]);
      assert.match(shown.err, /trajectory\.jsonl is of another version of Understudy.* Update it\.$/m);
      const { out, code } = await understudy(['validate', folder]);
      assert.equal(code, 1);
      assert.match(out, /trajectory\.jsonl: row 1: of another version of Understudy/);
      assert.match(out, /next_edit\.jsonl: row 1: derived by another version of Understudy\. Run: understudy derive/);
    });
  });

  describe('stats', () => {
    it('counts records, rows and lengths, and what is there twice', async () => {
      const { out, code } = await understudy(['stats', folder, '--json']);
      assert.equal(code, 0);
      const told = JSON.parse(out);
      assert.equal(told.records, 2);
      assert.deepEqual(told.languages, { javascript: 6, plaintext: 2 });
      assert.deepEqual(told.outcomes, { succeeded: 2 });
      assert.deepEqual(told.periods, { '2026-Q2': 1, '2026-Q3': 1 });
      assert.deepEqual(told.duplicates, { same: 1, near: 0 });
      assert.equal(told.lengths.steps.sum, 2 * sampleRecord().steps.length);
      assert.match((await understudy(['stats', folder])).out, /^outcomes succeeded 2$/m);
    });

    it('names nobody: no id of a record, project, receipt or repository is in it', async () => {
      const { out } = await understudy(['stats', folder, '--json']);
      assert.doesNotMatch(out, /[0-9a-f]{32}/);
    });
  });

  describe('schema', () => {
    it('prints what is written to disk, and what is made on export', async () => {
      const { out } = await understudy(['schema', 'trajectory']);
      assert.deepEqual(
        JSON.parse(out),
        JSON.parse(await readFile(join(folder, 'schema/trajectory.schema.json'), 'utf8')),
      );
      const names = (await understudy(['schema'])).out.trimEnd().split('\n');
      for (const { name, schema } of exportFormats) {
        assert.ok(names.includes(name));
        // Loaders can read them too.
        assert.ok(Object.keys(columnsOf(jsonSchema(schema))).length > 5);
      }
      const { err, code } = await understudy(['schema', 'nothing']);
      assert.equal(code, 2);
      assert.match(err, /there is no schema nothing; there are: trajectory, /);
    });
  });

  describe('report', () => {
    it('writes one file that loads and runs nothing', async () => {
      const inside = await understudy(['report', folder, '--out', join(folder, 'report.html')]);
      assert.match(inside.err, /report\.html lies in the dataset/);
      const file = join(parent, 'report.html');
      const { out, code } = await understudy(['report', folder, '--out', file]);
      assert.equal(code, 0);
      assert.match(out, /^16 charts written to /);
      const html = await readFile(file, 'utf8');
      assert.doesNotMatch(
        html,
        /<script|<link|<img|<image|<foreignObject|\bon\w+=|javascript:|url\(|@import|[0-9a-f]{32}/i,
      );
      const addresses = [...html.matchAll(/https?:[^"' ]+/g)].map(([address]) => address);
      // Names of namespaces are no addresses that a browser goes to.
      assert.deepEqual([...new Set(addresses)].sort(), ['http://www.w3.org/1999/xlink', 'http://www.w3.org/2000/svg']);
      assert.match(html, /default-src 'none'/);
      assert.match(html, /prefers-color-scheme: dark/);
    });

    it('escapes what comes from records, in text and in charts', () => {
      const name = `<script>alert(1)</script>" onload='x' &\u202e`;
      const bars = [{ name, value: 1 }];
      const theme = { text: '#000', line: '#000', bar: '#000' };
      assert.doesNotMatch(barChart(bars, 'lying', theme), /<script|<\/script/);
      const html = reportPage({
        title: name,
        facts: [{ name, value: name }],
        sections: [{ title: name, text: name, bars, direction: 'standing' }],
      });
      assert.doesNotMatch(html, /<script|"\s*onload|\u202e.*<\/(h1|h2|dt|dd|td)>/);
    });

    it('writes through no link that stands under the name of its file', async () => {
      const precious = join(parent, 'precious');
      await writeFile(precious, 'mine');
      const file = join(parent, 'report.html');
      await symlink(precious, file);
      const { err, code } = await understudy(['report', folder, '--out', file]);
      assert.equal(code, 2);
      assert.match(err, /^understudy: --out .* cannot be written: .*\n$/);
      assert.equal(await readFile(precious, 'utf8'), 'mine');
    });

    it('tells of a packed set what pack told', async () => {
      const pack = {
        format: 'understudy-pack-v1',
        use: 'train',
        folders: 3,
        benchmark_items: 7,
        decisions: { kept: 10, duplicate: 2, contaminated: 1 },
        copies_left_out: 4,
        files: [{ format: 'trajectories', split: 'train', name: 'x', rows: 10, bytes: 99 }],
        outcomes: { succeeded: 10 },
        languages: { javascript: 10 },
        licenses: { MIT: 10 },
        periods: { '2026-Q2': 10, '2025-Q4': 20 },
        texts: { ...noTextCounts(), redacted: { email: 2 } },
      };
      const { facts, sections } = packedPage(parent, JSON.stringify(pack));
      assert.deepEqual(facts[0], { name: 'records kept', value: '10 of 13' });
      assert.ok(sections[0].bars.some(({ name, value }) => name === 'contaminated' && value === 1));
      const barsOf = (title: string) => sections.find((one) => one.title === title)?.bars.map(({ name }) => name);
      assert.deepEqual(barsOf('Redacted'), ['email']);
      assert.deepEqual(barsOf('Quarters'), ['2025-Q4', '2026-Q2']);
      assert.throws(() => packedPage(parent, '{}'), /pack\.json is not what this version/);
      await writeFile(join(parent, 'pack.json'), JSON.stringify(pack));
      assert.equal((await understudy(['report', parent, '--out', join(parent, 'r.html')])).code, 0);
    });
  });
});
