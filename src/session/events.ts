/**
 * Session events: what the editor saw, one plain object per event, raw and in the order it happened.
 *
 * This is the only form in which raw text exists outside memory, and then only inside the encrypted journal. The same
 * form, as JSON lines, is the import format `session-events`. Offsets and lengths are UTF-16 code units, as VS Code
 * gives them; `t` is milliseconds since the Unix epoch and never goes back within one session.
 */
import * as z from 'zod';
import { testStatuses } from './testResults.ts';

export const sessionEventsFormat = 'understudy-events-v1';

const t = z.number().nonnegative();
/** Identifies a document within its session; it survives renames and language changes. */
const doc = z.int().nonnegative();
const offset = z.int().nonnegative();
/**
 * Relative to the workspace (in a multi-root workspace behind the root's name), with forward slashes. A cell of a notebook
 * is a document of its own: `analysis.ipynb#3`, by a number that it keeps throughout the session.
 */
const path = z.string().min(1);

const selection = z.strictObject({ anchor: offset, active: offset });
/** 0-based line numbers, both inclusive. */
const lineRange = z.strictObject({ start: z.int().nonnegative(), end: z.int().nonnegative() });
/** Replaces `length` units at `offset` by `text`. */
const textChange = z.strictObject({ offset, length: offset, text: z.string() });

/** Where a known value stands for itself: it decides its placeholder and where it is looked for. */
export const knownValueType = z.enum([
  'secret',
  /** The person's own: looked for everywhere, however ordinary it is. */
  'denied',
  /** Not a value but a regular expression (flags `gdu`) of the person's own; its group `value`, if it has one, is covered. */
  'pattern',
  /** Of a file that is kept out of the repository, under a name that tells nothing: looked for only where it is rare. */
  'setting',
  'user',
  'workspace',
  'home',
  'host',
  'email',
  'person',
  'repository',
  'commit',
  'ticket',
]);
export const knownValue = z.strictObject({ type: knownValueType, value: z.string().min(1) });
export type KnownValue = z.infer<typeof knownValue>;

/** First event of a session and of each journal: who produced what follows. */
const session = z.strictObject({
  kind: z.literal('session'),
  t,
  format: z.literal(sessionEventsFormat),
  platform: z.enum(['linux', 'macos', 'windows', 'other']),
  vscode_version: z.string().nullable(),
  /** SPDX id of the workspace's licence and the file it was read from. */
  license: z.strictObject({ spdx: z.string(), file: path }).nullable(),
});

const commitHash = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);

/** Which repository the work is in: told only under consent to that, once a task, at its beginning. */
const repository = z.strictObject({
  kind: z.literal('repository'),
  t,
  /** Its oldest commit; null where the history does not reach back to it. */
  root: commitHash.nullable(),
  /** Of the remote on a public forge, as `https://github.com/owner/name`; null where there is none. */
  address: z.string().nullable(),
  /** Where HEAD stood, if that commit is known to be at the remote. */
  commit: commitHash.nullable(),
});

/** Values that must never reach a record: read from the environment, never written but here. */
const known = z.strictObject({ kind: z.literal('known'), t, values: z.array(knownValue) });

/** The person opens or finishes a task in so many words; other boundaries follow from the events. */
const task = z.strictObject({
  kind: z.literal('task'),
  t,
  action: z.enum(['start', 'finish']),
  instruction: z.string().nullable(),
});

/** `text` is null for a document that was only looked at; a `base` event gives it before the first change. */
const open = z.strictObject({
  kind: z.literal('open'),
  t,
  doc,
  path,
  language: z.string().nullable(),
  eol: z.enum(['lf', 'crlf']).nullable(),
  encoding: z.string().nullable(),
  text: z.string().nullable(),
});

/** A manifest at the top of the workspace, as it stands when the task begins. */
const manifest = z.strictObject({ kind: z.literal('manifest'), t, path, text: z.string() });

/** The whole text of a document as it stands before the next change. */
const base = z.strictObject({ kind: z.literal('base'), t, doc, text: z.string() });

