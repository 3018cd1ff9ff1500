import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { taskFolder } from '../../../src/dataset/layout.ts';
import { openDataset } from '../../../src/dataset/store.ts';
import { commandFile, understudy } from '../../support/command.ts';
import { eventsOf } from '../../support/histories.ts';
import { idOf, publicationOf, RecordBuilder, sampleRecord, testPolicy, testReceipt } from '../../support/records.ts';
import { randomToken } from '../../support/secrets.ts';

describe('the understudy command', () => {
  let parent: string;
  let folder: string;
  before(async () => {
    parent = await mkdtemp(join(tmpdir(), 'understudy-cli-'));
    folder = join(parent, 'dataset');
    const store = await openDataset(folder);
    await store.addConsent(testReceipt, testPolicy);
    await store.publish(publicationOf(sampleRecord()));
    const hostile = {
      text: '\u001b]0;x\u0007 \u009b2J' as never,
      source: null,
      hindsight: false,
      available_from_step: null,
    };
    await store.publish(publicationOf(sampleRecord('hostile', { instruction: hostile })));
  });
  after(() => rm(parent, { recursive: true }));

  it('tells its version and its commands', async () => {
    assert.deepEqual(await understudy(['--version']), { out: '0.0.0-source\n', err: '', code: 0 });
    const { out, code } = await understudy(['--help']);
    assert.equal(code, 0);
    const commands = [
      'validate',
      'show',
      'stats',
      'report',
      'export',
      'verify-task',
      'schema',
      'derive',
      'sync',
      'import',
      'redact',
      'audit',
      'pack',
      'pack-plan',
      'features',
    ];
    for (const command of commands) assert.ok(out.includes(`  ${command} `), command);
  });

  it('ends with 2 and one line when it is called wrongly', async () => {
    const calls = [
      ['validate', join(parent, 'none')],
      ['validate', parent],
      ['show', folder, 'ffffffffffffff'],
      ['show', folder, ''],
      ['redact', '--denylist', join(parent, 'none')],
      ['validate', join(parent, '\u001b[31mred')],
    ];
    for (const call of calls) {
      const { out, err, code } = await understudy(call);
      assert.deepEqual([out, code], ['', 2], call.join(' '));
      assert.match(err, /^understudy: [^\n\x1b]+\n$/);
    }
    for (const call of [['validate'], ['nothing'], ['show', folder, '--color', 'red']]) {
      const { err, code } = await understudy(call);
      assert.equal(code, 2);
      assert.match(err, /^error: .*\n(?:.*\n)?\(see: understudy --help\)\n$/);
    }
  });

  describe('validate', () => {
    it('counts what is whole', async () => {
      const { out, code } = await understudy(['validate', folder]);
      assert.deepEqual([out, code], ['2 trajectories, 4 examples, no faults\n', 0]);
      const { faults, trajectories } = JSON.parse((await understudy(['validate', folder, '--json'])).out);
      assert.deepEqual([faults, trajectories], [[], 2]);
    });

    it('looks for what tells of people when it is asked to', async () => {
      const { out, code } = await understudy(['validate', folder, '--privacy']);
      assert.deepEqual([out, code], ['2 trajectories, 4 examples, no faults\n', 0]);
      const file = join(folder, 'notes.txt');
      await writeFile(file, '');
      const { out: found, code: failed } = await understudy(['validate', folder, '--privacy']);
      await rm(file);
      assert.match(found, /^(?:\.: .*\n)?notes\.txt: privacy: not written by Understudy\n/);
      assert.equal(failed, 1);
    });

    it('names each fault, escaped, and ends with 1', async () => {
      const file = join(folder, taskFolder(idOf('sample')), 'evil\u001b[31m');
      await writeFile(file, '');
      const { out, code } = await understudy(['validate', folder]);
      await rm(file);
      assert.equal(code, 1);
      assert.match(out, /^data\/af\/[0-9a-f]{32}\/evil\\u001b\[31m: does not belong here\n2 .*, 1 fault\n$/);
    });
  });

  it('names files in its messages without the folders that lead to them', async () => {
    const calls = [
      ['validate', 'none'],
      ['show', 'package.json'],
      ['import', 'none.json', '--format', 'editing-trace', '--out', join(parent, 'imported')],
      ['validate', join(homedir(), 'none')],
    ];
    for (const call of calls) {
      const { err, code } = await understudy(call);
      assert.equal(code, 2);
      assert.ok(err.includes(call[1].replace(homedir(), '~')), err);
      for (const folder of [process.cwd(), homedir()]) assert.ok(!err.includes(folder), err);
    }
  });

  describe('show', () => {
    it('lists the trajectories, and shows one by the beginning of its id', async () => {
      const { out, code } = await understudy(['show', folder]);
      assert.equal(code, 0);
      assert.match(out, /^af2bdbe1 +succeeded +10 steps +4 files +javascript, plaintext +Greet by the right name$/m);
      assert.match((await understudy(['show', folder, 'af'])).out, /^trajectory +af2bdbe1/);
    });

    it('lets no control through, in text and in JSON, of which the latter stays what it was', async () => {
      const id = idOf('hostile');
      for (const args of [[], [id], ['--json'], [id, '--json']]) {
        const { out } = await understudy(['show', folder, ...args]);
        assert.doesNotMatch(out, /[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
        assert.ok(out.includes('\\u001b]0;x\\u0007 \\u009b2J'));
      }
      const { out } = await understudy(['show', folder, id, '--json']);
      assert.deepEqual(
        JSON.parse(out),
        JSON.parse(await readFile(join(folder, taskFolder(id), 'trajectory.jsonl'), 'utf8')),
      );
    });

    it('colours when it is told to', async () => {
      assert.match((await understudy(['show', folder, 'af', '--color', 'always'])).out, /\x1b\[32m\+/);
      assert.doesNotMatch((await understudy(['show', folder, 'af'])).out, /\x1b/);
    });

    it('tells of broken records and shows the others', async () => {
      const file = join(folder, taskFolder(idOf('hostile')), 'trajectory.jsonl');
      const whole = await readFile(file, 'utf8');
      try {
        await writeFile(file, '{');
        const { out, err, code } = await understudy(['show', folder]);
        assert.equal(code, 1);
        assert.match(out, /^af2bdbe1/);
        assert.match(err, /^understudy: .*is broken/);
        await writeFile(file, whole.replace('"final_text":"', '"final_text":"x'));
        assert.match((await understudy(['show', folder, idOf('hostile')])).err, /is not whole: file 0/);
      } finally {
        await writeFile(file, whole);
      }
    });

    it('stops quietly when its reader has seen enough', async () => {
      const store = await openDataset(join(parent, 'big'));
      await store.addConsent(testReceipt, testPolicy);
      const lines = 'line\n'.repeat(50_000);
      const edits = new RecordBuilder('big', [{ path: 'a', base: '' }]).edit(0, [
        { offset: 0, deleted: 0, inserted: lines },
      ]);
      await store.publish({ trajectory: edits.build(), examples: [] });
      const child = spawn(process.execPath, [commandFile, 'show', store.folder, idOf('big')], { stdio: 'pipe' });
      child.stdout.once('data', () => child.stdout.destroy());
      const err = text(child.stderr);
      assert.equal(await new Promise((resolve) => child.on('close', resolve)), 0);
      assert.equal(await err, '');
    });
  });

  describe('audit', () => {
    it('finds what the rules and a denylist cover today, mends it, and finds nothing then', async () => {
      const dataset = join(parent, 'audited');
      const store = await openDataset(dataset);
      await store.addConsent(testReceipt, testPolicy);
      await store.publish(publicationOf(sampleRecord()));
      const token = `ghp_${randomToken(36)}`;
      const word = randomToken(14);
      const late = new RecordBuilder('late', [{ path: 'src/keys.js', base: `f('${token}');\n` }])
        .run('npm run show', 0, `it is ${word}`)
        .build();
      await store.publish(publicationOf(late));
      const denylist = join(parent, 'words.txt');
      await writeFile(denylist, word);

      const clean = await understudy(['audit', folder]);
      assert.deepEqual([clean.code, clean.out], [0, 'nothing to cover\n']);
      const { out, code } = await understudy(['audit', dataset, '--denylist', denylist]);
      assert.equal(code, 1);
      assert.match(out, new RegExp(`^${idOf('late')}: 2 × secret in src/keys\\.js; steps 0\n`));
      assert.ok(!out.includes(token) && !out.includes(word));
      const fixed = await understudy(['audit', dataset, '--denylist', denylist, '--fix']);
      assert.equal(fixed.code, 0);
      assert.equal((await understudy(['validate', dataset])).code, 0);
      assert.equal((await understudy(['audit', dataset, '--denylist', denylist])).code, 0);
      const text = await readFile(join(dataset, taskFolder(idOf('late')), 'trajectory.jsonl'), 'utf8');
      assert.ok(!text.includes(token.slice(8)) && !text.includes(word));
      assert.equal(JSON.parse(text).revision, 2);
    });
  });

  describe('import', () => {
    it('seals a history without what a pattern names', async () => {
      const events = eventsOf('first();\n', [{ kind: 'paste', at: 1, text: '// PRJ-QXZWVB\n' }]);
      const file = join(parent, 'events.jsonl');
      await writeFile(file, events.map((event) => JSON.stringify(event)).join('\n'));
      const out = join(parent, 'imported');
      const args = ['import', file, '--format', 'session-events', '--out', out, '--pattern', 'PRJ-[A-Z]{6}', '--json'];
      const report = JSON.parse((await understudy(args)).out);
      assert.deepEqual([report.sealed.length, report.withheld], [1, []]);
      const text = await readFile(join(out, taskFolder(report.sealed[0]), 'trajectory.jsonl'), 'utf8');
      assert.ok(text.includes('REDACTED_SECRET_0001') && !text.includes('QXZWVB'));
    });
  });

  describe('redact', () => {
    it('reads a text and writes it redacted', async () => {
      const { out, code } = await understudy(['redact'], 'mail jo.public@corp-mail.dev\n');
      assert.equal(code, 0);
      assert.match(out, /^mail user0001@example\.com\n$/);
    });

    it('takes out what the denylist names', async () => {
      const file = join(parent, 'deny.txt');
      await writeFile(file, '# names\nZauberwort-4711\n');
      const { out } = await understudy(['redact', '--denylist', file], 'say Zauberwort-4711 twice\n');
      assert.ok(!out.includes('Zauberwort'), out);
    });

    it('explains what found each span', async () => {
      const input = 'a\nmail jo.public@corp-mail.dev';
      const { err } = await understudy(['redact', '--explain'], input);
      assert.equal(err, '2:6 email email: RFC 5321, mailbox\n');
      const lines = await understudy(['redact', '--jsonl', '--explain'], JSON.stringify({ text: input }));
      assert.deepEqual(JSON.parse(lines.out).rules, ['email']);
    });

    it('takes patterns, each by its option, and names one that cannot be used', async () => {
      const input = 'PRJ-ABC and ref blue!';
      const patterns = ['--pattern', 'PRJ-[A-Z]{3}', '--pattern', 'ref (?<value>\\w+)!'];
      assert.equal(
        (await understudy(['redact', ...patterns], input)).out,
        'REDACTED_SECRET_0001 and ref REDACTED_SECRET_0002!',
      );
      const { err, code } = await understudy(['redact', '--pattern', '(\\w+)+$'], input);
      assert.equal(code, 2);
      assert.match(err, /--pattern \(\\w\+\)\+\$ cannot be used: it takes more than 20 ms/);
    });

    it('refuses a pattern in a denylist that cannot be used', async () => {
      const file = join(parent, 'patterns.txt');
      await writeFile(file, 'falcon\npattern:(\n');
      const { err, code } = await understudy(['redact', '--denylist', file], 'x');
      assert.equal(code, 2);
      assert.match(err, /patterns\.txt:2: this pattern cannot be used: .*Unterminated group/);
    });

    it('redacts the texts of JSON lines, with spans in code points, and keeps all else', async () => {
      const rows = [
        { id: 7, text: '👋 mail jo.public@corp-mail.dev', more: { a: [1, null] } },
        { id: 8, text: 'nothing\u2028here' },
      ];
      const input = rows
        .map((row) => JSON.stringify(row))
        .join('\n')
        .replace('\\u2028', '\u2028');
      const { out, code } = await understudy(['redact', '--jsonl'], input);
      assert.equal(code, 0);
      assert.deepEqual(
        out
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line)),
        [
          { ...rows[0], text: '👋 mail user0001@example.com', spans: [[7, 30]], types: ['email'] },
          { ...rows[1], spans: [], types: [] },
        ],
      );
    });

    it('names the line that is no row, leaves it out, and loses no other', async () => {
      const { out, err, code } = await understudy(
        ['redact', '--jsonl'],
        '{"text":"a"}\noops\n\n{"text":1}\n{"text":"b"}',
      );
      assert.equal(code, 1);
      assert.deepEqual(out.match(/"text":"\w"/g), ['"text":"a"', '"text":"b"']);
      assert.deepEqual(err.match(/line \d/g), ['line 2', 'line 4']);
      assert.ok(!err.includes('oops'));
    });
  });
});
