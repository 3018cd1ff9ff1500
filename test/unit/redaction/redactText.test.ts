import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Context } from '../../../src/redaction/detectors/rule.ts';
import { redactText } from '../../../src/redaction/redactText.ts';
import type { KnownValue } from '../../../src/session/events.ts';
import { planted } from '../../support/histories.ts';
import { runs } from '../../support/runs.ts';
import { pemBlock, randomToken } from '../../support/secrets.ts';

const S = 'REDACTED_SECRET_0001';
const upperAndDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** [what, context, text with the value as §, the text redacted] */
const covered: [string, Context, string, string, string][] = [
  ['GitHub token', 'source', `ghp_${randomToken(36)}`, 'x = f("§")', `x = f("${S}")`],
  ['fine-grained GitHub token', 'source', `github_pat_${randomToken(60)}`, 'x = f("§")', `x = f("${S}")`],
  ['GitLab token', 'terminal', `glpat-${randomToken(20)}`, 'git clone §', `git clone ${S}`],
  ['AWS access key', 'source', `AKIA${randomToken(16, upperAndDigits)}`, "id('§')", `id('${S}')`],
  ['Slack token', 'source', `xoxb-${randomToken(12)}-${randomToken(24)}`, 'chat("§")', `chat("${S}")`],
  ['Stripe key', 'source', `sk_live_${randomToken(24)}`, 'pay("§")', `pay("${S}")`],
  ['Google key', 'source', `AIza${randomToken(35)}`, 'map("§")', `map("${S}")`],
  ['OpenAI key', 'config', `sk-proj-${randomToken(48)}`, 'X=§', `X=${S}`],
  ['Anthropic key', 'config', `sk-ant-api03-${randomToken(60)}`, 'X=§', `X=${S}`],
  ['npm token', 'config', `npm_${randomToken(36)}`, '//registry.example.com/:_x=§', `//registry.example.com/:_x=${S}`],
  ['JSON Web Token', 'source', `eyJ${randomToken(20)}.eyJ${randomToken(40)}.${randomToken(30)}`, 'j("§")', `j("${S}")`],
  ['password in code', 'source', `hunter${randomToken(8)}`, 'const password = "§";', `const password = "${S}";`],
  ['password with a type', 'source', randomToken(12), "password: string = '§'", `password: string = '${S}'`],
  ['API key in an object', 'source', randomToken(24), '{ apiKey: "§" }', `{ apiKey: "${S}" }`],
  ['secret in JSON', 'config', randomToken(24), '{"client_secret": "§"}', `{"client_secret": "${S}"}`],
  [
    'password in an environment file',
    'config',
    randomToken(10),
    'DB_PASSWORD=§\nPORT=3000',
    `DB_PASSWORD=${S}\nPORT=3000`,
  ],
  ['secret in YAML', 'config', randomToken(20), 'auth:\n  token: §\n', `auth:\n  token: ${S}\n`],
  [
    'option on a command line',
    'terminal',
    randomToken(14),
    'deploy --api-key § --force',
    `deploy --api-key ${S} --force`,
  ],
  [
    'bearer token',
    'terminal',
    randomToken(30),
    'curl -H "Authorization: Bearer §" x',
    `curl -H "Authorization: Bearer ${S}" x`,
  ],
  [
    'password in a URL',
    'source',
    randomToken(12),
    'pg("postgres://app:§@db:5432/x")',
    `pg("postgres://app:${S}@db:5432/x")`,
  ],
  ['token in a query', 'source', randomToken(20), 'get("/v1?access_token=§&x=1")', `get("/v1?access_token=${S}&x=1")`],
  ['number as a password', 'config', '83920174', '{"password": 83920174}', '{"password": 9000000001}'],
];

const kept: [string, Context, string][] = [
  ['a reference to the environment', 'source', 'const password = process.env.PASSWORD;'],
  ['names of fields and types', 'source', 'type: "password", token: "string", authorization: required'],
  ['a sentence', 'source', 'password: "Enter your password"'],
  ['an author', 'source', 'author: "somebody1"'],
  ['a count of tokens', 'source', 'const maxTokens = "4096"; tokens: "a1b2c3d4"'],
  ['harmless settings', 'config', 'PORT=3000\nNODE_ENV=production\nDEBUG=true\n'],
  ['stand-ins', 'config', 'PASSWORD=changeme\nAPI_KEY=<your key>\nSECRET=$SECRET\nTOKEN=xxxxxxxx'],
  ['local URLs', 'source', 'fetch("http://localhost:3000/users"); ws("ws://127.0.0.1:8080")'],
  ['example addresses', 'source', 'to: someone@example.com, git@github.com:a/b.git, pkg@1.2.3, icon@2x.png'],
  ['ids, versions and colours', 'source', 'v1.2.3 #ff00aa 123e4567-e89b-12d3-a456-426614174000 sha256'],
  ['homes of nobody', 'terminal', '/home/user/x /home/runner/work /Users/Shared /home/vscode'],
  ['routes', 'source', 'router.get("/home/search", page)'],
];