/** One change event of the editor. All offsets refer to the text before the event; ranges do not overlap. */
const edit = z.strictObject({
  kind: z.literal('edit'),
  t,
  doc,
  version: z.int(),
  reason: z.enum(['undo', 'redo']).nullable(),
  changes: z.array(textChange),
  /** Selections and visible lines before the change; null when no editor showed the document. */
  selections: z.array(selection).nullable(),
  visible: z.array(lineRange).nullable(),
  /** Whether the active editor shows the document. This and what follows may be absent or null: not known. */
  active: z.boolean().nullable().optional(),
  /** Whether the document had unsaved changes when the editor told of the edit; a sign may correct it. */
  dirty: z.boolean().nullable().optional(),
  /** Whether what was inserted is what the clipboard held; the clipboard itself is never kept. */
  clipboard: z.boolean().nullable().optional(),
  /** For how long the cursors had stood where they were, in milliseconds: told only where no clipboard is. */
  still: z.number().nonnegative().nullable().optional(),
});

/** What shows only after an edit and tells who made it. Each sign tells of one thing; the rest is null. */
const sign = z.strictObject({
  kind: z.literal('sign'),
  t,
  doc,
  /** The edit of which it speaks. */
  version: z.int(),
  /** Where the selections went right after, and what VS Code gives as the cause. */
  selections: z.array(selection).nullable(),
  cause: z.enum(['keyboard', 'mouse', 'command', 'none']).nullable(),
  /** As in `edit`. */
  clipboard: z.boolean().nullable(),
  dirty: z.boolean().nullable(),
});

/** The person looked at a document: cursors and visible lines as they were. What was selected may be what was searched for. */
const view = z.strictObject({
  kind: z.literal('view'),
  t,
  doc,
  /** `dwell`: its lines stayed in view for a while; `jump`: a command other than the cursor's keys led there. */
  reason: z.enum(['dwell', 'jump']),
  cursors: z.array(offset),
  visible: z.array(lineRange),
});

const save = z.strictObject({ kind: z.literal('save'), t, doc });
const close = z.strictObject({ kind: z.literal('close'), t, doc });

/** The mirror and the editor disagreed: the editor's text, whole. */
const resync = z.strictObject({ kind: z.literal('resync'), t, doc, version: z.int(), text: z.string() });

/** Another program changed a file that no editor has open: its text, whole, as it stands on the disk. */
const disk = z.strictObject({ kind: z.literal('disk'), t, doc, text: z.string() });

const file = z.strictObject({
  kind: z.literal('file'),
  t,
  /** `change`: by another program, and what the file held before is not known. */
  action: z.enum(['create', 'change', 'rename', 'delete']),
  path,
  /** The new path of a rename. */
  to: path.nullable(),
});

const commandStart = z.strictObject({
  kind: z.literal('command_start'),
  t,
  command: z.int().nonnegative(),
  line: z.string(),
  /** Relative to the workspace (`.` for its root); null when outside of it or unknown. */
  cwd: z.string().nullable(),
  /** Width of the terminal, when known. */
  columns: z.int().positive().nullable(),
  /** False where the command's output is outside the consent: none was read. */
  observed: z.boolean(),
});
/** A piece of the command's output with its escape sequences, cut anywhere. */
const commandOutput = z.strictObject({
  kind: z.literal('command_output'),
  t,
  command: z.int().nonnegative(),
  data: z.string(),
});
const commandEnd = z.strictObject({
  kind: z.literal('command_end'),
  t,
  command: z.int().nonnegative(),
  exit_code: z.int().nullable(),
  /** `incomplete`: the stream or the command did not end in sight; `truncated`: over the limit; `unobserved`: none was read. */
  output_status: z.enum(['complete', 'truncated', 'incomplete', 'unobserved']),
  /** Bytes (UTF-8) of raw output that the command wrote, kept or not. */
  output_bytes: z.int().nonnegative(),
});

