/** What a person changes in a record under review. */
import * as z from 'zod';

const stepIndex = z.int().nonnegative();

/** Steps are those of the record as it then stands: after the revisions in front of this one. Both ends are included. */
export const revision = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cut'), from: stepIndex, to: stepIndex }),
  z.strictObject({ kind: z.literal('redact'), value: z.string().min(1) }),
  z.strictObject({ kind: z.literal('instruction'), text: z.string().nullable() }),
  z.strictObject({ kind: z.literal('outcome'), status: z.enum(['succeeded', 'failed', 'abandoned', 'unknown']) }),
]);
export type Revision = z.infer<typeof revision>;
