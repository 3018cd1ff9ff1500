import type { Disposable, Event } from 'vscode';
import type { Row } from './row.ts';

/** What a view shows. */
export interface Tree extends Disposable {
  readonly onDidChange: Event<void>;
  rows(): readonly Row[] | Promise<readonly Row[]>;
  /** Stands above the rows where there are any. */
  readonly message?: string;
  /** Things that wait for the person, shown at the icon even while nobody looks. */
  waiting?(): Promise<number>;
  /** Somebody looks, until the result is disposed. */
  watch?(): Disposable;
  /** Whether the last row is to be in sight, as long as the person has chosen none. */
  readonly followsLast?: boolean;
}
