import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ValueType } from '../../../../src/redaction/detectors/rule.ts';
import { Dictionary, type DictionaryEntry } from '../../../../src/redaction/dictionary/dictionary.ts';
import { encodings } from '../../../../src/redaction/dictionary/encodings.ts';
import { PieceIndex } from '../../../../src/redaction/dictionary/pieceIndex.ts';
import { valueTier } from '../../../../src/redaction/dictionary/valueTier.ts';
import { redactTask } from '../../../../src/redaction/redactTask.ts';
import { redactText } from '../../../../src/redaction/redactText.ts';
import type { KnownValue } from '../../../../src/session/events.ts';
import { fakeIban, fakeIpv4, fakeMac, fakeMail, fakeName, fakeWord } from '../../../support/people.ts';
import { runs } from '../../../support/runs.ts';
import { pemBlock, randomToken } from '../../../support/secrets.ts';
import { TaskBuilder } from '../../../support/tasks.ts';

const entry = (type: ValueType, ...texts: string[]): DictionaryEntry => ({ value: 0, type, texts });
const finds = (dictionary: Dictionary, text: string) =>
  dictionary.find(text).map(({ start, end }) => text.slice(start, end));
const redacted = (text: string, known: KnownValue[]) => redactText(text, { context: 'source', known }).text;

describe('valueTier', () => {
  const tiers = {
    pieces: [() => randomToken(20), () => `winter${randomToken(6)}`, () => pemBlock().body],
    whole: [() => ['correct', 'horse', 'battery'].join(''), () => ['some', 'more', 'ones'].join('')],
    placed: [
      ...'true 3000 localhost production us-east-1 europe-west1 en_US.UTF-8 Europe/Berlin 15m 10mb 86400000 1.2.3 HS256'.split(
        ' ',
      ),
      ...'http://localhost:3000 127.0.0.1:5432 /usr/local/bin/node ./data/files debug,info,error file 400000 aes-256-gcm'.split(
        ' ',
      ),
      'REDACTED_SECRET_0001',
      '83920',
      'my-app',
    ].map((text) => () => text),
  };
  for (const [tier, values] of Object.entries(tiers)) {
    values.forEach((value, i) => {
      it(`puts what is '${tier}' there (${i + 1})`, () => assert.equal(valueTier(value()), tier, value()));
    });
  }
});

