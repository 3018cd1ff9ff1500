/**
 * One task as a value, before and after redaction.
 *
 * `Task<string>` is raw; `redaction/` turns it into `Task<Redacted>`, and only that can become a trajectory. From here
 * on offsets count Unicode code points, changes apply one after the other, and no text holds a lone surrogate.
 */
import type { TaskEnd } from './boundaries.ts';
import type { SessionEventOf } from './events.ts';
import type { TestStatus } from './testResults.ts';

/** Replaces `deleted` code points at `offset` by `inserted`. */
export interface Change<Text> {
  offset: number;
  deleted: number;
  inserted: Text;
}

export interface Selection {
  anchor: number;
  active: number;
}

/** 0-based, both inclusive. */
export interface LineRange {
  start: number;
  end: number;
}

export type Origin =
  | 'typed'
  | 'pasted'
  | 'completion'
  | 'agent'
  | 'formatter'
  | 'refactoring'
  | 'git'
  | 'external'
  | 'undo'
  | 'redo'
  | 'unknown';

export interface TaskFile<Text> {
  /** Path when the task first touched it; later renames are steps. A cell of a notebook: `analysis.ipynb#3`. */
  path: Text;
  language: string | null;
  encoding: string | null;
  eol: 'lf' | 'crlf' | null;
  /** Text before the task's first change; null where the file did not exist or was only looked at. */
  base: Text | null;
  /** Text after the task's last change; null where the file is gone or was only looked at. */
  final: Text | null;
  /**
   * Raw: the whole text in which the person looked at lines, as it stands before the task's first change. What stands above
   * the lines may tell that they hold a secret. It goes no further: redacted, it is always absent.
   */
  seen?: Text;
}

export interface Diagnostic<Text> {
  severity: 'error' | 'warning' | 'information' | 'hint';
  source: Text | null;
  code: Text | null;
  message: Text;
  start: number;
  end: number;
}

/**
 * `t`: when the step was complete, in milliseconds since the Unix epoch. Steps stand in this order, so that nothing in
 * front of a step tells of what came after it. Times end here: `trajectory/` keeps only coarse distances.
 */
interface StepBase {
  t: number;
}

export interface EditStep<Text> extends StepBase {
  kind: 'edit';
  /** Index into `Task.files`. */
  file: number;
  origin: Origin;
  /** 0 to 1; null when the origin is `unknown`. */
  originConfidence: number | null;
  selections: Selection[] | null;
  visible: LineRange[] | null;
  changes: Change<Text>[];
}

/** The editor's text differed from the mirror: one change that replaces the whole text. */
export interface ResyncStep<Text> extends StepBase {
  kind: 'resync';
  file: number;
  changes: Change<Text>[];
}

/** What was in view for a while, or where a jump led. */
export interface ViewStep<Text> extends StepBase {
  kind: 'view';
  file: number;
  reason: SessionEventOf<'view'>['reason'];
  /** Empty ones: where the cursors are. */
  selections: Selection[];
  visible: LineRange[];
  /** Redacted: what stood in the visible lines, one for each range, bounded. Raw: none, the file's text gives them. */
  excerpts: Excerpt<Text>[];
}

/** A part of a text. */
export interface Excerpt<Text> {
  /** Code points before it. */
  offset: number;
  text: Text;
}

interface RunStep<Text> extends StepBase {
  exitCode: number | null;
  /** Raw: the stream with its escape sequences. Redacted: plain text as a person saw it. Null when not observed. */
  output: Text | null;
  /** Terminal width, when known. */
  columns: number | null;
  outputStatus: SessionEventOf<'command_end'>['output_status'];
  /** UTF-8 bytes of the output before it was cut to the limit (redacted: of the redacted text); null when not known. */
  outputBytes: number | null;
}

export interface TestReport<Text> {
  results: { name: Text; status: TestStatus }[];
  /** Every test that ran is among the results. */
  complete: boolean;
}

export interface CommandStep<Text> extends RunStep<Text> {
  kind: 'command';
  /** When it began: edits made while it ran stand before it. */
  start: number;
  line: Text;
  cwd: Text | null;
  /** What the command wrote of its tests into report files; null where it wrote none that was understood. */
  reported: TestReport<Text> | null;
}

/** A cell of a notebook ran to its end. */
export interface CellRunStep<Text> extends RunStep<Text> {
  kind: 'cell_run';
  /** The cell: a file of its own. */
  file: number;
  /** When it began; null when not known. */
  start: number | null;
}

export interface DebugStep<Text> extends StepBase {
  kind: 'debug';
  action: SessionEventOf<'debug'>['action'];
  message: Text | null;
  /** Index into `Task.files`; null for a file that the task does not otherwise touch, and where no place is known. */
  file: number | null;
  path: Text | null;
  /** 0-based. */
  line: number | null;
  exitCode: number | null;
}

export interface DiagnosticsStep<Text> extends StepBase {
  kind: 'diagnostics';
  file: number;
  items: Diagnostic<Text>[];
}

export interface FileStep<Text> extends StepBase {
  kind: 'file';
  action: SessionEventOf<'file'>['action'];
  /** Index into `Task.files`; null for a file that the task does not otherwise touch. */
  file: number | null;
  path: Text;
  to: Text | null;
}

export interface GitStep<Text> extends StepBase {
  kind: 'git';
  action: SessionEventOf<'git'>['action'];
  message: Text | null;
  branch: Text | null;
  paths: Text[];
}

export type TaskStep<Text> =
  | EditStep<Text>
  | ResyncStep<Text>
  | ViewStep<Text>
  | CommandStep<Text>
  | CellRunStep<Text>
  | DebugStep<Text>
  | DiagnosticsStep<Text>
  | FileStep<Text>
  | GitStep<Text>;

export interface TaskGap {
  /** Index of the step before; -1 when it precedes all. */
  afterStep: number;
  reason: SessionEventOf<'gap'>['reason'];
}

export interface TaskRepository<Text> {
  /** Its oldest commit. */
  root: string | null;
  /** Public. */
  address: Text | null;
  /** Known at the address. */
  commit: string | null;
}

export interface Task<Text> {
  /** Why it ended. */
  end: TaskEnd;
  instruction: { text: Text; source: 'user' | 'commit' } | null;
  files: TaskFile<Text>[];
  steps: TaskStep<Text>[];
  gaps: TaskGap[];
  platform: SessionEventOf<'session'>['platform'];
  vscodeVersion: string | null;
  license: { spdx: string; file: Text } | null;
  /** Where the person agreed to have it named. */
  repository: TaskRepository<Text> | null;
  /** Milliseconds since the Unix epoch. */
  startedAt: number;
}
