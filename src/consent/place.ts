/** Where a receipt holds. It is kept in the editor's own storage, and never written to a record. */
import * as z from 'zod';

/** A workspace folder, and the oldest commit of the repository that it is in; null where there was none. */
const agreedFolder = z.strictObject({ path: z.string(), root: z.string().nullable() });

export const place = z.array(agreedFolder);
export type Place = z.infer<typeof place>;
