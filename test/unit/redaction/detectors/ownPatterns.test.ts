import assert from 'node:assert/strict';
import { patternFault } from '../../../../src/redaction/detectors/ownPatterns.ts';
import { redactText } from '../../../../src/redaction/redactText.ts';
import { runWorker, WorkerEnd } from '../../../../src/sealing/runWorker.ts';
import type { KnownValue } from '../../../../src/session/events.ts';
import { eventsOf } from '../../../support/histories.ts';
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

  it('covers what is typed key by key, in all versions', async () => {
    const events = eventsOf(base, [{ kind: 'line', at: 0, text: 'call(PRJ-QXZW)', typed: true, typo: null }]);
    const { rows } = await sealed(events, [pattern('PRJ-[A-Z]{4}')]);
    assert.ok(textsOf(rows).every((text) => !text.includes('QXZ')));
  });

  it('is refused when it is broken, matches nothing at all, or is slow', () => {
    assert.equal(patternFault('TICKET-\\d{2,8}'), null);
    assert.equal(patternFault('(?<value>[A-Z]{2}\\d+)-x'), null);
    assert.match(patternFault('(') ?? '', /Unterminated group/);
    assert.match(patternFault('x*') ?? '', /matches the empty text/);
  }).timeout(60_000);

  it('is killed when it runs away', async () => {
    const worker = new URL('../../../../src/sealing/worker.ts', import.meta.url);
    const limits = { time: 3000, memory: 256 };
    assert.equal(await runWorker(worker, 'pattern', 'PRJ-\\d+', limits), null);
    await assert.rejects(
      runWorker(worker, 'pattern', '(a+)+$', limits),
      (error) => error instanceof WorkerEnd && error.reason === 'too_slow',
    );
  });
});

describe('a denied value', () => {
  it('is covered wherever it stands, however ordinary it is', () => {
    const { text, rules } = redactText('const falcon = "Falcon"; // the falcon project', { known: [denied('falcon')] });
    assert.equal(text, 'const REDACTED_SECRET_0001 = "Falcon"; // the REDACTED_SECRET_0001 project');
    assert.deepEqual(new Set(rules), new Set(['known:denied']));
  });
});
