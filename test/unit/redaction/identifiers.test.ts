import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { detect } from '../../../src/redaction/detectors/detect.ts';
import { identifierRules } from '../../../src/redaction/detectors/identifiers.ts';
import type { Context } from '../../../src/redaction/detectors/rule.ts';
import { redactTask } from '../../../src/redaction/redactTask.ts';
import { redactText } from '../../../src/redaction/redactText.ts';
import { fakeCard, fakeIban, fakeIpv4, fakeIpv6, fakeMac, fakeMail, fakeName, fakeWord } from '../../support/people.ts';
import { TaskBuilder } from '../../support/tasks.ts';

interface Examples {
  /** In the first one that holds; terminal when left out. */
  context?: Context;
  value: () => string;
  /** Texts with the value as §, and no other value. */
  covers: string[];
  /** With § as well where a value of the kind stands there and is to stay. */
  keeps: string[];
}

const grouped = (text: string) => text.replace(/.{4}(?=.)/g, '$& ');

const examples: Record<string, Examples> = {
  email: {
    context: 'source',
    value: fakeMail,
    covers: ['to: "§"', 'mailto:§', '// ask §.', '<§>', '{ user: `§` }'],
    keeps: [
      'a@example.com b@mail.example.org c@example.co d@host.test e@x.invalid f@localhost noreply@github.com',
      'git@github.com:a/b.git icon@2x.png @scope/pkg@1.2.3 @foo.bar x@self.weight pkg@next.js',
      ' * Copyright (c) 2014 Roe <§>',
      'Copyright 2020 Roe (§)',
      '// SPDX-FileCopyrightText: 2020 Roe <§>',
    ],
  },
  'url-user': {
    value: fakeWord,
    covers: ['git clone https://§@bitbucket.org/x/y.git', 'origin ssh://§@git.example.com/x (fetch)'],
    keeps: ['https://git@github.com/x/y', 'ssh://root@10.0.0.1', 'https://example.com/@someone'],
  },
  'home-path': {
    value: fakeWord,
    covers: [
      'cd /home/§',
      'at /Users/§/app/main.ts:3',
      'C:\\Users\\§\\app',
      '"C:\\\\Users\\\\§\\\\app"',
      'C:/Users/§/app',
      '/mnt/c/Users/§/x',
      'file:///home/§/x',
      'gcc -I/home/§/include',
      '\\\\wsl$\\Ubuntu\\home\\§\\x',
      'cwd=%2Fhome%2F§%2Fapp',
      'file:///c%3A/Users/§/a.ts',
      'vscode-remote://wsl+Ubuntu/home/§/x',
      'C%3A%5CUsers%5C§%5Cx',
      String.raw`"{\"cwd\":\"C:\\\\Users\\\\§\\\\x\"}"`,
      'C:\\Documents and Settings\\§\\x',
    ],
    keeps: [
      '/home/user/x /home/runner/work /Users/Shared /home/vscode /home/node/app /home/$USER/x /Users/<name>/x',
      'GET /home/settings https://example.com/home/§ ./home/§ /users/:id /home/index.html',
    ],
  },
  'ssh-host': {
    value: () => `${fakeWord()}7`,
    covers: ['ssh §', '$ ssh -p 2222 -i key.pem § uptime', 'sudo ssh-copy-id §'],
    keeps: ['ssh github.com', 'ssh localhost', 'use ssh agents', 'ssh host.example.com'],
  },
  'ssh-target-host': {
    context: 'source',
    value: () => `${fakeWord()}.${fakeWord()}.io`,
    covers: ['ssh deploy@§', 'scp -r out deploy@§:/srv', 'rsync -a out/ root@§:app', 'ssh://root@§:22/x'],
    keeps: ['ssh git@github.com', 'ssh root@localhost', 'scp a root@server.example.com:b'],
  },
  'ssh-target-user': {
    value: fakeWord,
    covers: ['ssh §@localhost', 'scp a §@github.com:b'],
    keeps: ['ssh root@localhost', 'ssh ubuntu@example.com', 'ssh git@github.com'],
  },
  'prompt-host': {
    value: () => `${fakeWord()}-42`,
    covers: ['root@§:~/app$ ls', '[root@§ app]# ls', '(venv) root@§:/srv# ls'],
    keeps: ['root@localhost:~# ls', 'vscode@test:/workspaces$ ls', 'about pkg@latest'],
  },
  'prompt-user': {
    value: fakeWord,
    covers: ['§@localhost:~/app$ ls', '[§@localhost app]$ ls'],
    keeps: ['root@localhost:~# ls', 'vscode@localhost:/x$ ls'],
  },
  'internal-host': {
    context: 'source',
    value: () => `${fakeWord()}-1.prod.internal`,
    covers: ['"§"', 'host: §', 'to §, x'],
    keeps: [
      'this.foo.internal config.local foo.local settings.lan() localhost "com.acme.internal" env.local = 1',
      'host.docker.internal example.corp docker-compose.local app.internal',
    ],
  },
  'internal-url-host': {
    context: 'source',
    value: () => `${fakeWord()}.corp`,
    covers: ['fetch("http://§/api")', 'https://§:8443', 'redis://:@§/0'],
    keeps: ['http://localhost:3000', 'http://host.docker.internal:8080', 'http://app.local', 'https://example.com'],
  },
  author: {
    context: 'source',
    value: fakeName,
    covers: [' * @author §', '# Author: §, 2020', '// Written by § <x@example.com>', 'Maintainer: §'],
    keeps: [
      '  author: string;',
      'Author: User',
      '// Author: The Quux Authors',
      '@author your name',
      '{ author: null }',
      'Copyright (c) 2014 Author: §',
    ],
  },
  'author-field': {
    context: 'config',
    value: fakeName,
    covers: [
      '"author": "§"',
      '__author__ = "§"',
      "author = '§ <x@example.com>'",
      'authors = ["§ <x@example.com>"]',
      '"author": "§ (x)"',
    ],
    keeps: ['"author": "somebody1" author: "Admin" author: string', 'authors = ["The Quux Authors"]', 'byAuthor("§")'],
  },
  'author-element': {
    context: 'source',
    value: fakeName,
    covers: ['<author>§</author>', '<Authors>§</Authors>'],
    keeps: ['<author>{name}</author>', '<author>The Quux Team</author>', '<name>§</name>'],
  },
  'git-identity': {
    value: fakeName,
    covers: ['git config user.name "§"', 'GIT_AUTHOR_NAME="§" git commit', 'git commit --author="§ <x@example.com>"'],
    keeps: ['git config user.name', 'git log --author=user', 'GIT_AUTHOR_NAME=ci git commit'],
  },
  'merged-owner': {
    value: fakeWord,
    covers: ['Merge pull request #12 from §/feature', 'commit 1\n    Merge pull request #3 from §/fix-it'],
    keeps: ['Merge pull request #12 into main', 'Merge pull request #1 from dev/x', "Merge branch '§/x'"],
  },
  trailer: {
    value: fakeName,
    covers: ['Signed-off-by: § <x@example.com>', 'Co-authored-by: § <x@example.com>', 'Reviewed-by: §'],
    keeps: ['Signed-off-by: your name', 'Reviewed-by: the team', 'signed off by §', 'Acked-by:'],
  },
  'name-of-address': {
    context: 'source',
    value: fakeName,
    covers: ['cc § <x@example.com>', '"§ <x@example.com>"'],
    keeps: ['Array <x@example.com>', 'Copyright 2014 § <x@example.com>', 'the Quux Team <x@example.com>'],
  },
  assignee: {
    context: 'source',
    value: fakeWord,
    covers: ['// TODO(§): mend', '# FIXME(§) mend', '/* TODO(@§, later) */'],
    keeps: ['TODO(perf) TODO(#12) TODO(ABC-123) TODO(v2) TODO(security): FIXME(API) TODO(issue-3) todo(index)'],
  },
  blame: {
    value: fakeName,
    covers: ['3f2a9bc0 (§ 2024-01-02 10:11:12 +0100  1) x', '^3f2a9bc src/a.ts (§   2024-01-02 10:11 1) x'],
    keeps: ['3f2a9bc0 (Not The Team 2024-01-02 1) x', 'since (§ 2024-01-02)'],
  },
  ipv4: {
    context: 'source',
    value: fakeIpv4,
    covers: ['"§"', 'http://§:8080/x', '§/24', 'HOST=§', 'from § to', '(§)'],
    keeps: [
      '127.0.0.1 10.1.2.3 192.168.1.1 172.16.0.1 169.254.1.1 100.64.0.1 0.0.0.0 255.255.255.255 224.0.0.1 8.8.8.8 1.1.1.1',
      '192.0.2.7 198.51.100.7 203.0.113.7 198.18.0.1 256.1.2.3 01.02.03.04',
      'v§ "version": "§" Version=§ pkg==§ ^§ Chrome/§ AssemblyVersion("§") <Version>§</Version> §.5 1.§ pkg-§.tgz',
      '1.2.3.4 rails (6.1.4.1) 1.3.6.1.4.1.311 d="M1 2 16.41.11.59 0 1z"',
    ],
  },
  'ipv4-named': {
    value: () => ['5', '6', '7', '8'].join('.'),
    covers: ['ip: §', 'http://§/', 'ping §', '{"host": "§"}'],
    keeps: ['release §', 'ip: 10.0.0.1', 'host = "127.0.0.1"'],
  },
  'ipv4-dashed': {
    value: () => fakeIpv4().replaceAll('.', '-'),
    covers: ['ssh ec2-§.compute-1.amazonaws.com', 'http://ec2-§.eu-west-1.compute.amazonaws.com/'],
    keeps: ['ec2-10-0-0-1.compute-1.amazonaws.com', 'v§', 'ec2-§.html'],
  },
  ipv6: {
    context: 'source',
    value: fakeIpv6,
    covers: ['"§"', 'http://[§]:80/', '§/64', 'via § dev'],
    keeps: [
      '::1 fe80::1 fd00::1 ff02::1 2001:db8::1 2001:4860:4860::8888 2606:4700:4700::1111',
      '2024:01:02 std::a 2600:x',
    ],
  },
  mac: {
    context: 'source',
    value: fakeMac,
    covers: ['"§"', 'ether §', 'mac=§ x'],
    keeps: ['00:00:00:00:00:00 ff:ff:ff:ff:ff:ff 00:00:5E:00:53:01 12:34:56', '§:aa:bb aa:§', '33:33:00:00:00:01'],
  },
  'mac-dotted': {
    value: () =>
      fakeMac('')
        .replace(/(.{4})(.{4})/, '$1.$2.')
        .replace(/^.{4}/, '3c1a'),
    covers: ['MAC address: §', 'ARP x § y'],
    keeps: ['mac 1234.5678.9012', 'x § y', 'mac aaaa.bbbb'],
  },
  'phone-international': {
    context: 'source',
    value: () => ['+49', '30', '1928', '3746'].join(' '),
    covers: ['"§"', 'call §.', 'tel:§'],
    keeps: ['+1 415 555 0132', '+1-555-0100', 'x +12345', '+0100', 'a+49 30', '+1,000,000', '+00 12 3456 7890'],
  },
  'phone-american': {
    context: 'source',
    value: () => ['(415)', '234-5678'].join(' '),
    covers: ['"§"', 'fax §,'],
    keeps: ['(415) 555-0132', '(555) 234-5678', '(123) 456-7890', 'f(415) 12-34'],
  },
  'phone-named': {
    context: 'source',
    value: () => ['415', '234', '5678'].join('-'),
    covers: ['phone: "§"', 'Tel. §', '{ mobileNumber: "§" }'],
    keeps: ['id: "§"', 'phone: "415-555-0132"', 'phone: 12345', 'telemetry 2024-01-02', 'call(1, 200, 300)'],
  },
  card: {
    context: 'source',
    value: fakeCard,
    covers: ['card: "§"', 'VISA §', 'creditCardNumber = "§"'],
    keeps: ['id: §', 'card: 4111111111111112', 'card: 12345'],
  },
  'card-grouped': {
    context: 'source',
    value: () => grouped(fakeCard()),
    covers: ['"§"', 'pay § now'],
    keeps: ['1234 5678 9012 3456', '4111-1111-1111-1112', '1 §'],
  },
  iban: {
    context: 'source',
    value: fakeIban,
    covers: ['"§"', 'to §,'],
    keeps: ['DE00123456789012345678', 'ES2020', 'x§', 'GB82WEST'],
  },
  ssn: {
    context: 'source',
    value: () => ['219', '08', '1234'].join('-'),
    covers: ['"§"', 'ssn § x'],
    keeps: ['000-12-3456 666-12-3456 900-12-3456 123-00-4567 123-45-0000 123-45-6789', 'x-§ §-1 2024-01-02'],
  },
};

