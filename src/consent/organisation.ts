/**
 * What an organisation may say about recording on its machines, in a file that only an administrator can write. It can take
 * away from what a person agreed to, and add to nothing but what is redacted.
 */
import * as z from 'zod';
import { allUses, settledSignals } from './choice.ts';
import { exclusionPattern } from './exclusions.ts';
import { type Policy, policyOf } from './policy.ts';
import { type Receipt, type Signal, signal, type Uses } from './receipt.ts';

/** Shown in a dialog and in the policy text: plain, and short. */
const line = z
  .string()
  .max(200)
  .regex(/^(?=.*\S)[^\p{Cc}\p{Cf}\u2028\u2029]+$/u);

export const organisationPolicy = z
  .strictObject({
    $schema: z.string().optional(),
    forbid: z.boolean().default(false).describe('nothing is recorded on this machine'),
    excludePaths: z
      .array(z.string().regex(exclusionPattern))
      .default([])
      .describe('files and folders that are never recorded: absolute paths, ~/… and globs, written as in a .gitignore'),
    excludeLanguages: z
      .array(z.string().min(1))
      .default([])
      .describe('files in these languages are never recorded (identifiers of VS Code, such as "python")'),
    dropSignals: z
      .array(signal.exclude(['edits']))
      .default([])
      .describe('what is not recorded, whatever the person agreed to'),
    dropUses: z.array(z.enum(allUses)).default([]).describe('what records are not for, whatever the person agreed to'),
    maxDays: z.int().min(1).max(90).default(90).describe('an agreement ends so many days after it was given'),
    requireReview: z.boolean().default(false).describe('each task waits until the person has looked at it and kept it'),
    redact: z
      .array(z.string().min(1))
      .default([])
      .describe('regular expressions (JavaScript, flags gdu, one line at a time) whose matches are redacted too'),
    controller: z
      .strictObject({ name: line, contact: line })
      .nullable()
      .default(null)
      .describe('who decides about the records, and how to reach them; people agree anew when it changes'),
  })
  .describe('Understudy: what an organisation says about recording on its machines');
export type OrganisationPolicy = z.infer<typeof organisationPolicy>;

/** Where there is no file. */
export const noOrganisation: OrganisationPolicy = organisationPolicy.parse({});

/** The file's text as a policy; else what is wrong with it. */
export function parseOrganisationPolicy(text: string): OrganisationPolicy | { fault: string } {
  try {
    // Editors of Windows put a mark in front.
    const parsed = organisationPolicy.safeParse(JSON.parse(text.replace(/^\ufeff/, '')));
    if (parsed.success) return parsed.data;
    const [{ path, message }] = parsed.error.issues;
    return { fault: path.length > 0 ? `${path.join('.')}: ${message}` : message };
  } catch {
    return { fault: 'not JSON' };
  }
}

/** The text to agree to, which names the controller. */
export function policyUnder({ controller }: OrganisationPolicy): Policy {
  return policyOf(controller);
}

/** What holds: what the person agreed to, less what the organisation takes away. */
export interface EffectiveConsent {
  /** As it was given. */
  receipt: Receipt;
  policy: Policy;
  signals: Signal[];
  uses: Uses;
  /** Each task waits for the person's review. */
  requireReview: boolean;
}

const day = 24 * 60 * 60 * 1000;

/** @param receipt a valid one. @returns null where nothing is left of it. */
export function narrow(receipt: Receipt, organisation: OrganisationPolicy, now: Date): EffectiveConsent | null {
  const { forbid, dropUses, requireReview } = organisation;
  if (forbid || now.getTime() >= endOf(receipt, organisation)) return null;
  return {
    receipt,
    policy: policyUnder(organisation),
    signals: narrowSignals(receipt.signals, organisation),
    uses: Object.fromEntries(allUses.map((use) => [use, receipt.uses[use] && !dropUses.includes(use)])) as Uses,
    requireReview,
  };
}

/** When an agreement ends, in milliseconds since the Unix epoch. */
export function endOf({ agreed_at, valid_until }: Receipt, { maxDays }: OrganisationPolicy): number {
  return Math.min(Date.parse(valid_until), Date.parse(agreed_at) + maxDays * day);
}

/** What is left of some signals. */
export function narrowSignals(signals: readonly Signal[], { dropSignals }: OrganisationPolicy): Signal[] {
  const left = signals.filter((one) => !(dropSignals as Signal[]).includes(one));
  return left.length === 0 ? [] : settledSignals(left).filter((one) => left.includes(one));
}
