import { createHash } from 'node:crypto';
import { type UndatedReceipt, undatedReceipt } from '../consent/receipt.ts';
import type { Trajectory } from '../trajectory/record.ts';
import type { CheckedFiles } from './checkedFiles.ts';
import { policyVersionPattern, withdrawnIds } from './consentFiles.ts';

/** What the folder `consent/` says. */
export interface ConsentFacts {
  receipts: Map<string, UndatedReceipt>;
  withdrawn: Set<string>;
}

export async function validateConsent(files: CheckedFiles): Promise<ConsentFacts> {
  // A dataset of imports alone has no receipts, and most have no withdrawals.
  const present = (await files.entries('consent')).map(({ name }) => name);
  const policies = present.includes('policies') ? await readPolicies(files) : new Map<string, string>();
  return {
    receipts: present.includes('receipts') ? await readReceipts(files, policies) : new Map(),
    withdrawn: present.includes('withdrawals.jsonl') ? await readWithdrawals(files) : new Set(),
  };
}

/** Whether a record claims no more consent than it was given. */
export function validateReceipt(files: CheckedFiles, file: string, { consent }: Trajectory, facts: ConsentFacts): void {
  if (consent.receipt_id === null) return;
  const receipt = facts.receipts.get(consent.receipt_id);
  if (!receipt) {
    files.note(file, `receipt ${consent.receipt_id} is not in consent/receipts`);
    return;
  }
  const uses = ['train', 'commercial', 'redistribute', 'publish'] as const;
  const exceeds =
    consent.policy_version !== receipt.policy_version ||
    consent.signals.some((signal) => !receipt.signals.includes(signal)) ||
    uses.some((use) => consent.uses[use] && !receipt.uses[use]);
  if (exceeds) files.note(file, 'claims more consent than its receipt gives');
}

/** Texts by version. */
async function readPolicies(files: CheckedFiles): Promise<Map<string, string>> {
  const policies = new Map<string, string>();
  for (const { name } of await files.entries('consent/policies')) {
    const file = `consent/policies/${name}`;
    const version = name.replace(/\.md$/, '');
    const text = await files.text(file);
    if (version === name || !policyVersionPattern.test(version)) files.note(file, 'not the name of a policy');
    else if (text !== null) policies.set(version, text);
  }
  return policies;
}

async function readReceipts(files: CheckedFiles, policies: Map<string, string>): Promise<Map<string, UndatedReceipt>> {
  const receipts = new Map<string, UndatedReceipt>();
  for (const { name } of await files.entries('consent/receipts')) {
    const file = `consent/receipts/${name}`;
    const text = await files.text(file);
    const receipt = text === null ? null : files.parse(undatedReceipt, file, text);
    if (!receipt) continue;
    receipts.set(receipt.receipt_id, receipt);
    if (name !== `${receipt.receipt_id}.json`) files.note(file, 'the receipt has another id than its file');
    const policy = policies.get(receipt.policy_version);
    if (policy === undefined) files.note(file, `policy ${receipt.policy_version} is not in consent/policies`);
    else if (createHash('sha256').update(policy).digest('hex') !== receipt.policy_sha256) {
      files.note(file, `policy ${receipt.policy_version} has another text than the one agreed to`);
    }
  }
  return receipts;
}

async function readWithdrawals(files: CheckedFiles): Promise<Set<string>> {
  const file = 'consent/withdrawals.jsonl';
  const text = (await files.text(file)) ?? '';
  if (!/^(\{"id":"[0-9a-f]{32}([0-9a-f]{32})?"\}\n)*$/.test(text))
    files.note(file, 'holds something else than one id a line');
  return withdrawnIds(text);
}