/** What of the text the rule covers. */
function coveredBy(id: string, text: string, context: Context): string[] {
  return detect(text, context)
    .filter(({ rule }) => rule.id === id)
    .map(({ start, end }) => text.slice(start, end));
}

describe('identifier rules', () => {
  it('each have examples', () => {
    assert.deepEqual(Object.keys(examples).sort(), identifierRules.map(({ id }) => id).sort());
    for (const { covers, keeps } of Object.values(examples)) {
      assert.ok(covers.length >= 2);
      assert.ok(keeps.join(' ').split(' ').length >= 2);
    }
  });

  for (const [id, { context = 'terminal', value, covers, keeps }] of Object.entries(examples)) {
    for (const text of covers) {
      it(`${id} covers ${text}`, () => {
        const found = value();
        const filled = text.replaceAll('§', found);
        assert.deepEqual(coveredBy(id, filled, context), [found]);
        const { text: redacted } = redactText(filled, { context });
        assert.ok(!redacted.includes(found));
        assert.equal(redactText(redacted, { context }).text, redacted);
      });
    }
    for (const text of keeps) {
      it(`${id} keeps ${text}`, () => {
        assert.deepEqual(coveredBy(id, text.replaceAll('§', value()), context), []);
      });
    }
  }
});

describe('an identifier that is being typed', () => {
  const typed = async (line: string) => {
    const task = new TaskBuilder({ 'src/main.ts': 'start();\n' }).type(0, `${line}\n`).edit(0, 0, '// ').task();
    const { task: redacted, placeholders } = await redactTask(task, []);
    return { final: redacted.files[0].final, isSilent: placeholders.length === 0 && isDeepStrictEqual(redacted, task) };
  };

  for (const line of [
    'to("someone@example.com")',
    'cd("/home/user/x");',
    'ip("127.0.0.1", "8.8.8.8", "v1.2.3.4")',
    'x("icon@2x.jpg")',
  ]) {
    it(`is nobody’s on the way to ${line}`, async () => assert.ok((await typed(line)).isSilent));
  }

  it('is covered once it is complete, and in all versions before', async () => {
    const mail = fakeMail();
    assert.equal((await typed(`to("${mail}")`)).final, '// to("user0001@example.com")\nstart();\n');
  });

  it('is covered when nothing follows it', async () => {
    const mail = fakeMail();
    const task = new TaskBuilder({ 'src/main.ts': '' }).type(0, `// ${mail}`).task();
    assert.equal((await redactTask(task, [])).task.files[0].final, '// user0001@example.com');
    const deleted = new TaskBuilder({ 'src/main.ts': '' })
      .type(0, `// ${mail}`)
      .edit(0, mail.length + 3, '')
      .task();
    assert.ok(!JSON.stringify((await redactTask(deleted, [])).task).includes(mail.slice(0, 12)));
  });
});

