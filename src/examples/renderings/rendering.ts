/** Rows in the form that one trainer reads. */
import type { Trajectory } from '../../trajectory/record.ts';
import type { Verification } from '../verification.ts';

/** What the rows of all formats begin with, as far as it tells where a rendered row comes from. */
export interface Source {
  trajectory_id: string;
  step_start: number;
  step_end: number;
  license: string | null;
  language: string | null;
  consent_uses: object;
}

export interface Rendered {
  /** The row that it is made of. */
  source: Source;
  /** A JSON value; of a rendering to folders, texts by path. */
  value: object;
}

export interface Rendering {
  name: string;
  /** One line a row in one file, one file a row, or one folder a row. */
  layout: 'lines' | 'files' | 'folders';
  /** Pure. @returns what the record lacks, for people, where nothing can be made of it. */
  render(record: Trajectory, verification?: Verification | null): Rendered[] | string;
}
