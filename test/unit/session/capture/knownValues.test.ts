import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  accountsOf,
  hashesIn,
  hostsOf,
  identityOf,
  repositoriesOf,
  secretsOfDotenv,
  secretsOfEnvironment,
  ticketsIn,
  valuesOfLog,
} from '../../../../src/session/capture/knownValues.ts';
import type { KnownValue } from '../../../../src/session/events.ts';

const values = (known: { value: string }[]) => known.map(({ value }) => value);
const listed = (known: KnownValue[]) => known.map(({ type, value }) => `${type}:${value}`);

describe('known values', () => {
  it('takes values with secret-like names from the environment, and no others', () => {
    const environment = {
      GITHUB_TOKEN: 'abc',
      DB_PASSWORD: 'def',
      API_KEY: '',
      PATH: '/bin',
      EDITOR: 'vi',
      SSH_AUTH_SOCK: '/run/user/1000/agent.sock',
      GIT_AUTHOR_NAME: 'Tolu Varrick',
      KEYBOARD: 'qwertz',
      X: undefined,
    };
    assert.deepEqual(values(secretsOfEnvironment(environment)), ['abc', 'def']);
  });

  it('takes passwords out of addresses under any name', () => {
    const environment = { HTTP_PROXY: 'http://relay:p%40ss9x@proxy.corp:3128', LINK: 'https://a.dev/x:y@z' };
    assert.deepEqual(values(secretsOfEnvironment(environment)), ['p%40ss9x', 'p@ss9x']);
  });

  it('takes every value from a .env file, without quotes and comments', () => {
    const text = [
      '# comment',
      'A=one',
      'export B="two words" # why',
      "C='it # is'",
      'D = four # why',
      'E=',
      'F: six',
      'no assignment',
      'G=a=b',
      'H=1',
    ].join('\r\n');
    assert.deepEqual(values(secretsOfDotenv(text)), ['one', 'two words', 'it # is', 'four', 'six', 'a=b']);
  });

  it('tells secrets by their name from other settings', () => {
    const text = 'API_TOKEN=abc\nAPP_NAME=def\nKEY_FILE=/etc/ssl/x.pem\n';
    assert.deepEqual(listed(secretsOfDotenv(text)), ['secret:abc', 'setting:def', 'setting:/etc/ssl/x.pem']);
  });

  it('takes a key that is written over lines', () => {
    const text = 'A=one\nPRIVATE_KEY="first\nsecond\nthird"\nB=two\n';
    assert.deepEqual(values(secretsOfDotenv(text)), ['one', 'first\nsecond\nthird', 'two']);
    assert.deepEqual(values(secretsOfDotenv('PRIVATE_KEY="first\\nsecond"')), ['first\\nsecond', 'first\nsecond']);
  });

  it('gives back any value that was written quoted', () => {
    const value = fc.string({ minLength: 2 }).filter((value) => value.trim().length > 1 && !/["\r\n]/.test(value));
    fc.assert(
      fc.property(value, (value) => {
        assert.equal(values(secretsOfDotenv(`NAME="${value}"`))[0], value);
      }),
    );
  });

  it('reads a hostile file in no time', () => {
    const begin = performance.now();
    for (const text of [`A="${' '.repeat(60_000)}x`, `A=${'"\n'.repeat(30_000)}`, `A=${'a'.repeat(60_000)}`]) {
      secretsOfDotenv(text);
    }
    assert.ok(performance.now() - begin < 500);
  });

  it('knows accounts under all their names', () => {
    const account = { username: 'tvarrick', home: '/data/people/tvarrick' };
    assert.deepEqual(listed(accountsOf(account, { USER: 'tvarrick', SUDO_USER: 'tv2', HOME: '/' })), [
      'user:tvarrick',
      'user:tv2',
      'home:/data/people/tvarrick',
    ]);
  });

  it('knows the machine, short and with its domain', () => {
    const hosts = '127.0.0.1 localhost\n127.0.1.1 zorbox.lab.corp zorbox # this\n10.0.0.9 other.lab.corp\n';
    assert.deepEqual(values(hostsOf('zorbox', { USERDNSDOMAIN: 'lab.ad' }, hosts)), [
      'zorbox',
      'zorbox.lab.ad',
      'zorbox.lab.corp',
    ]);
  });

  it('takes a name of one word for an account', () => {
    assert.deepEqual(listed(identityOf('Tolu Varrick', 'tolu@varrick.dev')), [
      'person:Tolu Varrick',
      'email:tolu@varrick.dev',
    ]);
    assert.deepEqual(listed(identityOf('tvarrick', '')), ['user:tvarrick']);
  });

  it('takes people, commits and tickets from a log', () => {
    const hash = 'ab12'.repeat(10);
    const commit = (...fields: string[]) => fields.join('\x1f');
    const log = [
      commit(hash, 'Tolu Varrick', 'tolu@varrick.dev', 'GitHub', 'noreply@github.com', '', 'ZOR-12 Mend UTF-8'),
      commit('', 'Will', 'will@varrick.dev', 'Will', 'will@varrick.dev', 'Sela Quorn <sq@varrick.dev>\x1enobody', 'x'),
      commit('', 'dependabot[bot]', '49+dependabot[bot]@users.noreply.github.com', '', '', '', ''),
    ].join('\0');
    assert.deepEqual(listed(valuesOfLog(log)), [
      `commit:${hash}`,
      'person:Tolu Varrick',
      'email:tolu@varrick.dev',
      'ticket:ZOR-12',
      'email:will@varrick.dev',
      'person:Sela Quorn',
      'email:sq@varrick.dev',
    ]);
  });

  it('takes owner and name from the remotes, and not from folders', () => {
    const remotes = [
      'remote.origin.url git@github.com:quornlabs/zorkit.git',
      'remote.up.url https://tv:pw91x@gitlab.com/quorn/inner/zorkit/',
      'remote.disk.url /srv/git/zorkit.git',
      'remote.x.url ssh://git@git.corp:7999/quorn/other.git',
      'remote.w.url C:\\git\\zorkit',
    ].join('\n');
    assert.deepEqual(listed(repositoriesOf(remotes)), [
      'repository:quornlabs/zorkit',
      'repository:quorn/inner/zorkit',
      'secret:pw91x',
      'repository:quorn/other',
    ]);
  });

  it('knows tickets from standards, versions and counts', () => {
    const text = 'feature/ZOR-123-fix ABC-1, XY2-77_part (PROJ-9)';
    assert.deepEqual(ticketsIn(text), ['ZOR-123', 'ABC-1', 'XY2-77', 'PROJ-9']);
    const others =
      'UTF-8 UTF-16 SHA-256 ISO-8859-1 RFC-1234 CVE-2024-12345 GPT-4 X-1 F-16 AES-128 ES-2020 ABC-0001 A-B-12 Q3-2024 ' +
      'abc-123 HTTP-404 ABC-123-4 ABC-1.2 xABC-12 PEP-8 CP-1252 X86-64 12-34';
    assert.deepEqual(ticketsIn(others), []);
  });

  it('knows the hashes of which messages of git speak', () => {
    const [long, longer] = ['ab12'.repeat(10), 'cd34'.repeat(16)];
    const message = `Revert "a"\n\nThis reverts commit ${long}, and ${longer}.\n\nMerge commit 'abc1234' of 1234567`;
    assert.deepEqual(hashesIn(message), [long, longer, 'abc1234']);
    assert.deepEqual(hashesIn('a commit of deadline; commit them'), []);
  });
});
