import type * as z from 'zod';

/** An input that cannot be imported; the message says where it is broken and what would be right. */
export class ImportError extends Error {
  override name = 'ImportError';
}

/**
 * JSON of a known shape. `what` names the place for the message: a file, or a line of one.
 * @throws ImportError
 */
export function parseInput<T>(json: string, schema: z.ZodType<T>, what: string, expected: string): T {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new ImportError(`${what} is not JSON; expected ${expected}`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
  throw new ImportError(`${what}: ${issue.message}${place}; expected ${expected}`);
}
