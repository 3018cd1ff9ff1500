/** Where a text stands decides how greedily values are taken for secrets. */
export type Context = 'source' | 'config' | 'terminal';

/** What a value is: it decides the placeholder. */
export type ValueType =
  | 'secret'
  | 'private_key'
  | 'email'
  | 'user'
  | 'home'
  | 'host'
  | 'person'
  | 'repository'
  | 'commit';

export interface Rule {
  id: string;
  type: ValueType;
  /** Lower-case strings of which one stands in, or next to, each match: what lacks them all is not searched. */
  keywords: readonly string[];
  /** Contexts in which the rule holds; all when left out. */
  contexts?: readonly Context[];
  /** Finds a whole value: its group `value`. Flags `g` and `d`. */
  closed: RegExp;
  /**
   * Finds a value that is being written: matched against a line cut off at the cursor, it must end with `$`, and its
   * group `value` is what was written so far.
   */
  open?: RegExp;
  /** Whether a match is a value at all; all are when left out. */
  accept?: (value: string, context: Context) => boolean;
  /** The value's ends are certain, as in a URL: no wider token belongs to it. */
  delimited?: boolean;
  /** May span lines: searched in a wider window. */
  multiline?: boolean;
  /** Where the format is documented. */
  reference: string;
}