describe('what is nobody’s', () => {
  const kept: [string, Context, string][] = [
    [
      'a lockfile',
      'config',
      '"integrity": "sha512-Zx3cPkqKJvBoPCd0Wk3pAqyFOd8nP5z0qvQ3r1N2xQ4ZCzv4h3bYyY6pVbF0hJ7x3m2m1n0q8w5e4r3t2y1u0A=="',
    ],
    [
      'addresses of registries',
      'config',
      `"resolved": "https://${['registry', 'npmjs', 'org'].join('.')}/a/-/a-1.2.3.tgz" https://${['pypi', 'org'].join('.')}/simple`,
    ],
    [
      'hashes',
      'config',
      'a@^1.2.3:\n  version "1.2.3"\n  checksum 10c0/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15',
    ],
    ['UUIDs', 'source', 'id = "123e4567-e89b-12d3-a456-426614174000"'],
    ['versions and colours', 'source', '1.2.3 v10.0.19041.1 #ff00aa #123 rgb(1, 2, 3) 1.2.3-beta.4'],
    ['SHAs', 'source', 'uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683'],
    [
      'a licence',
      'source',
      '/*!\n * quux v1.2.3\n * Copyright (c) 2014-2020 Roe Quux <roe@quux.dev>\n * © Roe Quux\n * Released under the MIT license\n */',
    ],
    ['fingerprints', 'terminal', 'MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48'],
    ['times and ratios', 'terminal', '2024-01-02T10:11:12+01:00 10:11:12 1:2:3:4:5:6'],
  ];
  for (const [what, context, text] of kept) {
    it(`keeps ${what}`, () => assert.equal(redactText(text, { context }).text, text));
  }
});
