/** What the page of a review and the editor say to each other. Both sides check what they are told. */
import * as z from 'zod';
import { outcome, redactionSummary, trajectory } from '../trajectory/record.ts';
import { revision } from '../trajectory/revision.ts';

const index = z.int().nonnegative();

/** What stands for what; the rule is null where only the type is known, the explanation where that is none. */
export const redactionShown = redactionSummary.shape.placeholders.element.extend({
  rule: z.string().nullable(),
  explanation: z.string().nullable(),
});
export type RedactionShown = z.infer<typeof redactionShown>;

export const toPage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('show'),
    kind: z.enum(['held', 'sealed']),
    record: trajectory,
    /** Of the task: its last part tells it. */
    outcome,
    /** Which of the task's records this is, and how many there are. */
    part: index,
    parts: z.int().positive(),
    redactions: z.array(redactionShown),
    examples: z.array(z.strictObject({ format: z.string(), count: index })),
    /** Those that are not kept yet, of all parts, in order. */
    revisions: z.array(revision),
  }),
  /** Whether something is under way. */
  z.strictObject({ type: z.literal('busy'), busy: z.boolean() }),
  z.strictObject({ type: z.literal('example'), format: z.string(), row: index, text: z.string() }),
]);
export type ToPage = z.infer<typeof toPage>;
export type Shown = Extract<ToPage, { type: 'show' }>;

export const fromPage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('part'), part: index }),
  z.strictObject({ type: z.literal('example'), format: z.string(), row: index }),
  z.strictObject({ type: z.literal('revise'), revision }),
  z.strictObject({ type: z.literal('undo') }),
  z.strictObject({ type: z.literal('keep') }),
  z.strictObject({ type: z.literal('withdraw') }),
]);
export type FromPage = z.infer<typeof fromPage>;
