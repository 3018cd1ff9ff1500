import type { KnownValue } from '../session/events.ts';
import type { RecordRevision } from '../trajectory/revision.ts';

export const importFormats = ['session-events', 'editing-trace', 'workspace-recording'] as const;
export type ImportFormat = (typeof importFormats)[number];

/** Where the events come from. */
export type SealSource =
  /** A journal of the editor; its header tells project, consent and task. The key in hex. */
  | { kind: 'journal'; path: string; key: string }
  /** A history recorded elsewhere. All its tasks belong to the one project. */
  | {
      kind: 'import';
      path: string;
      format: ImportFormat;
      language: string | null;
      projectId: string;
      known: KnownValue[];
    };

export interface SealRequest {
  source: SealSource;
  datasetFolder: string;
  /** Of the records, made in the order given, before anything is written: see `reviseTask`. */
  revisions?: readonly RecordRevision[];
}

/** Why a task was not written. It tells nothing of what the task holds. */
export type WithheldReason =
  /** A value was still found in the finished record. */
  | 'audit'
  /** A structured field, or a clock value in an output, tells of a time, a place, a person or a machine. */
  | 'privacy'
  /** The record would not replay, or does not fit into a row. */
  | 'replay'
  | 'too_slow'
  | 'out_of_memory'
  | 'crash';

export interface SealReport {
  /** Ids of the trajectories that now stand in the dataset. */
  sealed: string[];
  withheld: WithheldReason[];
  /** What did not fit together in the recording; such places are gaps in the record. */
  faults: string[];
  /** How many records from before held a value that became known since, and were redacted anew. */
  mended: number;
}

export const emptyReport: SealReport = { sealed: [], withheld: [], faults: [], mended: 0 };
