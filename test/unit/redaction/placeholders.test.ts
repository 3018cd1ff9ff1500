import assert from 'node:assert/strict';
import {
  holdsPlaceholder,
  Placeholders,
  type PlaceholderType,
  placeholdersIn,
  placeholderType,
} from '../../../src/redaction/placeholders.ts';
import { redactText } from '../../../src/redaction/redactText.ts';
import { fakeIpv4, fakeMail } from '../../support/people.ts';
import { randomToken } from '../../support/secrets.ts';

const firstOfEach: Record<Exclude<PlaceholderType, 'column' | 'caret'>, string> = {
  secret: 'REDACTED_SECRET_0001',
  private_key: 'REDACTED_KEY_0001',
  card: 'REDACTED_CARD_0001',
  iban: 'REDACTED_IBAN_0001',
  ssn: 'REDACTED_SSN_0001',
  commit: 'REDACTED_COMMIT_0001',
  email: 'user0001@example.com',
  user: 'user0001',
  home: '/home/user0001',
  workspace: '/workspace0001',
  host: 'host0001.example.com',
  person: 'Person0001',
  repository: 'repo0001',
  ticket: 'TICKET-0001',
  number: '9000000001',
  ip: '192.0.2.1',
  ipv6: '2001:db8::1',
  mac: '00:00:5E:00:53:01',
  phone: '+1-555-0100',
};
const types = Object.keys(firstOfEach) as (keyof typeof firstOfEach)[];
const worded = types.filter((type) => !['number', 'ip', 'ipv6', 'mac', 'phone'].includes(type));

/** The placeholders of one type, from the first on. */
function given(type: PlaceholderType, count: number, placeholders = new Placeholders()): string[] {
  return Array.from({ length: count }, (_, value) => placeholders.of(value, type));
}

describe('Placeholders', () => {
  for (const type of types) {
    it(`gives ${firstOfEach[type]} for the first ${type}, and knows it again`, () => {
      assert.equal(new Placeholders().of(7, type), firstOfEach[type]);
      assert.ok(holdsPlaceholder(`("${firstOfEach[type]}")`));
    });

    it(`goes on behind the end of the range of ${type}, and gives none twice`, () => {
      const all = given(type, 12_000);
      assert.equal(new Set(all).size, all.length);
      for (const placeholder of all) assert.ok(holdsPlaceholder(placeholder), placeholder);
    });

    it(`gives a ${type} that the text holds already to no value`, () => {
      const taken = new Set(given(type, 3).flatMap(placeholdersIn));
      const next = given(type, 3, new Placeholders(taken));
      assert.ok(next.every((placeholder) => !placeholdersIn(placeholder).some((form) => taken.has(form))));
    });
  }

  it('numbers each type by first appearance, and one value once', () => {
    const placeholders = new Placeholders();
    const of = [placeholders.of(9, 'secret'), placeholders.of(4, 'email'), placeholders.of(2, 'secret')];
    assert.deepEqual(of, ['REDACTED_SECRET_0001', 'user0001@example.com', 'REDACTED_SECRET_0002']);
    assert.equal(placeholders.of(9, 'secret'), 'REDACTED_SECRET_0001');
    assert.equal(placeholders.list().length, 3);
  });

  it('has one width a type up to the 9999th', () => {
    for (const type of worded) {
      assert.equal(new Set(given(type, 9999).map(({ length }) => length)).size, 1);
      assert.equal(given(type, 10_000)[9999], firstOfEach[type].replace('0001', '10000'));
    }
  });

  it('goes through the documentation ranges in order', () => {
    const ips = given('ip', 763);
    assert.deepEqual(
      [0, 253, 254, 508, 761, 762].map((i) => ips[i]),
      ['192.0.2.1', '192.0.2.254', '198.51.100.1', '203.0.113.1', '203.0.113.254', '198.18.0.1'],
    );
    assert.deepEqual(given('mac', 256).slice(254), ['00:00:5E:00:53:FF', '02:00:00:00:00:01']);
    assert.deepEqual(given('phone', 101).slice(99), ['+1-555-0199', '+1-555-0200']);
  });

  it('sets words apart by a nonce where the text holds one, and passes over addresses', () => {
    const placeholders = new Placeholders(['user0001', '192.0.2.1', '192.0.2.3'], () => 'quux');
    assert.deepEqual(given('secret', 1, placeholders), ['REDACTED_SECRET_quux_0001']);
    assert.ok(holdsPlaceholder('REDACTED_SECRET_quux_0001') && holdsPlaceholder('userquux_0001@example.com'));
    assert.deepEqual(given('ip', 2, new Placeholders(['192.0.2.1', '192.0.2.3'])), ['192.0.2.2', '192.0.2.4']);
  });

  it('keeps numbers numbers', () => {
    assert.equal(placeholderType('secret', ['83920174']), 'number');
    assert.equal(placeholderType('secret', ['83920174', '8392017x']), 'secret');
    assert.equal(placeholderType('ssn', ['219081234']), 'ssn');
  });

  it('takes nothing ordinary for a placeholder', () => {
    for (const text of [
      'user1',
      'host',
      'repo12',
      '192.0.21.1',
      '10.0.0.1',
      '1990000',
      'REDACTED',
      '+1-555',
      'TICKET-1',
    ]) {
      assert.ok(!holdsPlaceholder(text), text);
    }
  });

  it('shares nothing of one secret between two records', () => {
    const secret = randomToken(24);
    const first = redactText(`A_TOKEN=${randomToken(24)}\nB_TOKEN=${secret}\n`).text;
    const second = redactText(`B_TOKEN=${secret}\n`).text;
    assert.match(first, /^B_TOKEN=REDACTED_SECRET_0002$/m);
    assert.match(second, /^B_TOKEN=REDACTED_SECRET_0001$/m);
  });

  it('sets addresses apart in a text that has documentation addresses', () => {
    assert.equal(redactText(`192.0.2.1 ${fakeIpv4()}`).text, '192.0.2.1 192.0.2.2');
    assert.match(
      redactText(`user0001@example.com ${fakeMail()}`).text,
      /^user0001@example\.com user[a-z]{4}_0001@example\.com$/,
    );
  });
});
