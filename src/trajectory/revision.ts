/** What a person can change in a record under review. It comes from a page: the schema is its border. */
import * as z from 'zod';
import { deniedLength } from '../redaction/dictionary/deniedLength.ts';

const stepIndex = z.int().nonnegative();
/** UTF-16 units: no text of a record is longer. */
const longest = 256_000;

/** Steps are those of the record as it then stands: after the revisions in front of this one. Both ends are included. */
export const revision = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cut'), from: stepIndex, to: stepIndex }),
  z.strictObject({ kind: z.literal('redact'), value: z.string().min(deniedLength.least).max(deniedLength.most) }),
  z.strictObject({ kind: z.literal('instruction'), text: z.string().max(longest).nullable() }),
  z.strictObject({ kind: z.literal('outcome'), status: z.enum(['succeeded', 'failed', 'abandoned', 'unknown']) }),
]);
export type Revision = z.infer<typeof revision>;

/** One revision of one of a task's records. */
export interface RecordRevision {
  trajectoryId: string;
  revision: Revision;
}