/** What a test command wrote of its tests into report files; told before the command's end. */
const testReport = z.strictObject({
  kind: z.literal('test_report'),
  t,
  command: z.int().nonnegative(),
  results: z.array(z.strictObject({ name: z.string().min(1), status: z.enum(testStatuses) })),
  /** Every test that ran is among the results. */
  complete: z.boolean(),
});

/** What happened to a program in a debugger; the program itself is a command. */
const debug = z.strictObject({
  kind: z.literal('debug'),
  t,
  /** The same for all that a debugger makes of one program. */
  session: z.int().nonnegative(),
  action: z.enum(['exception', 'stopped', 'exited']),
  /** The exception's text, with its stack where the debugger told it. */
  message: z.string().nullable(),
  /** Where it stopped: the innermost place in a file of the workspace, the line 0-based. */
  path: path.nullable(),
  line: z.int().nonnegative().nullable(),
  /** Of `exited`; null where the debugger does not tell it. */
  exit_code: z.int().nullable(),
});

/** A cell of a notebook ran to its end. */
const cellRun = z.strictObject({
  kind: z.literal('cell_run'),
  t,
  /** The cell, which is a document of its own. */
  doc,
  /** Null where the kernel does not say. */
  success: z.boolean().nullable(),
  /** Milliseconds; null where the kernel does not say. */
  duration: z.number().nonnegative().nullable(),
  /** Text alone, with its escape sequences: what was printed, plain results, the error with its traceback. */
  output: z.string(),
  /** `truncated`: over the limit. */
  output_status: z.enum(['complete', 'truncated']),
  /** Bytes (UTF-8) of the text that was read, kept or not. */
  output_bytes: z.int().nonnegative(),
});

/** All diagnostics of one document at one version; an empty list means that none is left. */
const diagnostics = z.strictObject({
  kind: z.literal('diagnostics'),
  t,
  doc,
  version: z.int(),
  items: z.array(
    z.strictObject({
      severity: z.enum(['error', 'warning', 'information', 'hint']),
      source: z.string().nullable(),
      code: z.string().nullable(),
      message: z.string(),
      start: offset,
      end: offset,
    }),
  ),
});

export const gitAction = z.enum([
  'commit',
  'checkout',
  'reset',
  'merge',
  'rebase',
  'revert',
  'cherry_pick',
  /** Changes put away; brought back (by `apply` or `pop`); thrown away unused. */
  'stash',
  'stash_apply',
  'stash_drop',
  'unknown',
]);

const git = z.strictObject({
  kind: z.literal('git'),
  t,
  action: gitAction,
  /** Of the commit made, or of the stash; null where there is none in the person's words. */
  message: z.string().nullable(),
  /** The branch that HEAD was on afterwards; null when it was on none. */
  branch: z.string().nullable(),
  /** Files that the commit changed, or that differ between where HEAD stood and where it went; bounded. */
  paths: z.array(path),
  /** Whether HEAD went to another commit: not so with a new branch at the same one. Absent or null: not known. */
  moved: z.boolean().nullable().optional(),
});

/** Git wrote its index: files may have been checked out or restored just then. */
const gitIndex = z.strictObject({ kind: z.literal('git_index'), t });

/** Something is missing from here on. */
const gap = z.strictObject({
  kind: z.literal('gap'),
  t,
  reason: z.enum(['paused', 'limit', 'withheld', 'resync']),
});

/** Recording ended: the person switched it off, or the window closed. */
const stop = z.strictObject({ kind: z.literal('stop'), t });

export const sessionEvent = z.discriminatedUnion('kind', [
  session,
  repository,
  known,
  task,
  manifest,
  open,
  base,
  edit,
  sign,
  view,
  save,
  close,
  resync,
  disk,
  file,
  commandStart,
  commandOutput,
  commandEnd,
  testReport,
  debug,
  cellRun,
  diagnostics,
  git,
  gitIndex,
  gap,
  stop,
]);

export type SessionEvent = z.infer<typeof sessionEvent>;
export type SessionEventOf<K extends SessionEvent['kind']> = Extract<SessionEvent, { kind: K }>;