describe('Dictionary', () => {
  it('finds a secret by each of its encodings, and by pieces of them', () => {
    const secret = `${randomToken(12)}&'"<ü/+ ${randomToken(12)}`;
    const dictionary = new Dictionary([entry('secret', secret)]);
    for (const form of encodings(secret)) {
      const hits = finds(dictionary, `x ${form} y`);
      assert.ok(hits.includes(form) || form.length > 64, form);
      assert.ok(finds(dictionary, form.slice(0, 11)).length > 0, form);
    }
  });

  it('finds each stretch of a long secret, and asks for little text around it', () => {
    const { body } = pemBlock('PRIVATE KEY', 20);
    const dictionary = new Dictionary([entry('private_key', body)]);
    assert.ok(dictionary.reach <= 64);
    const covered = new Set(
      dictionary.find(body).flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i)),
    );
    assert.equal(covered.size, body.length);
  });

  it('looks for a secret of ordinary letters as a word, and for a short or common one not at all', () => {
    const words = ['correct', 'horse', 'staple'].join('');
    assert.deepEqual(finds(new Dictionary([entry('secret', words)]), `${words} x${words} ${words}s`), [words]);
    assert.ok(
      new Dictionary([entry('secret', 'true'), entry('secret', 'production'), entry('secret', 'hunter')]).isEmpty,
    );
  });

  it('takes of a key what stands between its lines, and for a piece of it no added line of a patch', () => {
    const body = randomToken(64);
    const key = new Dictionary([
      entry('secret', `-----BEGIN PRIVATE KEY-----\\n${body}\\n-----END PRIVATE KEY-----\\n`),
    ]);
    assert.deepEqual(finds(key, '-----BEGIN PRIVATE KEY-----\n+PRIVATE_KEY=x\n?q=a%20PRIVATE%20KEY'), []);
    assert.notDeepEqual(finds(key, body.slice(20, 30)), []);
    const phrase = new Dictionary([entry('secret', `my Secret ${randomToken(12)}`)]);
    assert.deepEqual(finds(phrase, '+Secret = 1\n?q=%20Secret'), []);
  });

  it('takes of an address its password and its keys', () => {
    const [password, key] = [randomToken(14), randomToken(24)];
    const dictionary = new Dictionary([
      entry('secret', `https://app:${password}@api.quux.dev/v1/hooks/${key}?page=production`),
    ]);
    assert.deepEqual(finds(dictionary, 'fetch("https://api.quux.dev/v1/hooks/"); page=production'), []);
    for (const part of [password, key]) assert.ok(finds(dictionary, part).includes(part));
  });

  it('looks for identities as whole words, whatever their case', () => {
    const [user, mail, host] = [fakeWord(), fakeMail(), `${fakeWord()}-7`];
    const dictionary = new Dictionary([entry('user', user), entry('email', mail), entry('host', host)]);
    const text = `${user}, ${user.toUpperCase()} ${user}s my${user} ${mail.toUpperCase()} ${host}.`;
    assert.deepEqual(finds(dictionary, text).sort(), [user, user.toUpperCase(), mail.toUpperCase(), host].sort());
  });

  it('finds identities and secrets however their accents are composed, and behind the backslashes of a shell', () => {
    const forms = ['NFC', 'NFD'] as const;
    const [user, password] = [`jos\u00e9${fakeWord()}`, `\u00f1${randomToken(10)}\u00e9${randomToken(4)}`];
    for (const known of forms) {
      for (const written of forms) {
        assert.equal(
          finds(new Dictionary([entry('user', user.normalize(known))]), `/x/${user.normalize(written)}/y`).length,
          1,
        );
        const secret = new Dictionary([entry('secret', password.normalize(known))]);
        assert.ok(finds(secret, password.normalize(written)).includes(password.normalize(written)));
      }
    }
    const name = fakeName();
    assert.equal(redacted(`cd /x/${name.replace(' ', '\\ ')}/x`, [{ type: 'user', value: name }]), 'cd /x/user0001/x');
  });

  it('finds identities in URLs, JSON and base64', () => {
    const [user, mail] = [fakeWord(), fakeMail()];
    const dictionary = new Dictionary([entry('user', user), entry('email', mail)]);
    const basic = Buffer.from(`ab${mail}:x`).toString('base64');
    for (const text of [`%2Fhome%2F${user}%2Fx`, `a\\n${user}`, encodeURIComponent(mail), basic]) {
      assert.ok(finds(dictionary, text).length > 0, text);
    }
  });

  it('finds numbers and addresses as they stand, and numbers without separators', () => {
    const iban = fakeIban();
    const [ip, mac] = [fakeIpv4(), fakeMac()];
    const grouped = iban.replace(/.{4}(?=.)/g, '$& ');
    const dictionary = new Dictionary([entry('ip', ip), entry('mac', mac), entry('iban', grouped)]);
    for (const text of [ip, mac, mac.toUpperCase(), grouped, iban])
      assert.deepEqual(finds(dictionary, `(${text})`), [text]);
    assert.deepEqual(finds(dictionary, `1${ip} ${ip}7`), []);
  });

  it('finds a commit by any abbreviation of its hash', () => {
    const hash = Buffer.from(randomToken(20)).toString('hex');
    const dictionary = new Dictionary([entry('commit', hash)]);
    assert.deepEqual(
      finds(
        dictionary,
        `${hash} ${hash.slice(0, 7)}.. (${hash.slice(0, 11)}) ${hash.slice(0, 6)} x${hash} ${hash.slice(0, 9)}x`,
      ),
      [hash, hash.slice(0, 11), hash.slice(0, 7)],
    );
  });

  it('finds a person by full name in all its orders, and never by one word', () => {
    const name = fakeName();
    const [first, last] = name.split(' ');
    const dictionary = new Dictionary([entry('person', name)]);
    for (const text of [
      name,
      `${last}, ${first}`,
      `${first}.${last}`.toLowerCase(),
      `${first}_${last}`,
      `${first[0]}${last}`.toLowerCase(),
    ]) {
      assert.deepEqual(finds(dictionary, `(${text})`), [text]);
    }
    assert.deepEqual(finds(dictionary, `${first} and ${last}`), []);
    assert.ok(new Dictionary([entry('person', first)]).isEmpty);
    assert.deepEqual(finds(new Dictionary([entry('person', 'Will Grant')]), 'will.grant(x); will grant; Will Grant'), [
      'Will Grant',
    ]);
  });

  it('finds what a plain search finds', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'ü'), minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.uniqueArray(letters), fc.string({ unit: fc.constantFrom('a', 'b', 'ü') }), (pieces, text) => {
        const index = new PieceIndex(3);
        for (const [value, piece] of pieces.entries()) index.add(piece, value);
        index.freeze();
        const found: string[] = [];
        index.find(text, (start, value) => found.push(`${start}:${pieces[value]}`));
        const expected = Array.from({ length: text.length }, (_, start) => `${start}:${text.slice(start, start + 3)}`);
        assert.deepEqual(
          found,
          expected.filter((hit) => pieces.includes(hit.split(':')[1])),
        );
      }),
      { numRuns: runs },
    );
  });
});

