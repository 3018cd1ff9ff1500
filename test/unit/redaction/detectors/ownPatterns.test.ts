import assert from 'node:assert/strict';
import fc from 'fast-check';
import { audit } from '../../../../src/redaction/audit.ts';
import { redactText } from '../../../../src/redaction/redactText.ts';
import type { KnownValue } from '../../../../src/session/events.ts';
import { eventsOf, ordinaryActions } from '../../../support/histories.ts';
import { runs } from '../../../support/runs.ts';
import { base, sealed, textsOf } from '../../../support/secretSessions.ts';

const pattern = (value: string): KnownValue => ({ type: 'pattern', value });
const denied = (value: string): KnownValue => ({ type: 'denied', value });

describe('a pattern of the person’s own', () => {
  it('covers what it matches, or its group alone', () => {
    const known = [pattern('PRJ-[A-Z]{3}'), pattern('ref (?<value>\\w+)!')];
    const { text, rules } = redactText('see PRJ-ABC and ref blue! and PRJ-1', { known });
    assert.equal(text, 'see REDACTED_SECRET_0001 and ref REDACTED_SECRET_0002! and PRJ-1');
    assert.deepEqual(rules, ['own-pattern-1', 'own-pattern-2']);
  });

  it('covers the whole match where its group took no part', () => {
    const { text } = redactText('see PRJ-ABC', { known: [pattern('PRJ-[A-Z]{3}(?: for (?<value>\\w+))?')] });
    assert.equal(text, 'see REDACTED_SECRET_0001');
  });

  it('looks at one line at a time, whatever ends it', () => {
    const known = [pattern('^KEY (?<value>.+)$')];
    for (const end of ['\n', '\r\n']) {
      const text = ['a', 'KEY zorblatt', 'KEY quux', 'b KEY kept'].join(end);
      const expected = ['a', 'KEY REDACTED_SECRET_0001', 'KEY REDACTED_SECRET_0002', 'b KEY kept'].join(end);
      assert.equal(redactText(text, { known }).text, expected);
    }
    assert.equal(redactText('a\nfoo\nb', { known: [pattern('a[^]*b')] }).text, 'a\nfoo\nb');
  });

  it('reads long lines to their end', () => {
    const known = [pattern('PRJ-[A-Z]{3}')];
    for (const at of [0, 3070, 4090, 4095, 9000]) {
      const { text } = redactText(`${'- '.repeat(at / 2)}PRJ-ABC${' -'.repeat(500)}`, { known });
      assert.ok(text.includes('REDACTED_SECRET_0001') && !text.includes('ABC'), String(at));
    }
  });

  it('never takes a placeholder for a value, and covers what stands around one', () => {
    for (const [source, text] of [
      ['PIN: (?<value>\\w{4})', 'PIN: 7h2k'],
      ['\\d{9}', 'id 123456789 end'],
      ['[A-Z]{6}', 'the QWXZVB thing'],
      ['key .*', 'key REDACTED_SECRET_0001 then falcon'],
    ]) {
      const known = [pattern(source)];
      const once = redactText(text, { known }).text;
      assert.notEqual(once, text);
      assert.ok(!once.includes('falcon'));
      assert.equal(redactText(once, { known }).text, once, source);
      assert.deepEqual(audit({ text: once }, [], known), [], source);
    }
  });

  it('covers what is typed key by key, in all versions', () =>
    fc.assert(
      fc.asyncProperty(
        ordinaryActions,
        fc.string({ unit: fc.constantFrom(...'BCDFGHJKLMNPQRSTVWXZ'), minLength: 6, maxLength: 6 }),
        fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
        async (ordinary, word, typo) => {
          const typed = { kind: 'line' as const, at: 0.4, text: `call(PRJ-${word})`, typed: true, typo };
          const { rows } = await sealed(eventsOf(base, [typed, ...ordinary]), [pattern('PRJ-[A-Z]{6}')]);
          assert.ok(textsOf(rows).every((text) => !text.includes(word)));
        },
      ),
      { numRuns: Math.min(runs, 300) },
    ));
});

describe('a denied value', () => {
  it('is covered wherever it stands, however ordinary it is', () => {
    const { text, rules } = redactText('const falcon = "Falcon"; // the falcon project', { known: [denied('falcon')] });
    assert.equal(text, 'const REDACTED_SECRET_0001 = "Falcon"; // the REDACTED_SECRET_0001 project');
    assert.deepEqual(new Set(rules), new Set(['known:denied']));
  });

  it('of several lines is covered with any line ends, also when it is long', () => {
    const lines = Array.from({ length: 40 }, (_, i) => `return row(${i});`);
    for (const selected of ['\n', '\r\n']) {
      for (const written of ['\n', '\r\n']) {
        const known = [denied(lines.join(selected))];
        const { text } = redactText(`a${written}${lines.join(written)}${written}b`, { known });
        assert.equal(text, `a${written}REDACTED_SECRET_0001${written}b`);
      }
    }
  });
});
