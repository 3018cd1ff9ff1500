import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExportFilter, takesRecord, takesRow } from '../../../src/cli/exportFilter.ts';
import { taskFolder } from '../../../src/dataset/layout.ts';
import { openDataset } from '../../../src/dataset/store.ts';
import { nextEditFormat } from '../../../src/examples/nextEdit.ts';
import { renderings } from '../../../src/examples/renderings/renderings.ts';
import { commandFile, understudy } from '../../support/command.ts';
import { idOf, publicationOf, sampleRecord, testPolicy, testReceipt } from '../../support/records.ts';
import { solvedTask } from '../../support/solvedTask.ts';

describe('understudy export', () => {
  let parent: string;
  let folder: string;
  before(async () => {
    parent = await mkdtemp(join(tmpdir(), 'understudy-export-'));
    folder = join(parent, 'dataset');
    const store = await openDataset(folder);
    await store.addConsent(testReceipt, testPolicy);
    for (const record of [sampleRecord(), solvedTask()]) await store.publish(publicationOf(record));
  });
  after(() => rm(parent, { recursive: true }));

  const linesOf = async (...names: string[]) => {
    const text = await readFile(join(parent, ...names), 'utf8');
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  it('writes lines that stay whole also for readers that split at other line breaks', async () => {
    const breaks = solvedTask({ answer: 'return x * 2; // \u2028, \u2029, \x85' });
    const other = join(parent, 'breaks');
    const store = await openDataset(other);
    await store.addConsent(testReceipt, testPolicy);
    await store.publish(publicationOf(breaks));
    await understudy(['export', other, '--to', 'task', '--out', join(parent, 'whole lines')]);
    const text = await readFile(join(parent, 'whole lines', 'task.jsonl'), 'utf8');
    assert.equal(text.split(/[\n\x85\u2028\u2029]/).length, 2);
    assert.match(JSON.parse(text).patch, /\u2028, \u2029, \x85/);
  });

  it('names the folder that cannot be written to the end, and leaves no card that says it is whole', async function () {
    if (process.platform === 'win32') this.skip();
    const limited = (call: string) =>
      spawnSync('bash', ['-c', `ulimit -f 2; trap '' XFSZ; "${process.execPath}" "${commandFile}" ${call}`], {
        encoding: 'utf8',
      });
    const out = join(parent, 'no room');
    const { status, stderr } = limited(`export "${folder}" --to execution --out "${out}"`);
    assert.equal(status, 2);
    assert.match(stderr, /^understudy: --out .*no room cannot be written: EFBIG: .*not whole\.$/m);
    assert.ok(!(await readdir(out)).includes('README.md'));
    const words = Array.from({ length: 400 }, (_, i) => `word${i} `);
    const items = Array.from({ length: 20 }, () => `${JSON.stringify({ text: words.join('') })}\n`);
    await writeFile(join(parent, 'items.jsonl'), items.join(''));
    const printed = limited(`features --field text "${join(parent, 'items.jsonl')}" > "${join(parent, 'printed')}"`);
    assert.equal(printed.status, 2);
    assert.match(printed.stderr, /^understudy: standard output cannot be written: EFBIG: [^\n]*\n$/);
  });

  it('writes lines, files and folders, and tells of each row where it comes from and of each record without one what it lacks', async () => {
    for (const { name, layout } of renderings.filter(({ name }) =>
      ['trl', 'atif', 'harbor', 'commit'].includes(name),
    )) {
      const { out, err, code } = await understudy([
        'export',
        folder,
        '--to',
        name,
        '--out',
        join(parent, name),
        '--json',
      ]);
      assert.deepEqual([err, code], ['', 0], name);
      const told = JSON.parse(out);
      assert.equal(told.records, 2);
      const files = await readdir(join(parent, name));
      const sources = files.includes('sources.jsonl') ? await linesOf(name, 'sources.jsonl') : [];
      assert.equal(sources.length, told.rows, name);
      for (const [i, { row, consent_uses }] of sources.entries()) {
        assert.equal(row, i);
        assert.equal(consent_uses.train, true);
      }
      if (told.rows > 0 && layout === 'lines') assert.equal((await linesOf(name, `${name}.jsonl`)).length, told.rows);
      const without = files.includes('left-out.jsonl') ? await linesOf(name, 'left-out.jsonl') : [];
      assert.equal(without.length, told.records - told.records_in_it, name);
      for (const { lacks } of without) assert.ok(lacks.length > 0);
    }
    assert.deepEqual((await readdir(join(parent, 'harbor'))).length, 3);
  });

  it('ends with 2 and writes nothing where it must not', async () => {
    await writeFile(join(parent, 'file'), '');
    const calls: [string, RegExp][] = [
      [parent, /is not empty/],
      [join(folder, 'inside'), /lies in the dataset/],
      [join(parent, 'file'), /cannot be written/],
    ];
    for (const [out, message] of calls) {
      const { err, code } = await understudy(['export', folder, '--to', 'trl', '--out', out]);
      assert.equal(code, 2);
      assert.match(err, message);
    }
    const { code, err } = await understudy(['export', folder, '--to', 'nothing', '--out', join(parent, 'x')]);
    assert.deepEqual([code, /Allowed choices/.test(err)], [2, true]);
  });

  it('leaves out a record that is not sound, says so, and exits with 1', async () => {
    const broken = join(parent, 'broken');
    const store = await openDataset(broken);
    await store.addConsent(testReceipt, testPolicy);
    await store.publish(publicationOf(sampleRecord()));
    await store.publish(publicationOf(solvedTask()));
    const file = join(broken, taskFolder(idOf('sample')), 'trajectory.jsonl');
    await writeFile(file, (await readFile(file, 'utf8')).replace('Hi ', 'Ho '));
    const { out, err, code } = await understudy(['export', broken, '--to', 'next_edit', '--out', join(parent, 'b')]);
    assert.equal(code, 1);
    assert.match(err, /^understudy: left out: record [0-9a-f]{32} in .* is not sound: /);
    assert.match(out, /^\d rows? from 1 of 1 record$/m);
  });

  describe('its filters', () => {
    const record = sampleRecord();
    const [source] = nextEditFormat.derive(record);
    const takes = (filter: ExportFilter) => takesRecord(record, filter) && takesRow(record, { source }, filter);
    const table: [ExportFilter, ExportFilter][] = [
      [{ outcome: ['failed', 'succeeded'] }, { outcome: ['failed'] }],
      [{ language: ['plaintext'] }, { language: ['rust'] }],
      [{ license: ['MIT'] }, { license: ['GPL-3.0'] }],
      [{ use: ['train'] }, { use: ['train', 'commercial'] }],
      [{ origin: ['typed'] }, { origin: ['agent', 'completion'] }],
      [{ minChars: 10 }, { minChars: 1_000_000 }],
      [{ signal: ['edits', 'tests'] }, { signal: ['repository'] }],
    ];
    for (const [taken, left] of table) {
      it(`--${Object.keys(taken)[0]}`, () => {
        assert.equal(takes(taken), true);
        assert.equal(takes(left), false);
      });
    }

    it('--include-imported, without which imported records stay out, whatever use is asked for', () => {
      const noUses = { train: false, commercial: false, redistribute: false, publish: false };
      const consent = { ...record.consent, source: 'imported' as const, receipt_id: null, uses: noUses };
      const imported = { ...record, consent };
      assert.equal(takesRecord(imported, {}), false);
      assert.equal(takesRecord(imported, { use: ['train'] }), false);
      assert.equal(takesRecord(imported, { includeImported: true, use: ['train'] }), true);
    });

    it('--verified asks a repair for its own check, and all else for the tests of the outcome', () => {
      assert.equal(takes({ verified: true }), true);
      const unknown = { ...record, outcome: { ...record.outcome, status: 'unknown' as const } };
      assert.equal(takesRow(unknown, { source }, { verified: true }), false);
      for (const [verified, expected] of [
        ['test', true],
        ['none', false],
      ] as const) {
        const repair = { ...source, afterwards: { verified } };
        assert.equal(takesRow(record, { source: repair }, { verified: true }), expected);
      }
    });

    it('are told on the command line', async () => {
      const call = ['export', folder, '--to', 'next_edit', '--out', join(parent, 'filtered')];
      const { out, code } = await understudy([...call, '--language', 'plaintext', '--min-chars', '3', '--verified']);
      assert.equal(code, 0);
      assert.match(out, /^1 row from 1 of 2 records\n1 left out by the filters$/m);
      const { code: wrong, err } = await understudy([...call, '--min-chars', 'many']);
      assert.equal(wrong, 2);
      assert.match(err, /expected a whole number/);
    });
  });
});