describe('known values', () => {
  it('covers a home and its user, wherever the homes lie', () => {
    const user = fakeWord();
    const known: KnownValue[] = [{ type: 'home', value: `/data/people/${user}` }];
    assert.equal(redacted(`/data/people/${user}/app ${user}:`, known), '/data/people/user0001/app user0001:');
    const ordinary: KnownValue[] = [{ type: 'home', value: '/data/people/will' }];
    assert.equal(redacted('/data/people/will/app // will\n', ordinary), '/data/people/user0001/app // will\n');
  });

  it('covers a user who is called like a word where users stand', () => {
    const known: KnownValue[] = [
      { type: 'user', value: 'will' },
      { type: 'host', value: 'build' },
    ];
    assert.equal(
      redacted('"/home/will/app" C:\\\\Users\\\\will will@build: will build home/willing\n', known),
      '"/home/user0001/app" C:\\\\Users\\\\user0001 user0001@host0001.example.com: will build home/willing\n',
    );
  });

  it('covers an identity and no more than it', () => {
    const user = fakeWord();
    const other = user.toUpperCase();
    assert.equal(redacted(`src/${other}/app`, [{ type: 'user', value: user }]), 'src/user0001/app');
  });

  it('covers a remote in its parts, and these alone where they are rare', () => {
    const owner = fakeWord();
    const known: KnownValue[] = [{ type: 'repository', value: `${owner}/app` }];
    assert.equal(
      redacted(`git@github.com:${owner}/app.git ${owner} app`, known),
      'git@github.com:repo0001/repo0002.git repo0001 app',
    );
    const ordinary: KnownValue[] = [{ type: 'repository', value: 'test/app' }];
    assert.equal(
      redacted("https://github.com/test/app.git import 'test/app'", ordinary),
      "https://github.com/repo0001/repo0002.git import 'test/app'",
    );
  });

  it('covers the host under its short and its full name', () => {
    const host = fakeWord();
    const known: KnownValue[] = [{ type: 'host', value: `${host}.lab.quux.dev` }];
    assert.equal(redacted(`${host} ${host}.lab.quux.dev`, known), 'host0001.example.com host0001.example.com');
  });

  it('covers tickets of the workspace, and no others', () => {
    assert.equal(
      redacted('ZOR-12 zor-12-fix ZOR-123 UTF-8', [{ type: 'ticket', value: 'ZOR-12' }]),
      'TICKET-0001 TICKET-0001-fix ZOR-123 UTF-8',
    );
  });

  it('covers settings under names that tell nothing only where they are rare', () => {
    const token = randomToken(24);
    const known: KnownValue[] = ['falconcore', 'https://api.quux.dev/v1', '3000', 'us-east-1', token].map((value) => ({
      type: 'setting',
      value,
    }));
    assert.equal(
      redacted(`falconcore("https://api.quux.dev/v1", 3000, "us-east-1", ${token})`, known),
      'falconcore("https://api.quux.dev/v1", 3000, "us-east-1", REDACTED_SECRET_0001)',
    );
  });

  it('covers generic accounts never', () => {
    for (const value of ['root', 'dev', 'vscode', 'ubuntu', 'test']) {
      const known: KnownValue[] = [
        { type: 'user', value },
        { type: 'home', value: `/home/${value}` },
      ];
      assert.equal(
        redacted(`/home/${value}/x ${value}@build ${value}\n`, known),
        `/home/${value}/x ${value}@build ${value}\n`,
      );
    }
  });

  const everyday: KnownValue[] = [
    { type: 'user', value: 'test' },
    { type: 'home', value: '/home/test' },
    { type: 'host', value: 'build' },
    { type: 'repository', value: 'test/app' },
    { type: 'person', value: 'Will' },
    { type: 'setting', value: '3000' },
    { type: 'setting', value: 'production' },
    { type: 'secret', value: 'true' },
    { type: 'secret', value: 'development' },
  ];
  const code = [
    "import { app } from '../app';",
    "describe('app', () => {",
    "  test('will build', () => listen(3000, process.env.NODE_ENV === 'production'));",
    '  // Will do: test the build of the app.',
    '  const will = grant(true);',
    '});',
    '',
  ].join('\n');

  it('leaves code as it was where everything is called like everything', async () => {
    assert.equal(redacted(code, everyday), code);
    assert.equal(
      redactText('PORT=3000\nNODE_ENV=production\n', { context: 'config', known: everyday }).text,
      'PORT=3000\nNODE_ENV=production\n',
    );
    const task = new TaskBuilder({ 'src/app.ts': code, '.env': 'PORT=3000\nNODE_ENV=production\n' })
      .edit(0, 0, '// test will build app on 3000 in production\n')
      .run('npm test app', 0)
      .commit('Will build the app')
      .task();
    const redaction = await redactTask(task, everyday);
    assert.deepEqual(redaction.task, task);
    assert.deepEqual(redaction.placeholders, []);
  });
});