describe('redactText', () => {
  for (const [what, context, value, text, expected] of covered) {
    it(`covers a ${what}`, () => {
      const input = text.replaceAll('§', value);
      const redacted = redactText(input, { context });
      assert.equal(redacted.text, expected);
      assert.deepEqual(
        redacted.spans.map(([start, end]) => input.slice(start, end)),
        [value],
      );
    });
  }

  for (const [what, context, text] of kept) {
    it(`keeps ${what}`, () => assert.equal(redactText(text, { context }).text, text));
  }

  it('covers a private key and keeps the lines around it', () => {
    const { pem } = pemBlock('RSA PRIVATE KEY');
    const expected = 'key: |\n-----BEGIN RSA PRIVATE KEY-----\nREDACTED_KEY_0001\n-----END RSA PRIVATE KEY-----\n';
    assert.equal(redactText(`key: |\n${pem}`).text, expected);
  });

  it('covers a private key written into a string', () => {
    const { pem } = pemBlock();
    const text = JSON.stringify({ key: pem });
    assert.ok(/BEGIN PRIVATE KEY-----\\nREDACTED_KEY_0001\\n-----END/.test(redactText(text).text));
  });

  it('covers a value wherever else it stands, also encoded', () => {
    const secret = randomToken(24);
    const forms = [
      secret,
      secret.slice(3, 12),
      encodeURIComponent(secret),
      Buffer.from(`x${secret}yz`).toString('base64'),
    ];
    const { text } = redactText(`PASSWORD=${secret}\n${forms.join('\n')}\n${Buffer.from(secret).toString('hex')}`);
    assert.ok(!text.includes(secret.slice(4, 10)));
    assert.ok(!text.includes(Buffer.from(secret.slice(3, 15)).toString('hex')));
    const base64 = Buffer.from(`x${secret}yz`).toString('base64');
    for (let i = 4; i + 10 < base64.length - 4; i++)
      assert.ok(!text.includes(base64.slice(i, i + 6)), base64.slice(i, i + 6));
  });

  it('gives one value one placeholder, and two values two', () => {
    const [a, b] = [randomToken(20), randomToken(20)];
    const { text } = redactText(`A_TOKEN=${a}\nB_TOKEN=${b}\nC_TOKEN=${a}\n`);
    assert.equal(text, 'A_TOKEN=REDACTED_SECRET_0001\nB_TOKEN=REDACTED_SECRET_0002\nC_TOKEN=REDACTED_SECRET_0001\n');
  });

  it('names known people, machines and homes by what they are', () => {
    const known: KnownValue[] = [
      { type: 'user', value: 'quilliam7' },
      { type: 'host', value: 'thinkbox42' },
      { type: 'person', value: 'Quill Iamsson' },
      { type: 'email', value: 'quill@iamsson.dev' },
    ];
    const text = 'quilliam7@thinkbox42:~$ ls /home/quilliam7/app\nAuthor: Quill Iamsson <quill@iamsson.dev>\n';
    assert.equal(
      redactText(text, { context: 'terminal', known }).text,
      'user0001@host0001.example.com:~$ ls /home/user0001/app\nAuthor: Person0001 <user0001@example.com>\n',
    );
  });

  it('leaves code alone where a person or a machine is called like everything else', () => {
    const known: KnownValue[] = [
      { type: 'user', value: 'test' },
      { type: 'host', value: 'build' },
      { type: 'repository', value: 'app' },
      { type: 'person', value: 'Will' },
      { type: 'secret', value: 'true' },
      { type: 'secret', value: '3000' },
    ];
    const text = 'test("app", () => { if (true) return build(3000); }); // Will do\n';
    assert.equal(redactText(text, { context: 'source', known }).text, text);
  });

  it('sets its placeholders apart from what the text already holds', () => {
    const { text } = redactText(`old = REDACTED_SECRET_0001\nPASSWORD=${randomToken(16)}\n`);
    assert.match(text, /^old = REDACTED_SECRET_0001\nPASSWORD=REDACTED_SECRET_[a-z]{4}_0001\n$/);
  });

  it('counts spans in code points', () => {
    const secret = randomToken(16);
    assert.deepEqual(redactText(`😀 PASSWORD=${secret}`).spans, [[11, 27]]);
  });

  it('changes nothing in what it has redacted', () => {
    fc.assert(
      fc.property(fc.array(planted, { minLength: 1, maxLength: 5 }), (secrets) => {
        const once = redactText(secrets.map(({ line }) => line).join('\n'), { context: 'source' }).text;
        assert.equal(redactText(once, { context: 'source' }).text, once);
      }),
      { numRuns: runs },
    );
  });

  it('takes the rest of wrapped data for data still, when a line of it is covered', () => {
    const secret = randomToken(30);
    const data = Buffer.from(`{"some": "long text that fills a line or more", "token": "${secret}"}`).toString(
      'base64',
    );
    const text = data.replace(/.{64}/g, '$&\n');
    const once = redactText(text, { context: 'terminal', known: [{ type: 'secret', value: secret }] }).text;
    assert.match(once, /REDACTED_SECRET_0001/);
    assert.equal(redactText(once, { context: 'terminal' }).text, once);
  });

  it('uncovers nothing when one more value is known', () => {
    fc.assert(
      fc.property(fc.array(planted, { minLength: 1, maxLength: 4 }), fc.string(), (secrets, value) => {
        const text = secrets.map(({ line }) => line).join('\n');
        const known: KnownValue[] = value === '' ? [] : [{ type: 'secret', value }];
        const before = new Set(positions(redactText(text, { context: 'source' }).spans));
        const after = new Set(positions(redactText(text, { context: 'source', known }).spans));
        assert.ok([...before].every((position) => after.has(position)));
      }),
      { numRuns: runs },
    );
  });
});

function positions(spans: [number, number][]): number[] {
  return spans.flatMap(([start, end]) => Array.from({ length: end - start }, (_, i) => start + i));
}
