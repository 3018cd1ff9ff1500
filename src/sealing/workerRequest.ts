import type { RecordSummary } from '../dataset/recordSummary.ts';
import type { KnownValue } from '../session/events.ts';
import type { Cut } from '../session/journal/cutJournal.ts';
import type { Trajectory } from '../trajectory/record.ts';
import type { RecordRevision } from '../trajectory/revision.ts';
import type { Exported, ExportRequest } from './exportHeld.ts';
import type { ForgetRequest, Forgotten } from './forget.ts';
import type { TaskLabel } from './label.ts';
import type { SealReport, SealRequest, SealSource, WithheldReason } from './sealRequest.ts';
import type { WithdrawRequest } from './withdraw.ts';

/** What the worker can be asked for, by kind, and what it answers. */
export interface WorkerTasks {
  seal: { request: SealRequest; answer: SealReport };
  draft: { request: DraftRequest; answer: Draft };
  revise: { request: ReviseRequest; answer: Draft };
  label: { request: { path: string; key: string }; answer: TaskLabel };
  /** The journal's end goes, from a time on. */
  cut: { request: { path: string; key: string; from: number }; answer: Cut };
  forget: { request: ForgetRequest; answer: Forgotten | null };
  withdraw: { request: WithdrawRequest; answer: number | null };
  export: { request: ExportRequest; answer: Exported };
  preview: { request: PreviewRequest; answer: Preview };
  /** A pattern of the person's own; the answer is why it cannot be used, null when it can. */
  pattern: { request: string; answer: string | null };
  sweep: { request: SweepRequest; answer: number };
  /** What a list shows of each task; null for one that is gone or broken. */
  summarise: { request: SummariseRequest; answer: (RecordSummary | null)[] };
}
export type WorkerTask = keyof WorkerTasks;

/** Shows what sealing would write; nothing is written. */
export interface DraftRequest {
  source: Extract<SealSource, { kind: 'journal' }>;
  revisions: readonly RecordRevision[];
}

/** Revises tasks of the dataset. */
export interface ReviseRequest {
  datasetFolder: string;
  /** All parts of a task; the records of several, where one journal made them. */
  trajectoryIds: readonly string[];
  revisions: readonly RecordRevision[];
  /** Whether the next revisions take the records' places, or are only shown. */
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
  /** What stands for what. The rule is null where only the type is known: of what was sealed. */
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

export interface SummariseRequest {
  datasetFolder: string;
  /** The records of each task. */
  tasks: string[][];
}

/** What the worker posts before it ends. */
export type WorkerMessage = { answer: unknown } | { error: { name: string; message: string } };
