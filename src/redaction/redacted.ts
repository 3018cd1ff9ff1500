declare const redacted: unique symbol;

/**
 * Text that went through redaction. Only `mint.ts` of this folder makes it, and everything behind accepts nothing else:
 * a raw string in a record is a compile error.
 */
export type Redacted = string & { readonly [redacted]: true };
