import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Choice, defaultChoice } from '../../../src/consent/choice.ts';
import { consentOf, grant, isValid, newId } from '../../../src/consent/grant.ts';
import { policy } from '../../../src/consent/policy.ts';
import { receipt, recordConsent } from '../../../src/consent/receipt.ts';

const day = 24 * 60 * 60 * 1000;
const dates = fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

describe('grant', () => {
  it('makes a receipt of the stored form', () => {
    fc.assert(fc.property(dates, (now) => void receipt.parse(grant(policy, now))));
  });

  it('permits training and nothing else, and claims no right that nobody named', () => {
    const { uses, rights_basis, signals } = grant(policy, new Date());
    assert.deepEqual(uses, { train: true, commercial: false, redistribute: false, publish: false });
    assert.equal(rights_basis, 'unknown');
    assert.deepEqual(signals, ['edits', 'terminal', 'tests', 'errors', 'git', 'views']);
  });

  it('gives what was chosen: edits always, and more of the terminal only beside it', () => {
    const choice: Choice = { ...defaultChoice, signals: ['full_output', 'git'], days: 7 };
    const { signals, agreed_at, valid_until } = grant(policy, new Date(), choice);
    assert.deepEqual(signals, ['edits', 'git']);
    assert.equal(Date.parse(valid_until) - Date.parse(agreed_at), 7 * day);
    const full = grant(policy, new Date(), { ...choice, signals: ['full_output', 'terminal'] });
    assert.deepEqual(full.signals, ['edits', 'terminal', 'full_output']);
  });

  it('lets nobody earn from, pass on or publish code without a right', () => {
    for (const use of ['commercial', 'redistribute', 'publish']) {
      const choice = { ...defaultChoice, uses: { ...defaultChoice.uses, [use]: true } };
      assert.throws(() => grant(policy, new Date(), choice), RangeError);
      assert.equal(grant(policy, new Date(), { ...choice, rights_basis: 'own' }).rights_basis, 'own');
    }
  });

  it('draws ids that never meet', () => {
    const ids = new Set(Array.from({ length: 10_000 }, newId));
    assert.equal(ids.size, 10_000);
  });
});

describe('isValid', () => {
  it('holds from the moment of consent for 90 days, and at no other time', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -200 * day, max: 200 * day }), (agreed, later) => {
        const valid = isValid(grant(policy, agreed), policy, new Date(agreed.getTime() + later));
        assert.equal(valid, later >= 0 && later < 90 * day);
      }),
    );
  });

  it('ends with the policy it was given for, be it only by one character of its text', () => {
    const now = new Date();
    const given = grant(policy, now);
    assert.equal(isValid(given, policy, now), true);
    assert.equal(isValid(given, { ...policy, version: '1' }, now), false);
    assert.equal(isValid(given, { ...policy, text: `${policy.text} ` }, now), false);
  });
});

describe('consentOf', () => {
  it('carries what was agreed to and no date', () => {
    const given = grant(policy, new Date());
    const carried = recordConsent.parse(consentOf(given));
    assert.equal(carried.receipt_id, given.receipt_id);
    assert.doesNotMatch(JSON.stringify(carried), /\d{4}-\d{2}/);
  });
});
