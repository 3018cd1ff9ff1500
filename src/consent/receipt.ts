/** What a person agreed to: the receipt, and the part of it that every record carries. */
import * as z from 'zod';

/**
 * What is recorded, each for itself; `signalText` and the policy say it to people.
 *
 * - `edits`: changes of files and of notebooks' cells by whomever, saves, files created, renamed, deleted; manifests and
 *   licence. Always.
 * - `terminal`: commands of terminals, tasks and debug sessions with exit code, runs of cells; line and output of recognised
 *   ones. Without it and under `tests`, commands that run tests are all that is told of a terminal.
 * - `full_output`: line and output of every other command that stays inside of the workspace, but for those that deal in
 *   credentials. Only beside `terminal`.
 * - `tests`: results by test name, from output and report files.
 * - `errors`: what the editor shows for files; exceptions and stops in a debugger.
 * - `git`: commits, stashes and other moves of HEAD; line and output of git in a terminal.
 * - `views`: lines looked at.
 * - `repository`: which public repository it is: its oldest commit as a hash, its address, the commit that work began at.
 */
export const signal = z.enum(['edits', 'terminal', 'full_output', 'tests', 'errors', 'git', 'views', 'repository']);
export type Signal = z.infer<typeof signal>;

export const uses = z.strictObject({
  train: z.boolean(),
  commercial: z.boolean(),
  redistribute: z.boolean(),
  publish: z.boolean(),
});
export type Uses = z.infer<typeof uses>;

/** Why the person may share the code. */
export const rightsBasis = z.enum(['own', 'employer_authorised', 'open_source', 'unknown']);
export type RightsBasis = z.infer<typeof rightsBasis>;

/** Random 128 bit, in hex: derived from nothing. */
export const randomId = z.string().regex(/^[0-9a-f]{32}$/);

/** Kept in the editor's own storage, one for each workspace; `agreed_at` and `valid_until` are ISO 8601. */
export const receipt = z.strictObject({
  receipt_id: randomId,
  policy_version: z.string(),
  policy_sha256: z.string().regex(/^[0-9a-f]{64}$/),
  signals: z.array(signal),
  uses,
  rights_basis: rightsBasis,
  agreed_at: z.iso.datetime(),
  valid_until: z.iso.datetime(),
});
export type Receipt = z.infer<typeof receipt>;

/** The receipt as the dataset folder keeps it: it tells nothing about when the person worked. */
export const undatedReceipt = receipt.omit({ agreed_at: true, valid_until: true });
export type UndatedReceipt = z.infer<typeof undatedReceipt>;

/** The consent that a record carries: undated, so that it tells nothing about when the person worked. */
export const recordConsent = z.strictObject({
  source: z
    .enum(['receipt', 'imported'])
    .describe(
      'receipt: agreed to in the editor; imported: made from a history recorded elsewhere, on whose consent the importer relies',
    ),
  receipt_id: randomId.nullable().describe('the receipt in consent/receipts, one a workspace; null for imports'),
  policy_version: z.string().nullable().describe('version of the policy text agreed to, in consent/policies'),
  signals: z.array(signal).describe('what the person agreed to have recorded'),
  uses: uses.describe('what the person agreed to have the record used for'),
  rights_basis: rightsBasis.describe('why the person may share the code'),
});
export type RecordConsent = z.infer<typeof recordConsent>;
