/** The promises of redaction, for secrets and identifiers side by side in one text. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Context } from '../../../src/redaction/detectors/rule.ts';
import { redactText } from '../../../src/redaction/redactText.ts';
import { type KnownValue, knownValueType } from '../../../src/session/events.ts';
import { planted } from '../../support/histories.ts';
import { runs } from '../../support/runs.ts';

const syllable = fc.constantFrom('bru', 'zor', 'qua', 'vex', 'dri', 'plo', 'gwi', 'thra', 'snu', 'kle');
const word = fc.tuple(syllable, syllable, syllable).map((parts) => `${parts.join('')}x`);
const capital = word.map((text) => text[0].toUpperCase() + text.slice(1));
const name = fc.tuple(capital, capital).map((parts) => parts.join(' '));
const mail = fc.tuple(word, word).map(([user, domain]) => `${user}@${domain}.dev`);
const octet = fc.integer({ min: 20, max: 222 });
const ip = fc.tuple(fc.integer({ min: 50, max: 90 }), octet, octet, octet).map((parts) => parts.join('.'));
const ipv6 = fc.integer({ min: 0x1000, max: 0xffff }).map((group) => `2a02:${group.toString(16)}::7`);
const mac = fc
  .array(fc.integer({ min: 16, max: 255 }), { minLength: 5, maxLength: 5 })
  .map((bytes) => ['3c', ...bytes.map((byte) => byte.toString(16))].join(':'));
const phone = fc.integer({ min: 1000, max: 9999 }).map((digits) => `+49 30 192 ${digits}`);

/** A value, its kind, and a line that it stands in. */
interface Item {
  value: string;
  type: KnownValue['type'] | null;
  line: string;
}
const item = (values: fc.Arbitrary<string>, type: Item['type'], ...lines: string[]): fc.Arbitrary<Item> =>
  fc.tuple(values, fc.constantFrom(...lines)).map(([value, line]) => ({ value, type, line: line.replace('§', value) }));

const items: fc.Arbitrary<Item> = fc.oneof(
  planted.map(({ secret, line }): Item => ({ value: secret, type: 'secret', line })),
  item(mail, 'email', 'to: "§"', 'Signed-off-by: x <§>'),
  item(word, 'user', 'cd /home/§/app', '"C:\\\\Users\\\\§\\\\x"', '§@localhost:~$ ls'),
  item(name, 'person', '// Author: §', 'Co-authored-by: § <x@example.com>'),
  item(word, 'host', 'ssh root@§.lab.corp', 'http://§.corp:80/'),
  item(ip, null, 'curl http://§/', 'host = "§"'),
  item(ipv6, null, 'ping6 §', '"§"'),
  item(mac, null, 'ether §', 'mac: "§"'),
  item(phone, null, 'phone: "§"', 'call §'),
  fc
    .constantFrom(
      'const total = add(1, 2);',
      'PORT=3000',
      '127.0.0.1 localhost 192.0.2.7',
      'user0001@example.com',
      '/home/user0001/x Person0001',
      '00:00:5E:00:53:01 +1-555-0100 2001:db8::1 900000',
      'v1.2.3.4',
    )
    .map((line): Item => ({ value: '', type: null, line })),
);
const lines = fc.array(items, { minLength: 1, maxLength: 8 });
const context = fc.constantFrom<Context[]>('source', 'config', 'terminal');
const textOf = (list: readonly Item[]) => list.map(({ line }) => line).join('\n');

describe('identities and secrets in one text', () => {
  it('leave nothing of themselves', () =>
    fc.assert(
      fc.property(lines, (list) => {
        const { text } = redactText(textOf(list), { context: 'terminal' });
        for (const { value } of list) assert.ok(value === '' || !text.includes(value), `${value} in ${text}`);
      }),
      { numRuns: runs },
    ));

  it('are redacted once and for all', () =>
    fc.assert(
      fc.property(lines, context, context, (list, first, second) => {
        const once = redactText(textOf(list), { context: first }).text;
        const twice = redactText(once, { context: first });
        assert.equal(twice.text, once);
        // A greedier context may cover more, but no placeholder.
        const greedier = redactText(once, { context: second });
        for (const [start, end] of greedier.spans) {
          assert.doesNotMatch([...once].slice(start, end).join(''), /REDACTED_|user\d|@example|Person\d/);
        }
      }),
      { numRuns: runs },
    ));

  it('have one placeholder a value, and two for two', () =>
    fc.assert(
      fc.property(lines, lines, (list, more) => {
        const text = textOf([...list, ...more, ...list]);
        const { spans, types, text: redacted } = redactText(text, { context: 'terminal' });
        const points = [...text];
        const placeholders = placeholdersOf(text, redacted, spans);
        const byValue = new Map<string, string>();
        const byPlaceholder = new Map<string, string>();
        for (const [i, [start, end]] of spans.entries()) {
          const value = points.slice(start, end).join('');
          // Positions beside a value stand for none.
          if (types[i] === 'column' || types[i] === 'caret') continue;
          assert.equal(byValue.get(value) ?? placeholders[i], placeholders[i], value);
          assert.equal(byPlaceholder.get(placeholders[i]) ?? value, value, placeholders[i]);
          byValue.set(value, placeholders[i]);
          byPlaceholder.set(placeholders[i], value);
        }
      }),
      { numRuns: runs },
    ));

  it('are numbered by their first appearance, whatever they are', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(mail, mail, ip, ip), { minLength: 1, maxLength: 4 }), (rows) => {
        const [ones, others] = [rows.map(([a, , c]) => `${a} ${c}`), rows.map(([, b, , d]) => `${b} ${d}`)];
        fc.pre(
          new Set(ones.flatMap((row) => row.split(' '))).size === new Set(others.flatMap((row) => row.split(' '))).size,
        );
        fc.pre(new Set(ones.flatMap((row) => row.split(' '))).size === 2 * rows.length);
        assert.equal(redactText(ones.join('\n')).text, redactText(others.join('\n')).text);
      }),
      { numRuns: runs },
    ));

  it('uncover nothing when one more value is known', () =>
    fc.assert(
      fc.property(
        lines,
        context,
        fc.array(
          fc.record({
            type: fc.constantFrom(...knownValueType.options),
            value: fc.oneof(word, name, fc.string({ minLength: 1 })),
          }),
          { maxLength: 2 },
        ),
        fc.nat(),
        fc.constantFrom(...knownValueType.options),
        (list, where, known, which, type) => {
          const text = textOf(list);
          const { value, type: own } = list[which % list.length];
          const more: KnownValue = { type: own ?? type, value: value || list[0].line };
          const before = redactText(text, { context: where, known });
          const after = redactText(text, { context: where, known: [...known, more] });
          const covered = new Set(
            after.spans.flatMap(([start, end]) => Array.from({ length: end - start }, (_, i) => start + i)),
          );
          for (const [start, end] of before.spans) for (let i = start; i < end; i++) assert.ok(covered.has(i));
        },
      ),
      { numRuns: runs },
    ));
});

/** What stands in the place of each span. */
function placeholdersOf(text: string, redacted: string, spans: readonly [number, number][]): string[] {
  const points = [...text];
  const out = [...redacted];
  let at = 0;
  let last = 0;
  return spans.map(([start, end], i) => {
    at += start - last;
    last = end;
    const rest = points.slice(end, spans[i + 1]?.[0]).join('');
    const tail = i + 1 < spans.length ? out.join('').indexOf(rest, at) : out.length - rest.length;
    const placeholder = out.slice(at, tail).join('');
    at = tail;
    return placeholder;
  });
}
