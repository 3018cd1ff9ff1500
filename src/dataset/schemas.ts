import type * as z from 'zod';
import { exampleFormats } from '../examples/formats.ts';
import { verification } from '../examples/verification.ts';
import { trajectory } from '../trajectory/record.ts';
import { featuresRow } from './features.ts';

/** Schemas of all rows, by the name of their file in `schema/`. */
export const recordSchemas: Record<string, z.ZodObject> = {
  trajectory,
  ...Object.fromEntries(exampleFormats.map(({ name, schema }) => [name, schema])),
  features: featuresRow,
  verification,
};
