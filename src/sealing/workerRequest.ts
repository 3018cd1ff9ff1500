import type { KnownValue } from '../session/events.ts';
import type { Trajectory } from '../trajectory/record.ts';
import type { RecordRevision, Revision } from '../trajectory/revision.ts';
import type { SealReport, SealRequest, SealSource, WithheldReason } from './sealRequest.ts';

/** What the worker can be asked for, by kind, and what it answers. */
export interface WorkerTasks {
  seal: { request: SealRequest; answer: SealReport };
  draft: { request: DraftRequest; answer: Draft };
  revise: { request: ReviseRequest; answer: Draft };
  preview: { request: PreviewRequest; answer: Preview };
  /** A pattern of the person's own; the answer is why it cannot be used, null when it can. */
  pattern: { request: string; answer: string | null };
  sweep: { request: SweepRequest; answer: number };
}
export type WorkerTask = keyof WorkerTasks;

/** Shows what sealing would write; nothing is written. */
export interface DraftRequest {
  source: Extract<SealSource, { kind: 'journal' }>;
  revisions: readonly RecordRevision[];
}

/** Revises a record of the dataset. */
export interface ReviseRequest {
  datasetFolder: string;
  trajectoryId: string;
  revisions: readonly Revision[];
  /** Whether the next revision takes the record's place, or is only shown. */
  write: boolean;
  /** What the environment knows, to be looked for in what is redacted and in an instruction. */
  known?: readonly KnownValue[];
}

/** Records as they are, or would be, on disk. */
export interface Draft {
  records: DraftRecord[];
  withheld: WithheldReason[];
}

export interface DraftRecord {
  trajectory: Trajectory;
  examples: { format: string; rows: readonly object[] }[];
  /** What stands for what. Rule and explanation are null where only the type is known: of what was sealed. */
  redactions: { placeholder: string; type: string; rule: string | null; explanation: string | null; count: number }[];
}

export interface PreviewRequest {
  text: string;
  /** Of the file: it decides how greedy the rules are. */
  path: string;
  known: KnownValue[];
}

export interface Preview {
  text: string;
  /** Placeholders in `text`, [start, end) in UTF-16 units. */
  placeholders: { start: number; end: number; type: string; rule: string; explanation: string }[];
}

/** Looks for values in what a project has sealed; the answer is how many records were mended. */
export interface SweepRequest {
  datasetFolder: string;
  projectId: string;
  known: KnownValue[];
  /** Folder of the journals, and their key in hex. */
  journals: string;
  key: string;
}

/** What the worker posts before it ends. */
export type WorkerMessage = { answer: unknown } | { error: { name: string; message: string } };
