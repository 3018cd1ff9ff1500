/** Making receipts, and telling whether one still holds. */
import { randomBytes } from 'node:crypto';
import { type Choice, defaultChoice, needsRights, settledSignals } from './choice.ts';
import { type Policy, policySha256 } from './policy.ts';
import type { Receipt, RecordConsent, UndatedReceipt } from './receipt.ts';

const day = 24 * 60 * 60 * 1000;

/** 128 random bits in hex. Whatever is named in a record is named by one of these: derived from nothing. */
export function newId(): string {
  return randomBytes(16).toString('hex');
}

/** The receipt for what the dialog asks. Call it only when the person pressed the button. */
export function grant(policy: Policy, now: Date, choice: Choice = defaultChoice): Receipt {
  const { signals, uses, rights_basis, days } = choice;
  if (needsRights(uses) && rights_basis === 'unknown') throw new RangeError('these uses need a right');
  return {
    receipt_id: newId(),
    policy_version: policy.version,
    policy_sha256: policySha256(policy),
    signals: settledSignals(signals),
    uses: { ...uses },
    rights_basis,
    agreed_at: now.toISOString(),
    valid_until: new Date(now.getTime() + days * day).toISOString(),
  };
}

/** A receipt from the future does not count either: a clock that was set back must not prolong it. */
export function isValid(receipt: Receipt, policy: Policy, now: Date): boolean {
  return (
    receipt.policy_version === policy.version &&
    receipt.policy_sha256 === policySha256(policy) &&
    Date.parse(receipt.agreed_at) <= now.getTime() &&
    now.getTime() < Date.parse(receipt.valid_until)
  );
}

/** What each record made under the receipt carries of it. */
export function consentOf(receipt: UndatedReceipt): RecordConsent {
  const { receipt_id, policy_version, signals, uses, rights_basis } = receipt;
  return { source: 'receipt', receipt_id, policy_version, signals, uses, rights_basis };
}
