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
  | 'commit'
  | 'ticket'
  | 'ip'
  | 'ipv6'
  | 'mac'
  | 'phone'
  | 'card'
  | 'iban'
  | 'ssn'
  | 'workspace'
  /** A number or a mark that tells how long a value beside it is. */
  | 'column'
  | 'caret';

export interface Rule {
  id: string;
  type: ValueType;
  /** Strings, in any case, of which one stands in, or next to, each match: what lacks them all is not searched. */
  keywords: readonly string[];
  /** What stands in front of `closed` and `open`, and begins with the keyword; rules that share it are tried together. Flag `y`. */
  head?: RegExp;
  /** Contexts in which the rule holds; all when left out. */
  contexts?: readonly Context[];
  /**
   * Finds a whole value: its group `value`. Flag `d`, and one of two: `y`, and it is tried at the first character of each
   * keyword, which is fast; or `g`, and it is looked for in the line around each.
   */
  closed: RegExp;
  /**
   * Finds a value that is being written, in a text cut off at the cursor: it must end with `$`, and its group `value` is
   * what was written so far. Flag `d`; with `y` it is tried at each keyword, else on the line.
   */
  open?: RegExp;
  /** Whether a match is a value at all; all are when left out. What one context accepts, the greedier ones accept too. */
  accept?: (value: string, context: Context) => boolean;
  /** Finds values that no keyword announces, [start, end), by itself. */
  scan?: (text: string, context: Context) => Iterable<readonly [number, number]>;
  /** The value's ends are certain, as in a URL: no wider token belongs to it. */
  delimited?: boolean;
  /** Not judged while the cursor stands at its end: what is written there may make it something else. */
  settles?: boolean;
  /** May span lines: searched in a wider window. */
  multiline?: boolean;
  /** Where the format is documented. */
  reference: string;
}
